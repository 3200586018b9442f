"""Length and friction of a pendulum, found from how it swings: reverse mode through the time steps of a simulation.

`@misfit` swings a pendulum for 400 steps (`scf.for`) and sums the squares of its distance from observed angles. Its
gradient with respect to the two parameters runs the loop backwards, over states that Enzyme has kept. Run it with
`python examples/pendulum.py`.
"""

from __future__ import annotations

import math
import sys
from typing import Any

from showing import check, run

STEPS = 400
TIME_STEP = 0.01
LENGTH, FRICTION = 1.37, 0.21
"""The pendulum that is observed."""

FUNCTION = f"""
func.func @misfit(%length: f64, %friction: f64, %observed: memref<{STEPS}xf64>) -> f64 {{
  %zero = arith.constant 0.0 : f64
  %start = arith.constant 1.1 : f64
  %gravity = arith.constant 9.81 : f64
  %dt = arith.constant {TIME_STEP} : f64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %steps = arith.constant {STEPS} : index
  %pull = arith.divf %gravity, %length : f64
  %end:3 = scf.for %i = %c0 to %steps step %c1
      iter_args(%angle = %start, %speed = %zero, %before = %zero) -> (f64, f64, f64) {{
    %sine = math.sin %angle : f64
    %back = arith.mulf %pull, %sine : f64
    %drag = arith.mulf %friction, %speed : f64
    %force = arith.addf %back, %drag : f64
    %change = arith.mulf %force, %dt : f64
    %speed2 = arith.subf %speed, %change : f64
    %move = arith.mulf %speed2, %dt : f64
    %angle2 = arith.addf %angle, %move : f64
    %seen = memref.load %observed[%i] : memref<{STEPS}xf64>
    %off = arith.subf %angle2, %seen : f64
    %off2 = arith.mulf %off, %off : f64
    %after = arith.addf %before, %off2 : f64
    scf.yield %angle2, %speed2, %after : f64, f64, f64
  }}
  return %end#2 : f64
}}
"""


def build() -> Any:
    """The misfit, and a function that returns it with its gradient."""
    from mlir.dialects import arith, func

    from enzyme_mlir import ir, new_context
    from enzyme_mlir.dialects import enzyme
    from enzyme_mlir.dialects.enzyme import Activity

    function: Any = func.FuncOp.from_py_func
    constant: Any = arith.constant
    with new_context(), ir.Location.unknown():
        f64 = ir.F64Type.get()
        angles = ir.Type.parse(f"memref<{STEPS}xf64>")
        module = ir.Module.parse(FUNCTION)
        with ir.InsertionPoint(module.body):

            @function(f64, f64, angles)
            def main(length: Any, friction: Any, observed: Any) -> Any:
                one = constant(f64, 1.0)
                return enzyme.autodiff(
                    "misfit",
                    [length, friction, observed, one],
                    activity=[Activity.ACTIVE, Activity.ACTIVE, Activity.CONST],
                    ret_activity=[Activity.ACTIVE],
                    results=[f64, f64, f64],
                )

        return module


def swing(length: float, friction: float) -> list[tuple[float, float, float]]:
    """The angles, each with its derivatives with respect to length and friction, by the chain rule."""
    angle, speed = 1.1, 0.0
    by_length, by_friction = [0.0, 0.0], [0.0, 0.0]
    seen: list[tuple[float, float, float]] = []
    pull = 9.81 / length
    for _ in range(STEPS):
        slope = pull * math.cos(angle)
        by_length[1] -= TIME_STEP * (slope * by_length[0] - pull / length * math.sin(angle) + friction * by_length[1])
        by_friction[1] -= TIME_STEP * (slope * by_friction[0] + speed + friction * by_friction[1])
        speed -= TIME_STEP * (pull * math.sin(angle) + friction * speed)
        angle += TIME_STEP * speed
        by_length[0] += TIME_STEP * by_length[1]
        by_friction[0] += TIME_STEP * by_friction[1]
        seen.append((angle, by_length[0], by_friction[0]))
    return seen


def fit(misfit: Any, observed: Any, length: float, friction: float) -> tuple[float, float, int]:
    """Minimise by quasi-Newton steps, each as long as Armijo's rule allows: where it ends, and after how many steps."""
    value, *slope = misfit(length, friction, observed)
    metric = [[1.0, 0.0], [0.0, 1.0]]
    for count in range(200):
        if max(map(abs, slope)) < 1e-11:
            return length, friction, count
        direction = [-sum(m * s for m, s in zip(row, slope, strict=True)) for row in metric]
        downhill = sum(d * s for d, s in zip(direction, slope, strict=True))
        step = min(1.0, 0.2 / max(map(abs, direction)))
        while True:
            there = (length + step * direction[0], friction + step * direction[1])
            trial, *steeper = misfit(*there, observed)
            if trial <= value + 1e-4 * step * downhill or step < 1e-12:
                break
            step /= 2
        moved = [there[0] - length, there[1] - friction]
        turned = [new - old for new, old in zip(steeper, slope, strict=True)]
        metric = quasi_newton(metric, moved, turned)
        (length, friction), value, slope = there, trial, steeper
    return length, friction, count


def quasi_newton(metric: list[list[float]], moved: list[float], turned: list[float]) -> list[list[float]]:
    """The inverse Hessian after a step, by the formula of Broyden, Fletcher, Goldfarb and Shanno."""
    import numpy as np

    s, y, h = np.array(moved), np.array(turned), np.array(metric)
    if s @ y <= 0:
        return metric
    rho = 1 / (s @ y)
    left = np.eye(2) - rho * np.outer(s, y)
    updated = left @ h @ left.T + rho * np.outer(s, s)
    return [[float(entry) for entry in row] for row in updated]


def main() -> bool:
    """Observe one pendulum, start from another one, and come to the first."""
    import numpy as np

    from enzyme_mlir import jit, lowering

    misfit = jit.compile(lowering.run(build()))
    observed = np.array([angle for angle, _, _ in swing(LENGTH, FRICTION)])
    guess = (1.1, 0.05)
    _, *slope = misfit(*guess, observed)
    right = [0.0, 0.0]
    for (angle, *partial), seen in zip(swing(*guess), observed, strict=True):
        for axis in range(2):
            right[axis] += 2 * (angle - float(seen)) * partial[axis]
    print(f"The gradient through {STEPS} steps, at the first guess {guess}:")
    good = check([("by length", slope[0], right[0]), ("by friction", slope[1], right[1])], 1e-11)
    length, friction, steps = fit(misfit, observed, *guess)
    print(f"\nThe pendulum, after {steps} steps:")
    rows = [("length", length, LENGTH), ("friction", friction, FRICTION)]
    return check(rows, 1e-9, ("fitted", "observed one")) and good


if __name__ == "__main__":
    sys.exit(run(["mlir", "enzyme_ad"], main))
