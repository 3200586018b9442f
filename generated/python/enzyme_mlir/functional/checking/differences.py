"""The slope of a function of one number at a point, by differences over steps that shrink, extrapolated to none.

Three slopes come from the same values: from both sides, from the right and from the left. Each is extrapolated
(Richardson's tableau), and the entry with the least error is taken: how far it is from those before it, and at least
what rounding does to the difference. Where the slopes of the two sides differ, the function has a kink there.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

__all__ = ["Slope", "Slopes", "slopes_at"]

ROWS = 10
"""How many steps are tried, each a quarter of the one before."""

FRACTION = 0.05
"""The first step, as a part of the number; the fourth root of the precision where that is more."""


@dataclass(frozen=True, slots=True)
class Slope:
    """A slope and how far off it may be; an infinite error where there is none.

    Example: `Slope(2.0, 3e-11)`.
    """

    value: float
    error: float

    @property
    def is_known(self) -> bool:
        """Whether there is a slope at all."""
        return math.isfinite(self.value) and math.isfinite(self.error)


NONE = Slope(math.nan, math.inf)


@dataclass(frozen=True, slots=True)
class Slopes:
    """The slopes of a function at a point."""

    both: Slope
    """From both sides at once."""
    right: Slope
    """From the right alone."""
    left: Slope
    """From the left alone."""


@dataclass(frozen=True, slots=True)
class _Sample:
    """A value of the function beside the point."""

    step: float
    """How far from the point, as it was after rounding."""
    value: float


def slopes_at(
    function: Callable[[float], tuple[float, float]],
    point: float,
    scales: Sequence[float],
    precision: float,
) -> Slopes:
    """The slopes of a function at a point.

    Args:
        function: Gives for a number the number as it was rounded, and the value there.
        point: Where the slope is wanted.
        scales: How large the number usually is; the first step is a part of it. With several the best result is taken.
        precision: The rounding of the function's values, relative to them.
    """
    at, value = function(point)
    part = max(FRACTION, precision**0.25)
    found = [
        _slopes(function, at, value, _power_of_two(part * scale), precision)
        for scale in sorted({*scales}, reverse=True)
    ]
    return Slopes(
        min((each.both for each in found), key=_error),
        min((each.right for each in found), key=_error),
        min((each.left for each in found), key=_error),
    )


def _error(slope: Slope) -> float:
    return slope.error


def _power_of_two(step: float) -> float:
    """The nearest power of two, which numbers can be moved by without rounding."""
    return math.ldexp(1.0, round(math.log2(step)))


def _slopes(
    function: Callable[[float], tuple[float, float]],
    point: float,
    value: float,
    first: float,
    precision: float,
) -> Slopes:
    """The slopes, with steps from `first` on."""
    both: list[tuple[float, float, float]] = []
    right: list[tuple[float, float, float]] = []
    left: list[tuple[float, float, float]] = []
    for row in range(ROWS):
        step = math.ldexp(first, -2 * row)
        after, before = (_sample(function, point, sign * step) for sign in (1, -1))
        _add(right, step, after, _Sample(0.0, value), precision)
        _add(left, step, before, _Sample(0.0, value), precision)
        _add(both, step, after, before, precision)
    return Slopes(
        _extrapolated(both, 16.0),
        _extrapolated(right, 4.0),
        _extrapolated(left, 4.0),
    )


def _sample(
    function: Callable[[float], tuple[float, float]], point: float, step: float
) -> _Sample:
    at, value = function(point + step)
    return _Sample(at - point, value)


def _add(
    rows: list[tuple[float, float, float]],
    step: float,
    one: _Sample,
    other: _Sample,
    precision: float,
) -> None:
    """A difference quotient with its rounding error.

    What is not finite begins anew: the steps before it were too long. Steps that rounding takes away are left out.
    """
    width = one.step - other.step
    difference = one.value - other.value
    if width == 0.0:
        return
    if not math.isfinite(difference):
        rows.clear()
        return
    rounding = precision * max(abs(one.value), abs(other.value)) / abs(width)
    rows.append((step, difference / width, 2.0 * rounding))


def _extrapolated(rows: Sequence[tuple[float, float, float]], factor: float) -> Slope:
    """The best entry of Richardson's tableau; `factor` is what a step's error shrinks by, first from row to row."""
    best = NONE
    before: list[float] = []
    for number, (_, quotient, rounding) in enumerate(rows):
        entries = [quotient]
        weight = factor
        for column in range(number):
            better = entries[column] + (entries[column] - before[column]) / (weight - 1)
            off = max(abs(better - entries[column]), abs(better - before[column]))
            entries.append(better)
            weight *= factor
            error = off + rounding
            if error < best.error:
                best = Slope(better, error)
        before = entries
    return best
