"""Whether a default value is one that its own attribute takes."""

from __future__ import annotations

import math
import struct
from collections.abc import Callable

from opspec.model.constraints import (
    AnyOf,
    ArrayOf,
    AttributeConstraint,
    AttributeKind,
    Builtin,
    Confined,
    DenseArray,
    EnumReference,
    IntegerOf,
    Literal,
    OpaqueLiteral,
    Refinement,
    TypeConstraint,
)

__all__ = ["accepted_default"]

_TEXTS = (AttributeKind.STRING, AttributeKind.SYMBOL_NAME, AttributeKind.SYMBOL_REF, AttributeKind.FLAT_SYMBOL_REF)
_FLOATS = ("f16", "bf16", "f32", "f64", "f80", "f128", "tf32", "float")
_NUMERIC: dict[str, tuple[str, Callable[[int, int], bool]]] = {
    "positive": ("above 0", lambda value, _: value > 0),
    "non_negative": ("0 or more", lambda value, _: value >= 0),
    "non_positive": ("0 or less", lambda value, _: value <= 0),
    "power_of_two": ("a power of two", lambda value, _: value > 0 and value & (value - 1) == 0),
    "min": ("{} or more", lambda value, bound: value >= bound),
    "max": ("{} or less", lambda value, bound: value <= bound),
}
_COUNTING: dict[str, tuple[str, Callable[[int, int], bool]]] = {
    "count": ("of length {}", lambda count, bound: count == bound),
    "min_count": ("of length {} or more", lambda count, bound: count >= bound),
    "max_count": ("of length {} or less", lambda count, bound: count <= bound),
}


def accepted_default(literal: Literal | None, constraint: AttributeConstraint | TypeConstraint) -> str:
    """What the constraint takes instead of this default; empty where it takes the default, or only C++ can say."""
    if literal is None or isinstance(literal, OpaqueLiteral):
        return ""
    match constraint:
        case AttributeKind():
            return _of_kind(literal, constraint)
        case IntegerOf(prefix, width):
            return _integer(literal, prefix, width)
        case Builtin(word) if word in _FLOATS:
            return _float(literal, word)
        case EnumReference(name) if isinstance(literal, (bool, float, tuple)):
            return f"a case of {name}"
        case ArrayOf(element):
            return _list(literal, lambda item: accepted_default(item, element))
        case DenseArray(number):
            return _list(literal, lambda item: _machine_number(item, number))
        case Confined(base, refinements):
            return accepted_default(literal, base) or _refined(literal, refinements)
        case AnyOf(options):
            ways = [accepted_default(literal, option) for option in options]
            return " or ".join(dict.fromkeys(ways)) if all(ways) else ""
        case _:
            return ""


def _of_kind(literal: Literal, kind: AttributeKind) -> str:
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
    return ""


def _integer(literal: Literal, prefix: str, width: int) -> str:
    """What an integer of this width is; of none where the width is 0."""
    if not isinstance(literal, int) or isinstance(literal, bool):
        return "an integer"
    if not width:
        return ""
    lowest = 0 if prefix == "ui" else -(1 << (width - 1))
    highest = (1 << (width - 1 if prefix == "si" else width)) - 1
    return "" if lowest <= literal <= highest else f"an integer of {lowest} to {highest}"


def _float(literal: Literal, word: str) -> str:
    if isinstance(literal, bool) or not isinstance(literal, (int, float)):
        return "a number"
    formats = {"f16": "<e", "f32": "<f"}
    try:
        if math.isfinite(literal) and word in formats:
            struct.pack(formats[word], literal)
        float(literal)
    except OverflowError:
        return f"a number that {word} has room for"
    return ""


def _machine_number(literal: Literal, element: str) -> str:
    if element == "i1":
        return "" if isinstance(literal, bool) else "true or false"
    if element.startswith("i"):
        return _integer(literal, "si", int(element[1:]))
    return _float(literal, element)


def _list(literal: Literal, accepted: Callable[[Literal], str]) -> str:
    if not isinstance(literal, tuple):
        return "a list in brackets"
    wrong = next(filter(None, map(accepted, literal)), "")
    return f"a list of which each item is {wrong}" if wrong else ""


def _refined(literal: Literal, refinements: tuple[Refinement, ...]) -> str:
    """The first condition that the default breaks; those of C++ alone are not looked at."""
    for refinement in refinements:
        bound = refinement.values[0] if refinement.values else 0
        if isinstance(literal, tuple) and refinement.word in _COUNTING:
            words, holds = _COUNTING[refinement.word]
            if not holds(len(literal), bound):
                return f"a list {words.format(bound)}"
        if isinstance(literal, int) and not isinstance(literal, bool) and refinement.word in _NUMERIC:
            words, holds = _NUMERIC[refinement.word]
            if not holds(literal, bound):
                return f"an integer that is {words.format(bound)}"
    return ""
