"""The hand-written modules beside a spec, as they are on disk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

from opspec.diagnostics import Diagnostics, Location, ToolError
from opspec.watching import tell

__all__ = ["EXTENSION", "extension_files"]

EXTENSION = "extension"
"""The folder beside `dialect.yaml` whose modules are copied into the package."""


def extension_files(facts: Path, diagnostics: Diagnostics) -> Iterator[tuple[str, str]]:
    """The modules and packages beside a spec: their paths in the generated package, and their texts.

    What is no text goes to `diagnostics`. Raises `ToolError` where a folder cannot be read:
    nothing is left out silently.
    """
    folder = facts.parent / EXTENSION
    if not os.path.lexists(folder):
        return
    for path in sorted(_modules(folder)):
        try:
            if not path.is_file():
                raise OSError("it is no file")
            text = path.read_text(encoding="utf-8")
            tell("read", path)
            yield path.relative_to(folder).as_posix(), text
        except OSError as error:
            message = f"cannot read the module: {error.strerror or error}"
            diagnostics.report("extension", message, Location(path.as_posix()), "mend or remove it")
        except UnicodeDecodeError as error:
            place = _place(path, error)
            diagnostics.report("extension", "the module is not UTF-8", place, "save it as UTF-8, as Python reads it")


def _modules(folder: Path) -> Iterator[Path]:
    for parent, _, names in os.walk(folder, onerror=_refuse):
        yield from (Path(parent, name) for name in names if name.endswith(".py"))


def _refuse(error: OSError) -> NoReturn:
    raise ToolError(f"cannot read {error.filename}: {error.strerror}") from error


def _place(path: Path, error: UnicodeDecodeError) -> Location:
    """The line and column of the first byte that is wrong."""
    before = bytes(error.object[: error.start])
    start = before.rfind(b"\n") + 1
    return Location(path.as_posix(), before.count(b"\n") + 1, len(before[start:].decode("utf-8")) + 1)
