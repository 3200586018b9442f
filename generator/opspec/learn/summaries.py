"""What a binary calls a type constraint, read: the words that MLIR's own definitions have for theirs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from opspec.model.constraints import (
    AnyConstraint,
    AnyOf,
    Builtin,
    IntegerOf,
    InterfaceConstraint,
    Modifier,
    OpaqueConstraint,
    Shaped,
    TypeConstraint,
)
from opspec.notation.words import FLOATS

__all__ = ["VARIADIC", "read_summary"]

VARIADIC = "variadic of "
"""What stands before the words for each of several values."""

_SIGNLESS = (Builtin("signless_integer"),)
_INDEX = Builtin("index")
_WORDS: tuple[tuple[str, TypeConstraint], ...] = (
    ("any type", AnyConstraint()),
    ("any non-token type", AnyConstraint()),
    ("signless integer or index", AnyOf((*_SIGNLESS, _INDEX))),
    ("signless-integer-or-index-like", Shaped("like", AnyOf((*_SIGNLESS, _INDEX)))),
    ("signless-integer-like", Shaped("like", AnyOf((*_SIGNLESS, _INDEX)))),
    ("signless-integer", Shaped("like", *_SIGNLESS)),
    ("signless integer", Builtin("signless_integer")),
    ("signed integer", Builtin("signed_integer")),
    ("unsigned integer", Builtin("unsigned_integer")),
    ("integer", Builtin("integer")),
    ("Integer", Builtin("signless_integer")),
    ("Float", Builtin("float")),
    ("floating-point-like", Shaped("like", Builtin("float"))),
    ("floating-point", Builtin("float")),
    ("bool-like", Shaped("like", IntegerOf("i", 1))),
    ("bool", IntegerOf("i", 1)),
    ("bfloat16 type", Builtin("bf16")),
    ("index", _INDEX),
    ("none type", Builtin("none")),
    ("complex-type", Builtin("complex")),
    ("function type", Builtin("function")),
)
_INTEGER = re.compile(r"(\d+)-bit (signless integer|signed integer|unsigned integer|integer)")
_SIGNS = {"signless integer": "i", "signed integer": "si", "unsigned integer": "ui", "integer": "int"}
_FLOAT = re.compile(r"(\d+)-bit float|(tf32|f\d+E\d+M\d+\w*) type")
_WIDTHS = re.compile(r"(\d+(?:/\d+)+)-bit (float|integer|signless integer|unsigned integer|signed integer)")
_FLOAT_WIDTH = re.compile(r"b?f(\d+)(?:E\d|$)")
_FURTHER = re.compile(r"per-tensor integer quantized|per-axis integer quantized|token")
"""Kinds of types that only a dialect's own C++ knows, where they stand beside others."""

_COMPLEX = re.compile(r"complex type with (.*?) elements")
_TUPLE = re.compile(r"tuple with any combination of (.*?) values")
_INSTANCE = re.compile(r"(\w+) instance")
_CONTAINER = re.compile(
    r"(?P<static>statically shaped )?(?:(?P<dimensions>\d+)-dimensional (?:integer )?)?"
    r"(?P<ranks>\d+D(?:/\d+D)* )?(?P<above>non-0-ranked\.)?(?P<strided>strided )?"
    r"(?P<word>ranked or unranked memref|unranked\.memref|memref|ranked tensor|unranked tensor|tensor|"
    r"fixed-length vector|scalable vector|vector|shaped) of "
)
_CONTAINERS = {
    "ranked or unranked memref": "ranked_or_unranked_memref",
    "unranked.memref": "unranked_memref",
    "ranked tensor": "ranked_tensor",
    "unranked tensor": "unranked_tensor",
    "fixed-length vector": "fixed_vector",
    "scalable vector": "scalable_vector",
}
_SUFFIX = re.compile(r" of (ranks?|length) (\d+(?:/\d+)*)")


def _of_widths(word: str, widths: list[int]) -> Iterator[TypeConstraint]:
    """The types of several widths that words such as `2/4-bit integer` stand for."""
    if word == "float":
        known = ((name, match) for name in FLOATS if (match := _FLOAT_WIDTH.match(name)) is not None)
        yield from (Builtin(name) for name, match in known if int(match[1]) in widths)
        return
    for prefix in ("i", "ui") if word == "integer" else (_SIGNS[word],):
        yield from (IntegerOf(prefix, width) for width in widths)


class _Reader:
    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0

    def _match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self._text, self._at)
        if match is not None:
            self._at = match.end()
        return match

    def _take(self, word: str) -> bool:
        if not self._text.startswith(word, self._at):
            return False
        self._at += len(word)
        return True

    def all(self) -> TypeConstraint | None:
        """The constraint, where the text is one and nothing else."""
        found = self._union()
        return found if self._at == len(self._text) else None

    def _union(self) -> TypeConstraint | None:
        options: list[TypeConstraint] = []
        while True:
            found = self._one()
            if found is None:
                return None
            options += found.options if isinstance(found, AnyOf) else (found,)  # type: ignore[arg-type]
            if not self._take(" or "):
                unique = tuple(dict.fromkeys(options))
                return unique[0] if len(unique) == 1 else AnyOf(unique)

    def _one(self) -> TypeConstraint | None:
        match = self._match(_CONTAINER)
        if match is not None:
            return self._shaped(match)
        match = self._match(_WIDTHS)
        if match is not None:
            return AnyOf(tuple(_of_widths(match[2], [int(width) for width in match[1].split("/")])))
        match = self._match(_INTEGER)
        if match is not None:
            return IntegerOf(_SIGNS[match[2]], int(match[1]))
        match = self._match(_FLOAT)
        if match is not None:
            word = f"f{match[1]}" if match[1] else match[2]
            return Builtin(word) if word in FLOATS else None
        for pattern, container in ((_COMPLEX, "complex"), (_TUPLE, "tuple")):
            match = self._match(pattern)
            if match is not None:
                inner = _Reader(match[1]).all()
                if isinstance(inner, AnyConstraint):
                    return Builtin(container)
                return None if inner is None else Shaped(container, inner)
        for word, constraint in _WORDS:
            if self._take(word):
                return constraint
        match = self._match(_INSTANCE)
        if match is not None:
            return InterfaceConstraint(match[1])
        match = self._match(_FURTHER)
        return None if match is None else OpaqueConstraint(re.sub(r"\W", "_", match[0]))

    def _shaped(self, match: re.Match[str]) -> TypeConstraint | None:
        element = self._union()
        if element is None or not self._take(" values"):
            return None
        modifiers: list[Modifier] = []
        if match["ranks"]:
            modifiers.append(Modifier("rank", tuple(int(part[:-1]) for part in match["ranks"].strip().split("/"))))
        if match["dimensions"]:
            modifiers.append(Modifier("rank", (int(match["dimensions"]),)))
        if match["above"]:
            modifiers.append(Modifier("min_rank", (1,)))
        if match["static"]:
            modifiers.append(Modifier("static"))
        if match["strided"]:
            modifiers.append(Modifier("opaque"))
        while suffix := self._match(_SUFFIX):
            word = "length" if suffix[1] == "length" else "rank"
            modifiers.append(Modifier(word, tuple(map(int, suffix[2].split("/")))))
        return Shaped(_CONTAINERS.get(match["word"], match["word"]), element, tuple(modifiers))


def _ranked(constraint: TypeConstraint) -> TypeConstraint:
    """The constraint with vectors that have a rank: MLIR has the same words for both."""
    match constraint:
        case AnyOf(options):
            return AnyOf(tuple(_ranked(option) for option in options))  # type: ignore[arg-type]
        case Shaped("vector" | "fixed_vector", _, modifiers) if not any(m.word == "rank" for m in modifiers):
            return replace(constraint, modifiers=(Modifier("min_rank", (1,)), *modifiers))
        case _:
            return constraint


def read_summary(text: str) -> Iterator[TypeConstraint]:
    """What the words may stand for, the likeliest first; nothing where they are none of MLIR's own."""
    found = _Reader(text.removeprefix(VARIADIC)).all()
    if found is None or isinstance(found, OpaqueConstraint):
        return
    yield found
    if _ranked(found) != found:
        yield _ranked(found)
