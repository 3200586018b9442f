"""One file: written as a whole or not at all."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from opspec.diagnostics import ToolError
from opspec.disk.locks import locked
from opspec.watching import tell

__all__ = ["refuse_pipe", "write_file"]


def write_file(path: Path, text: str) -> None:
    """Give a file that the user named this text, in one step: whoever reads it sees the old text or the new.

    A link is followed, since the user chose it; a device is written to. What a killed run left is taken over. Raises
    `ToolError` where the disk refuses; the file is then as it was.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        target = Path(os.path.realpath(path))
        if target.exists() and not target.is_file():
            _write_to_device(target, text)
            return
        mode = stat.S_IMODE(target.stat().st_mode) if target.exists() else None
        temporary = target.with_name(f".{target.name}.opspec-new")
        with locked(temporary) as descriptor:
            try:
                os.ftruncate(descriptor, 0)
                _write_all(descriptor, text.encode("utf-8"))
                if mode is not None:
                    os.fchmod(descriptor, mode)
                temporary.replace(target)
            except BaseException:
                temporary.unlink(missing_ok=True)
                raise
        tell("wrote", path)
    except OSError as error:
        raise ToolError(f"cannot write {path}: {error.strerror}") from error
    except ValueError as error:  # a zero byte
        raise ToolError(f"cannot write {str(path)!r}: {error}") from error


def _write_to_device(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        stream.write(text)


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def refuse_pipe(path: Path, shown: str) -> None:
    """Raise `ToolError` for a pipe that nobody may write into, for which one would wait; a shell's own is fine."""
    if path.is_fifo() and not path.is_relative_to("/dev"):
        raise ToolError(f"cannot read {shown}: it is a pipe")
