"""Where a dialect's TableGen is: a file, a folder, or a git repository that is fetched sparsely."""

from __future__ import annotations

import io
import re
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from opspec.diagnostics import ToolError

__all__ = ["Checkout", "find_definition", "include_folders", "opened"]

_INCLUDE = re.compile(r'^\s*include\s+"([^"]+)"', re.MULTILINE)
_URL = re.compile(r"(?:[a-z+]+://|[\w.-]+@[\w.-]+:).+")


@dataclass(frozen=True, slots=True)
class Checkout:
    """A folder with .td files, and the commit it stands at (empty where it is no git repository)."""

    root: Path
    commit: str = ""


def _git(*arguments: str, cwd: Path | None = None) -> str:
    """What git prints; raises `ToolError` with its complaint."""
    try:
        process = subprocess.run(["git", *arguments], cwd=cwd, capture_output=True, text=True, check=False)
    except FileNotFoundError as error:
        raise ToolError("git is not installed, and a repository is to be read") from error
    if process.returncode != 0:
        lines = process.stderr.strip().splitlines() or ["it failed without a word"]
        raise ToolError(f"git {arguments[0]}: {lines[-1]}")
    return process.stdout.strip()


def _head(folder: Path) -> str:
    """The commit of the repository that holds a folder; empty where there is none."""
    try:
        return _git("rev-parse", "--short=8", "HEAD", cwd=folder)
    except ToolError:
        return ""


def _is_bare(folder: Path) -> bool:
    """Whether a folder is a git repository without a work tree."""
    try:
        return _git("rev-parse", "--is-bare-repository", cwd=folder) == "true"
    except ToolError:
        return False


def _archive(repository: Path, ref: str, target: Path) -> str:
    """Write the .td files of a commit below `target`, straight out of a local repository; returns the commit."""
    try:
        commit = _git("rev-parse", "--short=8", f"{ref}^{{commit}}", cwd=repository)
    except ToolError as error:
        raise ToolError(f"{repository} has no commit '{ref}'") from error
    command = ["git", "archive", "--format=tar", commit, "--", ":(glob)**/*.td"]
    process = subprocess.run(command, cwd=repository, capture_output=True, check=False)
    if process.returncode != 0:
        raise ToolError(f"{repository} has no .td files at {ref}")
    with tarfile.open(fileobj=io.BytesIO(process.stdout)) as archive:
        for member in archive.getmembers():
            content = archive.extractfile(member) if member.isfile() else None
            if content is not None and ".." not in Path(member.name).parts:
                path = target / member.name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content.read())
    return commit


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
        if ref is None and not _is_bare(local):
            yield Checkout(local, _head(local))
            return
    with tempfile.TemporaryDirectory(prefix="opspec-") as temporary:
        root = Path(temporary) / "checkout"
        if not is_url:
            yield Checkout(root, _archive(local, ref or "HEAD", root))
            return
        _git("clone", "--quiet", "--no-checkout", "--filter=blob:none", source, str(root))
        _git("sparse-checkout", "set", "--no-cone", "*.td", cwd=root)
        _git("checkout", "--quiet", ref or "HEAD", cwd=root)
        yield Checkout(root, _head(root))


def _definitions(root: Path) -> dict[Path, str]:
    """Every .td file below a folder with its text, in the order of paths."""
    found = {}
    for path in sorted(root.rglob("*.td")):
        if ".git" not in path.parts:
            found[path] = path.read_text(encoding="utf-8", errors="replace")
    return found


def find_definition(root: Path, dialect: str) -> Path | None:
    """The .td file below `root` that defines a dialect's operations; None where there is none.

    It is the file that reaches the dialect's own definition (`let name = "..."` in a `Dialect`) through includes
    and defines operations; among several the one called `...Ops.td` that no other includes, and then the longest.
    """
    texts = _definitions(root)
    says_name = re.compile(rf':\s*Dialect\s*{{[^}}]*?\blet\s+name\s*=\s*"{re.escape(dialect)}"\s*;', re.DOTALL)
    homes = {path for path, text in texts.items() if says_name.search(text)}
    reaching = set(homes)
    grew = True
    while grew:
        grew = False
        for path, text in texts.items():
            if path not in reaching and any(_resolves(path, name, reaching) for name in _INCLUDE.findall(text)):
                reaching.add(path)
                grew = True
    folders = {home.parent for home in homes}
    candidates = [path for path in reaching if path.parent in folders and path.name.endswith("Ops.td")]
    candidates = candidates or [path for path in reaching if re.search(r"^def \w+", texts[path], re.MULTILINE)]
    included = {
        candidate
        for path in candidates
        for name in _INCLUDE.findall(texts[path])
        for candidate in candidates
        if candidate != path and _resolves(path, name, {candidate})
    }
    roots = [path for path in candidates if path not in included] or candidates
    return max(roots, key=lambda path: (len(texts[path]), path.as_posix()), default=None)


def include_folders(root: Path) -> tuple[Path, ...]:
    """The folders from which the .td files below `root` include each other by a path, such as `a/b/Dialect.td`."""
    texts = _definitions(root)
    names = {name for text in texts.values() for name in _INCLUDE.findall(text) if "/" in name}
    found = {
        Path(path.as_posix().removesuffix(f"/{name}"))
        for name in names
        for path in texts
        if path.as_posix().endswith(f"/{name}")
    }
    return tuple(sorted(found))


def _resolves(path: Path, include: str, known: set[Path]) -> bool:
    """Whether an include of a file leads to one of the known files."""
    return path.parent / include in known or any(other.as_posix().endswith(f"/{include}") for other in known)
