"""A folder of results that can be made again: each under a key, in one file that is written as a whole.

Runs that are killed, and runs at the same time, leave whole entries: a file gets its name when it is complete, and who
writes the same key writes the same. An entry that is not what was written under its name counts as none.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
import time
from pathlib import Path

from opspec.dataclass import dataclass

__all__ = ["Store", "open_store", "store_folder"]

_FOLDER = "OPSPEC_CACHE"
"""The environment variable that names another folder, or says `off`."""
_LEAVE = 0.5
"""How much of what is too much stays."""
_HOUR = 3600.0
_NEW = ".new-"
"""How the files begin that nobody has finished."""


def store_folder() -> Path | None:
    """Where results are kept: the user's own folder of such things on this system; None where they are not."""
    chosen = os.environ.get(_FOLDER)
    if chosen is not None:
        return Path(chosen) if chosen not in ("", "off") else None
    from platformdirs import user_cache_path

    try:
        folder = user_cache_path("opspec", appauthor=False)
    except RuntimeError:  # nobody knows whose run this is
        return None
    return folder if folder.is_absolute() else None


def open_store() -> Store | None:
    """The store of this user; None where there is none, or where somebody else may write to it."""
    folder = store_folder()
    if folder is None:
        return None
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.lstat()
    except (OSError, ValueError):
        return None
    return Store(folder) if _is_own(status) and stat.S_ISDIR(status.st_mode) else None


def _is_own(status: os.stat_result) -> bool:
    """Whether nobody but this user may change it."""
    if sys.platform == "win32":
        return True  # the folder is below the user's own
    return status.st_uid == os.geteuid() and not status.st_mode & 0o022


@dataclass(frozen=True, slots=True)
class Store:
    """Bytes by key; a key is the hexadecimal digest of all that decides about them. `limit` is in bytes, of all."""

    folder: Path
    limit: int = 64 * 2**20

    def get(self, key: str) -> bytes | None:
        """What was put under the key; None where nothing is, or something else than was put there."""
        try:
            with open(self._path(key), "rb", opener=_unfollowed) as stream:
                status = os.fstat(stream.fileno())
                if not (stat.S_ISREG(status.st_mode) and _is_own(status)):
                    return None
                known, _, data = stream.read().partition(b"\n")
                if known != _seal(key, data):
                    return None
                os.utime(stream.fileno() if os.utime in os.supports_fd else stream.name)
                return data
        except OSError:
            return None

    def put(self, key: str, data: bytes) -> None:
        """Keep it, where the disk lets us."""
        temporary = self.folder / f"{_NEW}{os.urandom(8).hex()}"
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
        try:
            with os.fdopen(os.open(temporary, flags, 0o600), "wb") as stream:
                stream.write(_seal(key, data) + b"\n" + data)
            temporary.replace(self._path(key))
        except OSError:
            temporary.unlink(missing_ok=True)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise

    def tidy(self) -> None:
        """Remove what killed runs left, and the oldest entries where all are too much."""
        try:
            entries = [(found.stat(follow_symlinks=False), found) for found in os.scandir(self.folder)]
            old = time.time() - _HOUR
            total = sum(status.st_size for status, _ in entries)
            limit = self.limit if total <= self.limit else self.limit * _LEAVE
            for status, found in sorted(entries, key=lambda pair: pair[0].st_mtime):
                is_left = found.name.startswith(_NEW) and status.st_mtime < old
                if is_left or total > limit:
                    Path(found).unlink(missing_ok=True)
                    total -= status.st_size
        except OSError:
            return

    def _path(self, key: str) -> Path:
        return self.folder / key


def _seal(key: str, data: bytes) -> bytes:
    return hashlib.sha256(key.encode() + b"\n" + data).hexdigest().encode()


def _unfollowed(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
