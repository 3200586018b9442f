"""From builders to a right gradient: f(x, y) = x*x*sin(y), differentiated by the real Enzyme, compiled and run.

Reverse mode (`enzyme.autodiff`) gives both partial derivatives in one call; forward mode (`enzyme.fwddiff`) gives the
derivative in one direction. Run it with `python examples/gradient.py`.
"""

from __future__ import annotations

import importlib.util
import math
import sys
from typing import Any

REQUIRED = {"mlir": "xtc-mlir-python-bindings", "enzyme_ad": "enzyme-ad>=0.0.14"}
TOLERANCE = 1e-12


def build() -> Any:
    """The module with `f`, and two functions that ask for its derivatives."""
    from mlir.dialects import arith, func
    from mlir.dialects import math as math_dialect

    from enzyme_mlir import ir, new_context
    from enzyme_mlir.dialects import enzyme
    from enzyme_mlir.dialects.enzyme import Activity

    function: Any = func.FuncOp.from_py_func
    with new_context(), ir.Location.unknown():
        f64 = ir.F64Type.get()
        module = ir.Module.create()
        with ir.InsertionPoint(module.body):

            @function(f64, f64)
            def f(x: Any, y: Any) -> Any:
                return arith.mulf(arith.mulf(x, x), math_dialect.sin(y))

            @function(f64, f64, f64)
            def gradient(x: Any, y: Any, seed: Any) -> Any:
                return enzyme.autodiff(
                    "f",
                    [x, y, seed],
                    activity=[Activity.ACTIVE, Activity.ACTIVE],
                    ret_activity=[Activity.ACTIVENONEED],
                    results=[f64, f64],
                )

            @function(f64, f64, f64, f64)
            def tangent(x: Any, dx: Any, y: Any, dy: Any) -> Any:
                return enzyme.fwddiff(
                    "f",
                    [x, dx, y, dy],
                    activity=[Activity.DUP, Activity.DUP],
                    ret_activity=[Activity.DUPNONEED],
                    results=f64,
                )

        return module


def main() -> int:
    """Print the IR before and after, and both derivatives beside the analytic ones. Returns the exit code."""
    missing = [package for module, package in REQUIRED.items() if importlib.util.find_spec(module) is None]
    if missing:
        where = "wheels exist for Linux on x86-64, Enzyme's for Python 3.11"
        print(f"Derivatives not shown: install {', '.join(missing)} ({where}).")
        return 0 if "--if-available" in sys.argv[1:] else 101
    from enzyme_mlir import jit, lowering

    before = build()
    after = lowering.run(before)  # the real Enzyme, in a process of its own
    print(f"// What we built.\n{before}\n// What Enzyme made of it.\n{after}")

    x, y, dx, dy = 1.5, 0.7, 0.25, -2.0
    analytic = [2 * x * math.sin(y), x * x * math.cos(y)]
    reverse = jit.compile(after, "gradient")(x, y, 1.0)
    forward = jit.compile(after, "tangent")(x, dx, y, dy)
    rows = [
        ("df/dx", "enzyme.autodiff", reverse[0], analytic[0]),
        ("df/dy", "enzyme.autodiff", reverse[1], analytic[1]),
        (f"along ({dx}, {dy})", "enzyme.fwddiff", forward, analytic[0] * dx + analytic[1] * dy),
    ]
    print(f"f(x, y) = x*x*sin(y) at x = {x}, y = {y}")
    print(f"{'':22}{'built with':18}{'Enzyme':>22}{'analytic':>22}{'difference':>12}")
    for what, how, found, expected in rows:
        print(f"{what:22}{how:18}{found:22.15g}{expected:22.15g}{abs(found - expected):12.1e}")
    if any(abs(found - expected) > TOLERANCE for _, _, found, expected in rows):
        print(f"a derivative is off by more than {TOLERANCE}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
