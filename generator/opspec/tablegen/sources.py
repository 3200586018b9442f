"""Where a dialect's TableGen is: a file, a folder, or a git repository that is fetched sparsely."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from opspec.dataclass import dataclass
from opspec.diagnostics import ToolError
from opspec.disk.files import refuse_pipe
from opspec.disk.repository import Repository, clone, write_blobs
from opspec.tablegen.homes import Homes, read_homes
from opspec.watching import tell

__all__ = ["Checkout", "find_definitions", "include_folders", "opened"]

_INCLUDE = re.compile(r'^\s*include\s+"([^"]+)"', re.MULTILINE)
_URL = re.compile(r"(?:[a-z+]+://|\w[\w.-]*@[\w.-]+:).+")


@dataclass(frozen=True, slots=True)
class Checkout:
    """A folder with .td files, and the commit it stands at (empty where it is no git repository)."""

    root: Path
    commit: str = ""


def _archive(repository: Repository, ref: str, target: Path) -> str:
    """Write the .td files of a commit below `target`, straight out of a local repository; returns the commit."""
    commit = repository.commit(ref)
    blobs = {path: blob for path, blob in repository.blobs(commit).items() if path.endswith(".td")}
    if not blobs:
        raise ToolError(f"{repository.folder.as_posix()} has no .td files at {ref}")
    write_blobs(repository, blobs, target)
    return repository.short(commit)


@contextmanager
def opened(source: str, ref: str | None = None) -> Iterator[Checkout]:
    """A folder for `source`: the folder itself, or the .td files of a commit of a git repository.

    Of a local repository the commit `ref` is read (of a bare one, HEAD by default); a URL is cloned sparsely.
    """
    local = Path(source)
    is_url = _URL.fullmatch(source) is not None
    if not is_url:
        if local.is_file():
            raise ToolError(f"cannot read {source}: give a .td file, a .json record dump, a folder, or a repository")
        if not local.is_dir():
            raise ToolError(f"cannot read {source}: there is no such folder")
        if ref is None and not Repository(local).is_bare():
            yield Checkout(local, Repository(local).short())
            return
    revision = "HEAD" if ref is None else ref
    with tempfile.TemporaryDirectory(prefix="opspec-") as temporary:
        root = Path(temporary) / "checkout"
        commit = clone(source, revision, root, "*.td") if is_url else _archive(Repository(local), revision, root)
        yield Checkout(root, commit)


def _definitions(root: Path) -> dict[Path, str]:
    """Every .td file below a folder with its text, in the order of paths."""
    found = {}
    for path in sorted(root.rglob("*.td")):
        if ".git" not in path.parts:
            refuse_pipe(path, str(path))
            found[path] = path.read_text(encoding="utf-8", errors="replace")
            tell("read", path)
    return found


def find_definitions(root: Path, dialect: str) -> Homes:
    """The .td files below `root` that define a dialect; without roots where none does."""
    return read_homes(_definitions(root), dialect)


def include_folders(root: Path) -> tuple[Path, ...]:
    """The folders from which the .td files below `root` include each other by a path, such as `a/b/Dialect.td`."""
    texts = _definitions(root)
    names = {name for text in texts.values() for name in _INCLUDE.findall(text) if "/" in name}
    found = {
        Path(path.as_posix().removesuffix(name).rstrip("/") or ("/" if path.is_absolute() else "."))
        for name in names
        for path in texts
        if f"/{path.as_posix()}".endswith(f"/{name}")
    }
    return tuple(sorted(found))
