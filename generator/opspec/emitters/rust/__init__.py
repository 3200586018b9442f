"""The melior module of a dialect: inside melior, or as a crate of its own."""
