"""The ordinary programs of `examples/programs`, beside NumPy and beside finite differences."""
