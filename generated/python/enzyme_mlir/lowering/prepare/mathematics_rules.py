"""The derivatives of functions of floats, spelled so that they are exact to some units in the last place.

Each is right where its function has large or small arguments, near zero, and near the ends of its domain. At an end it
is what IEEE arithmetic makes of the formula: an infinity, or not a number.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from ..._runtime.host import ir
from .building import add_operation
from .mathematics_writing import Point, Writer, like

__all__ = ["RULES", "Follow"]

_IR: Any = ir

Follow: TypeAlias = Callable[[Writer, Point], Sequence[Any]]
"""Writes, for each result of a function, a value with the same derivative; what the value itself is does not matter."""

LN_2 = 0.6931471805599453
LOG10_E = 0.4342944819032518
TWO_BY_SQRT_PI = 1.1283791670955126


def _unary(slope: Callable[[Writer, Any, Any], Any]) -> Follow:
    """A function of one operand; its derivative may be told by operand and result."""

    def follow(write: Writer, point: Point) -> Sequence[Any]:
        (x,), (value,) = point.operands, point.results
        return [write.along(point, [lambda: slope(write, x, value)])]

    return follow


def _still(write: Writer, point: Point) -> Sequence[Any]:
    """A function that is constant between its jumps."""
    return [write.along(point, [0.0 for _ in point.active])]


def _reciprocal(write: Writer, value: Any) -> Any:
    return write.div(write.number(1.0), value)


def _root_of_1_minus_square(write: Writer, x: Any) -> Any:
    one = write.number(1.0)
    return write.call("math.sqrt", write.mul(write.sub(one, x), write.add(one, x)))


def _acos(write: Writer, x: Any, value: Any) -> Any:
    return write.div(write.number(-1.0), _root_of_1_minus_square(write, x))


def _asin(write: Writer, x: Any, value: Any) -> Any:
    return _reciprocal(write, _root_of_1_minus_square(write, x))


def _atanh(write: Writer, x: Any, value: Any) -> Any:
    root = _root_of_1_minus_square(write, x)  # not a number outside of the domain
    return _reciprocal(write, write.mul(root, root))


def _acosh(write: Writer, x: Any, value: Any) -> Any:
    one = write.number(1.0)
    below = write.call("math.sqrt", write.sub(x, one))
    above = write.call("math.sqrt", write.add(x, one))
    return _reciprocal(write, write.mul(below, above))


def _asinh(write: Writer, x: Any, value: Any) -> Any:
    scale = write.scale
    is_large = write.compare(
        "ogt", write.call("math.absf", x), write.number(scale.large)
    )
    factor = write.select(is_large, write.number(scale.down), write.number(1.0))
    scaled = write.mul(x, factor)
    square = write.add(write.mul(factor, factor), write.mul(scaled, scaled))
    return write.div(factor, write.call("math.sqrt", square))


def _tan(write: Writer, x: Any, value: Any) -> Any:
    return write.add(write.mul(value, value), write.number(1.0))


def _tanh(write: Writer, x: Any, value: Any) -> Any:
    part = _reciprocal(write, write.call("math.cosh", x))
    return write.mul(part, part)


def _bell(sign: float) -> Callable[[Writer, Any, Any], Any]:
    def slope(write: Writer, x: Any, value: Any) -> Any:
        power = write.call("math.exp", write.neg(write.mul(x, x)))
        return write.mul(power, write.number(sign * TWO_BY_SQRT_PI))

    return slope


def _cbrt(write: Writer, x: Any, value: Any) -> Any:
    return _reciprocal(write, write.mul(write.mul(value, value), write.number(3.0)))


def _rsqrt(write: Writer, x: Any, value: Any) -> Any:
    return write.div(write.mul(value, write.number(-0.5)), x)


def _atan2(write: Writer, point: Point) -> Sequence[Any]:
    y, x = point.operands
    scale = write.scale
    size = write.add(write.call("math.absf", x), write.call("math.absf", y))
    is_large = write.compare("ogt", size, write.number(scale.large))
    is_small = write.compare("olt", size, write.number(scale.small))
    factor = write.select(
        is_large,
        write.number(scale.down),
        write.select(is_small, write.number(scale.up), write.number(1.0)),
    )
    x, y = write.mul(x, factor), write.mul(y, factor)
    square = write.add(write.mul(x, x), write.mul(y, y))
    return [
        write.along(
            point,
            [
                lambda: write.mul(write.div(x, square), factor),
                lambda: write.mul(write.div(write.neg(y), square), factor),
            ],
        )
    ]


def _powf(write: Writer, point: Point) -> Sequence[Any]:
    x, y = point.operands
    (value,) = point.results

    def by_base() -> Any:
        zero = write.number(0.0)
        at_zero = add_operation(
            "arith.andi",
            [write.compare("oeq", x, zero), write.compare("oeq", y, zero)],
            [like(x.type, _IR.IntegerType.get_signless(1))],
        ).results[
            0
        ]  # x to the power of 0 is 1 for every x, 0 included
        less = write.select(at_zero, y, write.sub(y, write.number(1.0)))
        return write.mul(y, write.call("math.powf", x, less))

    def by_exponent() -> Any:
        zero = write.number(0.0)
        at_zero = add_operation(
            "arith.andi",
            [write.compare("oeq", x, zero), write.compare("ogt", y, zero)],
            [like(x.type, _IR.IntegerType.get_signless(1))],
        ).results[
            0
        ]  # there the derivative is 0; the root has no derivative in its turn
        logarithm = write.select(
            at_zero, write.call("math.sqrt", x), write.call("math.log", x)
        )
        return write.mul(value, logarithm)

    return [write.along(point, [by_base, by_exponent])]


def _fpowi(write: Writer, point: Point) -> Sequence[Any]:
    x, n = point.operands

    def slope() -> Any:
        wide = like(n.type, _IR.IntegerType.get_signless(64))
        name = "arith.index_cast" if "index" in str(n.type) else "arith.extsi"
        count = n if n.type == wide else add_operation(name, [n], [wide]).results[0]
        factor = add_operation("arith.sitofp", [count], [x.type]).results[0]
        least = write.number(-(2**63) + 1, wide)
        above = write.call("arith.maxsi", count, least)
        less = write.call("arith.subi", above, write.number(1, wide))
        # x to the power of 0 is 1 for every x, 0 included
        less = write.select(write.is_integer(count, 0), write.number(0, wide), less)
        return write.mul(factor, write.call("math.fpowi", x, less))

    return [write.along(point, [slope, 0.0])]


def _remf(write: Writer, point: Point) -> Sequence[Any]:
    x, y = point.operands

    def by_divisor() -> Any:
        above, below = write.call("math.absf", x), write.call("math.absf", y)
        count = write.call("math.floor", write.div(above, below))
        left = write.call("math.fma", write.neg(count), below, above)
        is_rounded_up = write.compare("olt", left, write.number(0.0))
        exact = write.sub(
            count,
            write.select(is_rounded_up, write.number(1.0), write.number(0.0)),
        )
        return write.neg(write.call("math.copysign", exact, write.div(x, y)))

    return [write.along(point, [1.0, by_divisor])]


def _divf(write: Writer, point: Point) -> Sequence[Any]:
    _, y = point.operands
    (value,) = point.results
    part = _reciprocal(write, y)
    return [
        write.along(point, [lambda: part, lambda: write.neg(write.mul(value, part))])
    ]


def _copysign(write: Writer, point: Point) -> Sequence[Any]:
    x, y = point.operands

    def by_size() -> Any:
        one = write.number(1.0)
        return write.mul(
            write.call("math.copysign", one, x), write.call("math.copysign", one, y)
        )

    return [write.along(point, [by_size, 0.0])]


def _fma(write: Writer, point: Point) -> Sequence[Any]:
    x, y, _ = point.operands
    return [write.along(point, [lambda: y, lambda: x, 1.0])]


def _sincos(write: Writer, point: Point) -> Sequence[Any]:
    sine, cosine = point.results
    return [
        write.along(point, [lambda: cosine]),
        write.along(point, [lambda: write.neg(sine)]),
    ]


def _pick(predicate: str, skips_nan: bool) -> Follow:
    """One of two: the first where it compares so, or where it is to be taken because the second is no number."""

    def follow(write: Writer, point: Point) -> Sequence[Any]:
        x, y = point.held
        takes_first = write.compare(predicate, x, y)
        if skips_nan:
            takes_first = add_operation(
                "arith.ori",
                [takes_first, write.compare("uno", y, y)],
                [takes_first.type],
            ).results[0]
        return [write.follow(takes_first, *point.active)]

    return follow


def _clampf(write: Writer, point: Point) -> Sequence[Any]:
    x, low, high = point.active
    held, held_low, held_high = point.held
    inside = write.follow(write.compare("ogt", held, held_high), high, x)
    return [write.follow(write.compare("olt", held, held_low), low, inside)]


def _select(write: Writer, point: Point) -> Sequence[Any]:
    condition, one, other = point.active
    return [write.follow(condition, one, other)]


RULES: dict[str, Follow] = {
    "arith.divf": _divf,
    "arith.maximumf": _pick("oge", False),
    "arith.maxnumf": _pick("oge", True),
    "arith.minimumf": _pick("ole", False),
    "arith.minnumf": _pick("ole", True),
    "arith.remf": _remf,
    "arith.select": _select,
    "math.acos": _unary(_acos),
    "math.acosh": _unary(_acosh),
    "math.asin": _unary(_asin),
    "math.asinh": _unary(_asinh),
    "math.atan2": _atan2,
    "math.atanh": _unary(_atanh),
    "math.cbrt": _unary(_cbrt),
    "math.ceil": _still,
    "math.clampf": _clampf,
    "math.copysign": _copysign,
    "math.cosh": _unary(lambda write, x, value: write.call("math.sinh", x)),
    "math.erf": _unary(_bell(1.0)),
    "math.erfc": _unary(_bell(-1.0)),
    "math.exp2": _unary(lambda write, x, value: write.mul(value, write.number(LN_2))),
    "math.expm1": _unary(lambda write, x, value: write.call("math.exp", x)),
    "math.floor": _still,
    "math.fma": _fma,
    "math.fpowi": _fpowi,
    "math.log": _unary(lambda write, x, value: _reciprocal(write, x)),
    "math.log10": _unary(lambda write, x, value: write.div(write.number(LOG10_E), x)),
    "math.log1p": _unary(
        lambda write, x, value: _reciprocal(write, write.add(x, write.number(1.0)))
    ),
    "math.log2": _unary(lambda write, x, value: write.div(write.number(1 / LN_2), x)),
    "math.powf": _powf,
    "math.round": _still,
    "math.roundeven": _still,
    "math.rsqrt": _unary(_rsqrt),
    "math.sincos": _sincos,
    "math.sinh": _unary(lambda write, x, value: write.call("math.cosh", x)),
    "math.sqrt": _unary(lambda write, x, value: write.div(write.number(0.5), value)),
    "math.tan": _unary(_tan),
    "math.tanh": _unary(_tanh),
    "math.trunc": _still,
}
"""For each function its derivative."""
