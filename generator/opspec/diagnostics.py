"""Located messages about a user's input.

A mistake in a spec is never an exception with a traceback: it is a `Diagnostic`, collected with all the
others of the run and rendered with the line it points at.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

__all__ = [
    "Diagnostic",
    "Diagnostics",
    "Location",
    "Note",
    "SpecError",
    "ToolError",
    "near_match",
    "render",
    "within_line",
]


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a text file; `line` and `column` count from 1, `column` in characters."""

    path: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"

    def shifted(self, columns: int) -> Location:
        """The place `columns` characters further right on the same line."""
        return Location(self.path, self.line, self.column + columns)


@dataclass(frozen=True, slots=True)
class Note:
    """A second place that belongs to a diagnostic."""

    message: str
    location: Location


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: what was found, what was expected, and what to do.

    `code` is a stable identifier such as `unknown-key`; a warning does not stop what is being done.
    """

    code: str
    message: str
    location: Location
    hint: str = ""
    notes: tuple[Note, ...] = ()
    is_warning: bool = False


class SpecError(Exception):
    """The user's input has mistakes; carries every diagnostic of the run."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        super().__init__(f"{len(diagnostics)} diagnostics")
        self.diagnostics = tuple(diagnostics)


class ToolError(Exception):
    """The tool cannot do its work: something is missing or unreadable. The message is one line."""


@dataclass(slots=True)
class Diagnostics:
    """Collects the diagnostics of one run."""

    found: list[Diagnostic] = field(default_factory=list)

    def report(
        self,
        code: str,
        message: str,
        location: Location,
        hint: str = "",
        notes: Iterable[Note] = (),
    ) -> None:
        """Add one diagnostic."""
        self.found.append(Diagnostic(code, message, location, hint, tuple(notes)))

    def raise_if_any(self) -> None:
        """Raise `SpecError` with everything found so far, in the order of files and lines."""
        if self.found:
            raise SpecError(sorted(self.found, key=lambda found: found.location))


def near_match(given: str, known: Iterable[str]) -> str:
    """A hint that names the closest of `known`, or the whole list where nothing is close."""
    names = sorted(set(known))
    close = difflib.get_close_matches(given, names, n=1, cutoff=0.6)
    if close:
        return f"did you mean '{close[0]}'?"
    if not names:
        return "there is nothing of that kind here"
    shown = ", ".join(names[:12])
    return f"known here: {shown}{', ...' if len(names) > 12 else ''}"


def _line(location: Location) -> str:
    """The source line; raises `OSError`, `UnicodeDecodeError` or `IndexError` where the file has none to read."""
    return Path(location.path).read_text(encoding="utf-8").splitlines()[location.line - 1]


def within_line(location: Location, text: str) -> Location:
    """Where a text stands on the line of a place; the place itself where that cannot be seen."""
    try:
        column = _line(location).find(text)
    except (OSError, UnicodeDecodeError, IndexError):
        return location
    return location if column < 0 or not text else Location(location.path, location.line, column + 1)


def _excerpt(location: Location) -> list[str]:
    """The source line and a caret under the column; empty where the file cannot be read."""
    try:
        line = _line(location)
    except (OSError, UnicodeDecodeError, IndexError):
        return []
    number = str(location.line)
    gutter = " " * len(number)
    start = max(0, location.column - 81)
    shown = "".join(c if c.isprintable() else " " for c in line[start : start + 160])
    caret = " " * (location.column - 1 - start) + "^"
    return [f"  {number} | {shown}", f"  {gutter} | {caret}"]


def render(diagnostic: Diagnostic) -> str:
    """The text of a diagnostic: place, message, source line with caret, notes, hint."""
    level = "warning" if diagnostic.is_warning else "error"
    lines = [f"{diagnostic.location}: {level}: {diagnostic.message} [{diagnostic.code}]"]
    lines += _excerpt(diagnostic.location)
    for note in diagnostic.notes:
        lines.append(f"{note.location}: note: {note.message}")
    if diagnostic.hint:
        lines.append(f"  hint: {diagnostic.hint}")
    return "".join(c if c.isprintable() or c == "\n" else f"\\x{ord(c):02x}" for c in "\n".join(lines))
