"""Numbers that know their first and second derivatives by every input of a program.

The derivatives are exact to rounding, by the chain rule alone; nothing is shared with Enzyme.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

__all__ = ["Jet", "constant", "nonlinear", "nonlinear2", "variable"]

Array = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Jet:
    """A value, its gradient, and its Hessian; None stands for zeros."""

    value: float
    first: Array | None = None
    second: Array | None = None

    def __add__(self, other: Jet) -> Jet:
        return Jet(self.value + other.value, _plus(self.first, other.first), _plus(self.second, other.second))

    def __sub__(self, other: Jet) -> Jet:
        return self + other.scaled(-1.0)

    def __mul__(self, other: Jet) -> Jet:
        a, b = self.value, other.value
        return nonlinear2(self, other, a * b, (b, a), (0.0, 1.0, 0.0))

    def __truediv__(self, other: Jet) -> Jet:
        a, b = self.value, other.value
        if b == 0:
            return Jet(np.nan)
        return nonlinear2(self, other, a / b, (1 / b, -a / b**2), (0.0, -1 / b**2, 2 * a / b**3))

    def __neg__(self) -> Jet:
        return self.scaled(-1.0)

    def scaled(self, factor: float) -> Jet:
        """The product with a number."""
        return Jet(
            self.value * factor,
            None if self.first is None else self.first * factor,
            None if self.second is None else self.second * factor,
        )

    @property
    def is_constant(self) -> bool:
        """Whether no input changes it, as far as derivatives say."""
        return self.first is None or not self.first.any()


def constant(value: float) -> Jet:
    """A number that no input changes."""
    return Jet(float(value))


def variable(value: float, position: int, count: int, order: int) -> Jet:
    """One of `count` inputs; derivatives up to `order` are followed."""
    if order == 0:
        return Jet(float(value))
    first = np.zeros(count)
    first[position] = 1.0
    return Jet(float(value), first, np.zeros((count, count)) if order > 1 else None)


def nonlinear(a: Jet, value: float, slope: float, curvature: float) -> Jet:
    """A function of one number, given what it and its derivatives are there."""
    if a.first is None:
        return Jet(value)
    second = None if a.second is None else slope * a.second + curvature * np.multiply.outer(a.first, a.first)
    return Jet(value, slope * a.first, second)


def nonlinear2(
    a: Jet, b: Jet, value: float, slopes: tuple[float, float], curvatures: tuple[float, float, float]
) -> Jet:
    """A function of two numbers; the curvatures are those by a twice, by both, by b twice."""
    if a.first is None:
        return nonlinear(b, value, slopes[1], curvatures[2])
    if b.first is None:
        return nonlinear(a, value, slopes[0], curvatures[0])
    first = slopes[0] * a.first + slopes[1] * b.first
    if a.second is None or b.second is None:
        return Jet(value, first)
    mixed = np.multiply.outer(a.first, b.first)
    second = slopes[0] * a.second + slopes[1] * b.second + curvatures[1] * (mixed + mixed.T)
    if curvatures[0]:
        second = second + curvatures[0] * np.multiply.outer(a.first, a.first)
    if curvatures[2]:
        second = second + curvatures[2] * np.multiply.outer(b.first, b.first)
    return Jet(value, first, second)


def _plus(a: Array | None, b: Array | None) -> Array | None:
    if a is None:
        return b
    return a if b is None else a + b
