"""Who wants to know which files are read and written: nobody, unless a command was asked to say so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

__all__ = ["tell", "watch"]

_listeners: list[Callable[[str, Path], None]] = []


def watch(listener: Callable[[str, Path], None] | None) -> None:
    """Let this one know from now on, and nobody else: `read` or `wrote`, and which file."""
    _listeners[:] = [] if listener is None else [listener]


def tell(what: str, path: Path) -> None:
    """Say that a file was read or written."""
    for listener in _listeners:
        listener(what, path)
