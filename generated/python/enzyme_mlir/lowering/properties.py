"""Operations of a module in MLIR's generic form: where their properties and attributes are, and their names.

MLIR prints inherent attributes apart, as `"enzyme.fwddiff"(%0) <{fn = @f}> : ...`. A reader that does not know the
operation keeps what stands in `<{...}>` but shows it to nobody, and one that knows another version of it drops what it
does not know. In `{...}` they are attributes like any other, and whoever knows them takes them for what they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["OPERATION", "Written", "end_of_operation", "merge_properties", "operations"]

OPERATION = re.compile(r'"(\w[\w$.-]*\.[\w$.-]+)"(?=\()')
"""The name of an operation in generic form, in front of its operands."""

SEGMENTS = ("operandSegmentSizes", "resultSegmentSizes")
"""Properties that say how operands and results are grouped."""

_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|//[^\n]*|[()\[\]{}]')
_PART = re.compile(r'"(?:[^"\\]|\\.)*"|->|[()\[\]{}<>,]')
_ENTRY = re.compile(r'\s*(?:"((?:[^"\\]|\\.)*)"|([\w$.]+))\s*(=?)')
_ZEROS = re.compile(r"\s*array<i32(?:: (?:0(?:, 0)*))?>\s*\Z")
_SPACE = re.compile(r"\s*")


@dataclass(frozen=True, slots=True)
class Written:
    """An operation in a text."""

    name: str
    """What it is called."""
    start: int
    """Where its properties begin, with the `<{`."""
    end: int
    """The place behind them; `start` where it has none."""
    attributes: int
    """Where its attributes begin, with the `{`, or would."""
    type: int
    """Where its type begins, behind all that."""


def operations(text: str) -> Iterator[Written]:
    """The operations of a module in generic form, in the order of the text."""
    for match in OPERATION.finditer(text):
        yield _written(text, match)


def end_of_operation(text: str, match: re.Match[str]) -> int:
    """Where the type of the operation begins whose name `OPERATION` found."""
    return _written(text, match).type


def names_in(text: str, start: int, end: int) -> tuple[str, ...]:
    """The names of the properties or attributes between two places of a text; none where there is nothing."""
    inner = text[start:end].strip("<{} \n")
    return tuple(name for name, _ in _entries(inner)) if inner else ()


def merge_properties(text: str, is_merged: Callable[[str], bool]) -> str:
    """The module with the properties of some operations among their attributes.

    Args:
        text: A module in MLIR's generic form.
        is_merged: Whether it is done to an operation, by its name.
    """
    if "<{" not in text:
        return text
    cuts: list[tuple[int, int, str]] = []
    for match in OPERATION.finditer(text):
        if is_merged(match[1]):
            _find_cuts(text, _written(text, match), cuts)
    parts: list[str] = []
    done = 0
    for start, end, replacement in sorted(cuts):
        parts += [text[done:start], replacement]
        done = end
    return "".join([*parts, text[done:]])


def _find_cuts(text: str, found: Written, cuts: list[tuple[int, int, str]]) -> None:
    """What to replace for an operation."""
    if found.start == found.end:
        return
    entries = _needed(text[found.start + 2 : found.end - 2])
    cuts.append((found.start, found.end, ""))
    position = found.attributes
    if text.startswith("{", position):
        separator = ", " if text[position + 1] != "}" and entries else ""
        cuts.append((position + 1, position + 1, entries + separator))
    elif entries:
        cuts.append((position, position, f"{{{entries}}} "))


def _needed(entries: str) -> str:
    """Properties without those that say that there are no operands to group, which nobody needs to be told."""
    if not any(name in entries for name in SEGMENTS):
        return entries
    return ", ".join(
        entry.strip()
        for name, entry in _entries(entries)
        if name not in SEGMENTS or not _ZEROS.match(entry.partition("=")[2])
    )


@lru_cache(maxsize=4096)
def _entries(inner: str) -> tuple[tuple[str, str], ...]:
    """The entries of a dictionary, each with its name."""
    depth = start = 0
    entries: list[str] = []
    for part in _PART.finditer(inner):
        if part[0] in "([{<":
            depth += 1
        elif part[0] in ")]}>":
            depth -= 1
        elif part[0] == "," and not depth:
            entries.append(inner[start : part.start()])
            start = part.end()
    found: list[tuple[str, str]] = []
    for entry in [*entries, inner[start:]]:
        match = _ENTRY.match(entry)
        if match is not None:
            found.append((match[1] if match[2] is None else match[2], entry))
    return tuple(found)


def _written(text: str, match: re.Match[str]) -> Written:
    position = _skip(text, _close(text, match.end()))
    if text.startswith("[", position):  # successors
        position = _skip(text, _close(text, position))
    start = end = position
    if text.startswith("<{", position):
        end = _close(text, position + 1) + 1
        position = _skip(text, end)
    if text.startswith("(", position):  # regions
        position = _skip(text, _close(text, position))
    attributes = position
    if text.startswith("{", position):
        position = _skip(text, _close(text, position))
    return Written(match[1], start, end, attributes, position)


def _skip(text: str, position: int) -> int:
    """The place behind white space."""
    found = _SPACE.match(text, position)
    return position if found is None else found.end()


def _close(text: str, position: int) -> int:
    """The place behind the bracket that belongs to the one at a place."""
    depth = 0
    for token in _TOKEN.finditer(text, position):
        if token[0] in "([{":
            depth += 1
        elif token[0] in ")]}":
            depth -= 1
            if not depth:
                return token.end()
    return len(text)
