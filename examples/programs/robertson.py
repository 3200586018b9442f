"""A stiff reaction of three substances (Robertson's) by implicit steps, each solved by Newton's method in a while loop.

Each step of the implicit Euler method iterates until the residual is small; the number of iterations differs from step
to step. Reduced to two unknowns, as the three concentrations add up to one; differentiated by the three rate constants.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from program import Program, main_of, show

MLIR = """
func.func @react(%k1: f64, %k2: f64, %k3: f64, %steps: index) -> (f64, f64) {
  %zero = arith.constant 0.0 : f64
  %one = arith.constant 1.0 : f64
  %two = arith.constant 2.0 : f64
  %small = arith.constant 1.0e-13 : f64
  %dt = arith.constant 0.1 : f64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %end:2 = scf.for %t = %c0 to %steps step %c1 iter_args(%a = %one, %b = %zero) -> (f64, f64) {
    %step:3 = scf.while (%x = %a, %y = %b, %size = %one) : (f64, f64, f64) -> (f64, f64, f64) {
      %more = arith.cmpf ogt, %size, %small : f64
      scf.condition(%more) %x, %y, %size : f64, f64, f64
    } do {
    ^bb0(%x: f64, %y: f64, %size: f64):
      %xy = arith.addf %x, %y : f64
      %z = arith.subf %one, %xy : f64
      %k1x = arith.mulf %k1, %x : f64
      %k2y = arith.mulf %k2, %y : f64
      %k2z = arith.mulf %k2, %z : f64
      %k3y = arith.mulf %k3, %y : f64
      %back = arith.mulf %k2y, %z : f64
      %lost = arith.mulf %k3y, %y : f64
      %fx = arith.subf %back, %k1x : f64
      %fxl = arith.addf %fx, %lost : f64
      %fy = arith.negf %fxl : f64
      %hfx = arith.mulf %dt, %fx : f64
      %hfy = arith.mulf %dt, %fy : f64
      %xa = arith.subf %x, %a : f64
      %yb = arith.subf %y, %b : f64
      %r = arith.subf %xa, %hfx : f64
      %s = arith.subf %yb, %hfy : f64
      // the derivatives of the residuals by x and y
      %k1b = arith.addf %k1, %k2y : f64
      %hk1b = arith.mulf %dt, %k1b : f64
      %rx = arith.addf %one, %hk1b : f64
      %diff = arith.subf %k2z, %k2y : f64
      %hdiff = arith.mulf %dt, %diff : f64
      %ry = arith.negf %hdiff : f64
      %sx = arith.negf %hk1b : f64
      %twice = arith.mulf %two, %k3y : f64
      %htwice = arith.mulf %dt, %twice : f64
      %both = arith.addf %hdiff, %htwice : f64
      %sy = arith.addf %one, %both : f64
      %p = arith.mulf %rx, %sy : f64
      %q = arith.mulf %ry, %sx : f64
      %det = arith.subf %p, %q : f64
      %rsy = arith.mulf %r, %sy : f64
      %sry = arith.mulf %s, %ry : f64
      %srx = arith.mulf %s, %rx : f64
      %rsx = arith.mulf %r, %sx : f64
      %u = arith.subf %rsy, %sry : f64
      %v = arith.subf %srx, %rsx : f64
      %dx = arith.divf %u, %det : f64
      %dy = arith.divf %v, %det : f64
      %x2 = arith.subf %x, %dx : f64
      %y2 = arith.subf %y, %dy : f64
      %ax = math.absf %dx : f64
      %ay = math.absf %dy : f64
      %most = arith.maximumf %ax, %ay : f64
      scf.yield %x2, %y2, %most : f64, f64, f64
    }
    scf.yield %step#0, %step#1 : f64, f64
  }
  return %end#0, %end#1 : f64, f64
}
"""

RATES = ("k1", "k2", "k3")


def reaction(steps: int = 10) -> dict[str, Any]:
    """The rates of the textbook, and some steps."""
    return {"k1": 0.04, "k2": 1.0e4, "k3": 3.0e7, "steps": steps}


def sensitivities(k1: float, k2: float, k3: float, steps: int) -> tuple[Any, Any]:
    """Two concentrations at the end, and their derivatives by the implicit function theorem at each step."""
    state: Any = np.array([1.0, 0.0])
    by: Any = np.zeros((2, 3))
    for _ in range(steps):
        x, y = state
        for _ in range(30):
            z = 1 - x - y
            f = np.array([k2 * y * z - k1 * x, k1 * x - k2 * y * z - k3 * y * y])
            slope = np.array([[-k1 - k2 * y, k2 * (z - y)], [k1 + k2 * y, -k2 * (z - y) - 2 * k3 * y]])
            matrix = np.eye(2) - 0.1 * slope
            x, y = np.array([x, y]) - np.linalg.solve(matrix, np.array([x, y]) - state - 0.1 * f)
        by_rates = np.array([[-x, y * (1 - x - y), 0.0], [x, -y * (1 - x - y), -y * y]])
        by = np.linalg.solve(matrix, by + 0.1 * by_rates)
        state = np.array([x, y])
    return state, by


def react(**arguments: Any) -> tuple[float, float]:
    """The concentrations."""
    x, y = sensitivities(**arguments)[0]
    return float(x), float(y)


def gradient(seeds: tuple[float, float], **arguments: Any) -> tuple[float, ...]:
    """The weighted sum of both rows."""
    return tuple(float(each) for each in np.array(seeds) @ sensitivities(**arguments)[1])


PROGRAM = Program(
    "stiff chemistry: Newton's method in each step",
    MLIR,
    "react",
    RATES,
    reaction,
    react,
    gradient,
    large=lambda: reaction(300),
    tolerance=1e-8,
)


def main() -> bool:
    """One second of the reaction."""
    return show(PROGRAM)


if __name__ == "__main__":
    main_of(main)
