"""Splitting names into words, and joining them again."""

from __future__ import annotations

import re

__all__ = ["snake_case", "split_words", "upper_case", "upstream_snake_case"]

_BOUNDARY = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")


def split_words(name: str) -> tuple[str, ...]:
    """The words of a name: `addTo` -> add, To; `AtomicRMWKind` -> Atomic, RMW, Kind; `a.b_c` -> a, b, c."""
    parts = re.split(r"[^A-Za-z0-9]+", name)
    return tuple(word for part in parts if part for word in _BOUNDARY.split(part) if word)


def snake_case(name: str) -> str:
    """`addTo` -> `add_to`; a leading underscore stays."""
    return ("_" if name.startswith("_") else "") + "_".join(word.lower() for word in split_words(name))


def upper_case(name: str) -> str:
    """`acq_rel` -> `ACQ_REL`."""
    return "_".join(word.upper() for word in split_words(name))


def upstream_snake_case(name: str) -> str:
    """LLVM's rule: an underscore before a capital that follows a small letter or digit, or that starts a word
    after capitals; everything small. `tagMemRef` -> `tag_mem_ref`.
    """
    return _BOUNDARY.sub("_", name).lower()
