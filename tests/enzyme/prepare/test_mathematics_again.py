"""Second derivatives of expanded functions: what Enzyme has made is expanded and differentiated again."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest

from enzyme_mlir import jit

from .mathematics_cases import CASES, Case
from .mathematics_running import (
    Array,
    Function,
    activities,
    derivative_of,
    differentiated,
    expanded,
    run,
)

pytest.importorskip("mlir", reason="the host `mlir` is not installed (xtc-mlir-python-bindings)")
pytestmark = pytest.mark.usefixtures("enzyme_installed")

MODES = ("reverse", "forward")
ORDERS = tuple((first, second) for first in MODES for second in MODES)
STEP = np.longdouble("1e-30")
TOLERANCE = 1e-13
INSIDE: dict[str, tuple[tuple[float, float], ...]] = {
    "arith.divf": ((-3, 3), (0.2, 3)),
    "math.acos": ((-0.999, 0.999),),
    "math.acosh": ((1.001, 50),),
    "math.asin": ((-0.999, 0.999),),
    "math.asinh": ((-50, 50),),
    "math.atan2": ((-3, 3), (-3, 3)),
    "math.atanh": ((-0.999, 0.999),),
    "math.cbrt": ((0.01, 50),),
    "math.cosh": ((-20, 20),),
    "math.erf": ((-5, 5),),
    "math.erfc": ((-5, 5),),
    "math.exp2": ((-20, 20),),
    "math.expm1": ((-20, 20),),
    "math.fma": ((-3, 3), (-3, 3), (-3, 3)),
    "math.fpowi": ((0.1, 5),),
    "math.log": ((0.01, 50),),
    "math.log10": ((0.01, 50),),
    "math.log1p": ((-0.99, 50),),
    "math.log2": ((0.01, 50),),
    "math.powf": ((0.1, 5), (-4, 4)),
    "math.rsqrt": ((0.01, 50),),
    "math.sincos": ((-6, 6),),
    "math.sinh": ((-20, 20),),
    "math.sqrt": ((0.01, 50),),
    "math.tan": ((-1.5, 1.5),),
    "math.tanh": ((-1, 1),),
}
"""For each function that has a second derivative where it is looked at."""
CURVED = tuple(case for case in CASES if case.function.name in INSIDE)


@cache
def first_derivatives(first: str) -> dict[tuple[str, int], str]:
    """Functions `@g`, the derivative of each `@f` by each operand, as Enzyme makes them; from one run."""
    found: dict[tuple[str, int], str] = {}
    for case in CURVED:
        for axis in range(case.function.arity):
            found[case.name, axis] = expanded(case.function.text, first) + _first(case.function, first, axis)
    made = differentiated(list(found.values()))
    return dict(zip(found, made, strict=True))


def _first(function: Function, mode: str, axis: int) -> str:
    count = function.arity
    names = [f"%x{index}" for index in range(count)]
    takes = ", ".join(f"{name}: f64" for name in names)
    types = ", ".join(["f64"] * count)
    if mode == "reverse":
        asks = (
            f'%d:{count} = "enzyme.autodiff"({", ".join(names)}, %one) {{fn = @f, '
            f"activity = {activities('active', count)}, ret_activity = {activities('activenoneed', 1)}}} : "
            f"({types}, f64) -> ({types})\nreturn %d#{axis} : f64"
        )
    else:
        pairs = ", ".join(f"{name}, {'%one' if index == axis else '%zero'}" for index, name in enumerate(names))
        asks = (
            f'%d = "enzyme.fwddiff"({pairs}) {{fn = @f, activity = {activities("dup", count)}, '
            f"ret_activity = {activities('dupnoneed', 1)}}} : ({types}, {types}) -> f64\nreturn %d : f64"
        )
    return f"""func.func @g({takes}) -> f64 {{
%one = arith.constant 1.0 : f64
%zero = arith.constant 0.0 : f64
{asks}
}}
"""


@cache
def second_derivatives(first: str, second: str) -> dict[tuple[str, int], str]:
    """Functions over arrays with the value and the gradient of each `@g`."""
    found: dict[tuple[str, int], str] = {}
    by_name = {case.name: case for case in CURVED}
    for (name, axis), text in first_derivatives(first).items():
        asks = derivative_of(by_name[name].function, second).replace("fn = @f", "fn = @g")
        found[name, axis] = expanded(text, second) + asks
    return dict(zip(found, differentiated(list(found.values())), strict=True))


def points_in(case: Case) -> list[Array]:
    random = np.random.default_rng(1)
    return [random.uniform(low, high, 2_000) for low, high in INSIDE[case.function.name]]


def wanted_at(case: Case, axis: int, points: list[Array]) -> list[Array]:
    """The gradient of a derivative, by steps along the imaginary axis, which lose no digits."""
    found: list[Array] = []
    for moved in range(len(points)):
        stepped = [each.astype(np.clongdouble) for each in points]
        stepped[moved] = stepped[moved] + 1j * STEP
        slope: Any = case.gradient(*stepped)[axis]
        found.append(np.broadcast_to(np.imag(slope) / STEP, points[0].shape))
    return found


@pytest.mark.parametrize(("first", "second"), ORDERS)
@pytest.mark.parametrize("case", CURVED, ids=lambda case: case.name)
def test_second_derivative(case: Case, first: str, second: str) -> None:
    points = points_in(case)
    for axis in range(case.function.arity):
        _, *found = run(jit.compile(second_derivatives(first, second)[case.name, axis]), points)
        slope = np.abs(np.asarray(case.gradient(*(each.astype(np.longdouble) for each in points))[axis]))
        for one, other, moved in zip(found, wanted_at(case, axis, points), points, strict=True):
            size = np.maximum(np.abs(other), slope / np.maximum(np.abs(moved), 1))  # of what is added up in it
            error = np.abs(one - other) / np.where(size == 0, 1, size)
            assert float(np.max(error)) <= TOLERANCE


def test_nothing_is_left_over() -> None:
    for made in (first_derivatives("forward"), second_derivatives("reverse", "forward")):
        for text in made.values():
            assert "enzyme." not in text
            assert "kept" not in text
