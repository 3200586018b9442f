"""A sparse matrix times a vector, in compressed rows: loops whose bounds are read from memory.

`%start` says where each row begins among the values, `%column` where each value stands. Differentiated by the values of
the matrix and by the vector; the gradient by the vector is the transposed matrix times the seeds.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from program import Program, main_of, show

MLIR = """
func.func @product(%value: memref<?xf64>, %column: memref<?xi32>, %start: memref<?xi32>, %x: memref<?xf64>,
                   %y: memref<?xf64>) {
  %zero = arith.constant 0.0 : f64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %rows = memref.dim %y, %c0 : memref<?xf64>
  scf.for %i = %c0 to %rows step %c1 {
    %next = arith.addi %i, %c1 : index
    %from_int = memref.load %start[%i] : memref<?xi32>
    %to_int = memref.load %start[%next] : memref<?xi32>
    %from = arith.index_cast %from_int : i32 to index
    %to = arith.index_cast %to_int : i32 to index
    %sum = scf.for %k = %from to %to step %c1 iter_args(%before = %zero) -> (f64) {
      %a = memref.load %value[%k] : memref<?xf64>
      %j_int = memref.load %column[%k] : memref<?xi32>
      %j = arith.index_cast %j_int : i32 to index
      %xj = memref.load %x[%j] : memref<?xf64>
      %ax = arith.mulf %a, %xj : f64
      %after = arith.addf %before, %ax : f64
      scf.yield %after : f64
    }
    memref.store %sum, %y[%i] : memref<?xf64>
  }
  return
}
"""


def matrix(size: int = 6) -> dict[str, Any]:
    """A matrix with three values in a row on average, one row of it empty."""
    rng = np.random.default_rng(11)
    filled = rng.random((size, size)) < 3 / size
    filled[1] = False
    rows, columns = np.nonzero(filled)
    return {
        "value": rng.normal(size=len(rows)),
        "column": columns.astype(np.int32),
        "start": np.searchsorted(rows, np.arange(size + 1)).astype(np.int32),
        "x": rng.normal(size=size),
        "y": np.zeros(size),
    }


def rows_of(start: Any) -> Any:
    """The row of each value."""
    return np.repeat(np.arange(len(start) - 1), np.diff(start))


def product(value: Any, column: Any, start: Any, x: Any, y: Any) -> Any:
    """The product."""
    return np.bincount(rows_of(start), value * x[column], len(y))


def gradient(value: Any, column: Any, start: Any, x: Any, y: Any, seeds: tuple[Any]) -> tuple[Any, Any]:
    """By each value, what it multiplies times the seed of its row; by the vector, the transposed product."""
    seed = seeds[0][rows_of(start)]
    return seed * x[column], np.bincount(column, seed * value, len(x))


PROGRAM = Program(
    "sparse matrix times vector",
    MLIR,
    "product",
    ("value", "x"),
    matrix,
    product,
    gradient,
    outputs=("y",),
    large=lambda: matrix(1000),
)


def main() -> bool:
    """A matrix of six rows."""
    return show(PROGRAM)


if __name__ == "__main__":
    main_of(main)
