"""opspec: declarative specs of MLIR operations in, trusted bindings out."""
