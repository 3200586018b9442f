"""Modules as text, with their attributes and types written as another release writes them.

The text is read as MLIR's lexer reads it: strings and comments stay as they are, and a definition is found by its name
and its brackets, then read by one of its formats and printed by another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

from .._release_table import FORMATS
from ..releases import nearest_release
from .scanning import written

if TYPE_CHECKING:
    from .assembly import AssemblyFormat

__all__ = ["Edit", "apply_edits", "edits_for", "respell"]

Edit = tuple[int, int, str]
"""Where a replaced part of a text begins and ends, and what it is replaced by."""

_NEXT = re.compile(r'"|//|[#!](?=[A-Za-z_])')
_STRING = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_$.]*")
_INSIDE = re.compile(r'"|->|[<>]=|[<>()\[\]{}]')
_PAIRS = {">": "<", ")": "(", "]": "[", "}": "{"}


def respell(text: str, release: str) -> str:
    """The module as `release` reads it, whichever of the releases it was written for.

    What is no definition of a known format is left as it is.
    """
    return apply_edits(text, edits_for(text, release))


def edits_for(text: str, release: str) -> tuple[Edit, ...]:
    """What `respell` changes in a module, in the order of the text."""
    if not any(prefix.partition(".")[0] in text for prefix in FORMATS):
        return ()
    return _edits(text, nearest_release(release))


def apply_edits(text: str, edits: tuple[Edit, ...]) -> str:
    """A text with the replacements made, which are in the order of the text."""
    parts: list[str] = []
    done = 0
    for start, end, replacement in edits:
        parts += [text[done:start], replacement]
        done = end
    return "".join([*parts, text[done:]])


def _edits(text: str, release: str) -> tuple[Edit, ...]:
    found: list[Edit] = []
    position = 0
    while True:
        match = _NEXT.search(text, position)
        if match is None:
            return tuple(found)
        start = match.start()
        if match[0] == '"':
            string = _STRING.match(text, start)
            position = start + 1 if string is None else string.end()
        elif match[0] == "//":
            end = text.find("\n", start)
            position = len(text) if end < 0 else end
        else:
            prefix, body, position = _definition(text, start)
            if prefix in FORMATS:
                body = apply_edits(body, _edits(body, release))
                spelled = written(prefix, _reformatted(prefix, body, release))
                if spelled != text[start:position]:
                    found.append((start, position, spelled))
            else:
                position = _NAME.match(text, start + 1).end()  # type: ignore[union-attr]


def _definition(text: str, start: int) -> tuple[str, str, int]:
    """The definition at a `#` or `!`: its name, e.g. `#enzyme.activity`, what stands behind that, and where it ends."""
    match = _NAME.match(text, start + 1)
    assert match is not None, "a name starts here"
    name, end = text[start : match.end()], match.end()
    if not text.startswith("<", end):
        return name, "", end
    closing = _closing(text, end)
    if "." in name:
        return name, text[end:closing], closing
    inner = text[end + 1 : closing - 1]
    mnemonic = _NAME.match(inner)
    if mnemonic is None:
        return name, "", closing
    return f"{name}.{mnemonic[0]}", inner[mnemonic.end() :], closing


def _closing(text: str, start: int) -> int:
    """Behind the bracket that closes the one at `start`; the end of the text where none does."""
    depth: list[str] = []
    position = start
    while True:
        match = _INSIDE.search(text, position)
        if match is None:
            return len(text)
        position = match.end()
        found = match[0]
        if found == '"':
            string = _STRING.match(text, match.start())
            position = match.end() if string is None else string.end()
        elif found in _PAIRS:
            if depth and depth[-1] == _PAIRS[found]:
                depth.pop()
            if not depth:
                return position
        elif found not in ("->", ">=", "<="):
            depth.append(found)


@cache
def _format(text: str) -> AssemblyFormat:
    from .assembly import AssemblyFormat  # loaded with the first text

    return AssemblyFormat(text)


@cache
def _by_length(prefix: str) -> tuple[str, ...]:
    """The formats of a definition, the longest first: it says most of what it takes."""
    return tuple(sorted(set(FORMATS[prefix].values()), key=len, reverse=True))


def _reformatted(prefix: str, body: str, release: str) -> str:
    formats: Mapping[str, str] = FORMATS[prefix]
    for known in _by_length(prefix):
        parameters = _format(known).parse(body)
        if parameters is not None:
            return _format(formats[release]).print(parameters)
    return body
