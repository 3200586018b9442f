"""Exact numbers to the nearest ones of floating types."""

from __future__ import annotations

import math
from fractions import Fraction

from opspec.tablegen.cpp.errors import NotConstant
from opspec.tablegen.cpp.kinds import DOUBLE, FLOAT, LONG_DOUBLE, Kind

__all__ = ["rounded", "shortest"]

_FORMATS = {FLOAT: (24, -126, 127), DOUBLE: (53, -1022, 1023), LONG_DOUBLE: (64, -16382, 16383)}
"""The digits, and the least and greatest exponent of normal numbers, in binary."""


def _nearest(exact: Fraction, kind: Kind) -> Fraction:
    digits, lowest, highest = _FORMATS[kind]
    if not exact:
        return exact
    size = abs(exact)
    exponent = size.numerator.bit_length() - size.denominator.bit_length()
    if size < Fraction(2) ** exponent:
        exponent -= 1
    step = Fraction(2) ** (max(exponent, lowest) - digits + 1)
    nearest = round(exact / step) * step
    if abs(nearest) >= Fraction(2) ** (highest + 1):
        raise NotConstant(f"'{kind.name}' has no room for the number")
    return nearest


def rounded(exact: Fraction | float, kind: Kind) -> float:
    """The nearest number of `float` or `double`; that of `long double` where its size makes no difference.

    Raises `NotConstant` for what is too large, or not finite.
    """
    if isinstance(exact, float) and not math.isfinite(exact):
        raise NotConstant("the number is not finite")
    if exact == 0:
        return math.copysign(0.0, exact) if isinstance(exact, float) else 0.0
    found = _nearest(Fraction(exact), kind)
    double = _nearest(found, DOUBLE)
    if kind is LONG_DOUBLE and double != _nearest(Fraction(exact), DOUBLE):
        raise NotConstant("what 'long double' rounds depends on the compiler")
    return math.copysign(float(double), 1 if exact > 0 else -1)


def shortest(number: float) -> float:
    """The number with the fewest decimal digits that `float` rounds to this number, which `float` has."""
    for digits in range(1, 18):
        short = float(f"{number:.{digits}g}")
        if rounded(short, FLOAT) == number:
            return short
    return number
