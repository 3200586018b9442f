"""The potential between wires, by Jacobi's iteration until it stands still: Poisson's equation on a square.

`@potential` takes the charges on a grid, whose edge is grounded, and leaves the potential. Each round goes from one
buffer into another. It is linear, so the gradient by the charges is the same map again, applied to the seeds.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from program import Program, main_of, show

MLIR = """
func.func @potential(%charge: memref<?x?xf64>, %u: memref<?x?xf64>) {
  %zero = arith.constant 0.0 : f64
  %one = arith.constant 1.0 : f64
  %quarter = arith.constant 0.25 : f64
  %small = arith.constant 1.0e-15 : f64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = memref.dim %u, %c0 : memref<?x?xf64>
  %last = arith.subi %n, %c1 : index
  %new = memref.alloc(%n, %n) : memref<?x?xf64>
  linalg.fill ins(%zero : f64) outs(%u : memref<?x?xf64>)
  linalg.fill ins(%zero : f64) outs(%new : memref<?x?xf64>)
  %end = scf.while (%change = %one) : (f64) -> f64 {
    %more = arith.cmpf ogt, %change, %small : f64
    scf.condition(%more) %change : f64
  } do {
  ^bb0(%old: f64):
    %most = scf.for %i = %c1 to %last step %c1 iter_args(%outer = %zero) -> (f64) {
      %row = scf.for %j = %c1 to %last step %c1 iter_args(%before = %outer) -> (f64) {
        %up = arith.subi %i, %c1 : index
        %down = arith.addi %i, %c1 : index
        %left = arith.subi %j, %c1 : index
        %right = arith.addi %j, %c1 : index
        %a = memref.load %u[%up, %j] : memref<?x?xf64>
        %b = memref.load %u[%down, %j] : memref<?x?xf64>
        %c = memref.load %u[%i, %left] : memref<?x?xf64>
        %d = memref.load %u[%i, %right] : memref<?x?xf64>
        %q = memref.load %charge[%i, %j] : memref<?x?xf64>
        %ab = arith.addf %a, %b : f64
        %cd = arith.addf %c, %d : f64
        %abcd = arith.addf %ab, %cd : f64
        %all = arith.addf %abcd, %q : f64
        %mean = arith.mulf %quarter, %all : f64
        memref.store %mean, %new[%i, %j] : memref<?x?xf64>
        %here = memref.load %u[%i, %j] : memref<?x?xf64>
        %by = arith.subf %mean, %here : f64
        %size = math.absf %by : f64
        %larger = arith.maximumf %before, %size : f64
        scf.yield %larger : f64
      }
      scf.yield %row : f64
    }
    // Copied back, as Enzyme refuses buffers that change places in an scf.while; in an scf.for they may.
    memref.copy %new, %u : memref<?x?xf64> to memref<?x?xf64>
    scf.yield %most : f64
  }
  memref.dealloc %new : memref<?x?xf64>
  return
}
"""


def wires(size: int = 7) -> dict[str, Any]:
    """Two wires of opposite charge, with some noise around them."""
    charge = 0.1 * np.random.default_rng(28).normal(size=(size, size))
    charge[2, 2], charge[-3, -3] = 1.0, -1.0
    return {"charge": charge, "u": np.zeros((size, size))}


def potential(charge: Any, u: Any) -> Any:
    """The potential, from a system of equations."""
    inner = len(charge) - 2
    line = 2 * np.eye(inner) - np.eye(inner, k=1) - np.eye(inner, k=-1)
    matrix = np.kron(line, np.eye(inner)) + np.kron(np.eye(inner), line)
    return np.pad(np.linalg.solve(matrix, charge[1:-1, 1:-1].ravel()).reshape(inner, inner), 1)


def gradient(charge: Any, u: Any, seeds: tuple[Any]) -> tuple[Any]:
    """The potential of the seeds; the system is symmetric."""
    return (potential(seeds[0], u),)


PROGRAM = Program(
    "Jacobi's iteration until it stands still", MLIR, "potential", ("charge",), wires, potential, gradient,
    outputs=("u",), large=lambda: wires(12), tolerance=1e-10,
)  # fmt: skip


def main() -> bool:
    """A grid of seven by seven."""
    return show(PROGRAM)


if __name__ == "__main__":
    main_of(main)
