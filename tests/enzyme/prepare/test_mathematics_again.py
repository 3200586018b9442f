"""Second derivatives of expanded functions: what Enzyme has made is expanded and differentiated again."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from .mathematics_cases import CASES, Case
from .mathematics_running import (
    Array,
    Asked,
    Function,
    activities,
    asks_derivative,
    differentiated,
    expanded,
    over_arrays,
    run_each,
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


TURNS = tuple((case, axis) for case in CURVED for axis in range(case.function.arity))
"""The functions, and the operands by which they are differentiated first."""


@cache
def first_derivatives(first: str) -> str:
    """Functions `@g0`, `@g1` and so on, each the derivative of a function by an operand, as Enzyme makes them."""
    functions = [replace(case.function, symbol=f"f{number}") for number, (case, _) in enumerate(TURNS)]
    asks = [
        _first(function, first, number, axis)
        for number, (function, (_, axis)) in enumerate(zip(functions, TURNS, strict=True))
    ]
    (made,) = differentiated([expanded("".join(function.text for function in functions), first) + "".join(asks)])
    return made


def _first(function: Function, mode: str, number: int, axis: int) -> str:
    count = function.arity
    names = [f"%x{index}" for index in range(count)]
    takes = ", ".join(f"{name}: f64" for name in names)
    types = ", ".join(["f64"] * count)
    if mode == "reverse":
        asks = (
            f'%d:{count} = "enzyme.autodiff"({", ".join(names)}, %one) {{fn = @{function.symbol}, '
            f"activity = {activities('active', count)}, ret_activity = {activities('activenoneed', 1)}}} : "
            f"({types}, f64) -> ({types})\nreturn %d#{axis} : f64"
        )
    else:
        pairs = ", ".join(f"{name}, {'%one' if index == axis else '%zero'}" for index, name in enumerate(names))
        asks = (
            f'%d = "enzyme.fwddiff"({pairs}) {{fn = @{function.symbol}, activity = {activities("dup", count)}, '
            f"ret_activity = {activities('dupnoneed', 1)}}} : ({types}, {types}) -> f64\nreturn %d : f64"
        )
    return f"""func.func @g{number}({takes}) -> f64 {{
%one = arith.constant 1.0 : f64
%zero = arith.constant 0.0 : f64
{asks}
}}
"""


def _parts(second: str) -> list[Asked]:
    return [
        asks_derivative(replace(case.function, symbol=f"g{number}"), second) for number, (case, _) in enumerate(TURNS)
    ]


@cache
def second_derivatives(first: str, second: str) -> str:
    """A function over arrays with the value and the gradient of each first derivative."""
    (made,) = differentiated([expanded(first_derivatives(first), second) + over_arrays(_parts(second))])
    return made


@cache
def found_at_points(first: str, second: str) -> list[list[Array]]:
    """The value and the gradient of each first derivative."""
    points = [points_in(case) for case, _ in TURNS]
    return run_each(second_derivatives(first, second), _parts(second), points)


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
        _, *found = found_at_points(first, second)[TURNS.index((case, axis))]
        slope = np.abs(np.asarray(case.gradient(*(each.astype(np.longdouble) for each in points))[axis]))
        for one, other, moved in zip(found, wanted_at(case, axis, points), points, strict=True):
            size = np.maximum(np.abs(other), slope / np.maximum(np.abs(moved), 1))  # of what is added up in it
            error = np.abs(one - other) / np.where(size == 0, 1, size)
            assert float(np.max(error)) <= TOLERANCE


def test_nothing_is_left_over() -> None:
    for text in (first_derivatives("forward"), second_derivatives("reverse", "forward")):
        assert "enzyme." not in text
        assert "kept" not in text
