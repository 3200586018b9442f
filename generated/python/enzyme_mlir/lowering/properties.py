"""Operations of a module in MLIR's generic form: where their properties and attributes are, and their names.

MLIR prints inherent attributes apart, as `"enzyme.fwddiff"(%0) <{fn = @f}> : ...`. A reader that does not know the
operation keeps what stands in `<{...}>` but shows it to nobody, and one that knows another version of it drops what it
does not know. In `{...}` they are attributes like any other, and whoever knows them takes them for what they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

__all__ = [
    "OPERATION",
    "SEGMENTS",
    "Written",
    "drop_entries",
    "end_of_operation",
    "entries_at",
    "entries_called",
    "merge_properties",
    "names_in",
    "operations",
    "properties",
]

OPERATION = re.compile(r'"(\w[\w$.-]*\.[\w$.-]+)"(?=\()')
"""The name of an operation in generic form, in front of its operands."""

SEGMENTS = ("operandSegmentSizes", "resultSegmentSizes")
"""Properties that say how operands and results are grouped."""

_WITH_PROPERTIES = re.compile(OPERATION.pattern + r"\([^)]*\)(?:\s*\[[^\]]*\])?\s*<\{")
_OPERANDS = re.compile(r"\([^)]*\)(?:\s*\[[^\]]*\])?\s*")
_PLAIN = re.compile(r"<\{[^][(){}<>\"]*\}>")
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


def properties(text: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The names of operations that have properties, each with those of the properties, in the order of the text."""
    for match in _WITH_PROPERTIES.finditer(text):
        start = match.end() - 2
        yield match[1], names_in(text, start, _close_properties(text, start))


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
    for match in _WITH_PROPERTIES.finditer(text):
        if is_merged(match[1]):
            _find_cuts(text, _written(text, match), cuts)
    parts: list[str] = []
    done = 0
    for start, end, replacement in sorted(cuts):
        parts += [text[done:start], replacement]
        done = end
    return "".join([*parts, text[done:]])


def drop_entries(text: str, entries: Collection[tuple[str, str]]) -> str:
    """The module without some properties.

    Args:
        text: A module in MLIR's generic form.
        entries: The properties, as the name of the operation and the entry's text: `("gpu.barrier", "scope = ...")`.
    """
    kinds = {name for name, _ in entries}
    parts: list[str] = []
    done = 0
    for match in _WITH_PROPERTIES.finditer(text):
        if match[1] not in kinds:
            continue
        start, end = match.end() - 2, _close_properties(text, match.end() - 2)
        every = [entry.strip() for _, entry in _entries(text[start + 2 : end - 2])]
        left = [entry for entry in every if (match[1], entry) not in entries]
        if len(left) < len(every):
            parts += [text[done:start], f"<{{{', '.join(left)}}}>" if left else ""]
            done = end
    return "".join([*parts, text[done:]])


def entries_called(text: str, kind: str, wanted: str) -> set[tuple[str, str]]:
    """The properties of one name that operations of one kind have, as `drop_entries` takes them."""
    found: set[tuple[str, str]] = set()
    for match in _WITH_PROPERTIES.finditer(text):
        if match[1] == kind:
            start, end = match.end() - 2, _close_properties(text, match.end() - 2)
            for name, entry in _entries(text[start + 2 : end - 2]):
                if name == wanted:
                    found.add((kind, entry.strip()))
    return found


def entries_at(text: str, offset: int) -> list[tuple[str, str]]:
    """The property that an offset lies in, or all of the operation that begins there, as `drop_entries` takes them."""
    for match in _WITH_PROPERTIES.finditer(text):
        start, end = match.end() - 2, _close_properties(text, match.end() - 2)
        entries = _entries(text[start + 2 : end - 2])
        if match.start() == offset:
            return [(match[1], entry.strip()) for _, entry in entries]
        if start <= offset < end:
            place = start + 2
            for _, entry in entries:
                if offset <= place + len(entry):
                    return [(match[1], entry.strip())]
                place += len(entry) + 1
    return []


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
    operands = _OPERANDS.match(text, match.end(1) + 1)
    start = end = position = len(text) if operands is None else operands.end()
    if text.startswith("<{", position):
        end = _close_properties(text, position)
        position = _skip(text, end)
    if text.startswith("(", position):  # regions
        position = _skip(text, _close(text, position))
    attributes = position
    if text.startswith("{", position):
        position = _skip(text, _close(text, position))
    return Written(match[1], start, end, attributes, position)


def _close_properties(text: str, position: int) -> int:
    """The place behind the properties at a place."""
    plain = _PLAIN.match(text, position)
    return _close(text, position + 1) + 1 if plain is None else plain.end()


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
