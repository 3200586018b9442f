"""What Enzyme says of a place in a module in generic form, said of the operation there."""

from __future__ import annotations

import re

from .properties import OPERATION, end_of_operation
from .sources import offset_of

__all__ = ["name_operations", "name_unregistered", "point_to_operations"]

_PLACE = re.compile(r'loc\("-":(\d+):(\d+)\)')
_PLAIN = re.compile(r'"-":(\d+):(\d+): ')
_UNNAMED = re.compile(
    r'loc\("-":(\d+):(\d+)\): error: operation being parsed with an unregistered dialect[^\n]*'
)
_NAMED = re.compile(
    r"error: (?:unregistered operation '([^']+)' found in dialect|custom op '([^']+)' is unknown)[^\n]*"
)
_SENTENCE = "Enzyme takes registered operations only, and does not know this one"
_NAME = re.compile(r'"((?:[^"\\\n]|\\.)*)"\s*\Z')
_LOCATION = re.compile(r'"(?:[^"\\\n]|\\.)*"|\bloc\(')
_ALIAS = re.compile(r"#loc\d*\)")


def name_unregistered(message: str, text: str) -> str:
    """The message, in which an operation that Enzyme does not know has its name.

    Args:
        message: What Enzyme printed of a text.
        text: The text.
    """

    def named(match: re.Match[str]) -> str:
        line, column, name = int(match[1]), int(match[2]), "an operation"
        before = text[: offset_of(text, line, column)]
        found = _NAME.search(before, before.rfind("\n", 0, len(before.rstrip())) + 1)
        if found is not None:  # the place is behind the name
            name = found[1]
            column -= len(before[found.start() :].encode())
        return f'loc("-":{line}:{column}): error: {name}: {_SENTENCE}'

    said = _UNNAMED.sub(named, message)
    return _NAMED.sub(lambda found: f"error: {found[1] or found[2]}: {_SENTENCE}", said)


def point_to_operations(message: str, text: str) -> str:
    """The message with the locations of operations in the place of lines and columns of a text.

    Args:
        message: What Enzyme printed of a text.
        text: The text: a module in generic form with locations.
    """

    def located(match: re.Match[str]) -> str:
        place = f'"-":{match[1]}:{match[2]}'
        if place in text:  # an operation's location that says so
            return match[0]
        offset = offset_of(text, int(match[1]), int(match[2]))
        return operation_at(text, offset)[1] or match[0]

    return _PLACE.sub(located, name_unregistered(message, text))


def name_operations(message: str, text: str) -> str:
    """What the host says of a module in generic form, with names of operations in the place of lines and columns."""

    def named(match: re.Match[str]) -> str:
        place = match[0].removesuffix(": ")
        if place in text:  # an operation's location that says so
            return match[0]
        offset = offset_of(text, int(match[1]), int(match[2]))
        name, location = operation_at(text, offset)
        where = f" at {location}" if location not in ("", "loc(unknown)") else ""
        return f"{name}{where}: " if name else match[0]

    return _PLAIN.sub(named, message)


def operation_at(text: str, offset: int) -> tuple[str, str]:
    """The innermost operation around an offset, and its location as `loc(...)`; both empty where none is found.

    Args:
        text: A module in generic form with locations.
        offset: A place in it.
    """
    around = list(OPERATION.finditer(text, 0, offset + 1))
    line_end = text.find("\n", offset)
    around += OPERATION.finditer(text, offset, len(text) if line_end < 0 else line_end)
    for match in reversed([each for each in around if each.start() <= offset]):
        end = end_of_operation(text, match)
        found = next((m for m in _LOCATION.finditer(text, end) if m[0] == "loc("), None)
        if found is not None and offset < found.start():
            return match[1], _resolved(text, found.end())
    return "", ""


def _resolved(text: str, start: int) -> str:
    """The location whose text begins behind `loc(`, with what an alias of it stands for."""
    alias = _ALIAS.match(text, start)
    if alias is not None:
        name = alias[0][:-1]
        found = re.search(rf"^{re.escape(name)} = (loc\(.*\))$", text, re.MULTILINE)
        return "" if found is None else found[1]
    end = text.find("\n", start)
    return f"loc({text[start : len(text) if end < 0 else end]}"
