"""A folder is changed as a whole: the new one is made beside it, and both take each other's place in one step.

Whoever reads, and whoever comes after a kill, finds the old folder or the new one. What stays is linked, not copied, so
that strangers' files and those that do not change keep what they are. Where a folder cannot be exchanged (another file
system is mounted on it, its parent is read-only, somebody works in it), every file is made first and then put in its
place: a kill there may leave a mixture, which the next run completes.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from opspec.diagnostics import ToolError
from opspec.disk.exchange import exchange
from opspec.disk.locks import PATIENCE, locked
from opspec.disk.looking import identity

__all__ = ["Change", "change_tree", "free_name", "is_unfinished", "workshop"]

_INSIDE = ".opspec-new"
_DENIED = (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENAMETOOLONG)
_UNFIT = (
    *(errno.EBUSY, errno.EINVAL, errno.EXDEV, errno.ENOSYS, errno.EOPNOTSUPP, errno.EMLINK, errno.EPERM),
    *(errno.EACCES, errno.EROFS),
)
"""Why a folder cannot be exchanged although it can be written to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What becomes of a folder. Paths are relative, with slashes.

    `writes` are files and their texts, `removals` files that go, with folders that are empty then; `moves` are things
    and the names under which they are kept. `first` is a file that is in its place before any other is, and `last` the
    one that it becomes at the end; both matter only where files are put in their places one after another. `seen` is
    what the files were known by that the decision rests on.
    """

    writes: Mapping[str, str]
    removals: tuple[str, ...]
    moves: Mapping[str, str]
    first: tuple[str, str]
    last: tuple[str, str]
    seen: Mapping[str, tuple[int, int, int]]

    def paths(self) -> frozenset[str]:
        """What does not stay as it is."""
        return frozenset((*self.writes, *self.removals, *self.moves, self.last[0]))

    def files(self) -> Iterator[tuple[str, str]]:
        """The files to be written."""
        yield from self.writes.items()
        yield self.last


def _beside(root: Path) -> Path:
    return root.with_name(f".{root.name}.opspec")


def is_unfinished(root: Path) -> bool:
    """Whether another run is at work on the folder, or was killed there."""
    return os.path.lexists(_beside(root)) or os.path.lexists(root / _INSIDE)


@contextmanager
def workshop(root: Path, patience: float = PATIENCE) -> Iterator[Path]:
    """A folder to make things in, beside `root` or in it where nothing else may be written; it goes at the end.

    One process has it at a time. What a killed run left is gone. Raises `ToolError` where another process has it for
    longer than `patience` seconds, and `OSError`.
    """
    folder = _made(root)
    lock = folder / "lock"
    try:
        with _locked_again(folder, lock, patience):
            try:
                _clean(folder)
                _clean(root / _INSIDE)
                yield folder
            finally:
                _clean(folder)
                _clean(root / _INSIDE)
                lock.unlink(missing_ok=True)
    finally:
        with contextlib.suppress(OSError):
            folder.rmdir()


@contextmanager
def _locked_again(folder: Path, lock: Path, patience: float) -> Iterator[None]:
    """The lock of a workshop, which another run may take away together with its folder while we wait."""
    for _ in range(1000):
        stack = contextlib.ExitStack()
        try:
            stack.enter_context(locked(lock, patience))
        except FileNotFoundError:
            folder.mkdir(exist_ok=True)
            continue
        with stack:
            yield
        return
    raise ToolError(f"cannot keep {folder}: another program removes it")


def _made(root: Path) -> Path:
    """The workshop's folder."""
    root.parent.mkdir(parents=True, exist_ok=True)
    for folder in (_beside(root), root / _INSIDE):
        try:
            folder.mkdir(exist_ok=True)
        except OSError as error:
            if error.errno not in _DENIED or folder.parent == root:
                raise
            continue
        if folder.is_symlink():
            raise ToolError(f"{folder} is a link, and nothing is written through links; remove it")
        return folder
    raise AssertionError("the last folder is made or raises")


def _clean(folder: Path) -> None:
    """Remove what was made in a workshop, and the workshop where nobody is in it."""
    if folder.is_symlink():
        return
    if os.path.lexists(folder / "new"):
        shutil.rmtree(folder / "new")
    with contextlib.suppress(OSError):
        folder.rmdir()


def change_tree(root: Path, change: Change, place: Path) -> None:
    """Make the change, in the workshop `place`. Raises `OSError`; the folder is then as it was.

    Only where it cannot be exchanged, and the disk refuses between two files, is it a mixture.
    """
    new = place / "new"
    found = None if place.name == _INSIDE or not _may_exchange(root) else _exchanged(root, new, change)
    if found is None:
        _put(root, change)
    else:
        _rescue(new, root, change, found)


def _exchanged(root: Path, new: Path, change: Change) -> dict[str, tuple[int, int, int]] | None:
    """What every file of the old folder was known by, which is at `new` now; None where it cannot be exchanged."""
    try:
        found = _build(root, new, change)
        if root.exists():
            exchange(root, new)
        else:
            new.rename(root)
    except OSError as error:
        if error.errno not in _UNFIT:
            raise
        shutil.rmtree(new, ignore_errors=True)
        return None
    return found


def _may_exchange(root: Path) -> bool:
    """Whether nobody minds that the folder becomes another: this process's own, and repositories, stay in place."""
    try:
        here = Path.cwd().resolve()
    except FileNotFoundError:
        return True
    return not here.is_relative_to(root.resolve()) and not os.path.lexists(root / ".git")


def _build(root: Path, new: Path, change: Change) -> dict[str, tuple[int, int, int]]:
    """The changed folder at `new`; returns what every file of the old one was known by."""
    found: dict[str, tuple[int, int, int]] = {}
    new.mkdir()
    if root.exists():
        _link_folder(root, new, "", change, found)
    for path in change.removals:
        _prune(new, path)
    for path, text in change.files():
        _write(new / path, text)
    if root.exists():
        _copy_status(root, new)
    return found


def _link_folder(root: Path, new: Path, folder: str, change: Change, found: dict[str, tuple[int, int, int]]) -> None:
    """What stays of a folder, in the new one: folders anew, everything else by a link to the same thing."""
    paths = change.paths()
    with os.scandir(root / folder) as entries:
        for entry in sorted(entries, key=lambda entry: entry.name):
            path = f"{folder}/{entry.name}" if folder else entry.name
            if entry.is_dir(follow_symlinks=False):
                if path == _INSIDE:
                    continue
                (new / path).mkdir()
                _link_folder(root, new, path, change, found)
                _copy_status(Path(entry.path), new / path)
                continue
            found[path] = change.seen.get(path) or identity(entry.stat(follow_symlinks=False))
            if path in change.moves:
                os.link(entry.path, new / change.moves[path], follow_symlinks=False)
            elif path not in paths:
                os.link(entry.path, new / path, follow_symlinks=False)


def _copy_status(old: Path, new: Path) -> None:
    """Owner, mode and times of a folder; raises `OSError` with `EACCES` where it is read-only."""
    status = old.stat()
    if status.st_mode & 0o700 != 0o700:
        raise OSError(errno.EACCES, os.strerror(errno.EACCES), str(old))
    if (status.st_uid, status.st_gid) != (new.stat().st_uid, new.stat().st_gid):
        os.chown(new, status.st_uid, status.st_gid)
    shutil.copystat(old, new)


def _write(path: Path, text: str) -> None:
    """A file that was not there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as stream:
        stream.write(text)
    path.chmod(0o644)


def _prune(root: Path, path: str) -> None:
    """Remove the folders that a removed file leaves empty."""
    folder = (root / path).parent
    while folder != root:
        try:
            folder.rmdir()
        except FileNotFoundError:
            pass
        except OSError:
            return
        folder = folder.parent


def _rescue(old: Path, root: Path, change: Change, found: Mapping[str, tuple[int, int, int]]) -> None:
    """Take over from the old folder what came or changed there while the new one was made."""
    for folder, names, files in os.walk(old):
        names[:] = [name for name in names if name != _INSIDE]
        links = [name for name in names if Path(folder, name).is_symlink()]
        for name in (*files, *links):
            whole = Path(folder, name)
            path = whole.relative_to(old).as_posix()
            if found.get(path) == identity(os.lstat(whole)):
                continue
            target = root / path
            if path in change.paths():
                target = free_name(target)
            target.parent.mkdir(parents=True, exist_ok=True)
            whole.replace(target)


def free_name(path: Path) -> Path:
    """A name beside a file for a copy of it, which nothing has yet."""
    number = 0
    while True:
        copy = path.with_name(f"{path.name}.orig{number or ''}")
        if not os.path.lexists(copy):
            return copy
        number += 1


def _put(root: Path, change: Change) -> None:
    """Make every file, and then put one after another in its place."""
    made = root / _INSIDE / "new"
    made.mkdir(parents=True, exist_ok=True)
    files = list(enumerate(change.files()))
    for number, (_, text) in files:
        _write(made / str(number), text)
    _write(made / "first", change.first[1])
    (made / "first").replace(root / change.first[0])
    for path, copy in change.moves.items():
        (root / path).rename(root / copy)
    for path in change.removals:
        (root / path).unlink(missing_ok=True)
        _prune(root, path)
    for number, (path, _) in files:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (made / str(number)).replace(root / path)
