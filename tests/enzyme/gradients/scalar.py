"""Every operation of `arith` and `math`, as a function of floats."""

from __future__ import annotations

import math
from collections.abc import Callable

from .cases import Case

POINTS_1 = ((0.7,), (1.9,))
POINTS_2 = ((0.7, 1.3), (2.6, 0.9))
POINTS_INSIDE = ((0.7,), (-0.2,))
POINTS_ABOVE = ((1.2,), (3.5,))


def function(body: str, arity: int) -> str:
    """`@f` with a body that ends in `%r`."""
    arguments = ", ".join(f"%{name}: f64" for name in "xyz"[:arity])
    return f"func.func @f({arguments}) -> f64 {{ {body} return %r : f64 }}"


def unary(
    name: str,
    derivative: Callable[[float], float],
    points: tuple[tuple[float], ...] = POINTS_1,
) -> Case:
    """An operation from a float to a float."""
    return Case(name, function(f"%r = {name} %x : f64", 1), points, lambda x: (derivative(x),))


def binary(
    name: str,
    gradient: Callable[[float, float], tuple[float, float]],
    points: tuple[tuple[float, float], ...] = POINTS_2,
) -> Case:
    """An operation from two floats to one."""
    return Case(name, function(f"%r = {name} %x, %y : f64", 2), points, gradient)


def larger(x: float, y: float) -> tuple[float, float]:
    """The gradient of the maximum."""
    return (1.0, 0.0) if x > y else (0.0, 1.0)


def smaller(x: float, y: float) -> tuple[float, float]:
    """The gradient of the minimum."""
    return (1.0, 0.0) if x < y else (0.0, 1.0)


def bell(x: float) -> float:
    """The derivative of the error function."""
    return 2 / math.sqrt(math.pi) * math.exp(-x * x)


FLOATS = (
    binary("arith.addf", lambda x, y: (1.0, 1.0)),
    binary("arith.subf", lambda x, y: (1.0, -1.0)),
    binary("arith.mulf", lambda x, y: (y, x)),
    binary("arith.divf", lambda x, y: (1 / y, -x / (y * y))),
    binary("arith.remf", lambda x, y: (1.0, -math.trunc(x / y))),
    binary("arith.maximumf", larger),
    binary("arith.maxnumf", larger),
    binary("arith.minimumf", smaller),
    binary("arith.minnumf", smaller),
    unary("arith.negf", lambda x: -1.0),
    unary("math.absf", lambda x: math.copysign(1.0, x), ((0.7,), (-1.9,))),
    unary("math.acos", lambda x: -1 / math.sqrt((1 - x) * (1 + x)), POINTS_INSIDE),
    unary("math.acosh", lambda x: 1 / math.sqrt((x - 1) * (x + 1)), POINTS_ABOVE),
    unary("math.asin", lambda x: 1 / math.sqrt((1 - x) * (1 + x)), POINTS_INSIDE),
    unary("math.asinh", lambda x: 1 / math.sqrt(1 + x * x)),
    unary("math.atan", lambda x: 1 / (1 + x * x)),
    unary("math.atanh", lambda x: 1 / ((1 - x) * (1 + x)), POINTS_INSIDE),
    unary("math.cbrt", lambda x: x ** (-2 / 3) / 3),
    unary("math.ceil", lambda x: 0.0),
    unary("math.cos", lambda x: -math.sin(x)),
    unary("math.cosh", math.sinh),
    unary("math.erf", bell),
    unary("math.erfc", lambda x: -bell(x)),
    unary("math.exp", math.exp),
    unary("math.exp2", lambda x: 2.0**x * math.log(2)),
    unary("math.expm1", math.exp),
    unary("math.floor", lambda x: 0.0),
    unary("math.log", lambda x: 1 / x),
    unary("math.log10", lambda x: 1 / (x * math.log(10))),
    unary("math.log1p", lambda x: 1 / (1 + x)),
    unary("math.log2", lambda x: 1 / (x * math.log(2))),
    unary("math.round", lambda x: 0.0),
    unary("math.roundeven", lambda x: 0.0),
    unary("math.rsqrt", lambda x: -0.5 / (x * math.sqrt(x))),
    unary("math.sin", math.cos),
    unary("math.sinh", math.cosh),
    unary("math.sqrt", lambda x: 0.5 / math.sqrt(x)),
    unary("math.tan", lambda x: 1 + math.tan(x) ** 2),
    unary("math.tanh", lambda x: 1 - math.tanh(x) ** 2),
    unary("math.trunc", lambda x: 0.0),
    binary("math.atan2", lambda x, y: (y / (x * x + y * y), -x / (x * x + y * y))),
    binary(
        "math.copysign",
        lambda x, y: (math.copysign(1.0, x) * math.copysign(1.0, y), 0.0),
        ((0.7, -1.3), (-2.6, -0.9)),
    ),
    binary("math.powf", lambda x, y: (y * x ** (y - 1), x**y * math.log(x))),
    Case(
        "math.fma",
        function("%r = math.fma %x, %y, %z : f64", 3),
        ((0.7, 1.3, 0.4), (2.6, -0.9, 5.0)),
        lambda x, y, z: (y, x, 1.0),
    ),
    Case(
        "math.clampf",
        function(
            "%low = arith.constant 0.5 : f64 %high = arith.constant 1.5 : f64 "
            "%r = math.clampf %x to [%low, %high] : f64",
            1,
        ),
        POINTS_1,
        lambda x: (1.0 if 0.5 < x < 1.5 else 0.0,),
    ),
    Case(
        "math.fpowi",
        function("%n = arith.constant 3 : i32 %r = math.fpowi %x, %n : f64, i32", 1),
        POINTS_1,
        lambda x: (3 * x * x,),
    ),
    Case(
        "math.sincos",
        function("%s, %c = math.sincos %x : f64 %r = arith.mulf %s, %c : f64", 1),
        POINTS_1,
        lambda x: (math.cos(2 * x),),
    ),
    Case(
        "arith.select",
        function("%c = arith.cmpf ogt, %x, %y : f64 %r = arith.select %c, %x, %y : f64", 2),
        POINTS_2,
        larger,
    ),
)
"""Operations on floats."""


def between(name: str, body: str, wanted: float, why: str = "") -> Case:
    """A conversion there and back, times x: the derivative is the converted value, as through a constant."""
    return Case(
        name,
        function(f"{body} %r = arith.mulf %x, %q : f64", 2),
        ((0.7, 13.5),),
        lambda x, y: (wanted, 0.0),
        why=why,
    )


def integer(name: str, wanted: int, *, extra: str = "", result: int | None = None, unary: bool = False) -> Case:
    """An operation on the integer 13 (and 5), times x: integers are constants to Enzyme."""
    operands = "%i" if unary else "%i, %five"
    results = "%o" if result is None else "%o:2"
    used = "%o" if result is None else f"%o#{result}"
    body = (
        f"%i = arith.fptosi %y : f64 to i64 %five = arith.constant 5 : i64 "
        f"{results} = {name} {extra}{operands} : i64 %q = arith.sitofp {used} : i64 to f64"
    )
    return between(name, body, float(wanted))


TESTS = ("isfinite", "isinf", "isnan", "isnormal")

CONVERSIONS = (
    Case(
        "arith.extf",
        function("%t = arith.truncf %x : f64 to f32 %r = arith.extf %t : f32 to f64", 1),
        POINTS_1,
        lambda x: (1.0,),
        why="with arith.truncf; its value is rounded to f32, which finite differences see",
        follows_values=False,
    ),
    Case(
        "arith.truncf",
        function("%t = arith.truncf %x : f64 to f32 %e = arith.extf %t : f32 to f64 %r = arith.mulf %e, %e : f64", 1),
        POINTS_1,
        lambda x: (2 * x,),
        tolerance=2.0**-23,
        why="the value and the adjoint are rounded to f32, whose unit is 2^-23",
        follows_values=False,
    ),
    Case(
        "arith.bitcast",
        function(
            "%sign = arith.constant -9223372036854775808 : i64 %t = arith.bitcast %x : f64 to i64 "
            "%u = arith.xori %t, %sign : i64 %r = arith.bitcast %u : i64 to f64",
            1,
        ),
        POINTS_1,
        lambda x: (-1.0,),
        refused="the derivative stops where a number is taken for the integer of its bits",
    ),
    between("arith.fptosi", "%i = arith.fptosi %y : f64 to i64 %q = arith.sitofp %i : i64 to f64", 13.0),
    between("arith.sitofp", "%i = arith.fptosi %y : f64 to i32 %q = arith.sitofp %i : i32 to f64", 13.0),
    between("arith.fptoui", "%i = arith.fptoui %y : f64 to i64 %q = arith.uitofp %i : i64 to f64", 13.0),
    between("arith.uitofp", "%i = arith.fptoui %y : f64 to i8 %q = arith.uitofp %i : i8 to f64", 13.0),
    between(
        "arith.cmpf",
        "%c = arith.cmpf ogt, %y, %x : f64 %q = arith.uitofp %c : i1 to f64",
        1.0,
        "comparisons are constants",
    ),
    between(
        "arith.cmpi",
        "%i = arith.fptosi %y : f64 to i64 %five = arith.constant 5 : i64 "
        "%c = arith.cmpi sgt, %i, %five : i64 %q = arith.uitofp %c : i1 to f64",
        1.0,
        "comparisons are constants",
    ),
    between("arith.constant", "%q = arith.constant 2.5 : f64", 2.5),
    *(
        between(
            f"math.{name}",
            f"%c = math.{name} %y : f64 %q = arith.uitofp %c : i1 to f64",
            float(name in ("isfinite", "isnormal")),
        )
        for name in TESTS
    ),
)
"""Operations between floats and integers or truth values."""

INDEX = "%j = arith.index_cast{0} %i : i64 to index %k = arith.index_cast{0} %j : index to i64"
START = "%i = arith.fptosi %y : f64 to i64 "
END = " %q = arith.sitofp %k : i64 to f64"

INTEGERS = (
    integer("arith.addi", 18),
    integer("arith.subi", 8),
    integer("arith.muli", 65),
    integer("arith.divsi", 2),
    integer("arith.divui", 2),
    integer("arith.ceildivsi", 3),
    integer("arith.ceildivui", 3),
    integer("arith.floordivsi", 2),
    integer("arith.remsi", 3),
    integer("arith.remui", 3),
    integer("arith.andi", 5),
    integer("arith.ori", 13),
    integer("arith.xori", 8),
    integer("arith.shli", 416),
    integer("arith.shrsi", 0),
    integer("arith.shrui", 0),
    integer("arith.maxsi", 13),
    integer("arith.maxui", 13),
    integer("arith.minsi", 5),
    integer("arith.minui", 5),
    between(
        "arith.addui_extended",
        f"{START} %five = arith.constant 5 : i64 %k, %o = arith.addui_extended %i, %five : i64, i1 {END}",
        18.0,
    ),
    integer("arith.mulsi_extended", 65, result=0),
    integer("arith.mului_extended", 65, result=0),
    between("arith.extsi", f"{START} %t = arith.trunci %i : i64 to i8 %k = arith.extsi %t : i8 to i64 {END}", 13.0),
    between("arith.extui", f"{START} %t = arith.trunci %i : i64 to i8 %k = arith.extui %t : i8 to i64 {END}", 13.0),
    between("arith.trunci", f"{START} %t = arith.trunci %i : i64 to i2 %k = arith.extui %t : i2 to i64 {END}", 1.0),
    between("arith.index_cast", f"{START} {INDEX.format('')} {END}", 13.0),
    between("arith.index_castui", f"{START} {INDEX.format('ui')} {END}", 13.0),
    integer("math.absi", 13, unary=True),
    integer("math.ctlz", 60, unary=True),
    integer("math.cttz", 0, unary=True),
    integer("math.ctpop", 3, unary=True),
    integer("math.ipowi", 371293),
)
"""Operations on integers, which Enzyme takes as constants."""

SCALE = "%t = arith.truncf %x : f64 to f32 %s = arith.truncf %t : f32 to f8E8M0FNU"
DOWN = "%q = arith.scaling_truncf %t, %s : f32, f8E8M0FNU to f4E2M1FN"
UP = "%e = arith.scaling_extf %q, %s : f4E2M1FN, f8E8M0FNU to f32 %r = arith.extf %e : f32 to f64"
TINY = tuple(
    Case(
        name,
        function(f"{SCALE} {DOWN} {UP}", 1),
        POINTS_1,
        lambda x: (math.nan,),
        why="Enzyme dies on any float of eight bits or fewer",
        refused="Enzyme died of SIGSEGV",
    )
    for name in ("arith.scaling_extf", "arith.scaling_truncf")
)
"""Operations on floats of eight bits and fewer."""

SCALAR_CASES = (*FLOATS, *CONVERSIONS, *INTEGERS, *TINY)
