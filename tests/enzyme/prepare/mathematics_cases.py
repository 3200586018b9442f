"""The functions that are expanded, their derivatives in extended precision, and the points where they are looked at."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from .mathematics_running import Array, Function

Gradient = Callable[..., Sequence[Any]]
PI = np.longdouble("3.14159265358979323846264338327950288")
LN_2 = np.longdouble("0.693147180559945309417232121458176568")
LN_10 = np.longdouble("2.30258509299404568401799145468436421")


@dataclass(frozen=True, slots=True)
class Case:
    """A function with its gradient."""

    function: Function
    gradient: Gradient
    """The derivative by each operand, from arrays of `numpy.longdouble`."""
    near: tuple[float, ...] = ()
    """Where something happens; looked at closely, besides 0, 1 and the ends of the range."""
    where: Callable[..., Any] = lambda *operands: np.True_
    """The points whose derivatives are compared, from arrays of the type itself; all have their values compared."""
    why: str = ""
    """Why the others are not."""

    label: str = ""
    """What is special about this case."""

    @property
    def name(self) -> str:
        """The operation, with what is special about this case."""
        return f"{self.function.name} {self.label}".rstrip()

    def of(self, kind: str) -> Case:
        """The same for floats of another type."""
        return replace(self, function=replace(self.function, kind=kind))


def _unary(name: str, slope: Callable[[Any], Any], *near: float, **more: Any) -> Case:
    return Case(Function(name, f"%r = {name} %x : T", 1), lambda x: (slope(x),), near, **more)


def _binary(name: str, gradient: Gradient, *near: float, **more: Any) -> Case:
    return Case(Function(name, f"%r = {name} %x, %y : T", 2), gradient, near, **more)


def _zero(*operands: Array) -> list[Array]:
    return [np.zeros_like(each) for each in operands]


def _taken(first: Array) -> list[Array]:
    return [np.where(first, 1.0, 0.0), np.where(first, 0.0, 1.0)]


def _remainder(x: Array, y: Array) -> list[Array]:
    return [np.ones_like(x), -np.rint((x - np.fmod(x, y)) / y)]


def _power(x: Array, y: Array) -> list[Array]:
    by_base = np.where((x == 0) & (y == 0), 0, y * x ** (y - 1))
    return [by_base, np.where((x == 0) & (y > 0), 0, x**y * np.log(x))]


def _polar(y: Array, x: Array) -> list[Array]:
    square = x * x + y * y
    return [x / square, -y / square]


def _cube_root(x: Array) -> Array:
    return np.asarray(x ** (np.longdouble(1) / 3) if np.iscomplexobj(x) else np.cbrt(x))


def _whole(n: int) -> Gradient:
    return lambda x: (n * x ** np.longdouble(n - 1) if n else np.zeros_like(x),)


def _power_of(n: int, kind: str) -> Case:
    body = f"%n = arith.constant {n} : {kind}\n%r = math.fpowi %x, %n : T, {kind}"
    return Case(
        Function("math.fpowi", body, 1),
        _whole(n),
        (2.0,),
        where=lambda x: (n >= 0) | (np.abs(x) > np.finfo(x.dtype).tiny ** (1 / (1 + abs(n)))),
        why="MLIR's own math.fpowi gives infinities of the wrong sign where a negative power is too large",
        label=f"to the power of {n}",
    )


def _is_normal(*operands: Array) -> Any:
    return np.logical_and.reduce([np.abs(x) >= np.finfo(x.dtype).tiny for x in operands])


def _can_be_divided(x: Array, y: Array) -> Any:
    quotient = x / y
    return _is_normal(y) & _is_normal(quotient) & np.isfinite(quotient) & np.isfinite(1 / y)


def _can_be_raised(x: Array, y: Array) -> Any:
    """The powers are numbers, of a number that is not denormal; the exponent less one is right to its last digit."""
    eps = np.finfo(y.dtype).eps
    is_power = _is_normal(x) & np.isfinite(x**y) & np.isfinite(x ** (y - 1))
    is_exponent = (y == 0) | ((np.abs(y) > eps) & (np.abs(y) < 1 / eps))
    return ((x == 0) | is_power) & np.isfinite(x) & is_exponent


DIFFER = {"where": lambda x, y: x != y, "why": "either derivative will do"}
NUMBERS = {
    "where": lambda x, y: (x != y) & ~np.isnan(x) & ~np.isnan(y),
    "why": "the value is no number, or either derivative will do",
}


def _one_of_sincos(name: str, slope: Callable[[Any], Any]) -> Case:
    body = f"%sine, %cosine = math.sincos %x : T\n{ONE.format(name)}"
    return Case(Function("math.sincos", body, 1), lambda x: (slope(x),), label=name)


ONE = "%one = arith.constant 1.0 : T\n%r = arith.mulf %{}, %one : T"


def _clamped(x: Array, low: Array, high: Array) -> list[Array]:
    above = x > high
    below = x < low
    return [np.where(above | below, 0.0, 1.0), np.where(below, 1.0, 0.0), np.where(above & ~below, 1.0, 0.0)]


CASES = (
    _binary(
        "arith.divf",
        lambda x, y: (1 / y, -x / (y * y)),
        where=_can_be_divided,
        why="the quotient or the reciprocal is denormal or infinite",
    ),
    _binary("arith.maximumf", lambda x, y: _taken(x >= y), **NUMBERS),
    _binary("arith.maxnumf", lambda x, y: _taken((x >= y) | np.isnan(y))),
    _binary("arith.minimumf", lambda x, y: _taken(x <= y), **NUMBERS),
    _binary("arith.minnumf", lambda x, y: _taken((x <= y) | np.isnan(y))),
    _binary("arith.remf", _remainder),
    Case(
        Function("arith.select", "%c = arith.cmpf ogt, %x, %y : T\n%r = arith.select %c, %x, %y : T", 2),
        lambda x, y: _taken(x > y),
    ),
    _unary("math.acos", lambda x: -1 / np.sqrt((1 - x) * (1 + x))),
    _unary("math.acosh", lambda x: 1 / (np.sqrt(x - 1) * np.sqrt(x + 1))),
    _unary("math.asin", lambda x: 1 / np.sqrt((1 - x) * (1 + x))),
    _unary("math.asinh", lambda x: 1 / np.sqrt(1 + x * x)),
    _binary("math.atan2", _polar),
    _unary("math.atanh", lambda x: np.where(np.abs(x) > 1, np.nan, 1 / ((1 - x) * (1 + x)))),
    _unary("math.cbrt", lambda x: 1 / (3 * _cube_root(x) ** 2)),
    _unary("math.ceil", lambda x: _zero(x)[0]),
    Case(Function("math.clampf", "%r = math.clampf %x to [%y, %z] : T", 3), _clamped),
    _binary("math.copysign", lambda x, y: (np.copysign(1, x) * np.copysign(1, y), np.zeros_like(y))),
    _unary("math.cosh", np.sinh, 710.4, -710.4, 89.4),
    _unary("math.erf", lambda x: 2 / np.sqrt(PI) * np.exp(-x * x), 6.0, 26.0),
    _unary("math.erfc", lambda x: -2 / np.sqrt(PI) * np.exp(-x * x), 6.0, 26.0),
    _unary("math.exp2", lambda x: np.exp2(x) * LN_2, 1023.9, -1022.0),
    _unary("math.expm1", np.exp, 709.0, -40.0, -700.0),
    _unary("math.floor", lambda x: _zero(x)[0]),
    Case(
        Function("math.fma", "%r = math.fma %x, %y, %z : T", 3),
        lambda x, y, z: (y, x, np.ones_like(z)),
    ),
    _power_of(7, "i32"),
    _power_of(-3, "i16"),
    _power_of(1, "i8"),
    _power_of(0, "i64"),
    _unary("math.log", lambda x: 1 / x),
    _unary("math.log10", lambda x: 1 / (x * LN_10)),
    _unary("math.log1p", lambda x: 1 / (1 + x), -1.0),
    _unary("math.log2", lambda x: 1 / (x * LN_2)),
    _binary("math.powf", _power, where=_can_be_raised, why="an intermediate result is no finite number"),
    _unary("math.round", lambda x: _zero(x)[0], 0.5, 1.5, 2.5),
    _unary("math.roundeven", lambda x: _zero(x)[0], 0.5, 1.5, 2.5),
    _unary("math.rsqrt", lambda x: -1 / (2 * x * np.sqrt(x))),
    _one_of_sincos("sine", np.cos),
    _one_of_sincos("cosine", lambda x: -np.sin(x)),
    _unary("math.sinh", np.cosh, 710.4, -710.4, 89.4),
    _unary("math.sqrt", lambda x: 1 / (2 * np.sqrt(x))),
    _unary("math.tan", lambda x: 1 + np.tan(x) ** 2, 1.5707963267948966),
    _unary(
        "math.tanh",
        lambda x: 1 / np.cosh(x) ** 2,
        20.0,
        350.0,
        where=lambda x: np.abs(x) < 1,
        why="releases that have a derivative compute 1 - tanh(x)^2, exact to a unit of 1",
    ),
    _unary("math.trunc", lambda x: _zero(x)[0]),
)


def points_of(case: Case, count: int, seed: int = 0) -> list[Array]:
    """Points by operand: all combinations of special ones, then about so many others of every size, in no order."""
    dtype: Any = np.dtype({"f64": np.float64, "f32": np.float32, "f16": np.float16}[case.function.kind])
    random = np.random.default_rng(seed)
    info: Any = np.finfo(dtype)
    ends: list[float] = [np.inf, info.max, info.tiny, info.smallest_subnormal, 0.0, 1.0, 2.0, 0.5]
    with np.errstate(over="ignore"):
        places = np.array([*ends, *(-end for end in ends), np.nan, *case.near], dtype)
    arity = case.function.arity
    combined = np.meshgrid(*[places] * arity)
    return [
        np.concatenate([np.ravel(special), _spread(places[np.isfinite(places)], count, random)]) for special in combined
    ]


def _spread(places: Array, count: int, random: np.random.Generator) -> Array:
    """The neighbours of places, all bit patterns, and ordinary sizes."""
    dtype = places.dtype
    each = count // 5
    bits = np.dtype(f"u{dtype.itemsize}")
    steps = random.integers(-300, 300, each).astype(bits)  # wraps, as it is to
    around = (random.choice(places, each).view(bits) + steps).view(dtype)
    patterns = random.integers(0, np.iinfo(bits).max, each, bits, endpoint=True).view(dtype)
    ordinary = random.uniform(-10, 10, each)
    unit = random.uniform(-1, 1, each)
    wide = 10.0 ** random.uniform(-8, 3, each) * random.choice([-1, 1], each)
    with np.errstate(over="ignore"):
        every = np.concatenate([part.astype(dtype) for part in (around, patterns, ordinary, unit, wide)])
    random.shuffle(every)
    return every
