"""What Enzyme says of a place in a module in generic form, said of the operation there."""

from __future__ import annotations

import re

from .properties import OPERATION, end_of_operation
from .sources import offset_of

__all__ = ["name_unregistered", "point_to_operations"]

_PLACE = re.compile(r'loc\("-":(\d+):(\d+)\)')
_UNKNOWN = re.compile(
    r'loc\("-":(\d+):(\d+)\): error: (?:operation being parsed with an unregistered dialect[^\n]*'
    r"|unregistered operation '([^']+)' found in dialect [^\n]*|custom op '([^']+)' is unknown[^\n]*)"
)
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
        line, column, name = int(match[1]), int(match[2]), match[3] or match[4]
        if name is None:  # the place is behind the name
            before = text[: offset_of(text, line, column)]
            found = _NAME.search(
                before, before.rfind("\n", 0, len(before.rstrip())) + 1
            )
            name = "an operation" if found is None else found[1]
            if found is not None:
                column -= len(before[found.start() :].encode())
        return (
            f'loc("-":{line}:{column}): error: {name}: Enzyme takes registered operations only, '
            "and does not know this one"
        )

    return _UNKNOWN.sub(named, message)


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
        return _location_at(text, offset) or match[0]

    return _PLACE.sub(located, name_unregistered(message, text))


def _location_at(text: str, offset: int) -> str:
    """The location of the innermost operation around an offset, as `loc(...)`; empty where none is found."""
    around = list(OPERATION.finditer(text, 0, offset + 1))
    line_end = text.find("\n", offset)
    around += OPERATION.finditer(text, offset, len(text) if line_end < 0 else line_end)
    for match in reversed([each for each in around if each.start() <= offset]):
        end = end_of_operation(text, match)
        found = next((m for m in _LOCATION.finditer(text, end) if m[0] == "loc("), None)
        if found is not None and offset < found.start():
            return _resolved(text, found.end())
    return ""


def _resolved(text: str, start: int) -> str:
    """The location whose text begins behind `loc(`, with what an alias of it stands for."""
    alias = _ALIAS.match(text, start)
    if alias is not None:
        name = alias[0][:-1]
        found = re.search(rf"^{re.escape(name)} = (loc\(.*\))$", text, re.MULTILINE)
        return "" if found is None else found[1]
    end = text.find("\n", start)
    return f"loc({text[start : len(text) if end < 0 else end]}"
