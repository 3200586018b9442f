"""Texts that users give, the way they are sent, and what is said of places in them.

MLIR counts columns in bytes, ends lines at "\\n" alone, and calls every text "-". Users are told the name of their
text, the line, and the column in characters.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

from .._runtime.respelling import apply_edits, edits_for

__all__ = ["Sent", "offset_of", "split_file"]

_PLACE = re.compile(r'loc\("-":(\d+):(\d+)\)|"-":(\d+):(\d+)')
_MARKER = re.compile(r"^// -----[ \t\r]*$", re.MULTILINE)
_HEAD = "INVALID_ARGUMENT: Failed to parse module"


class Sent:
    """A text of the user's, written as one release writes attributes and types."""

    def __init__(self, given: str, release: str | None, name: str = "<text>") -> None:
        """Spell a text.

        Args:
            given: The user's text.
            release: The release that is to read it; None or empty for leaving it as it is.
            name: What users know the text by: a file, say.
        """
        self.name = name
        self._given = given
        self._edits = edits_for(given, release) if release else ()
        self.text = apply_edits(given, self._edits)

    def explain(self, message: str) -> str:
        """What is said of the text that was sent, with places in the user's; the user's own locations stay."""
        shown = message.removesuffix(_HEAD).rstrip() or message
        return _PLACE.sub(self._place, shown)

    def _place(self, match: re.Match[str]) -> str:
        line, column = (int(match[1] or match[3]), int(match[2] or match[4]))
        if not line or f'"-":{line}:{column}' in self.text:
            return match[0]  # a location that is written there
        return self.place(offset_of(self.text, line, column))

    def place(self, offset: int) -> str:
        """An offset in the text that was sent as `name:line:column` of the user's."""
        offset = self._given_offset(offset)
        line = self._given.count("\n", 0, offset) + 1
        column = offset - self._given.rfind("\n", 0, offset)
        return f"{self.name}:{line}:{column}"

    def _given_offset(self, offset: int) -> int:
        """The offset in the user's text; what was replaced lies where that begins."""
        position = bisect_right(self._starts, offset) - 1
        if position < 0:
            return offset
        start, end, replacement = self._edits[position]
        behind = offset - self._starts[position] - len(replacement)
        return start if behind < 0 else end + behind

    @cached_property
    def _starts(self) -> list[int]:
        """Where the replacements begin in the text that was sent."""
        found: list[int] = []
        grown = 0
        for start, end, replacement in self._edits:
            found.append(start + grown)
            grown += len(replacement) - (end - start)
        return found


def offset_of(text: str, line: int, column: int) -> int:
    """Where a line and a column of MLIR's are in a text: lines end at "\\n", columns count bytes from 1."""
    start = 0
    for _ in range(line - 1):
        end = text.find("\n", start)
        if end < 0:
            return len(text)
        start = end + 1
    end = text.find("\n", start)
    whole = text[start:] if end < 0 else text[start:end]
    before = whole.encode("utf-8", "surrogatepass")[: max(column - 1, 0)]
    return start + len(before.decode("utf-8", "ignore"))


def split_file(text: str) -> list[str]:
    """The modules of a file as `mlir-opt -split-input-file` parts them, each with its lines where they are in the file.

    A line `// -----` parts them, with nothing but white space behind it; behind the last one need not be a module.
    """
    parts: list[str] = []
    start = 0
    for match in _MARKER.finditer(text):
        parts.append("\n" * text.count("\n", 0, start) + text[start : match.start()])
        start = match.end()
    if not parts or text[start:].strip():
        parts.append("\n" * text.count("\n", 0, start) + text[start:])
    return parts
