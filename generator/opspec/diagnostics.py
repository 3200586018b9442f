"""Located messages about a user's input.

A mistake in a spec is never an exception with a traceback: it is a `Diagnostic`, collected with all the
others of the run and rendered with the line it points at.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
from functools import lru_cache
from itertools import islice
from pathlib import Path

from opspec.dataclass import dataclass

__all__ = [
    "Diagnostic",
    "Diagnostics",
    "Known",
    "Location",
    "NotationError",
    "Note",
    "SpecError",
    "ToolError",
    "is_visible",
    "near_match",
    "render",
    "visible",
    "visible_lines",
    "within_line",
]


_BLANK = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")


def is_visible(character: str) -> bool:
    """Whether a character shows, and changes nothing of what stands around it."""
    return character.isprintable() and not _BLANK.match(character)


def visible(text: str) -> str:
    """A text on one line, in which each character that does not show is an escape such as `\\x07` or `\\u202e`."""
    if text.isprintable() and not _BLANK.search(text):
        return text
    return "".join(c if is_visible(c) else _numbered(c) for c in text)


def visible_lines(text: str) -> str:
    """The same of each line; tabs stay."""
    return re.sub(r"[^\n\t]+", lambda found: visible(found[0]), text)


def _numbered(character: str) -> str:
    """A character by its number; the letter says how many digits there are."""
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


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


class NotationError(Exception):
    """Text that is not of a notation: what was found and expected, and at which offset of the text."""

    def __init__(self, message: str, offset: int, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset
        self.hint = hint


class ToolError(Exception):
    """The tool cannot do its work: something is missing or unreadable. The message is one line."""


@dataclass(slots=True)
class Diagnostics:
    """Collects the diagnostics of one run."""

    found: list[Diagnostic] = field(default_factory=list)
    _told: set[tuple[str, str, Location]] = field(default_factory=set)

    def has(self, code: str, message: str, location: Location) -> bool:
        """Whether that was reported at that place."""
        return (code, message, location) in self._told

    def report(
        self,
        code: str,
        message: str,
        location: Location,
        hint: str = "",
        notes: Iterable[Note] = (),
    ) -> None:
        """Add one diagnostic."""
        self._told.add((code, message, location))
        self.found.append(Diagnostic(code, message, location, hint, tuple(notes)))

    def raise_if_any(self) -> None:
        """Raise `SpecError` with everything found so far, in the order of files and lines."""
        if self.found:
            raise SpecError(sorted(self.found, key=lambda found: found.location))


class Known:
    """Names that exist, asked again and again whether one is among them, and which is near to one that is not.

    The time of a question does not depend on how many names there are: of many names, and after many questions, only
    those are near that differ in one letter.
    """

    __slots__ = ("_asked", "_by_variant", "_names", "_sorted")

    _MANY = 500
    _OFTEN = 100

    def __init__(self, names: Iterable[str]) -> None:
        self._names = frozenset(names)
        self._sorted: list[str] | None = None
        self._by_variant: dict[str, str] | None = None
        self._asked = 0

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def near(self, given: str) -> str:
        """A hint that names the closest of the names, or the first of them where none is close."""
        if self._sorted is None:
            self._sorted = sorted(self._names)
        self._asked += 1
        if len(self._sorted) <= self._MANY and self._asked <= self._OFTEN:
            close = difflib.get_close_matches(given[:200], self._sorted, n=1, cutoff=0.6)
        else:
            close = self._close(given)
        if close:
            return f"did you mean '{close[0]}'?"
        if not self._sorted:
            return "there is nothing of that kind here"
        shown = ", ".join(self._sorted[:12])
        return f"known here: {shown}{', ...' if len(self._sorted) > 12 else ''}"

    def _close(self, given: str) -> list[str]:
        """A name that differs in one letter, by what is left of both without a letter."""
        if self._by_variant is None:
            self._by_variant = {}
            for name in sorted(self._names):
                for variant in _variants(name):
                    self._by_variant.setdefault(variant, name)
        found = (self._by_variant[variant] for variant in _variants(given) if variant in self._by_variant)
        return list(islice(found, 1))


def _variants(name: str) -> Iterator[str]:
    """The name, and what is left of it without one of its letters."""
    yield name
    if len(name) <= 100:
        yield from (name[:index] + name[index + 1 :] for index in range(len(name)))


def near_match(given: str, known: Iterable[str]) -> str:
    """A hint that names the closest of `known`, or the whole list where nothing is close."""
    return Known(known).near(given)


@lru_cache(maxsize=4)
def _lines(path: str, _changed: int, _size: int) -> tuple[str, ...]:
    """The lines of a file, as YAML counts them."""
    lines = re.split("\r\n|[\n\r\x85\u2028\u2029]", Path(path).read_bytes().decode("utf-8"))
    return tuple(lines if lines[-1] else lines[:-1])


def _line(location: Location) -> str:
    """The source line; raises `OSError`, `ValueError` or `IndexError` where the file has none to read."""
    path = Path(location.path)
    if not path.is_file():  # a pipe would be waited for
        raise FileNotFoundError(location.path)
    found = path.stat()
    return _lines(location.path, found.st_mtime_ns, found.st_size)[location.line - 1]


def within_line(location: Location, text: str) -> Location:
    """Where a text stands on the line of a place; the place itself where that cannot be seen."""
    try:
        column = _line(location).find(text)
    except (OSError, ValueError, IndexError):
        return location
    return location if column < 0 or not text else Location(location.path, location.line, column + 1)


def _excerpt(location: Location) -> list[str]:
    """The source line and a caret under the column; empty where the file cannot be read."""
    try:
        line = _line(location)
    except (OSError, ValueError, IndexError):
        return []
    number = str(location.line)
    gutter = " " * len(number)
    start = max(0, location.column - 81)
    shown = "".join(c if is_visible(c) else " " for c in line[start : start + 160])
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
    return "\n".join(map(visible, lines))
