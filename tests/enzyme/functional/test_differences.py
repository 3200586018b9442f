"""Slopes by differences: how exact they are, and what they say of kinks, jumps, edges and rounding."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from enzyme_mlir.functional.checking.differences import Slopes, slopes_at

F64 = 2.0**-52
SMOOTH: dict[str, tuple[Callable[[float], float], float, float]] = {
    "a constant": (lambda x: 3.0, 1.5, 0.0),
    "a line": (lambda x: 2 * x, 1.5, 2.0),
    "sin": (math.sin, 0.7, math.cos(0.7)),
    "sin at a large number": (math.sin, 1e4, math.cos(1e4)),
    "exp": (math.exp, -3.0, math.exp(-3.0)),
    "a steep exp": (lambda x: math.exp(40 * x), 1.0, 40 * math.exp(40.0)),
    "a pole nearby": (lambda x: 1 / x, 1e-3, -1e6),
    "log of a small number": (lambda x: math.log(x) if x > 0 else math.nan, 1e-8, 1e8),
    "a fast wave": (lambda x: math.sin(100 * x), 1.0, 100 * math.cos(100.0)),
    "a small slope on a large value": (lambda x: 1e6 + x, 2.0, 1.0),
    "a power at zero": (lambda x: x**3 + x, 0.0, 1.0),
    "a kink beside the point": (lambda x: abs(x - 1.01), 1.0, -1.0),
}


def slopes(function: Callable[[float], float], at: float, precision: float = F64) -> Slopes:
    return slopes_at(lambda x: (x, function(x)), at, [abs(at) or 1.0], precision)


@pytest.mark.parametrize("case", SMOOTH)
def test_smooth_functions(case: str) -> None:
    function, at, right = SMOOTH[case]
    found = slopes(function, at).both
    assert abs(found.value - right) <= max(1e-8 * abs(right), 4 * found.error)
    assert found.error <= 1e-6 * max(abs(right), 1e-3)


@pytest.mark.parametrize("case", SMOOTH)
def test_both_sides_agree_where_it_is_smooth(case: str) -> None:
    function, at, _ = SMOOTH[case]
    found = slopes(function, at)
    assert abs(found.left.value - found.right.value) <= 4 * (found.left.error + found.right.error) + 1e-6 * abs(
        found.both.value
    )


def test_a_kink_has_two_slopes() -> None:
    found = slopes(lambda x: max(x, 0.0) + 0.5 * x, 0.0)
    assert (found.left.value, found.right.value) == pytest.approx((0.5, 1.5), abs=1e-12)
    bent = slopes(lambda x: abs(math.sin(x)), math.pi)
    assert (bent.left.value, bent.right.value) == pytest.approx((-1.0, 1.0), abs=1e-9)


def test_a_jump_has_no_slope_on_its_side() -> None:
    found = slopes(math.floor, 1.0)
    assert (found.right.value, found.right.error) == (0.0, pytest.approx(0.0, abs=1e-13))
    assert found.left.error > 1.0


def test_the_edge_of_where_it_is_defined() -> None:
    found = slopes(lambda x: (x**3 + 2 * x) if x >= 0 else math.nan, 0.0)
    assert not found.left.is_known
    assert not found.both.is_known
    assert found.right.value == pytest.approx(2.0, abs=1e-9)


def test_numbers_of_few_digits() -> None:
    dtype = np.float32

    def function(x: float) -> tuple[float, float]:
        rounded = dtype(x)
        return float(rounded), float(np.sin(rounded) * rounded)

    found = slopes_at(function, 0.8, [0.8], 2.0**-23).both
    right = math.sin(0.8) + 0.8 * math.cos(0.8)
    assert abs(found.value - right) <= min(4 * found.error, 1e-3)


def test_the_better_of_two_scales_is_taken() -> None:
    def function(x: float) -> tuple[float, float]:
        return x, math.log(x) if x > 0 else math.nan

    assert slopes_at(function, 1e-6, [1.0], F64).both.error > 1e5
    assert slopes_at(function, 1e-6, [1.0, 1e-6], F64).both.value == pytest.approx(1e6, rel=1e-9)
