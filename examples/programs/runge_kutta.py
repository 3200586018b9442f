"""Hares and lynxes: the equations of Lotka and Volterra, integrated by the classic Runge-Kutta method.

`@simulate` takes both populations through time in steps of 0.02 and returns where they end; the four slopes of a step
are calls of `@rate`, a function with two results. Differentiated by the four constants and by the populations at the
start. NumPy integrates the variational equations beside it, with the same method.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from program import Program, main_of, show

MLIR = """
func.func @rate(%x: f64, %y: f64, %a: f64, %b: f64, %c: f64, %d: f64) -> (f64, f64) {
  %born = arith.mulf %a, %x : f64
  %met = arith.mulf %x, %y : f64
  %eaten = arith.mulf %b, %met : f64
  %fed = arith.mulf %d, %met : f64
  %starved = arith.mulf %c, %y : f64
  %hares = arith.subf %born, %eaten : f64
  %lynxes = arith.subf %fed, %starved : f64
  return %hares, %lynxes : f64, f64
}

func.func @moved(%x: f64, %y: f64, %u: f64, %v: f64, %by: f64) -> (f64, f64) {
  %dx = arith.mulf %u, %by : f64
  %dy = arith.mulf %v, %by : f64
  %x2 = arith.addf %x, %dx : f64
  %y2 = arith.addf %y, %dy : f64
  return %x2, %y2 : f64, f64
}

func.func @simulate(%hares: f64, %lynxes: f64, %a: f64, %b: f64, %c: f64, %d: f64, %steps: index) -> (f64, f64) {
  %step = arith.constant 0.02 : f64
  %half = arith.constant 0.01 : f64
  %sixth = arith.constant 3.3333333333333333e-3 : f64
  %one = arith.constant 1.0 : f64
  %two = arith.constant 2.0 : f64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %end:2 = scf.for %i = %c0 to %steps step %c1 iter_args(%x = %hares, %y = %lynxes) -> (f64, f64) {
    %k1:2 = func.call @rate(%x, %y, %a, %b, %c, %d) : (f64, f64, f64, f64, f64, f64) -> (f64, f64)
    %p2:2 = func.call @moved(%x, %y, %k1#0, %k1#1, %half) : (f64, f64, f64, f64, f64) -> (f64, f64)
    %k2:2 = func.call @rate(%p2#0, %p2#1, %a, %b, %c, %d) : (f64, f64, f64, f64, f64, f64) -> (f64, f64)
    %p3:2 = func.call @moved(%x, %y, %k2#0, %k2#1, %half) : (f64, f64, f64, f64, f64) -> (f64, f64)
    %k3:2 = func.call @rate(%p3#0, %p3#1, %a, %b, %c, %d) : (f64, f64, f64, f64, f64, f64) -> (f64, f64)
    %p4:2 = func.call @moved(%x, %y, %k3#0, %k3#1, %step) : (f64, f64, f64, f64, f64) -> (f64, f64)
    %k4:2 = func.call @rate(%p4#0, %p4#1, %a, %b, %c, %d) : (f64, f64, f64, f64, f64, f64) -> (f64, f64)
    %inner:2 = func.call @moved(%k2#0, %k2#1, %k3#0, %k3#1, %one) : (f64, f64, f64, f64, f64) -> (f64, f64)
    %outer:2 = func.call @moved(%k1#0, %k1#1, %k4#0, %k4#1, %one) : (f64, f64, f64, f64, f64) -> (f64, f64)
    %all:2 = func.call @moved(%outer#0, %outer#1, %inner#0, %inner#1, %two) : (f64, f64, f64, f64, f64) -> (f64, f64)
    %next:2 = func.call @moved(%x, %y, %all#0, %all#1, %sixth) : (f64, f64, f64, f64, f64) -> (f64, f64)
    scf.yield %next#0, %next#1 : f64, f64
  }
  return %end#0, %end#1 : f64, f64
}
"""

NAMES = ("hares", "lynxes", "a", "b", "c", "d")


def valley(steps: int = 500) -> dict[str, Any]:
    """A valley for ten years."""
    return {"hares": 10.0, "lynxes": 5.0, "a": 1.1, "b": 0.4, "c": 0.4, "d": 0.1, "steps": steps}


def rate(state: Any, a: float, b: float, c: float, d: float) -> Any:
    """The rates of x, y and of their derivatives by the six arguments."""
    (x, y), (dx, dy) = state[:, 0], state[:, 1:]
    slope = np.empty_like(state)
    slope[:, 0] = a * x - b * x * y, d * x * y - c * y
    slope[0, 1:] = (a - b * y) * dx - b * x * dy + [0, 0, x, -x * y, 0, 0]
    slope[1, 1:] = d * y * dx + (d * x - c) * dy + [0, 0, 0, 0, -y, x * y]
    return slope


def integrate(hares: float, lynxes: float, a: float, b: float, c: float, d: float, steps: int) -> Any:
    """Both populations at the end, each with its derivatives behind it."""
    state = np.zeros((2, 7))
    state[:, 0] = hares, lynxes
    state[0, 1] = state[1, 2] = 1.0
    for _ in range(steps):
        k1 = rate(state, a, b, c, d)
        k2 = rate(state + 0.01 * k1, a, b, c, d)
        k3 = rate(state + 0.01 * k2, a, b, c, d)
        k4 = rate(state + 0.02 * k3, a, b, c, d)
        state = state + 0.02 / 6 * (k1 + 2 * k2 + 2 * k3 + k4)
    return state


def populations(**arguments: Any) -> tuple[float, float]:
    """The populations at the end."""
    hares, lynxes = integrate(**arguments)[:, 0]
    return float(hares), float(lynxes)


def sensitivities(seeds: tuple[float, float], **arguments: Any) -> tuple[float, ...]:
    """The weighted sum of both rows of derivatives."""
    return tuple(float(each) for each in np.array(seeds) @ integrate(**arguments)[:, 1:])


PROGRAM = Program(
    "Runge-Kutta: hares and lynxes", MLIR, "simulate", NAMES, valley, populations, sensitivities, tolerance=1e-10
)


def main() -> bool:
    """Ten years in the valley."""
    return show(PROGRAM)


if __name__ == "__main__":
    main_of(main)
