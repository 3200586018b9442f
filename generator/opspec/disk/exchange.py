"""Two folders that take each other's place in one step, where the system can do that."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from pathlib import Path

__all__ = ["exchange"]

_HERE = -100
"""`AT_FDCWD`: paths are seen from the current folder."""
_EXCHANGE = 2
"""`RENAME_EXCHANGE` of Linux, and `RENAME_SWAP` of macOS."""


def exchange(one: Path, other: Path) -> None:
    """Let two paths swap what they name; nobody sees either of them absent.

    Raises `OSError`, with `ENOSYS` where the system has no such call; both are then as they were.
    """
    names = os.fsencode(one), os.fsencode(other)
    library = ctypes.CDLL(None, use_errno=True) if sys.platform != "win32" else None
    if sys.platform == "darwin" and hasattr(library, "renamex_np"):
        outcome = library.renamex_np(*names, _EXCHANGE)
    elif library is not None and hasattr(library, "renameat2"):
        outcome = library.renameat2(_HERE, names[0], _HERE, names[1], _EXCHANGE)
    else:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), str(one))
    if outcome != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number), str(one))
