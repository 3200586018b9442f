"""Generated files: what an emitter makes, how it reaches the disk, and whether the disk agrees."""

from __future__ import annotations

import difflib
import os
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from opspec.diagnostics import ToolError

__all__ = ["Drift", "GeneratedFile", "compare_tree", "write_tree"]

MANIFEST = ".opspec-files"
"""Lists the files of the tree, so that a file which is no longer generated can be told from a stranger's."""


@dataclass(frozen=True, slots=True)
class GeneratedFile:
    """A file of the generated tree; `path` is relative, with slashes."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Drift:
    """A file that differs from what would be generated: `changed`, `missing` or `stale`; with a unified diff."""

    path: str
    kind: str
    diff: str


def _manifest(files: Sequence[GeneratedFile]) -> GeneratedFile:
    return GeneratedFile(MANIFEST, "".join(f"{path}\n" for path in sorted(file.path for file in files)))


def _listed(root: Path) -> set[str]:
    """The files that an earlier run wrote."""
    manifest = root / MANIFEST
    return set(manifest.read_text(encoding="utf-8").splitlines()) if manifest.is_file() else set()


def _read(path: Path) -> str | None:
    """The text on disk; None where there is no file. Bytes that are no text never equal what is generated."""
    if not path.is_file():
        return None
    return path.read_bytes().decode("utf-8", errors="surrogateescape")


def _write(path: Path, text: str) -> None:
    """Replace a file in one step, so that a reader sees the old text or the new."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def write_tree(root: Path, files: Iterable[GeneratedFile]) -> tuple[str, ...]:
    """Make the tree under `root` these files: write what changed, remove what an earlier run wrote and this one not.

    Everything is rendered before the first write, so a failing generator leaves the old tree whole. Returns the
    paths that were written or removed. Raises `ToolError` where the disk refuses.
    """
    wanted = list(files)
    wanted.append(_manifest(wanted))
    touched: list[str] = []
    stale_paths = _stale(root, wanted)
    try:
        for file in wanted:
            path = root / file.path
            if _read(path) != file.text:
                _write(path, file.text)
                touched.append(file.path)
        for stale in stale_paths:
            (root / stale).unlink(missing_ok=True)
            touched.append(stale)
    except OSError as error:
        raise ToolError(f"cannot write {error.filename or root}: {error.strerror}") from error
    return tuple(touched)


def _is_inside(path: str) -> bool:
    """Whether a listed path stays below the tree: the list is a file that anybody may have changed."""
    parts = PurePosixPath(path)
    return bool(path) and not parts.is_absolute() and ".." not in parts.parts


def _stale(root: Path, wanted: Sequence[GeneratedFile]) -> list[str]:
    """The files that an earlier run wrote and this one does not want; a stranger's file is never one of them."""
    names = {file.path for file in wanted}
    listed = (path for path in _listed(root) if path not in names and _is_inside(path))
    return sorted(path for path in listed if (root / path).is_file())


def compare_tree(root: Path, files: Iterable[GeneratedFile]) -> tuple[Drift, ...]:
    """Where the tree under `root` differs from these files, in the order of paths."""
    wanted = list(files)
    wanted.append(_manifest(wanted))
    drifts: list[Drift] = []
    for file in sorted(wanted, key=lambda wanted_file: wanted_file.path):
        found = _read(root / file.path)
        if found != file.text:
            kind = "missing" if found is None else "changed"
            drifts.append(Drift(file.path, kind, _diff(file.path, found or "", file.text)))
    for path in _stale(root, wanted):
        drifts.append(Drift(path, "stale", _diff(path, _read(root / path) or "", "")))
    return tuple(drifts)


def _diff(path: str, old: str, new: str) -> str:
    lines = difflib.unified_diff(
        old.splitlines(keepends=True), new.splitlines(keepends=True), f"on disk: {path}", f"generated: {path}"
    )
    return "".join(line if line.endswith("\n") else line + "\n" for line in lines)
