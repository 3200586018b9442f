"""The operations of `arith` and `math` on numbers: their values, slopes and curvatures, and where they have kinks."""

from __future__ import annotations

import math
from collections.abc import Callable

from .jets import Jet, nonlinear, nonlinear2

__all__ = ["BINARY", "COMPARISONS", "INTEGER", "INTEGER_COMPARISONS", "STEPS", "UNARY", "Unfit", "compute"]


class Unfit(Exception):
    """A program, or a point, on which derivatives do not exist, are huge, or take too long to find."""


Note = Callable[[Jet], object]
"""Takes a number whose change of sign is a kink of the program."""

Three = Callable[[float], tuple[float, float, float]]


def _tanh(x: float) -> tuple[float, float, float]:
    t = math.tanh(x)
    return t, 1 - t * t, -2 * t * (1 - t * t)


def _tan(x: float) -> tuple[float, float, float]:
    t = math.tan(x)
    return t, 1 + t * t, 2 * t * (1 + t * t)


def _gauss(x: float) -> float:
    return 2 / math.sqrt(math.pi) * math.exp(-x * x)


def _cbrt(x: float) -> tuple[float, float, float]:
    y = math.copysign(abs(x) ** (1 / 3), x)
    return y, y / (3 * x), -2 * y / (9 * x * x)


def _logarithm(function: Callable[[float], float], base: float) -> Three:
    scale = 1 / math.log(base)
    return lambda x: (function(x), scale / x, -scale / (x * x))


_LN2 = math.log(2)

UNARY: dict[str, Three] = {
    "arith.negf": lambda x: (-x, -1.0, 0.0),
    "math.acos": lambda x: (math.acos(x), -1 / math.sqrt(1 - x * x), -x / (1 - x * x) ** 1.5),
    "math.acosh": lambda x: (math.acosh(x), 1 / math.sqrt(x * x - 1), -x / (x * x - 1) ** 1.5),
    "math.asin": lambda x: (math.asin(x), 1 / math.sqrt(1 - x * x), x / (1 - x * x) ** 1.5),
    "math.asinh": lambda x: (math.asinh(x), 1 / math.sqrt(x * x + 1), -x / (x * x + 1) ** 1.5),
    "math.atan": lambda x: (math.atan(x), 1 / (1 + x * x), -2 * x / (1 + x * x) ** 2),
    "math.atanh": lambda x: (math.atanh(x), 1 / (1 - x * x), 2 * x / (1 - x * x) ** 2),
    "math.cbrt": _cbrt,
    "math.cos": lambda x: (math.cos(x), -math.sin(x), -math.cos(x)),
    "math.cosh": lambda x: (math.cosh(x), math.sinh(x), math.cosh(x)),
    "math.erf": lambda x: (math.erf(x), _gauss(x), -2 * x * _gauss(x)),
    "math.erfc": lambda x: (math.erfc(x), -_gauss(x), 2 * x * _gauss(x)),
    "math.exp": lambda x: (math.exp(x), math.exp(x), math.exp(x)),
    "math.exp2": lambda x: (2.0**x, _LN2 * 2.0**x, _LN2**2 * 2.0**x),
    "math.expm1": lambda x: (math.expm1(x), math.exp(x), math.exp(x)),
    "math.log": _logarithm(math.log, math.e),
    "math.log10": _logarithm(math.log10, 10.0),
    "math.log1p": lambda x: (math.log1p(x), 1 / (1 + x), -1 / (1 + x) ** 2),
    "math.log2": _logarithm(math.log2, 2.0),
    "math.rsqrt": lambda x: (x**-0.5, -0.5 * x**-1.5, 0.75 * x**-2.5),
    "math.sin": lambda x: (math.sin(x), math.cos(x), -math.sin(x)),
    "math.sinh": lambda x: (math.sinh(x), math.cosh(x), math.sinh(x)),
    "math.sqrt": lambda x: (math.sqrt(x), 0.5 / math.sqrt(x), -0.25 * x**-1.5),
    "math.tan": _tan,
    "math.tanh": _tanh,
}
"""Smooth functions of one number."""

STEPS: dict[str, tuple[Callable[[float], float], float]] = {
    "math.ceil": (math.ceil, 0.0),
    "math.floor": (math.floor, 0.0),
    "math.round": (lambda x: math.copysign(math.floor(abs(x) + 0.5), x), 0.5),
    "math.roundeven": (round, 0.5),
    "math.trunc": (math.trunc, 0.0),
}
"""Functions that are constant between whole numbers, or between halves."""


def _power(a: Jet, b: Jet, note: Note) -> Jet:
    x, y = a.value, b.value
    if x <= 0:
        raise Unfit("a power of a number that is not positive")
    value, log = x**y, math.log(x)
    slopes = (y * x ** (y - 1), value * log)
    return nonlinear2(a, b, value, slopes, (y * (y - 1) * x ** (y - 2), x ** (y - 1) * (1 + y * log), value * log**2))


def _atan2(a: Jet, b: Jet, note: Note) -> Jet:
    y, x = a.value, b.value
    square = x * x + y * y
    if x < 0:
        note(a)
    slopes = (x / square, -y / square)
    mixed = (y * y - x * x) / square**2
    return nonlinear2(a, b, math.atan2(y, x), slopes, (-2 * x * y / square**2, mixed, 2 * x * y / square**2))


def _copysign(a: Jet, b: Jet, note: Note) -> Jet:
    note(a)
    note(b)
    return a if math.copysign(1.0, a.value) == math.copysign(1.0, b.value) else -a


def _remainder(a: Jet, b: Jet, note: Note) -> Jet:
    times = math.trunc(a.value / b.value)
    quotient = a / b
    note(Jet(quotient.value - round(quotient.value), quotient.first))
    exact = a - b.scaled(float(times))
    return Jet(math.fmod(a.value, b.value), exact.first, exact.second)


def _larger(a: Jet, b: Jet, note: Note) -> Jet:
    note(a - b)
    return a if a.value >= b.value else b


def _smaller(a: Jet, b: Jet, note: Note) -> Jet:
    note(a - b)
    return a if a.value <= b.value else b


BINARY: dict[str, Callable[[Jet, Jet, Note], Jet]] = {
    "arith.addf": lambda a, b, _: a + b,
    "arith.subf": lambda a, b, _: a - b,
    "arith.mulf": lambda a, b, _: a * b,
    "arith.divf": lambda a, b, _: a / b,
    "arith.remf": _remainder,
    "arith.maximumf": _larger,
    "arith.maxnumf": _larger,
    "arith.minimumf": _smaller,
    "arith.minnumf": _smaller,
    "math.powf": _power,
    "math.atan2": _atan2,
    "math.copysign": _copysign,
}
"""Functions of two numbers."""


def compute(kind: str, given: list[Jet], note: Note) -> Jet:
    """One operation of numbers, in jets.

    Raises:
        Unfit: It is not defined there.
    """
    try:
        if kind in UNARY:
            (a,) = given
            return nonlinear(a, *UNARY[kind](a.value))
        if kind in BINARY:
            return BINARY[kind](given[0], given[1], note)
        if kind in STEPS:
            function, edge = STEPS[kind]
            (a,) = given
            note(Jet(a.value - edge - round(a.value - edge), a.first))
            return Jet(float(function(a.value)))
        if kind == "math.absf":
            note(given[0])
            return given[0] if given[0].value >= 0 else -given[0]
        if kind == "math.fma":
            return given[0] * given[1] + given[2]
        if kind == "math.clampf":
            return _smaller(_larger(given[0], given[1], note), given[2], note)
    except (ValueError, OverflowError, ZeroDivisionError) as error:
        raise Unfit(f"{kind}: {error}") from None
    raise KeyError(kind)


COMPARISONS: dict[str, Callable[[float, float], bool]] = {
    "oeq": lambda a, b: a == b,
    "oge": lambda a, b: a >= b,
    "ogt": lambda a, b: a > b,
    "ole": lambda a, b: a <= b,
    "olt": lambda a, b: a < b,
    "one": lambda a, b: a != b,
}

INTEGER_COMPARISONS: dict[str, Callable[[int, int], bool]] = {
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "sge": lambda a, b: a >= b,
    "sgt": lambda a, b: a > b,
    "sle": lambda a, b: a <= b,
    "slt": lambda a, b: a < b,
}

INTEGER: dict[str, Callable[[int, int], int]] = {
    "arith.addi": lambda a, b: a + b,
    "arith.subi": lambda a, b: a - b,
    "arith.muli": lambda a, b: a * b,
    "arith.remsi": lambda a, b: int(math.fmod(a, b)),
    "arith.divsi": lambda a, b: int(a / b),
    "arith.andi": lambda a, b: a & b,
    "arith.ori": lambda a, b: a | b,
    "arith.xori": lambda a, b: a ^ b,
    "arith.maxsi": max,
    "arith.minsi": min,
}
