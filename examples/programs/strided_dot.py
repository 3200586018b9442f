"""The dot product of every other element, as `ddot` of BLAS has it with increments of two.

The loop goes by 2, and `%from` says where it begins. Before the functions were prepared, reverse mode took the elements
from the other end and wrote past its memory.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from program import Program, main_of, show

MLIR = """
func.func @dot(%x: memref<?xf64>, %y: memref<?xf64>, %from: index) -> f64 {
  %zero = arith.constant 0.0 : f64
  %c0 = arith.constant 0 : index
  %c2 = arith.constant 2 : index
  %size = memref.dim %x, %c0 : memref<?xf64>
  %sum = scf.for %i = %from to %size step %c2 iter_args(%before = %zero) -> (f64) {
    %a = memref.load %x[%i] : memref<?xf64>
    %b = memref.load %y[%i] : memref<?xf64>
    %ab = arith.mulf %a, %b : f64
    %after = arith.addf %before, %ab : f64
    scf.yield %after : f64
  }
  return %sum : f64
}
"""


def vectors(size: int = 8) -> dict[str, Any]:
    """Two vectors, of which the elements 1, 3, 5 and so on count."""
    rng = np.random.default_rng(15)
    return {"x": rng.normal(size=size), "y": rng.normal(size=size), "from": 1}


def dot(**given: Any) -> float:
    """The product."""
    start = given["from"]
    return float(given["x"][start::2] @ given["y"][start::2])


def gradient(**given: Any) -> tuple[Any, Any]:
    """The other vector, where elements count."""
    counts = np.zeros(len(given["x"]))
    counts[given["from"] :: 2] = 1.0
    return counts * given["y"], counts * given["x"]


PROGRAM = Program(
    "dot product with step 2", MLIR, "dot", ("x", "y"), vectors, dot, gradient, large=lambda: vectors(20_000)
)


def main() -> bool:
    """Vectors of eight."""
    return show(PROGRAM, 4)


if __name__ == "__main__":
    main_of(main)
