"""Which literals satisfy an attribute constraint, and what it takes instead of one that does not."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from types import EllipsisType
from typing import TypeAlias

from opspec.exhaustive import assert_never
from opspec.model.constraints import (
    AnyOf,
    ArrayOf,
    AttributeConstraint,
    AttributeKind,
    AttributeParameter,
    Builtin,
    Confined,
    DefinitionReference,
    DenseArray,
    EnumReference,
    IntegerOf,
    ListOf,
    Literal,
    OpaqueConstraint,
    OpaqueLiteral,
    ParameterConstraint,
    ParameterKind,
    Refinement,
    TypeConstraint,
    TypeOf,
)
from opspec.model.dialect import Dialect
from opspec.notation.words import FLOATS, LENGTHS, NUMBERS, fits_float, integer_bounds, meets

__all__ = ["accepted_default", "accepted_parameter_default", "accepts_value", "instead_of_sample"]

_Constraint: TypeAlias = "AttributeConstraint | TypeConstraint"
_Own: TypeAlias = "Callable[[Literal, _Constraint], str | EllipsisType | None]"

_WIDE = 128
"""More bits than these make bounds that nobody reads."""
_WRITTEN = (AttributeKind.TYPE, AttributeKind.AFFINE_MAP, AttributeKind.INTEGER_SET)
"""Kinds that samples write as MLIR does."""
_TEXTS = (AttributeKind.STRING, AttributeKind.SYMBOL_NAME, AttributeKind.SYMBOL_REF, AttributeKind.FLAT_SYMBOL_REF)
_HELD: dict[ParameterKind, AttributeConstraint] = {
    ParameterKind.BOOL: AttributeKind.BOOL,
    ParameterKind.INT32: IntegerOf("si", 32),
    ParameterKind.INT64: IntegerOf("si", 64),
    ParameterKind.UINT32: IntegerOf("ui", 32),
    ParameterKind.UINT64: IntegerOf("ui", 64),
    ParameterKind.FLOAT: Builtin("f32"),
    ParameterKind.DOUBLE: Builtin("f64"),
    ParameterKind.STRING: AttributeKind.STRING,
}
"""Which attribute holds the values of a parameter."""
_PHRASES = {
    "positive": "above 0",
    "non_negative": "0 or more",
    "non_positive": "0 or less",
    "min": "{} or more",
    "max": "{} or less",
}
"""The words for conditions on a number that a spec states otherwise than a program."""


def accepted_default(literal: Literal | None, constraint: AttributeConstraint | TypeConstraint) -> str:
    """What the constraint takes instead of this default; empty where it takes the default, or only C++ can say."""
    return "" if literal is None else _instead(literal, constraint) or ""


def accepted_parameter_default(literal: Literal | None, constraint: ParameterConstraint) -> str:
    """What a parameter takes instead of this default; empty where it takes the default, or only C++ can say."""
    if literal is None or isinstance(literal, OpaqueLiteral):
        return ""
    match constraint:
        case ParameterKind():
            held = _HELD.get(constraint)
            return accepted_default(literal, held) if held is not None else ""
        case EnumReference() | AttributeParameter():
            held = constraint.constraint if isinstance(constraint, AttributeParameter) else constraint
            return accepted_default(literal, held)
        case ListOf(element):
            return _list(literal, lambda item: accepted_parameter_default(item, element)) or ""
        case OpaqueConstraint():
            return ""
        case _:
            assert_never(constraint)


def accepts_value(constraint: AttributeConstraint, value: Literal) -> bool | None:
    """Whether a value satisfies the constraint; None where only C++ knows."""
    instead = _instead(value, constraint)
    return None if instead is None else not instead


def instead_of_sample(dialect: Dialect, constraint: AttributeConstraint, value: Literal) -> str | None:
    """What an attribute takes instead of the value of a sample; empty where it takes it, None where only C++ knows.

    A sample names the cases of an enum, writes types and the like as MLIR does, and any attribute as a text that begins
    with `#` or `@`.
    """

    def of_sample(value: Literal, part: _Constraint) -> str | EllipsisType | None:
        if isinstance(value, str) and value.startswith(("#", "@")):
            return None if part is AttributeKind.STRING else ""
        if part in _WRITTEN or isinstance(part, TypeOf):
            return "" if isinstance(value, str) else "a text, as MLIR writes it"
        if not isinstance(part, (EnumReference, DefinitionReference)):
            return ...
        enum = dialect.enum_of(part)
        if enum is None:
            return ...
        return "" if isinstance(value, str) and enum.cases_in(value) else f"a case of {enum.name}"

    return _instead(value, constraint, of_sample)


def _instead(literal: Literal, constraint: _Constraint, own: _Own = lambda *_: ...) -> str | None:
    """What a constraint takes instead of a literal: empty where it takes it, None where only C++ knows.

    `own` is asked first, of the constraint and of each of its parts; it gives `...` where it has nothing to say.
    """
    if isinstance(literal, OpaqueLiteral):
        return None
    said = own(literal, constraint)
    if not isinstance(said, EllipsisType):
        return said
    match constraint:
        case AttributeKind():
            return _of_kind(literal, constraint)
        case IntegerOf(prefix, width):
            return _integer(literal, prefix, width)
        case Builtin(word) if word in FLOATS:
            return _float(literal, word)
        case EnumReference(name) if isinstance(literal, (bool, float, tuple)):
            return f"a case of {name}"
        case ArrayOf(element):
            return _list(literal, lambda item: _instead(item, element, own))
        case DenseArray("i1"):
            return _list(literal, lambda item: _of_kind(item, AttributeKind.BOOL))
        case DenseArray(number) if number in FLOATS:
            return _list(literal, lambda item: _float(item, number))
        case DenseArray(number):
            return _list(literal, lambda item: _integer(item, "si", int(number[1:])))
        case Confined(base, refinements):
            return _first(
                (_instead(literal, base, own), *(_refined(literal, refinement) for refinement in refinements))
            )
        case AnyOf(options):
            ways = [_instead(literal, option, own) for option in options]
            if "" in ways:
                return ""
            return None if None in ways else " or ".join(filter(None, dict.fromkeys(ways)))
        case _:
            return None


def _first(found: Iterable[str | None]) -> str | None:
    """The first of several answers that refuses; None where none does and one is not known."""
    answers = tuple(found)
    return next(filter(None, answers), None if None in answers else "")


def _of_kind(literal: Literal, kind: AttributeKind) -> str | None:
    if kind is AttributeKind.BOOL:
        return "" if isinstance(literal, bool) else "true or false"
    if kind in (AttributeKind.INTEGER, AttributeKind.INDEX):
        return _integer(literal, "i", 64) if kind is AttributeKind.INDEX else _integer(literal, "", 0)
    if kind is AttributeKind.FLOAT:
        return _float(literal, "f64")
    if kind in _TEXTS:
        return "" if isinstance(literal, str) else "a text in quotes"
    if kind is AttributeKind.ARRAY:
        return "" if isinstance(literal, tuple) else "a list in brackets"
    return None


def _integer(literal: Literal, prefix: str, width: int) -> str:
    """What an integer of this width is; of none where the width is 0."""
    if not isinstance(literal, int) or isinstance(literal, bool):
        return "an integer"
    if not width:
        return ""
    lowest, highest = integer_bounds(prefix, width)
    if lowest <= literal <= highest:
        return ""
    return f"an integer of {lowest} to {highest}" if width <= _WIDE else f"an integer of {width} bits"


def _float(literal: Literal, word: str) -> str:
    if isinstance(literal, bool) or not isinstance(literal, (int, float)):
        return "a number"
    try:
        fits = fits_float(float(literal), word)
    except OverflowError:
        fits = False
    return "" if fits else f"a number that {word} has room for"


def _list(literal: Literal, instead: Callable[[Literal], str | None]) -> str | None:
    if not isinstance(literal, tuple):
        return "a list in brackets"
    wrong = _first(map(instead, literal))
    return f"a list of which each item is {wrong}" if wrong else wrong


def _refined(literal: Literal, refinement: Refinement) -> str | None:
    """What a condition takes instead of a literal."""
    word, bound = refinement.word, refinement.values[0] if refinement.values else 0
    if isinstance(literal, tuple) and word in LENGTHS:
        return "" if meets(word, bound, len(literal)) else f"a list {LENGTHS[word][0].format(bound)}"
    if isinstance(literal, int) and not isinstance(literal, bool) and word in NUMBERS:
        phrase = _PHRASES.get(word, NUMBERS[word][0])
        return "" if meets(word, bound, literal) else f"an integer that is {phrase.format(bound)}"
    return None
