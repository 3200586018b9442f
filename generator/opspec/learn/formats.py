"""Assembly formats told from what drafts are printed as, in the directives of MLIR's declarative formats."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from opspec.dataclass import dataclass
from opspec.learn.printed import Printed

__all__ = [
    "Attribute",
    "AttributeDictionary",
    "Functional",
    "Literal",
    "Maybe",
    "Piece",
    "Types",
    "Value",
    "fits",
    "joined",
    "literals",
    "print_format",
    "print_types",
]

_LITERAL = re.compile(r"[A-Za-z_][\w.$]*|->|::|[:,=<>()\[\]{}?+*]")
"""What may stand in backquotes; a number or a symbol in what is printed is a value."""


@dataclass(frozen=True, slots=True)
class Literal:
    """A word or a mark that stands as it is."""

    text: str

    def __str__(self) -> str:
        return f"`{self.text}`"


@dataclass(frozen=True, slots=True)
class Value:
    """The values of an operand, or a region."""

    name: str

    def __str__(self) -> str:
        return f"${self.name}"


@dataclass(frozen=True, slots=True)
class Attribute:
    """The value of an attribute."""

    name: str

    def __str__(self) -> str:
        return f"${self.name}"


@dataclass(frozen=True, slots=True)
class Types:
    """The types of an operand's or result's values."""

    name: str

    def __str__(self) -> str:
        return f"type(${self.name})"


@dataclass(frozen=True, slots=True)
class Functional:
    """The types of operands, and those of results, as a function type; `whole` where they are all that there are."""

    operands: tuple[str, ...]
    results: tuple[str, ...]
    whole: bool

    def __str__(self) -> str:
        first = "operands" if self.whole else f"${self.operands[0]}"
        return f"functional-type({first}, results)"


@dataclass(frozen=True, slots=True)
class AttributeDictionary:
    """What is written of no attribute otherwise; `keyword` is the word before it, if there is one."""

    keyword: str = ""

    def __str__(self) -> str:
        return "attr-dict-with-keyword" if self.keyword else "attr-dict"


@dataclass(frozen=True, slots=True)
class Maybe:
    """What is written only where something is there: an operand or result (`anchor`) with values, an attribute."""

    pieces: tuple[Piece, ...]
    anchor: str

    def __str__(self) -> str:
        texts: list[str] = []
        is_marked = False
        for piece in self.pieces:
            marks = not is_marked and getattr(piece, "name", None) == self.anchor
            texts.append(f"{piece}^" if marks else str(piece))
            is_marked = is_marked or marks
        return f"({' '.join(texts)})?"


Piece: TypeAlias = "Literal | Value | Attribute | Types | Functional | AttributeDictionary | Maybe"
Spelling: TypeAlias = "Mapping[tuple[str, str], tuple[str, ...]]"
"""The tokens for an attribute's value: by the name of the attribute, and the value as a draft has it."""


def print_format(pieces: Sequence[Piece]) -> str:
    """The format's text."""
    return " ".join(map(str, pieces))


def fits(pieces: Sequence[Piece], printed: Printed, spelling: Spelling) -> bool:
    """Whether a format prints a draft as the binary does."""
    end = _after(pieces, 0, printed, spelling, frozenset(_attributes(pieces)))
    return end == len(printed.tokens)


def _attributes(pieces: Sequence[Piece]) -> Iterator[str]:
    for piece in pieces:
        match piece:
            case Attribute(name):
                yield name
            case Maybe(inner, anchor):
                yield anchor
                yield from _attributes(inner)


def _after(
    pieces: Sequence[Piece], start: int, printed: Printed, spelling: Spelling, written: frozenset[str]
) -> int | None:
    """Where what the pieces print ends, None where something else is printed."""
    at: int | None = start
    for piece in pieces:
        if at is None:
            return None
        match piece:
            case AttributeDictionary(keyword):
                at = _after_dictionary(at, keyword, printed, written)
            case Maybe(inner, anchor):
                is_there = bool(printed.types.get(anchor)) or printed.draft.attribute(anchor) is not None
                at = _after(inner, at, printed, spelling, written) if is_there else at
            case _:
                expected = _tokens(piece, printed, spelling)
                fitting = expected is not None and printed.tokens[at : at + len(expected)] == expected
                at = at + len(expected) if fitting and expected is not None else None
    return at


def _tokens(piece: Piece, printed: Printed, spelling: Spelling) -> tuple[str, ...] | None:
    match piece:
        case Literal(text):
            return (text,)
        case Attribute(name):
            return spelling.get((name, printed.draft.attribute(name) or ""))
        case Value(name) if name in printed.types:
            return joined(tuple(f"${name}.{index}" for index in range(len(printed.types[name]))))
        case Value(name):
            return (f"${name}",)
        case Types() | Functional():
            return print_types(piece, printed)
        case _:
            return None


def print_types(piece: Types | Functional, printed: Printed) -> tuple[str, ...]:
    """The tokens that types are written with."""
    if isinstance(piece, Types):
        return joined(printed.types[piece.name])
    given, got = (
        tuple(one for name in names for one in printed.types[name]) for names in (piece.operands, piece.results)
    )
    behind = got if len(got) == 1 else ("(", *joined(got), ")")
    return ("(", *joined(given), ")", "->", *behind)


def joined(texts: tuple[str, ...]) -> tuple[str, ...]:
    """The texts with commas between them."""
    return tuple(token for index, text in enumerate(texts) for token in ((",", text) if index else (text,)))


def _after_dictionary(at: int, keyword: str, printed: Printed, written: frozenset[str]) -> int | None:
    """Behind a dictionary, which holds nothing that is written elsewhere."""
    tokens = printed.tokens
    if keyword and tokens[at : at + 1] == (keyword,):
        at += 1
    elif keyword:
        return at
    if tokens[at : at + 1] != ("{",):
        return at
    depth, end = 0, at
    while end < len(tokens):
        depth += {"{": 1, "}": -1}.get(tokens[end], 0)
        end += 1
        if depth == 0:
            break
    names = {name for name, _ in printed.draft.attributes}
    starts = [i + 1 for i in range(at, end - 1) if tokens[i] in "{," and tokens[i + 1] in names]
    return end if starts and not any(tokens[i] in written for i in starts) else None


def literals(tokens: Sequence[str]) -> tuple[Piece, ...] | None:
    """The tokens as literals; None where one of them is a value of some kind."""
    return tuple(map(Literal, tokens)) if all(_LITERAL.fullmatch(token) for token in tokens) else None
