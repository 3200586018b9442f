"""What stands at a path below a folder. No link on the way is followed."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import field
from enum import Enum, auto
from pathlib import Path, PurePosixPath

from opspec.dataclass import dataclass

__all__ = ["Found", "Kind", "Look", "identity", "is_inside"]

_ABSENT = (errno.ENOENT, errno.ENAMETOOLONG, errno.EINVAL)


class Kind(Enum):
    """What there is."""

    NOTHING = auto()
    FILE = auto()
    FOLDER = auto()
    OTHER = auto()
    """A link, a pipe: something that is no text of ours."""
    BEHIND_LINK = auto()
    BEHIND_FILE = auto()


@dataclass(frozen=True, slots=True)
class Found:
    """What a look found: of a file its bytes and what it is known by; `at` is the link or file that is in the way."""

    kind: Kind
    data: bytes = b""
    identity: tuple[int, int, int] = (0, 0, 0)
    at: str = ""


def identity(status: os.stat_result) -> tuple[int, int, int]:
    """What changes where a file is written or replaced."""
    return (status.st_ino, status.st_mtime_ns, status.st_size)


def is_inside(path: str) -> bool:
    """Whether a relative path, with slashes, names something below its folder."""
    pure = PurePosixPath(path)
    return bool(pure.parts) and "\0" not in path and not pure.is_absolute() and ".." not in pure.parts


@dataclass(slots=True)
class Look:
    """Looks below the folder `root`; what it learns of folders it asks once."""

    root: Path
    _folders: dict[str, tuple[Kind, str]] = field(default_factory=dict)

    def at(self, path: str) -> Found:
        """What is there. Raises `OSError` where it cannot be read."""
        parent, _, _ = path.rpartition("/")
        kind, at = self._folder(parent)
        if kind is not Kind.FOLDER:
            return Found(kind, at=at)
        whole = self.root / path
        status = _status(whole)
        if status is None:
            return Found(Kind.NOTHING)
        if stat.S_ISDIR(status.st_mode):
            return Found(Kind.FOLDER)
        if not stat.S_ISREG(status.st_mode):
            return Found(Kind.OTHER)
        with open(whole, "rb", opener=_unfollowed) as stream:
            return Found(Kind.FILE, stream.read(), identity(os.fstat(stream.fileno())))

    def _folder(self, path: str) -> tuple[Kind, str]:
        if not path:
            return Kind.FOLDER, ""
        known = self._folders.get(path)
        if known is None:
            known = self._folder(path.rpartition("/")[0])
            if known[0] is Kind.FOLDER:
                known = _as_folder(self.root / path), path
            self._folders[path] = known
        return known


def _as_folder(path: Path) -> Kind:
    """What a path is to what stands below it."""
    status = _status(path)
    if status is None:
        return Kind.NOTHING
    if stat.S_ISDIR(status.st_mode):
        return Kind.FOLDER
    return Kind.BEHIND_LINK if stat.S_ISLNK(status.st_mode) else Kind.BEHIND_FILE


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.lstat()
    except OSError as error:
        if error.errno in _ABSENT:
            return None
        raise


def _unfollowed(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0))
