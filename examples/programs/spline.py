"""A natural cubic spline through measured points: a tridiagonal system by Thomas' algorithm, one number between.

`@spline` finds the curvatures at equally spaced knots with two sweeps, forwards and backwards, and takes the value of
the spline at a place. It is linear in the measurements: the gradient by them are the cardinal splines at that place.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from program import Program, main_of, show

MLIR = """
func.func @spline(%y: memref<?xf64>, %at: f64) -> f64 {
  %zero = arith.constant 0.0 : f64
  %one = arith.constant 1.0 : f64
  %two = arith.constant 2.0 : f64
  %four = arith.constant 4.0 : f64
  %six = arith.constant 6.0 : f64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = memref.dim %y, %c0 : memref<?xf64>
  %last = arith.subi %n, %c1 : index
  %c = memref.alloc(%n) : memref<?xf64>
  %d = memref.alloc(%n) : memref<?xf64>
  memref.store %zero, %c[%c0] : memref<?xf64>
  memref.store %zero, %d[%c0] : memref<?xf64>
  memref.store %zero, %d[%last] : memref<?xf64>  // no curvature at both ends
  scf.for %i = %c1 to %last step %c1 {
    %j = arith.subi %i, %c1 : index
    %k = arith.addi %i, %c1 : index
    %a = memref.load %y[%j] : memref<?xf64>
    %b = memref.load %y[%i] : memref<?xf64>
    %e = memref.load %y[%k] : memref<?xf64>
    %b2 = arith.mulf %two, %b : f64
    %ae = arith.addf %a, %e : f64
    %bend = arith.subf %ae, %b2 : f64
    %right = arith.mulf %six, %bend : f64
    %cj = memref.load %c[%j] : memref<?xf64>
    %dj = memref.load %d[%j] : memref<?xf64>
    %below = arith.subf %four, %cj : f64
    %ci = arith.divf %one, %below : f64
    %less = arith.subf %right, %dj : f64
    %di = arith.mulf %less, %ci : f64
    memref.store %ci, %c[%i] : memref<?xf64>
    memref.store %di, %d[%i] : memref<?xf64>
  }
  scf.for %back = %c1 to %last step %c1 {
    %i = arith.subi %last, %back : index
    %k = arith.addi %i, %c1 : index
    %ci = memref.load %c[%i] : memref<?xf64>
    %di = memref.load %d[%i] : memref<?xf64>
    %dk = memref.load %d[%k] : memref<?xf64>
    %cd = arith.mulf %ci, %dk : f64
    %m = arith.subf %di, %cd : f64
    memref.store %m, %d[%i] : memref<?xf64>
  }
  %knot_int = arith.fptosi %at : f64 to i64
  %knot_float = arith.sitofp %knot_int : i64 to f64
  %i = arith.index_cast %knot_int : i64 to index
  %k = arith.addi %i, %c1 : index
  %u = arith.subf %at, %knot_float : f64
  %v = arith.subf %one, %u : f64
  %yi = memref.load %y[%i] : memref<?xf64>
  %yk = memref.load %y[%k] : memref<?xf64>
  %mi = memref.load %d[%i] : memref<?xf64>
  %mk = memref.load %d[%k] : memref<?xf64>
  %vy = arith.mulf %v, %yi : f64
  %uy = arith.mulf %u, %yk : f64
  %line = arith.addf %vy, %uy : f64
  %u2 = arith.mulf %u, %u : f64
  %u3 = arith.mulf %u2, %u : f64
  %v2 = arith.mulf %v, %v : f64
  %v3 = arith.mulf %v2, %v : f64
  %ub = arith.subf %u3, %u : f64
  %vb = arith.subf %v3, %v : f64
  %um = arith.mulf %ub, %mk : f64
  %vm = arith.mulf %vb, %mi : f64
  %sum = arith.addf %um, %vm : f64
  %bow = arith.divf %sum, %six : f64
  %r = arith.addf %line, %bow : f64
  memref.dealloc %d : memref<?xf64>
  memref.dealloc %c : memref<?xf64>
  return %r : f64
}
"""


def points(size: int = 8) -> dict[str, Any]:
    """Measured points, and a place between two of them."""
    return {"y": np.random.default_rng(21).normal(size=size), "at": 0.4 * size + 0.1}


def pieces(size: int, at: float) -> tuple[Any, Any]:
    """The weights of the measurements, and their derivatives by the place: the system as a full matrix."""
    second = np.zeros((size, size))
    system = np.eye(size)
    for i in range(1, size - 1):
        system[i, i - 1 : i + 2] = 1.0, 4.0, 1.0
        second[i, i - 1 : i + 2] = 6.0, -12.0, 6.0
    curvature = np.linalg.solve(system, second)
    i, eye = int(at), np.eye(size)
    u, v = at - i, 1 - (at - i)
    value = v * eye[i] + u * eye[i + 1] + ((v**3 - v) * curvature[i] + (u**3 - u) * curvature[i + 1]) / 6
    slope = eye[i + 1] - eye[i] + ((3 * u**2 - 1) * curvature[i + 1] - (3 * v**2 - 1) * curvature[i]) / 6
    return value, slope


def spline(y: Any, at: float) -> float:
    """The spline at the place."""
    return float(pieces(len(y), at)[0] @ y)


def gradient(y: Any, at: float) -> tuple[Any, float]:
    """The weights, and the slope of the spline."""
    value, slope = pieces(len(y), at)
    return value, float(slope @ y)


PROGRAM = Program(
    "cubic spline, tridiagonal", MLIR, "spline", ("y", "at"), points, spline, gradient, large=lambda: points(1000)
)


def main() -> bool:
    """Eight points."""
    return show(PROGRAM)


if __name__ == "__main__":
    main_of(main)
