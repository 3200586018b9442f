"""Robust regression: Huber's loss, quadratic near zero and linear beyond, with branches that a switch chooses.

`@loss` is a line's distance from points of which some are far off. `scf.index_switch` takes the branch for the sign of
the residual beyond the bend; the derivative is continuous, so gradient descent comes to rest.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from program import Program, main_of, show

MLIR = """
func.func @loss(%x: memref<?xf64>, %y: memref<?xf64>, %slope: f64, %height: f64) -> f64 {
  %zero = arith.constant 0.0 : f64
  %half = arith.constant 0.5 : f64
  %one = arith.constant 1.0 : f64
  %minus = arith.constant -1.0 : f64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %n = memref.dim %x, %c0 : memref<?xf64>
  %sum = scf.for %i = %c0 to %n step %c1 iter_args(%before = %zero) -> (f64) {
    %xi = memref.load %x[%i] : memref<?xf64>
    %yi = memref.load %y[%i] : memref<?xf64>
    %rise = arith.mulf %slope, %xi : f64
    %line = arith.addf %rise, %height : f64
    %off = arith.subf %line, %yi : f64
    %above = arith.cmpf ogt, %off, %one : f64
    %below = arith.cmpf olt, %off, %minus : f64
    %one_or_none = arith.select %above, %c1, %c0 : index
    %case = arith.select %below, %c2, %one_or_none : index
    %term = scf.index_switch %case -> f64
    case 1 {
      %linear = arith.subf %off, %half : f64
      scf.yield %linear : f64
    }
    case 2 {
      %turned = arith.negf %off : f64
      %linear = arith.subf %turned, %half : f64
      scf.yield %linear : f64
    }
    default {
      %square = arith.mulf %off, %off : f64
      %halved = arith.mulf %half, %square : f64
      scf.yield %halved : f64
    }
    %after = arith.addf %before, %term : f64
    scf.yield %after : f64
  }
  return %sum : f64
}
"""


def points(size: int = 12) -> dict[str, Any]:
    """Points near a line, every fifth of them far off."""
    rng = np.random.default_rng(26)
    x = np.linspace(-1.0, 1.0, size)
    return {
        "x": x,
        "y": 2 * x + 0.5 + 0.1 * rng.normal(size=size) + 8.0 * (np.arange(size) % 5 == 2),
        "slope": 0.5,
        "height": 0.0,
    }


def loss(x: Any, y: Any, slope: float, height: float) -> float:
    """Huber's loss."""
    off = slope * x + height - y
    return float(np.sum(np.where(np.abs(off) > 1, np.abs(off) - 0.5, off**2 / 2)))


def gradient(x: Any, y: Any, slope: float, height: float) -> tuple[float, float]:
    """The residuals, clipped."""
    pull = np.clip(slope * x + height - y, -1, 1)
    return float(pull @ x), float(np.sum(pull))


PROGRAM = Program(
    "Huber's loss, with a switch", MLIR, "loss", ("slope", "height"), points, loss, gradient, large=lambda: points(5000)
)


def main() -> bool:
    """Compare, then find the line in spite of the points that are far off."""
    from enzyme_mlir import grad

    good = show(PROGRAM)
    step, given = grad(MLIR, "loss", wrt=("slope", "height")), points(200)
    for _ in range(300):
        by_slope, by_height = step(**given)
        given["slope"] -= 0.01 * by_slope
        given["height"] -= 0.01 * by_height
    steep = max(map(abs, step(**given)))
    print(f"the line: slope {given['slope']:.3f}, height {given['height']:.3f}, where the loss is {steep:.0e} steep")
    return good and steep < 1e-8 and abs(given["slope"] - 2) < 0.2


if __name__ == "__main__":
    main_of(main)
