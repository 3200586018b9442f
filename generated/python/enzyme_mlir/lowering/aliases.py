"""Aliases of attributes and types in a module's text.

A host keeps the attributes and types of dialects that it does not know as they are written. An alias in one of them
(`!enzyme.Gradient<memref<4xf64, #map>>`) would mean nothing, or something else, as soon as the module is printed again.
"""

from __future__ import annotations

import re

__all__ = ["put_in_place"]

_ALIAS = re.compile(
    r"^([#!](?!loc\d*\b)[A-Za-z_][\w$-]*) = (?!loc\()(.+)\n", re.MULTILINE
)
_USE = re.compile(r'"(?:[^"\\]|\\.)*"|[#!][A-Za-z_][\w$-]*(?![\w$.<-])')


def put_in_place(text: str) -> str:
    """A module in generic form with what its aliases stand for in their places; those of locations stay."""
    meanings: dict[str, str] = {}

    def meaning(match: re.Match[str]) -> str:
        return meanings.get(match[0], match[0])

    for match in _ALIAS.finditer(text):  # each is defined before it is used
        meanings[match[1]] = _USE.sub(meaning, match[2])
    return _USE.sub(meaning, _ALIAS.sub("", text)) if meanings else text
