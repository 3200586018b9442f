"""A robot's arm of some links reaches for a point: inverse kinematics along the Jacobian of its hand.

`@hand` adds up the links, each turned by all angles before it (two sums carried by one loop), and returns both
coordinates. `jacobian` has two rows; damped least squares move the angles until the hand is there.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from program import Program, check, main_of, show

MLIR = """
func.func @hand(%angle: memref<?xf64>, %length: memref<?xf64>) -> (f64, f64) {
  %zero = arith.constant 0.0 : f64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %links = memref.dim %angle, %c0 : memref<?xf64>
  %end:3 = scf.for %i = %c0 to %links step %c1 iter_args(%turned = %zero, %x = %zero, %y = %zero) -> (f64, f64, f64) {
    %a = memref.load %angle[%i] : memref<?xf64>
    %l = memref.load %length[%i] : memref<?xf64>
    %now = arith.addf %turned, %a : f64
    %cos = math.cos %now : f64
    %sin = math.sin %now : f64
    %dx = arith.mulf %l, %cos : f64
    %dy = arith.mulf %l, %sin : f64
    %x2 = arith.addf %x, %dx : f64
    %y2 = arith.addf %y, %dy : f64
    scf.yield %now, %x2, %y2 : f64, f64, f64
  }
  return %end#1, %end#2 : f64, f64
}
"""


def arm(links: int = 5) -> dict[str, Any]:
    """A bent arm."""
    return {"angle": np.linspace(0.4, -0.3, links), "length": np.linspace(1.0, 0.5, links)}


def hand(angle: Any, length: Any) -> tuple[float, float]:
    """Where the hand is."""
    turned = np.cumsum(angle)
    return float(length @ np.cos(turned)), float(length @ np.sin(turned))


def gradient(angle: Any, length: Any, seeds: tuple[float, float]) -> tuple[Any, Any]:
    """An angle turns all links behind it."""
    turned = np.cumsum(angle)
    by_turned = length * (seeds[1] * np.cos(turned) - seeds[0] * np.sin(turned))
    return np.cumsum(by_turned[::-1])[::-1], seeds[0] * np.cos(turned) + seeds[1] * np.sin(turned)


PROGRAM = Program("robot arm", MLIR, "hand", ("angle", "length"), arm, hand, gradient, large=lambda: arm(5000))

GOAL = (1.5, 2.0)


def reach() -> tuple[float, float]:
    """Where the hand comes to."""
    from enzyme_mlir import jacobian

    slopes = jacobian(MLIR, "hand", wrt="angle")
    given = arm()
    for _ in range(50):
        steep = np.stack(slopes(**given))
        off = np.subtract(GOAL, hand(**given))
        given["angle"] = given["angle"] + steep.T @ np.linalg.solve(steep @ steep.T + 1e-3 * np.eye(2), off)
    return hand(**given)


def main() -> bool:
    """Compare, then reach."""
    good = show(PROGRAM)
    found = reach()
    return check([("x", found[0], GOAL[0]), ("y", found[1], GOAL[1])], 1e-9, ("the hand", "the point")) and good


if __name__ == "__main__":
    main_of(main)
