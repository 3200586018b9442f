"""What the user gives: a file or standard input, and places in it."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

from opspec.dataclass import dataclass
from opspec.diagnostics import Diagnostic, Location, SpecError, ToolError
from opspec.watching import tell

__all__ = ["Part", "Source", "place_of", "read_source", "said", "with_name"]

_PLACE = re.compile(r'"((?:[^"\\]|\\.)*)":(\d+):(\d+)')


@dataclass(frozen=True, slots=True)
class Source:
    """A text and what its user knows it by, e.g. `model.mlir` or `<stdin>`."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """One module's text, with its lines where they are in the file, and what the package made of it."""

    sent: Any
    module: Any


def read_source(path: str) -> Source:
    """The text of a file, or of standard input for `-`.

    Raises:
        ToolError: It cannot be read.
        SpecError: It is not in UTF-8.
    """
    name = "<stdin>" if path == "-" else path
    try:
        found = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        raise ToolError(f"cannot read {name}: {error.strerror}") from error
    except ValueError as error:  # a name that no system takes
        raise ToolError(f"cannot read {name!r}: {error}") from error
    if path != "-":
        tell("read", Path(path))
    try:
        return Source(name, found.decode("utf-8"))
    except UnicodeDecodeError as error:
        before = found[: error.start].decode("utf-8")
        place = Location(name, before.count("\n") + 1, len(before) - before.rfind("\n"))
        message = f"the byte 0x{found[error.start]:02x} is not UTF-8, expected text"
        raise SpecError([Diagnostic("unreadable-ir", message, place)]) from error


def place_of(location: str, part: Part, name: str, offset_of: Any) -> Location:
    """Where an operation stands: in the file that its location names, else at the beginning of the module.

    Args:
        location: The location as MLIR writes it; of several places, the first counts.
        part: The module that it stands in.
        name: What the user knows the text by.
        offset_of: The package's `lowering.sources.offset_of`.
    """
    match = _PLACE.search(location)
    if match is None:
        text = part.sent.text
        return Location(name, text.count("\n", 0, len(text) - len(text.lstrip())) + 1)
    return _place(match, part, name, offset_of) or Location(match[1], int(match[2]), int(match[3]))


def with_name(printed: str, part: Part, name: str, offset_of: Any) -> str:
    """A module as it was printed, in which locations in the text have the name that the user knows; see `place_of`."""
    quoted = name.replace("\\", "\\\\").replace('"', "\\22")

    def named(match: re.Match[str]) -> str:
        place = _place(match, part, name, offset_of)
        return match[0] if place is None else f'"{quoted}":{place.line}:{place.column}'

    return _PLACE.sub(named, printed)


def _place(match: re.Match[str], part: Part, name: str, offset_of: Any) -> Location | None:
    """The place in the user's text that a location stands for; None where it names another file."""
    if match[1] != "-" or match[0] in part.sent.text:
        return None
    line, column = int(match[2]), int(match[3])
    if not line:
        return Location(name, 0, 0)
    _, line_shown, column_shown = part.sent.place(offset_of(part.sent.text, line, column)).rsplit(":", 2)
    return Location(name, int(line_shown), int(column_shown))


def said(message: str, name: str) -> tuple[Location, str]:
    """The place at the head of a complaint about a text, and the rest of it."""
    match = re.match(rf"{re.escape(name)}:(\d+):(\d+): (?:error: )?", message)
    if match is None:
        return Location(name), message.removeprefix(f"{name}: ")
    return Location(name, int(match[1]), int(match[2])), message[match.end() :]
