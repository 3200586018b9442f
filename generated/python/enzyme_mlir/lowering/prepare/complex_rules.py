"""Operations on complex numbers in terms of their real and imaginary parts.

The formulas are such that their derivatives are numbers wherever the function has one: nothing is divided by zero in a
branch that is not taken, and what is scaled against overflow is scaled by constants.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from ..._runtime.host import ir
from .building import add_operation, body_of, index_constant
from .complex_floats import Floats

__all__ = ["RULES", "Pair"]

_IR: Any = ir
Pair = tuple[Any, Any]
"""The real and the imaginary part."""

Rule = Callable[[Floats, Sequence[Any]], Any]
"""From the operands, complex ones as pairs, to the result: a pair, or a value."""


def _add(write: Floats, left: Pair, right: Pair) -> Pair:
    return write.add(left[0], right[0]), write.add(left[1], right[1])


def _sub(write: Floats, left: Pair, right: Pair) -> Pair:
    return write.sub(left[0], right[0]), write.sub(left[1], right[1])


def _mul(write: Floats, left: Pair, right: Pair) -> Pair:
    (a, b), (c, d) = left, right
    re = write.sub(write.mul(a, c), write.mul(b, d))
    return re, write.add(write.mul(a, d), write.mul(b, c))


def _times(write: Floats, value: Pair, factor: Any) -> Pair:
    return write.mul(value[0], factor), write.mul(value[1], factor)


def _squares(write: Floats, value: Pair) -> Any:
    """The square of the absolute value."""
    return write.add(write.mul(value[0], value[0]), write.mul(value[1], value[1]))


def _div(write: Floats, left: Pair, right: Pair) -> Pair:
    """(a + ib) (c - id) k / |k (c + id)|^2, k once more."""
    factor, _ = write.scale(*right)
    re, im = _times(write, right, factor)
    product = _mul(write, left, (re, write.neg(im)))
    size = _squares(write, (re, im))
    quotient = write.div(product[0], size), write.div(product[1], size)
    return _times(write, quotient, factor)


def _abs(write: Floats, value: Pair) -> Any:
    factor, _ = write.scale(*value)
    root = write.call("math.sqrt", _squares(write, _times(write, value, factor)))
    return write.div(root, factor)


def _angle(write: Floats, value: Pair) -> Any:
    return write.call("math.atan2", value[1], value[0])


def _log(write: Floats, value: Pair) -> Pair:
    factor, logarithm = write.scale(*value)
    squares = _squares(write, _times(write, value, factor))
    half = write.half(write.call("math.log", squares))
    return write.sub(half, logarithm), _angle(write, value)


def _log1p(write: Floats, value: Pair) -> Pair:
    """log |1 + z| is half of log1p(2 x + x^2 + y^2), which is exact near 0."""
    re, im = value
    more = write.add(re, write.number(1.0))
    squares = _squares(write, value)
    near = write.call("math.log1p", write.add(write.add(re, re), squares))
    return write.half(near), write.call("math.atan2", im, more)


def _exp(write: Floats, value: Pair) -> Pair:
    size = write.call("math.exp", value[0])
    return (
        write.mul(size, write.call("math.cos", value[1])),
        write.mul(size, write.call("math.sin", value[1])),
    )


def _expm1(write: Floats, value: Pair) -> Pair:
    """The real part is expm1(x) cos y - 2 sin^2(y / 2), which is exact near 0."""
    re, im = value
    less = write.call("math.expm1", re)
    sine = write.call("math.sin", write.half(im))
    near = write.mul(write.mul(write.number(2.0), sine), sine)
    real = write.sub(write.mul(less, write.call("math.cos", im)), near)
    size = write.call("math.exp", re)
    return real, write.mul(size, write.call("math.sin", im))


def _sin(write: Floats, value: Pair) -> Pair:
    re, im = value
    return (
        write.mul(write.call("math.sin", re), write.call("math.cosh", im)),
        write.mul(write.call("math.cos", re), write.call("math.sinh", im)),
    )


def _cos(write: Floats, value: Pair) -> Pair:
    re, im = value
    product = write.mul(write.call("math.sin", re), write.call("math.sinh", im))
    return (
        write.mul(write.call("math.cos", re), write.call("math.cosh", im)),
        write.neg(product),
    )


def _tangent(write: Floats, angle: Any, growth: Any) -> Pair:
    """tan(angle + i growth): t c / (1 + t^2 h^2) + i h (1 + t^2 c / (1 + t^2 h^2)), t = tan(angle), h = tanh(growth).

    c = 1 / cosh(growth)^2 is 4 e / (1 + e)^2 with e = exp(-2 |growth|), which never overflows. Far from 0, h is
    (1 - e) / (1 + e), whose derivative is exact, which Enzyme's of tanh is not there.
    """
    one = write.number(1.0)
    t = write.call("math.tan", angle)
    sign = write.sign(growth)
    size = write.mul(growth, sign)
    e = write.call("math.exp", write.mul(size, write.number(-2.0)))
    more = write.add(one, e)
    far = write.mul(sign, write.div(write.sub(one, e), more))
    is_near = write.compare("ole", size, one)
    h = write.select(is_near, write.call("math.tanh", growth), far)
    small = write.div(write.mul(write.number(4.0), e), write.mul(more, more))
    tt = write.mul(t, t)
    below = write.add(one, write.mul(tt, write.mul(h, h)))
    re = write.div(write.mul(t, small), below)
    return re, write.mul(h, write.add(one, write.mul(t, re)))


def _tan(write: Floats, value: Pair) -> Pair:
    return _tangent(write, value[0], value[1])


def _tanh(write: Floats, value: Pair) -> Pair:
    """-i tan(i z)."""
    im, re = _tangent(write, value[1], value[0])
    return re, im


def _sqrt(write: Floats, value: Pair) -> Pair:
    """t = sqrt((|z| + |x|) / 2) is the larger part, y / 2t the other one."""
    re, im = value
    zero = write.number(0.0)
    sum_ = write.add(_abs(write, value), write.mul(re, write.sign(re)))
    larger = write.call("math.sqrt", write.half(sum_))
    smaller = write.half(write.div(im, write.not_zero(larger)))
    sign = write.sign(im)
    is_right = write.compare("oge", re, zero)
    return (
        write.select(is_right, larger, write.mul(smaller, sign)),
        write.select(is_right, smaller, write.mul(larger, sign)),
    )


def _one(write: Floats) -> Pair:
    return write.number(1.0), write.number(0.0)


def _rsqrt(write: Floats, value: Pair) -> Pair:
    return _div(write, _one(write), _sqrt(write, value))


def _sign(write: Floats, value: Pair) -> Pair:
    factor, _ = write.scale(*value)
    scaled = _times(write, value, factor)
    size = write.not_zero(write.call("math.sqrt", _squares(write, scaled)))
    return write.div(scaled[0], size), write.div(scaled[1], size)


def _select(write: Floats, condition: Any, yes: Pair, no: Pair) -> Pair:
    return (
        write.select(condition, yes[0], no[0]),
        write.select(condition, yes[1], no[1]),
    )


def _pow(write: Floats, base: Pair, exponent: Pair) -> Pair:
    """exp(w log z); 0^0 is 1, 0^1 is z, which has the derivative 1, and other powers of 0 are 0."""
    one, nothing = _one(write), (write.number(0.0), write.number(0.0))
    is_zero = _equal(write, base, nothing)
    safe = _select(write, is_zero, one, base)
    power = _exp(write, _mul(write, exponent, _log(write, safe)))
    at_zero = _select(
        write,
        _equal(write, exponent, nothing),
        one,
        _select(write, _equal(write, exponent, one), base, nothing),
    )
    return _select(write, is_zero, at_zero, power)


def _powi(write: Floats, base: Pair, exponent: Any) -> Pair:
    """As many products as the exponent says, and one over that for a negative one."""
    kind = exponent.type
    zero = _integer(kind, 0)
    is_negative = _compare_integers(exponent, zero)
    opposite = add_operation("arith.subi", [zero, exponent], [kind]).results[0]
    count = add_operation(
        "arith.select", [is_negative, opposite, exponent], [kind]
    ).results[0]
    index = _IR.IndexType.get()
    count = add_operation("arith.index_cast", [count], [index]).results[0]
    bounds = [index_constant(0), count, index_constant(1)]
    loop = add_operation(
        "scf.for", [*bounds, *_one(write)], [write.kind] * 2, regions=1
    )
    inside = [index, write.kind, write.kind]
    here = [_IR.Location.current] * 3
    _IR.Block.create_at_start(loop.regions[0], inside, here)
    _, *carried = body_of(loop).arguments
    with _IR.InsertionPoint(body_of(loop)):
        add_operation("scf.yield", _mul(write, (carried[0], carried[1]), base))
    power = loop.results[0], loop.results[1]
    safe = _select(write, is_negative, power, _one(write))
    return _select(write, is_negative, _div(write, _one(write), safe), power)


def _integer(kind: Any, value: int) -> Any:
    attribute = {"value": _IR.IntegerAttr.get(kind, value)}
    return add_operation("arith.constant", (), [kind], attribute).results[0]


def _compare_integers(left: Any, right: Any) -> Any:
    """Whether one integer is less than another one."""
    number = _IR.IntegerAttr.get(_IR.IntegerType.get_signless(64), 2)
    kind = _IR.IntegerType.get_signless(1)
    return add_operation(
        "arith.cmpi", [left, right], [kind], {"predicate": number}
    ).results[0]


def _atan2(write: Floats, above: Pair, below: Pair) -> Pair:
    """-i log((x + i y) / sqrt(x^2 + y^2))."""
    squares = _add(write, _mul(write, above, above), _mul(write, below, below))
    turned = (write.neg(above[1]), above[0])
    sum_ = _add(write, below, turned)
    re, im = _log(write, _div(write, sum_, _sqrt(write, squares)))
    return im, write.neg(re)


def _equal(write: Floats, left: Pair, right: Pair) -> Any:
    return _both(write, "oeq", "arith.andi", left, right)


def _both(write: Floats, predicate: str, name: str, left: Pair, right: Pair) -> Any:
    parts = [
        write.compare(predicate, one, other)
        for one, other in zip(left, right, strict=True)
    ]
    return add_operation(name, parts, [parts[0].type]).results[0]


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "complex.abs": lambda write, given: _abs(write, *given),
        "complex.add": lambda write, given: _add(write, *given),
        "complex.angle": lambda write, given: _angle(write, *given),
        "complex.atan2": lambda write, given: _atan2(write, *given),
        "complex.conj": lambda write, given: (given[0][0], write.neg(given[0][1])),
        "complex.cos": lambda write, given: _cos(write, *given),
        "complex.create": lambda write, given: (given[0], given[1]),
        "complex.div": lambda write, given: _div(write, *given),
        "complex.eq": lambda write, given: _equal(write, *given),
        "complex.exp": lambda write, given: _exp(write, *given),
        "complex.expm1": lambda write, given: _expm1(write, *given),
        "complex.im": lambda write, given: given[0][1],
        "complex.log": lambda write, given: _log(write, *given),
        "complex.log1p": lambda write, given: _log1p(write, *given),
        "complex.mul": lambda write, given: _mul(write, *given),
        "complex.neg": lambda write, given: (
            write.neg(given[0][0]),
            write.neg(given[0][1]),
        ),
        "complex.neq": lambda write, given: _both(write, "une", "arith.ori", *given),
        "complex.pow": lambda write, given: _pow(write, *given),
        "complex.powi": lambda write, given: _powi(write, *given),
        "complex.re": lambda write, given: given[0][0],
        "complex.rsqrt": lambda write, given: _rsqrt(write, *given),
        "complex.sign": lambda write, given: _sign(write, *given),
        "complex.sin": lambda write, given: _sin(write, *given),
        "complex.sqrt": lambda write, given: _sqrt(write, *given),
        "complex.sub": lambda write, given: _sub(write, *given),
        "complex.tan": lambda write, given: _tan(write, *given),
        "complex.tanh": lambda write, given: _tanh(write, *given),
    }
)
"""The operations on complex numbers, but for constants."""
