"""Functions of floats that Enzyme cannot differentiate, or not rightly, made into ones that it can.

Such an operation keeps its value and gets its derivative from a sum beside it. Of `y = f(x)` becomes

    h = ignore_derivatives(x)
    v = f(h)                            the value: to the last bit what it was
    w = d(h) * x                        its derivative is that of y; d is the derivative of f
    y = v - (ignore_derivatives(w) - w)

The bracket is zero. When Enzyme has differentiated, `settle_mathematics` makes `y` into `v`, so that nothing is left of
it and zeros, infinities and what is no number are as they were. What is left of the derivative is `d(x)` in functions
of `math`, which can be differentiated again in the same way.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from ..._runtime.host import PACKAGE, ir
from ...releases import nearest_release, release_in_use
from .building import add_operation, operation_of, walk
from .mathematics_rules import RULES, Follow
from .mathematics_writing import Point, Writer, element_of, working_type

__all__ = ["EXPANDED", "KEPT", "Rewrite", "expand_mathematics", "settle_mathematics"]

_IR: Any = ir

KEPT = f"{PACKAGE}.kept"
"""The attribute of a difference whose value is its first operand, and of what belongs to it."""

IGNORE = "enzyme.ignore_derivatives"
_INTEGERS = (_IR.IntegerType, _IR.IndexType)
_PLAIN = ("arith.", "math.", "tensor.splat")
_LATEST = ("0.0.16",)


@dataclass(frozen=True, slots=True)
class Rewrite:
    """What is done about a function."""

    name: str
    """The operation, `math.acos`."""
    derivative: str
    """Its derivative as it is computed."""
    follow: Follow
    """Writes that."""
    own: tuple[str, ...] = ()
    """The releases whose own derivative is right, which have it as it is."""
    modes: tuple[str, ...] = ("reverse", "forward")
    """The modes in which it is rewritten."""
    fault: str = ""
    """What is wrong with the derivative of releases that have one; empty where none has."""

    def applies(self, release: str, mode: str | None) -> bool:
        """Whether the function is rewritten for a release of Enzyme and a mode; None is for both modes."""
        return release not in self.own and (mode is None or mode in self.modes)


def _row(name: str, derivative: str, **more: Any) -> Rewrite:
    return Rewrite(name, derivative, RULES[name], **more)


_JUMPS = "0: constant between its jumps"
_ROWS = (
    _row(
        "arith.divf",
        "1 / y and -(x / y) / y",
        modes=("forward",),
        fault="in forward mode divides by y * y, which is 0 or infinite long before y is",
    ),
    _row("arith.maximumf", "that of the larger operand", own=_LATEST),
    _row(
        "arith.maxnumf",
        "that of the larger operand, or of the one that is a number",
        fault="takes the derivative of an operand that is not a number",
    ),
    _row("arith.minimumf", "that of the smaller operand", own=_LATEST),
    _row(
        "arith.minnumf", "that of the smaller operand, or of the one that is a number"
    ),
    _row(
        "arith.remf",
        "1 and -trunc(x / y), one less where that was rounded up",
        fault="rounds x / y before its fraction is dropped, which may leave one too many",
    ),
    _row(
        "arith.select",
        "that of the operand",
        own=("0.0.14", "0.0.16"),
        modes=("forward",),
    ),
    _row("math.acos", "-1 / sqrt((1 - x) (1 + x))"),
    _row("math.acosh", "1 / (sqrt(x - 1) sqrt(x + 1))"),
    _row("math.asin", "1 / sqrt((1 - x) (1 + x))"),
    _row("math.asinh", "1 / sqrt(1 + x^2), scaled where x^2 is too large"),
    _row(
        "math.atan2",
        "x / (x^2 + y^2) and -y / (x^2 + y^2), scaled where squares are too large or small",
    ),
    _row("math.atanh", "1 / sqrt((1 - x) (1 + x))^2"),
    _row(
        "math.cbrt",
        "1 / (3 cbrt(x)^2)",
        fault="divides by 3 x, which is infinite long before x is",
    ),
    _row("math.ceil", _JUMPS, fault="does not clear the derivative where it is stored"),
    _row("math.clampf", "that of x inside, of the bound outside"),
    _row(
        "math.copysign",
        "the product of the signs, and 0",
        fault="in forward mode ends the process where only the sign is differentiated",
    ),
    _row("math.cosh", "sinh(x)"),
    _row("math.erf", "2 / sqrt(pi) exp(-x^2)"),
    _row("math.erfc", "-2 / sqrt(pi) exp(-x^2)"),
    _row("math.exp2", "log(2) exp2(x)", own=_LATEST),
    _row("math.expm1", "exp(x)"),
    _row(
        "math.floor", _JUMPS, fault="does not clear the derivative where it is stored"
    ),
    _row("math.fma", "y, x and 1", own=_LATEST),
    _row("math.fpowi", "n fpowi(x, n - 1), and 0 where n is 0"),
    _row("math.log", "1 / x", own=_LATEST),
    _row("math.log10", "log10(e) / x"),
    _row("math.log1p", "1 / (1 + x)", own=_LATEST),
    _row("math.log2", "log2(e) / x", own=_LATEST),
    _row(
        "math.powf",
        "y powf(x, y - 1) and powf(x, y) log(x); at x = 0 they are 0 for y = 0, and for y > 0",
        fault="by the exponent is 0 wherever x is 0, by the base not a number where both are",
    ),
    _row("math.round", _JUMPS),
    _row("math.roundeven", _JUMPS),
    _row("math.rsqrt", "-rsqrt(x) / (2 x)"),
    _row("math.sincos", "cos(x) and -sin(x)"),
    _row("math.sinh", "cosh(x)"),
    _row("math.sqrt", "1 / (2 sqrt(x))", fault="is 0 at 0, where it is infinite"),
    _row("math.tan", "1 + tan(x)^2"),
    _row("math.tanh", "1 / cosh(x)^2", own=_LATEST),
    _row("math.trunc", _JUMPS),
)

EXPANDED: Mapping[str, Rewrite] = MappingProxyType({row.name: row for row in _ROWS})
"""What is rewritten, and how, by the operation's name."""


def expand_mathematics(
    function: Any, *, release: str | None = None, mode: str | None = None
) -> None:
    """Rewrite the operations of `EXPANDED` inside a function, so that Enzyme differentiates them rightly.

    After Enzyme, `settle_mathematics` has to follow.

    Args:
        function: A `func.func`, or another operation with regions; it is changed.
        release: The release of Enzyme that will differentiate it; by default the one in use.
        mode: `reverse` or `forward`; by default what serves both.
    """
    if release is None:
        release = release_in_use()
    release = nearest_release(release) if release else ""
    can_select = not EXPANDED["arith.select"].applies(release, mode)
    with function.location:
        _expand_in(function, release, mode, can_select)


def _expand_in(function: Any, release: str, mode: str | None, can_select: bool) -> None:
    still: set[Any] = set()
    for operation in list(walk(function)):
        row = EXPANDED.get(operation.name)
        moving = [_can_move(operand, still) for operand in operation.operands]
        if any(moving):
            if row is not None and row.applies(release, mode):
                _expand(operation, row, moving, can_select)
        elif operation.name.startswith(_PLAIN):
            still.update(operation.results)


def _can_move(value: Any, still: set[Any]) -> bool:
    """Whether a value can have a derivative, as far as one sees."""
    if isinstance(element_of(value.type), _INTEGERS) or value in still:
        return False
    operation = operation_of(value)
    return operation is None or operation.name != IGNORE


def _expand(operation: Any, row: Rewrite, moving: list[bool], can_select: bool) -> None:
    kind = working_type(operation.results[0].type)
    if kind is None:
        return
    active = list(operation.operands)
    with operation.location, _IR.InsertionPoint(operation):
        held = [
            _ignore(value) if moves else value
            for value, moves in zip(active, moving, strict=True)
        ]
        kept = add_operation(
            operation.name,
            held,
            [result.type for result in operation.results],
            {name: operation.attributes[name] for name in operation.attributes},
        )
        write = Writer(kind, held[moving.index(True)], can_select)
        point = Point(
            active=active,
            moving=moving,
            held=held,
            operands=[write.widen(value) for value in held],
            results=[write.widen(value) for value in kept.results],
        )
        for result, value, followed in zip(
            operation.results, kept.results, row.follow(write, point), strict=True
        ):
            nothing = write.sub(_ignore(followed), followed)
            sum_ = add_operation(
                "arith.subf",
                [value, nothing],
                [value.type],
                {KEPT: _IR.UnitAttr.get()},
            )
            result.replace_all_uses_with(sum_.results[0])
    operation.erase()


def _ignore(value: Any) -> Any:
    marked = {KEPT: _IR.UnitAttr.get()}
    return add_operation(IGNORE, [value], [value.type], marked).results[0]


def settle_mathematics(operation: Any) -> None:
    """Take away what `expand_mathematics` has added for Enzyme, when Enzyme has differentiated.

    Values are then what the functions give, to the last bit; derivatives stay.

    Args:
        operation: A module, or another operation with regions; it is changed.
    """
    operations = list(walk(operation))
    unused: set[Any] = set()
    for inner in operations:
        if KEPT in inner.attributes:
            inner.results[0].replace_all_uses_with(inner.operands[0])
            unused.update(inner.results)
    for inner in reversed(operations):
        results = list(inner.results)
        if not results or any(each not in unused for each in results):
            continue
        if any(True for each in results for _ in each.uses):
            continue
        for operand in inner.operands:
            giver = operation_of(operand)
            if giver is not None and _is_arithmetic(giver):
                unused.update(giver.results)
        inner.erase()


def _is_arithmetic(operation: Any) -> bool:
    return KEPT in operation.attributes or operation.name.startswith(
        (*_PLAIN, "tensor.dim")
    )
