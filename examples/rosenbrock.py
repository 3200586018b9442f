"""Rosenbrock's valley, descended along gradients that Enzyme makes.

(1 - x)^2 + 100 (y - x^2)^2 has its minimum at (1, 1), at the end of a long bent valley. Each step goes down the
gradient (`enzyme.autodiff`), as far as Armijo's rule allows. Run it with `python examples/rosenbrock.py`.
"""

from __future__ import annotations

import sys
from typing import Any

from showing import check, run

FUNCTION = """
func.func @valley(%x: f64, %y: f64) -> f64 {
  %one = arith.constant 1.0 : f64
  %hundred = arith.constant 100.0 : f64
  %a = arith.subf %one, %x : f64
  %a2 = arith.mulf %a, %a : f64
  %x2 = arith.mulf %x, %x : f64
  %b = arith.subf %y, %x2 : f64
  %b2 = arith.mulf %b, %b : f64
  %c = arith.mulf %hundred, %b2 : f64
  %r = arith.addf %a2, %c : f64
  return %r : f64
}
"""


def build() -> Any:
    """The module with the function, and one that returns its value and its gradient."""
    from mlir.dialects import arith, func

    from enzyme_mlir import ir, new_context
    from enzyme_mlir.dialects import enzyme
    from enzyme_mlir.dialects.enzyme import Activity

    function: Any = func.FuncOp.from_py_func
    constant: Any = arith.constant
    with new_context(), ir.Location.unknown():
        f64 = ir.F64Type.get()
        module = ir.Module.parse(FUNCTION)
        with ir.InsertionPoint(module.body):

            @function(f64, f64)
            def main(x: Any, y: Any) -> Any:
                one = constant(f64, 1.0)
                return enzyme.autodiff(
                    "valley",
                    [x, y, one],
                    activity=[Activity.ACTIVE, Activity.ACTIVE],
                    ret_activity=[Activity.ACTIVE],
                    results=[f64, f64, f64],
                )

        return module


def descend(slope: Any, x: float, y: float) -> tuple[float, float, int, float]:
    """Gradient descent from a point: where it ends, after how many steps, and the gradient's worst error on the way."""
    worst = 0.0
    step = 1e-3
    for count in range(200_000):
        value, dx, dy = slope(x, y)
        right = (-2 * (1 - x) - 400 * x * (y - x * x), 200 * (y - x * x))
        size = max(abs(right[0]), abs(right[1]), 1.0)
        worst = max(worst, abs(dx - right[0]) / size, abs(dy - right[1]) / size)
        length = dx * dx + dy * dy
        if length < 1e-18:
            return x, y, count, worst
        step *= 2
        while slope(x - step * dx, y - step * dy)[0] > value - 0.5 * step * length:
            step /= 2
        x, y = x - step * dx, y - step * dy
    return x, y, count, worst


def main() -> bool:
    """Descend from the classic starting point."""
    from enzyme_mlir import jit, lowering

    slope = jit.compile(lowering.run(build()))
    x, y, steps, worst = descend(slope, -1.2, 1.0)
    print(f"Rosenbrock's function from (-1.2, 1): {steps} steps of gradient descent")
    print(f"on the way Enzyme's gradient was within {worst:.1e} of the analytic one")
    return check([("x", x, 1.0), ("y", y, 1.0)], 1e-8, ("reached", "minimum")) and worst <= 1e-12


if __name__ == "__main__":
    sys.exit(run(["mlir", "enzyme_ad"], main))
