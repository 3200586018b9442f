"""A rocket that is to land softly: the thrust at each moment, found by gradient descent through the simulation.

`@cost` flies for as many steps as there are thrusts and sums fuel, height and speed at the end. The mass falls as fuel
is burnt; a thrust is kept between 0 and 1 by a logistic function, so all of them may be moved freely.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from program import Program, complex_step, main_of, show

MLIR = """
func.func @cost(%control: memref<?xf64>, %height: f64, %speed: f64) -> f64 {
  %zero = arith.constant 0.0 : f64
  %one = arith.constant 1.0 : f64
  %full = arith.constant 1.5 : f64
  %gravity = arith.constant 1.0 : f64
  %weight = arith.constant 10.0 : f64
  %empty = arith.constant 1.0 : f64
  %strong = arith.constant 4.0 : f64
  %burns = arith.constant 0.1 : f64
  %dt = arith.constant 0.1 : f64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %steps = memref.dim %control, %c0 : memref<?xf64>
  %end:3 = scf.for %t = %c0 to %steps step %c1 iter_args(%h = %height, %v = %speed, %mass = %full) -> (f64, f64, f64) {
    %u = memref.load %control[%t] : memref<?xf64>
    %minus = arith.negf %u : f64
    %e = math.exp %minus : f64
    %below = arith.addf %one, %e : f64
    %throttle = arith.divf %one, %below : f64
    %thrust = arith.mulf %strong, %throttle : f64
    %push = arith.divf %thrust, %mass : f64
    %rise = arith.subf %push, %gravity : f64
    %dv = arith.mulf %rise, %dt : f64
    %v2 = arith.addf %v, %dv : f64
    %dh = arith.mulf %v2, %dt : f64
    %h2 = arith.addf %h, %dh : f64
    %rate = arith.mulf %burns, %throttle : f64
    %dm = arith.mulf %rate, %dt : f64
    %m2 = arith.subf %mass, %dm : f64
    scf.yield %h2, %v2, %m2 : f64, f64, f64
  }
  %fuel = arith.subf %full, %end#2 : f64
  %high = arith.mulf %end#0, %end#0 : f64
  %fast = arith.mulf %end#1, %end#1 : f64
  %miss = arith.addf %high, %fast : f64
  %weighted = arith.mulf %weight, %miss : f64
  %r = arith.addf %fuel, %weighted : f64
  return %r : f64
}
"""


def descent(steps: int = 60) -> dict[str, Any]:
    """A rocket that falls from a height of 10."""
    return {"control": np.linspace(-1.0, 0.0, steps), "height": 10.0, "speed": -1.0}


def fly(control: Any, height: Any, speed: Any) -> tuple[Any, Any, Any]:
    """Height, speed and mass at the end."""
    mass: Any = 1.5
    for throttle in 1 / (1 + np.exp(-control)):
        speed = speed + 0.1 * (4 * throttle / mass - 1)
        height = height + 0.1 * speed
        mass = mass - 0.01 * throttle
    return height, speed, mass


def cost(control: Any, height: Any, speed: Any) -> Any:
    """Fuel, and what is wrong with the landing."""
    h, v, mass = fly(control, height, speed)
    return 1.5 - mass + 10 * (h**2 + v**2)


def gradient(**arguments: Any) -> tuple[Any, ...]:
    """The derivatives, by steps into the complex plane."""
    return tuple(complex_step(cost, arguments, name) for name in ("control", "height", "speed"))


PROGRAM = Program(
    "optimal control: a soft landing",
    MLIR,
    "cost",
    ("control", "height", "speed"),
    descent,
    cost,
    gradient,
    large=lambda: descent(3000),
)


def land(steps: int = 800) -> tuple[float, float]:
    """Gradient descent over all thrusts: height and speed at the end."""
    from enzyme_mlir import grad

    slope, given = grad(MLIR, "cost", wrt="control"), descent()
    for _ in range(steps):
        given["control"] = given["control"] - 0.01 * slope(**given)
    height, speed, _ = fly(**given)
    return float(height), float(speed)


def main() -> bool:
    """Compare, then land."""
    good = show(PROGRAM)
    at_first = fly(**descent())
    height, speed = land()
    print(f"at first, height {at_first[0]:.3f} and speed {at_first[1]:.3f}; then {height:.4f} and {speed:.4f}")
    return good and abs(height) < 0.01 and abs(speed) < 0.01


if __name__ == "__main__":
    main_of(main)
