"""Splitting names into words, and joining them again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from functools import lru_cache

from opspec.exhaustive import assert_never

__all__ = ["Case", "join_words", "snake_case", "split_words", "upper_case", "upstream_snake_case"]

_BOUNDARY = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_BETWEEN = re.compile(r"[^A-Za-z0-9]+")
_DIGITS = re.compile(r"(?<=[A-Za-z])(?=[0-9])|(?<=[0-9])(?=[A-Za-z])")


class Case(Enum):
    """How the words of a name are joined."""

    SNAKE = "snake"
    """`add_to`"""
    UPPER = "upper"
    """`ADD_TO`"""
    CAMEL = "camel"
    """`addTo`"""
    PASCAL = "pascal"
    """`AddTo`"""
    FLAT = "flat"
    """`addto`"""
    KEPT = "kept"
    """As it was given; an underscore for whatever is not a letter or a digit."""


@lru_cache(maxsize=10_000)
def split_words(name: str, *, digits: bool = False) -> tuple[str, ...]:
    """The words of a name: `addTo` -> add, To; `AtomicRMWKind` -> Atomic, RMW, Kind; `a.b_c` -> a, b, c.

    With `digits` a number is a word of its own: `memcpy2d` -> memcpy, 2, d.
    """
    parts = [part for part in _BETWEEN.split(name) if part]
    words = [word for part in parts for word in _BOUNDARY.split(part) if word]
    return tuple(piece for word in words for piece in _DIGITS.split(word)) if digits else tuple(words)


def join_words(words: Sequence[str], case: Case) -> str:
    """The words as one name."""
    match case:
        case Case.SNAKE:
            return "_".join(words).lower()
        case Case.UPPER:
            return "_".join(words).upper()
        case Case.FLAT:
            return "".join(words).lower()
        case Case.PASCAL:
            return "".join(word[:1].upper() + word[1:].lower() for word in words)
        case Case.CAMEL:
            name = join_words(words, Case.PASCAL)
            return words[0].lower() + name[len(words[0]) :] if words else ""
        case Case.KEPT:
            return "_".join(words)
        case _:
            assert_never(case)


def snake_case(name: str) -> str:
    """`addTo` -> `add_to`; a leading underscore stays."""
    return ("_" if name.startswith("_") else "") + join_words(split_words(name), Case.SNAKE)


def upper_case(name: str) -> str:
    """`acq_rel` -> `ACQ_REL`."""
    return join_words(split_words(name), Case.UPPER)


def upstream_snake_case(name: str) -> str:
    """LLVM's rule: an underscore before a capital that follows a small letter or digit, or that starts a word
    after capitals; everything small. `tagMemRef` -> `tag_mem_ref`.
    """
    return _BOUNDARY.sub("_", name).lower()
