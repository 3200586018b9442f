"""What Enzyme says of an operation that it does not know, with the operation's name."""

from __future__ import annotations

import re

__all__ = ["name_unregistered"]

_SAID = re.compile(
    r'(loc\("-":(\d+):(\d+)\): )error: operation being parsed with an unregistered dialect[^\n]*'
)
_NAME = re.compile(r'"?([A-Za-z_][\w$]*\.[\w$.-]+)"?')


def name_unregistered(message: str, text: str) -> str:
    """The message, in which an operation that Enzyme does not know has its name.

    Args:
        message: What Enzyme printed of a text.
        text: The text.
    """

    def named(match: re.Match[str]) -> str:
        line, column = text.splitlines()[int(match[2]) - 1], int(match[3]) - 1
        before = [found for found in _NAME.finditer(line) if found.start() <= column]
        name = before[-1][1] if before else "an operation"
        return f"{match[1]}error: {name}: Enzyme takes registered operations only, and does not know this one"

    return _SAID.sub(named, message)
