"""The largest eigenvalue of a matrix of positive numbers by power iteration, until it stands still (`scf.while`).

Its derivative is known: the outer product of the left and the right eigenvector, over their scalar product. Enzyme goes
through the iteration, whose number of steps depends on the matrix.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from program import Program, main_of, show

MLIR = """
func.func @largest(%a: memref<?x?xf64>) -> f64 {
  %zero = arith.constant 0.0 : f64
  %one = arith.constant 1.0 : f64
  %small = arith.constant 1.0e-15 : f64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = memref.dim %a, %c0 : memref<?x?xf64>
  %v = memref.alloc(%n) : memref<?xf64>
  %w = memref.alloc(%n) : memref<?xf64>
  linalg.fill ins(%one : f64) outs(%v : memref<?xf64>)
  %end:2 = scf.while (%value = %zero, %change = %one) : (f64, f64) -> (f64, f64) {
    %more = arith.cmpf ogt, %change, %small : f64
    scf.condition(%more) %value, %change : f64, f64
  } do {
  ^bb0(%value: f64, %old: f64):
    %squares = scf.for %i = %c0 to %n step %c1 iter_args(%before = %zero) -> (f64) {
      %sum = scf.for %j = %c0 to %n step %c1 iter_args(%part = %zero) -> (f64) {
        %aij = memref.load %a[%i, %j] : memref<?x?xf64>
        %vj = memref.load %v[%j] : memref<?xf64>
        %av = arith.mulf %aij, %vj : f64
        %sofar = arith.addf %part, %av : f64
        scf.yield %sofar : f64
      }
      memref.store %sum, %w[%i] : memref<?xf64>
      %square = arith.mulf %sum, %sum : f64
      %after = arith.addf %before, %square : f64
      scf.yield %after : f64
    }
    %next = math.sqrt %squares : f64
    scf.for %i = %c0 to %n step %c1 {
      %wi = memref.load %w[%i] : memref<?xf64>
      %unit = arith.divf %wi, %next : f64
      memref.store %unit, %v[%i] : memref<?xf64>
    }
    %step = arith.subf %next, %value : f64
    %size = math.absf %step : f64
    %relative = arith.divf %size, %next : f64
    scf.yield %next, %relative : f64, f64
  }
  memref.dealloc %w : memref<?xf64>
  memref.dealloc %v : memref<?xf64>
  return %end#0 : f64
}
"""


def matrix(size: int = 5) -> dict[str, Any]:
    """A matrix of positive numbers."""
    return {"a": np.random.default_rng(22).uniform(0.1, 1.0, (size, size))}


def eigenpair(a: Any) -> tuple[Any, Any]:
    """The largest eigenvalue and its eigenvector, which are real, by LAPACK."""
    values, vectors = np.linalg.eig(a)
    largest = np.argmax(values.real)
    return values[largest].real, vectors[:, largest].real


def largest(a: Any) -> float:
    """The eigenvalue."""
    return float(eigenpair(a)[0])


def gradient(a: Any) -> tuple[Any]:
    """The outer product of both eigenvectors."""
    left, right = eigenpair(a.T)[1], eigenpair(a)[1]
    return (np.outer(left, right) / (left @ right),)


PROGRAM = Program(
    "power iteration", MLIR, "largest", ("a",), matrix, largest, gradient, large=lambda: matrix(60), tolerance=1e-10
)


def main() -> bool:
    """A matrix of five by five."""
    return show(PROGRAM)


if __name__ == "__main__":
    main_of(main)
