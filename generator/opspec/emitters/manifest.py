"""The list of a generated tree: which files an earlier run wrote, and with what in them.

Each line is what `sha256sum` prints: `sha256sum --check .opspec-files` compares too.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping

from opspec.dataclass import dataclass
from opspec.diagnostics import ToolError
from opspec.disk.looking import Kind, Look, is_inside

__all__ = ["MANIFEST", "Manifest", "digest_of", "entries_of", "manifest_text", "read_manifest"]

MANIFEST = ".opspec-files"

_LINE = re.compile(r"([0-9a-f]{64})  (.+)")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What earlier runs wrote: pairs of a path and a digest.

    A path has several digests where a run was killed between two files, or where two branches met. `unknown` are paths
    of a list from before there were digests.
    """

    entries: frozenset[tuple[str, str]] = frozenset()
    unknown: frozenset[str] = frozenset()

    def paths(self) -> frozenset[str]:
        """Every path."""
        return self.unknown | {path for path, _ in self.entries}

    def wrote(self, path: str, data: bytes) -> bool:
        """Whether these bytes are what an earlier run wrote there, as far as is known."""
        return path in self.unknown or (path, digest_of(data)) in self.entries


def digest_of(data: bytes) -> str:
    """What a content is known by."""
    return hashlib.sha256(data).hexdigest()


def manifest_text(entries: Iterable[tuple[str, str]]) -> str:
    """The list of pairs of a path and a digest."""
    return "".join(f"{known}  {path}\n" for path, known in sorted(entries))


def entries_of(files: Mapping[str, str]) -> frozenset[tuple[str, str]]:
    """The pairs of files and their texts."""
    return frozenset((path, digest_of(text.encode("utf-8"))) for path, text in files.items())


def read_manifest(look: Look) -> Manifest:
    """The list of the tree below `look`; an empty one where there is none.

    Anybody may have changed it: a line that is none of ours, or leads out of the tree, says nothing. Raises `ToolError`
    where it is no text, and `OSError`.
    """
    found = look.at(MANIFEST)
    if found.kind is Kind.NOTHING:
        return Manifest()
    shown = look.root / MANIFEST
    hint = "restore it, or remove it: all files that differ count as yours then"
    if found.kind is not Kind.FILE:
        raise ToolError(f"cannot read {shown}: it is no file; {hint}")
    try:
        lines = found.data.decode("utf-8").splitlines()
    except UnicodeDecodeError as error:
        raise ToolError(f"cannot read {shown}: it is not UTF-8; {hint}") from error
    matches = [match for match in map(_LINE.fullmatch, lines) if match is not None and is_inside(match[2])]
    if matches:
        return Manifest(frozenset((match[2], match[1]) for match in matches))
    return Manifest(unknown=frozenset(line for line in lines if is_inside(line)))
