"""Constraints learnt from what a binary takes and refuses, in the notation of specs."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from itertools import product

from opspec.constraints.accepts import accepts
from opspec.model.constraints import (
    AnyConstraint,
    AnyOf,
    AttributeConstraint,
    Builtin,
    DefinitionReference,
    IntegerOf,
    Modifier,
    Shaped,
    TypeConstraint,
)
from opspec.model.dialect import Dialect
from opspec.notation import parse_attribute

__all__ = ["learn_attribute", "learn_type"]

_WORDS: tuple[TypeConstraint, ...] = (
    *(Builtin(word) for word in ("integer", "signless_integer", "float", "f32", "f64")),
    *(IntegerOf("i", width) for width in (1, 32, 64)),
    IntegerOf("ui", 64),
    *(Builtin(word) for word in ("index", "complex", "none", "tuple", "function")),
)
_MODIFIERS = ((), (Modifier("rank", (0,)),), (Modifier("min_rank", (1,)),), (Modifier("rank", (1,)),))
_CONTAINERS = (
    "tensor",
    "ranked_tensor",
    "unranked_tensor",
    "ranked_or_unranked_memref",
    "memref",
    "vector",
    "scalable_vector",
)


def learn_type(
    dialect: Dialect, spec: TypeConstraint, taken: Collection[str], refused: Collection[str]
) -> TypeConstraint:
    """The narrowest constraint that takes all types of `taken` and none of `refused`; any where none is known.

    What the spec says is tried first, then words of the notation and containers of them.
    """
    own = (DefinitionReference(dialect.name, definition.mnemonic) for definition in dialect.types)
    words = (*_WORDS, *dict.fromkeys((*own, *_referenced(taken))))
    elements = (AnyConstraint(), *words, spec)
    shaped = (
        Shaped(container, element, modifiers)
        for modifiers, container, element in product(_MODIFIERS, _CONTAINERS, elements)
    )
    covered = {
        candidate: found
        for candidate in (spec, *words, *shaped)
        if (found := _taken(dialect, candidate, taken, refused)) is not None
    }
    chosen: list[TypeConstraint] = []
    left = set(taken)
    while left:
        best = max(covered, key=lambda candidate: len(covered[candidate] & left), default=None)
        if best is None or not covered[best] & left:
            return AnyConstraint()
        chosen.append(best)
        left -= covered[best]
    if not chosen:
        return AnyConstraint()
    return chosen[0] if len(chosen) == 1 else AnyOf(tuple(chosen))


def _referenced(taken: Iterable[str]) -> Iterable[TypeConstraint]:
    """The definitions of dialects that the types are of, written `!dialect.mnemonic` or `!dialect<mnemonic ...>`."""
    for text in taken:
        found = re.match(r"!(\w+)[.<]([\w.]+)", text)
        if found is not None:
            yield DefinitionReference(found[1], found[2])


def _taken(
    dialect: Dialect, candidate: TypeConstraint, taken: Collection[str], refused: Collection[str]
) -> set[str] | None:
    """Those of `taken` that a candidate takes; None where it takes one that is refused, or only C++ knows."""
    if any(accepts(candidate, text, dialect) is not False for text in refused):
        return None
    answers = {text: accepts(candidate, text, dialect) for text in taken}
    return None if None in answers.values() else {text for text, answer in answers.items() if answer}


_ATTRIBUTES = (
    ("unit", r"unit"),
    ("bool", r"true|false"),
    *((word, rf"-?\d+ : {word}") for word in ("i32", "i64", "index")),
    ("integer", r"true|false|-?\d+ : \w+"),
    ("float", r"-?\d+\.\d+ : \w+"),
    ("string", r'"[^"]*"'),
    ("flat_symbol_ref | string", r'@\w+|"[^"]*"'),
    ("symbol_ref", r"@\w+"),
    ("array<string>", r'\[(?:"[^"]*")?\]'),
    ("array<symbol_ref>", r"\[(?:@\w+)?\]"),
    ("array<array>", r"\[(?:\[\])?\]"),
    ("array<integer>", r"\[\d*\]"),
    ("array<unit>", r"\[(?:unit)?\]"),
    ("array", r"\[.*\]"),
    *((f"dense_array<{word}>", rf"array<{word}(?::.*)?>") for word in ("i1", "i8", "i32", "i64")),
    ("dictionary", r"\{\}"),
    ("type<function>", r"\(\) -> \(\)"),
    *((f"type<{word}<any>>", rf"{word}<.*") for word in ("memref", "tensor", "vector")),
    ("type", r"f64|\(\) -> \(\)"),
    ("affine_map", r"affine_map<.*"),
    ("elements", r"dense<.*"),
)
"""Attribute constraints, and the texts among those that a probe tries that each takes."""


def learn_attribute(taken: Collection[str], refused: Collection[str]) -> AttributeConstraint:
    """The constraint that takes the texts of `taken` and none of `refused`; any where none is known."""
    for notation, pattern in (*_ATTRIBUTES, *_definitions(taken)):
        matches = re.compile(pattern).fullmatch
        if taken and all(map(matches, taken)) and not any(map(matches, refused)):
            return parse_attribute(notation)
    return AnyConstraint()


def _definitions(taken: Collection[str]) -> Iterable[tuple[str, str]]:
    """The definitions that the texts are of, written as `#dialect.mnemonic` or as `#dialect<mnemonic ...>`."""
    for text in taken:
        found = re.match(r"\[?#(\w+)[.<]([\w.]+)", text)
        if found is not None:
            one = rf"#{found[1]}[.<]{re.escape(found[2])}(?![\w.]).*"
            yield f"{found[1]}.{found[2]}", one
            yield f"array<{found[1]}.{found[2]}>", rf"\[(?:{one})?\]"
