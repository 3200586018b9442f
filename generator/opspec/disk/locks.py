"""A file that one process has at a time."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from opspec.diagnostics import ToolError

__all__ = ["PATIENCE", "locked"]

try:
    import fcntl
except ImportError:  # a system without these locks: two runs at once are the user's care there
    fcntl = None  # type: ignore[assignment]

PATIENCE = 60.0
"""For how many seconds a run waits for another one."""

_PAUSE = 0.02
_NO_LOCKS = (errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS)


@contextmanager
def locked(path: Path, patience: float = PATIENCE) -> Iterator[int]:
    """A descriptor of the file `path`, made where it is not there, which no other process has now.

    Who holds it may rename or remove it: the next one then makes another. The lock goes with the process, however that
    ends. Raises `ToolError` where another process has it for longer than `patience` seconds, and `OSError`.
    """
    end = time.monotonic() + patience
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0), 0o644)
        try:
            if _take(descriptor) and _is_at(descriptor, path):
                yield descriptor
                return
        finally:
            os.close(descriptor)
        if time.monotonic() > end:
            raise ToolError(f"another opspec writes here since {patience:g} seconds (it has {path}); try again later")
        time.sleep(_PAUSE)


def _take(descriptor: int) -> bool:
    """Whether the lock of an open file is ours now."""
    if fcntl is None:
        return True
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
    return True


def _is_at(descriptor: int, path: Path) -> bool:
    """Whether an open file still has its name: who had it before us may have given that away."""
    try:
        return os.path.samestat(os.fstat(descriptor), os.lstat(path))
    except FileNotFoundError:
        return False
