"""Inherent attributes of operations that the host does not know, written where it can see them.

Enzyme prints them apart, as `"enzyme.fwddiff"(%0) <{fn = @f}> : ...`. A host without the dialect keeps what stands in
`<{...}>`, but shows it to nobody; in `{...}` they are attributes like any other, and Enzyme reads both.
"""

from __future__ import annotations

import re
from collections.abc import Callable

__all__ = ["OPERATION", "end_of_operation", "merge_properties"]

OPERATION = re.compile(r'"(\w[\w$.-]*\.[\w$.-]+)"(?=\()')
"""The name of an operation in generic form, in front of its operands."""
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|//[^\n]*|[()\[\]{}]')
_SPACE = re.compile(r"\s*")


def merge_properties(text: str, is_known: Callable[[str], bool]) -> str:
    """The module with the properties of unknown operations among their attributes.

    Args:
        text: A module in MLIR's generic form.
        is_known: Whether the host knows an operation, by its name; those stay as they are.
    """
    if "<{" not in text:
        return text
    cuts: list[tuple[int, int, str]] = []
    for match in OPERATION.finditer(text):
        if not is_known(match[1]):
            _find_cuts(text, match.end(), cuts)
    parts: list[str] = []
    done = 0
    for start, end, replacement in sorted(cuts):
        parts += [text[done:start], replacement]
        done = end
    return "".join([*parts, text[done:]])


def _find_cuts(text: str, position: int, cuts: list[tuple[int, int, str]]) -> None:
    """What to replace for the operation whose operands begin at a place."""
    position = _skip(text, _close(text, position))
    if text.startswith("[", position):  # successors
        position = _skip(text, _close(text, position))
    if not text.startswith("<{", position):
        return
    start, end = position, _close(text, position + 1) + 1
    entries = text[start + 2 : end - 2]
    position = _skip(text, end)
    if text.startswith("(", position):  # regions
        position = _skip(text, _close(text, position))
    cuts.append((start, end, ""))
    if text.startswith("{", position):
        separator = ", " if text[position + 1] != "}" and entries else ""
        cuts.append((position + 1, position + 1, entries + separator))
    elif entries:
        cuts.append((position, position, f"{{{entries}}} "))


def end_of_operation(text: str, match: re.Match[str]) -> int:
    """Where the type of an operation begins, in front of which all else of it stands.

    Args:
        text: A module in MLIR's generic form.
        match: The operation's name in it, as `OPERATION` finds it.
    """
    position = _skip(text, _close(text, match.end()))
    for opening in ("[", "<{", "(", "{"):  # successors, properties, regions, attributes
        if text.startswith(opening, position):
            position = _close(text, position + (opening == "<{"))
            position = _skip(text, position + (opening == "<{"))
    return position


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
