"""Operators and conversions on numbers and on values of enums, as C++ defines them."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from fractions import Fraction

from opspec.tablegen.cpp.errors import NotConstant
from opspec.tablegen.cpp.kinds import BOOL, LONG_DOUBLE, Kind, common, promoted
from opspec.tablegen.cpp.rounding import rounded
from opspec.tablegen.cpp.values import CaseValue, Number, Value

__all__ = ["binary", "converted", "truth", "unary"]

_COMPARISONS: dict[str, Callable[[int | float, int | float], bool]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}
_BITS: dict[str, Callable[[int, int], int]] = {"|": operator.or_, "&": operator.and_, "^": operator.xor}
_SUMS: dict[str, Callable[[Fraction, Fraction], Fraction]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
}


def _wrapped(number: int, kind: Kind) -> int:
    lowest, _ = kind.bounds
    return (number - lowest) % (1 << kind.bits) + lowest


def converted(value: Number, kind: Kind) -> Number:
    """The number in another type, as an implicit or explicit conversion makes it.

    Raises `NotConstant` where C++ leaves the result open: a floating number without room in an integer type.
    """
    number = value.number
    if kind is BOOL:
        return Number(BOOL, int(number != 0))
    if kind.floating:
        exact = number if isinstance(number, float) else Fraction(number)
        return Number(kind, rounded(exact, kind))
    if isinstance(number, int):
        return Number(kind, _wrapped(number, kind))
    if not math.isfinite(number) or not kind.holds(math.trunc(number)):
        raise NotConstant(f"'{kind.name}' has no room for {number}")
    return Number(kind, math.trunc(number))


def truth(value: Value) -> bool:
    """Whether a condition holds; raises `NotConstant` for what is none."""
    if not isinstance(value, Number):
        raise NotConstant("the condition is no number")
    return bool(value.number)


def _checked(number: int, kind: Kind) -> Number:
    """The result of an operation: unsigned ones wrap around, signed ones must have room."""
    if not kind.signed:
        return Number(kind, _wrapped(number, kind))
    if not kind.holds(number):
        raise NotConstant(f"'{kind.name}' has no room for {number}")
    return Number(kind, number)


def unary(sign: str, operand: Value) -> Value:
    """`+ - ~ !` of a number, `~` of an enum of bits. Raises `NotConstant` for others."""
    if isinstance(operand, CaseValue) and sign == "~" and operand.enum.bits:
        return CaseValue(operand.enum, ~operand.number & operand.enum.mask)
    if not isinstance(operand, Number):
        raise NotConstant(f"'{sign}' of something that is no number")
    if sign == "!":
        return Number(BOOL, int(not operand.number))
    kind = promoted(operand.kind)
    number = operand.number
    if isinstance(number, float):
        if sign == "~":
            raise NotConstant("'~' of a floating number")
        return Number(kind, -number if sign == "-" else number)
    changed = {"+": number, "-": -number, "~": ~number}[sign]
    return _checked(changed, kind)


def _shifted(sign: str, left: Number, right: Number) -> Number:
    kind, count = promoted(left.kind), right.number
    if isinstance(left.number, float) or isinstance(count, float):
        raise NotConstant("a shift of floating numbers")
    if not 0 <= count < kind.bits:
        raise NotConstant(f"a shift of '{kind.name}' by {count}")
    number = left.number << count if sign == "<<" else left.number >> count
    return Number(kind, _wrapped(number, kind))


def _whole(sign: str, left: int, right: int, kind: Kind) -> Number:
    if sign in _BITS:
        return Number(kind, _BITS[sign](left, right))
    if sign in ("/", "%"):
        if right == 0:
            raise NotConstant("a division by zero")
        quotient = abs(left) // abs(right) * (1 if (left < 0) == (right < 0) else -1)
        _checked(quotient, kind)
        return _checked(quotient if sign == "/" else left - quotient * right, kind)
    return _checked(int(_SUMS[sign](Fraction(left), Fraction(right))), kind)


def _real(sign: str, left: float, right: float, kind: Kind) -> Number:
    if sign not in _SUMS:
        raise NotConstant(f"'{sign}' of floating numbers")
    if sign == "/" and right == 0:
        raise NotConstant("a division by zero")
    exact = _SUMS[sign](Fraction(left), Fraction(right))
    if exact == 0:
        doubles: dict[str, Callable[[], float]] = {
            "+": lambda: left + right,
            "-": lambda: left - right,
            "*": lambda: left * right,
            "/": lambda: left / right,
        }
        return Number(kind, doubles[sign]())
    return Number(kind, rounded(exact, kind))


def _of_cases(sign: str, left: CaseValue, right: CaseValue) -> Value:
    if left.enum != right.enum:
        raise NotConstant(f"'{sign}' of two enums")
    if sign in _COMPARISONS:
        return Number(BOOL, int(_COMPARISONS[sign](left.number, right.number)))
    if sign not in _BITS or not left.enum.bits:
        raise NotConstant(f"'{sign}' of cases of '{left.enum.path[-1]}'")
    return CaseValue(left.enum, _BITS[sign](left.number, right.number))


def binary(sign: str, left: Value, right: Value) -> Value:
    """An operator between two numbers, or two values of an enum. Raises `NotConstant` where C++ gives it no value."""
    if isinstance(left, CaseValue) and isinstance(right, CaseValue):
        return _of_cases(sign, left, right)
    if not isinstance(left, Number) or not isinstance(right, Number):
        raise NotConstant(f"'{sign}' of something that is no number")
    if LONG_DOUBLE in (left.kind, right.kind):
        raise NotConstant("what 'long double' rounds depends on the compiler")
    if sign in ("<<", ">>"):
        return _shifted(sign, left, right)
    kind = common(left.kind, right.kind)
    one, other = converted(left, kind).number, converted(right, kind).number
    if sign in _COMPARISONS:
        return Number(BOOL, int(_COMPARISONS[sign](one, other)))
    if isinstance(one, int) and isinstance(other, int):
        return _whole(sign, one, other, kind)
    return _real(sign, float(one), float(other), kind)
