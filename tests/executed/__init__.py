"""Tests that execute the generated bindings on a host of MLIR's Python bindings."""
