"""Implicit differentiation: a layer whose output is the fixed point z = tanh(W z + b), without its iteration.

The iteration needs no derivative: at the fixed point the residual r(z, W, b) = tanh(W z + b) - z is zero, so its
derivatives say how z moves. `jacobian` gives dr/dz, one solved system its adjoint u, and `vjp` with the seed u the
gradient by W and b. Differentiating through 60 iterations (`@iterate`) has to come to the same.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from program import Program, check, main_of, show

MLIR = """
func.func @residual(%z: memref<?xf64>, %w: memref<?x?xf64>, %b: memref<?xf64>, %r: memref<?xf64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %size = memref.dim %b, %c0 : memref<?xf64>
  scf.for %i = %c0 to %size step %c1 {
    %bias = memref.load %b[%i] : memref<?xf64>
    %sum = scf.for %j = %c0 to %size step %c1 iter_args(%before = %bias) -> (f64) {
      %weight = memref.load %w[%i, %j] : memref<?x?xf64>
      %zj = memref.load %z[%j] : memref<?xf64>
      %wz = arith.mulf %weight, %zj : f64
      %after = arith.addf %before, %wz : f64
      scf.yield %after : f64
    }
    %t = math.tanh %sum : f64
    %zi = memref.load %z[%i] : memref<?xf64>
    %off = arith.subf %t, %zi : f64
    memref.store %off, %r[%i] : memref<?xf64>
  }
  return
}

func.func @iterate(%w: memref<?x?xf64>, %b: memref<?xf64>, %z: memref<?xf64>) {
  %zero = arith.constant 0.0 : f64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %often = arith.constant 60 : index
  %size = memref.dim %b, %c0 : memref<?xf64>
  %r = memref.alloc(%size) : memref<?xf64>
  linalg.fill ins(%zero : f64) outs(%z : memref<?xf64>)
  scf.for %t = %c0 to %often step %c1 {
    func.call @residual(%z, %w, %b, %r) : (memref<?xf64>, memref<?x?xf64>, memref<?xf64>, memref<?xf64>) -> ()
    scf.for %i = %c0 to %size step %c1 {
      %zi = memref.load %z[%i] : memref<?xf64>
      %ri = memref.load %r[%i] : memref<?xf64>
      %next = arith.addf %zi, %ri : f64
      memref.store %next, %z[%i] : memref<?xf64>
    }
  }
  memref.dealloc %r : memref<?xf64>
  return
}
"""


def layer(size: int = 4) -> dict[str, Any]:
    """Weights small enough for a fixed point, and room for it."""
    rng = np.random.default_rng(14)
    return {"w": 0.5 * rng.normal(size=(size, size)) / np.sqrt(size), "b": rng.normal(size=size), "z": np.zeros(size)}


def fixed_point(w: Any, b: Any, z: Any) -> Any:
    """The iteration in NumPy."""
    for _ in range(60):
        z = np.tanh(w @ z + b)
    return z


def gradient(w: Any, b: Any, z: Any, seeds: tuple[Any]) -> tuple[Any, Any]:
    """The implicit function theorem, by hand."""
    z = fixed_point(w, b, z)
    steep = 1 - z**2
    u = np.linalg.solve(np.eye(len(z)) - (steep[:, None] * w).T, seeds[0])
    return np.outer(u * steep, z), u * steep


PROGRAM = Program(
    "implicit differentiation: a fixed point",
    MLIR,
    "iterate",
    ("w", "b"),
    layer,
    fixed_point,
    gradient,
    outputs=("z",),
    large=lambda: layer(30),
)


def implicit(w: Any, b: Any, seed: Any) -> tuple[Any, Any]:
    """The gradient at the fixed point, from derivatives of the residual."""
    from enzyme_mlir import jacobian, vjp

    z = fixed_point(w, b, np.zeros_like(b))
    by_z = jacobian(MLIR, "residual", wrt="z")(z, w, b, np.zeros_like(b))
    u = np.linalg.solve(by_z.T, -seed)
    by_w, by_b = vjp(MLIR, "residual", wrt=("w", "b"))((z, w, b, np.zeros_like(b)), u).derivatives
    return by_w, by_b


def main() -> bool:
    """Through the iteration, and past it."""
    good = show(PROGRAM)
    given = layer()
    seeds = PROGRAM.seeds(given)
    right = gradient(**given, seeds=seeds)
    found = implicit(given["w"], given["b"], seeds[0])
    print("From the residual alone:")
    rows = [(f"by w[{i}, {j}]", float(found[0][i, j]), float(right[0][i, j])) for i, j in ((0, 0), (1, 2), (3, 3))]
    rows += [(f"by b[{i}]", float(found[1][i]), float(right[1][i])) for i in range(4)]
    return check(rows, 1e-11, ("found", "NumPy")) and good


if __name__ == "__main__":
    main_of(main)
