"""A linear system by elimination without pivoting: the factors of a matrix, then two triangular systems.

`@solve` copies the matrix, replaces the copy by its factors L and U, and leaves the solution of A x = b in `%x`. The
gradient is textbook: with x' the seed of the solution, b' solves the transposed system, and A' = -b' x^T.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from program import Program, main_of, show

MLIR = """
func.func @factor(%a: memref<?x?xf64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = memref.dim %a, %c0 : memref<?x?xf64>
  scf.for %k = %c0 to %n step %c1 {
    %next = arith.addi %k, %c1 : index
    %pivot = memref.load %a[%k, %k] : memref<?x?xf64>
    scf.for %i = %next to %n step %c1 {
      %below = memref.load %a[%i, %k] : memref<?x?xf64>
      %times = arith.divf %below, %pivot : f64
      memref.store %times, %a[%i, %k] : memref<?x?xf64>
      scf.for %j = %next to %n step %c1 {
        %upper = memref.load %a[%k, %j] : memref<?x?xf64>
        %less = arith.mulf %times, %upper : f64
        %old = memref.load %a[%i, %j] : memref<?x?xf64>
        %new = arith.subf %old, %less : f64
        memref.store %new, %a[%i, %j] : memref<?x?xf64>
      }
    }
  }
  return
}

func.func @solve(%a: memref<?x?xf64>, %b: memref<?xf64>, %x: memref<?xf64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = memref.dim %b, %c0 : memref<?xf64>
  %lu = memref.alloc(%n, %n) : memref<?x?xf64>
  memref.copy %a, %lu : memref<?x?xf64> to memref<?x?xf64>
  func.call @factor(%lu) : (memref<?x?xf64>) -> ()
  scf.for %i = %c0 to %n step %c1 {  // L y = b, from the top
    %start = memref.load %b[%i] : memref<?xf64>
    %y = scf.for %j = %c0 to %i step %c1 iter_args(%before = %start) -> (f64) {
      %l = memref.load %lu[%i, %j] : memref<?x?xf64>
      %known = memref.load %x[%j] : memref<?xf64>
      %less = arith.mulf %l, %known : f64
      %after = arith.subf %before, %less : f64
      scf.yield %after : f64
    }
    memref.store %y, %x[%i] : memref<?xf64>
  }
  scf.for %count = %c0 to %n step %c1 {  // U x = y, from the bottom
    %above = arith.subi %n, %count : index
    %i = arith.subi %above, %c1 : index
    %start = memref.load %x[%i] : memref<?xf64>
    %sum = scf.for %j = %above to %n step %c1 iter_args(%before = %start) -> (f64) {
      %u = memref.load %lu[%i, %j] : memref<?x?xf64>
      %known = memref.load %x[%j] : memref<?xf64>
      %less = arith.mulf %u, %known : f64
      %after = arith.subf %before, %less : f64
      scf.yield %after : f64
    }
    %pivot = memref.load %lu[%i, %i] : memref<?x?xf64>
    %found = arith.divf %sum, %pivot : f64
    memref.store %found, %x[%i] : memref<?xf64>
  }
  memref.dealloc %lu : memref<?x?xf64>
  return
}
"""


def system(size: int = 5) -> dict[str, Any]:
    """A matrix that is strong on its diagonal, a right-hand side, and room for the solution."""
    rng = np.random.default_rng(6)
    a = rng.normal(size=(size, size)) + size * np.eye(size)
    return {"a": a, "b": rng.normal(size=size), "x": np.zeros(size)}


def solve(a: Any, b: Any, x: Any) -> Any:
    """The solution, by LAPACK."""
    return np.linalg.solve(a, b)


def gradient(a: Any, b: Any, x: Any, seeds: tuple[Any]) -> tuple[Any, Any]:
    """The transposed system."""
    by_b = np.linalg.solve(a.T, seeds[0])
    return -np.outer(by_b, solve(a, b, x)), by_b


PROGRAM = Program(
    "LU and triangular systems",
    MLIR,
    "solve",
    ("a", "b"),
    system,
    solve,
    gradient,
    outputs=("x",),
    large=lambda: system(40),
)


def main() -> bool:
    """A system of five equations."""
    return show(PROGRAM)


if __name__ == "__main__":
    main_of(main)
