"""What a git repository has, read without running anything that the repository or its user's words could name."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from datetime import datetime, timezone
from pathlib import Path

from opspec.dataclass import dataclass
from opspec.diagnostics import ToolError
from opspec.disk.looking import is_inside

__all__ = ["Repository", "clone", "write_blobs"]

_SAFE = (
    *("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}"),
    *("-c", "core.pager=cat", "-c", "protocol.ext.allow=never"),
)
_REMOTE = "https:http:ssh:git:file"
_NO_PROTOCOL = "none"
"""Nothing is fetched for a repository on this disk: its configuration may name programs for that."""


def _git(*arguments: str, cwd: Path | None = None, data: bytes = b"", protocols: str = _NO_PROTOCOL) -> bytes:
    """What git prints; raises `ToolError` with its complaint."""
    environment = {**os.environ, "GIT_ALLOW_PROTOCOL": protocols, "GIT_TERMINAL_PROMPT": "0", "LC_ALL": "C"}
    try:
        process = subprocess.run(
            ["git", *_SAFE, *arguments], cwd=cwd, env=environment, input=data, capture_output=True, check=False
        )
    except FileNotFoundError as error:
        raise ToolError("git is not installed, and a repository is to be read") from error
    except ValueError as error:
        raise ToolError(f"git {arguments[0]}: {error}") from error
    if process.returncode != 0:
        lines = process.stderr.decode(errors="replace").strip().splitlines() or ["it failed without a word"]
        raise ToolError(f"git {arguments[0]}: {lines[-1]}")
    return process.stdout


@dataclass(frozen=True, slots=True)
class Repository:
    """The repository that holds a folder of this disk."""

    folder: Path

    def _ask(self, *arguments: str) -> str:
        return _git(*arguments, cwd=self.folder).decode(errors="surrogateescape").strip()

    def is_bare(self) -> bool:
        """Whether the folder is a repository without a work tree."""
        try:
            return self._ask("rev-parse", "--is-bare-repository") == "true"
        except ToolError:
            return False

    def top(self) -> Path:
        """The folder of its work tree; raises `ToolError` where there is none."""
        return Path(self._ask("rev-parse", "--show-toplevel"))

    def commit(self, revision: str) -> str:
        """The full name of the commit that a revision names. Raises `ToolError` where it names none.

        A revision is never taken for an option: none begins with a dash.
        """
        found = ""
        if revision and not revision.startswith("-") and revision.isprintable():
            try:
                found = self._ask("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
            except ToolError:
                found = ""
        name = found.splitlines()[-1] if found else ""
        if not name:
            raise ToolError(f"{self.folder.as_posix()} has no commit {revision!r}")
        return name

    def short(self, commit: str = "HEAD") -> str:
        """The short name of a commit; empty where there is none."""
        try:
            return self._ask("rev-parse", "--short=8", "--verify", "--quiet", f"{commit}^{{commit}}")
        except ToolError:
            return ""

    def commits(self, first: str, last: str, path: str) -> Iterator[tuple[str, str]]:
        """The commits after one up to another that change a path from the top, oldest first, each with its day.

        Of merged branches only the merges count. Raises `ToolError` where a revision names no commit.
        """
        span = f"{self.commit(first)}..{self.commit(last)}"
        way = ("rev-list", "--first-parent", "--reverse", "--timestamp", span)
        for line in self._ask(*way, "--", f":(top,literal){path}" if path != "." else ":(top)").splitlines():
            seconds, commit = line.split()
            yield commit, datetime.fromtimestamp(int(seconds), timezone.utc).date().isoformat()

    def blobs(self, commit: str, folder: str = ".") -> dict[str, str]:
        """The files of a commit at or below a path from the top, each with its object; links are none."""
        where = [] if folder == "." else [f":(top,literal){folder}"]
        listed = _git("ls-tree", "-r", "-z", "--full-tree", commit, "--", *where, cwd=self.folder)
        found = {}
        for line in listed.decode(errors="surrogateescape").split("\0"):
            head, _, path = line.partition("\t")
            mode, _, rest = head.partition(" ")
            if mode.startswith("100") and is_inside(path):
                found[path] = rest.partition(" ")[2]
        return found

    def contents(self, objects: list[str]) -> Iterator[bytes]:
        """What is in objects, as it was committed."""
        data = "".join(f"{each}\n" for each in objects).encode()
        answer = _git("cat-file", "--batch", cwd=self.folder, data=data)
        start = 0
        for each in objects:
            end = answer.index(b"\n", start)
            kind = answer[start:end].split(b" ")
            if len(kind) != 3:
                raise ToolError(f"{self.folder.as_posix()} lacks a part of that commit ({each[:8]}): fetch it with git")
            start = end + 1 + int(kind[2])
            yield answer[end + 1 : start]
            start += 1


def write_blobs(repository: Repository, blobs: dict[str, str], target: Path) -> None:
    """Write files of a commit below the folder `target`."""
    for path, content in zip(blobs, repository.contents(list(blobs.values())), strict=True):
        file = target / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)


def clone(source: str, revision: str, root: Path, pattern: str) -> str:
    """Fetch the files of a commit whose names match a pattern to the folder `root`; returns the commit's short name.

    Raises `ToolError` where the source or the revision is none.
    """
    if source.startswith("-"):
        raise ToolError(f"{source} is no address of a repository")
    options = ("--quiet", "--no-checkout", "--filter=blob:none")
    _git("clone", *options, "--", source, str(root), protocols=_REMOTE)
    repository = Repository(root)
    try:
        commit = repository.commit(revision)
    except ToolError:
        try:
            commit = repository.commit(f"origin/{revision}")
        except ToolError:
            raise ToolError(f"{source} has no commit {revision!r}") from None
    _git("sparse-checkout", "set", "--no-cone", pattern, cwd=root, protocols=_REMOTE)
    _git("checkout", "--quiet", "--detach", commit, cwd=root, protocols=_REMOTE)
    return repository.short()
