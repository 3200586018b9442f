"""Trees that are generated over each other, and what stands below a folder."""

from __future__ import annotations

import os
from pathlib import Path

from opspec.emitters.output import GeneratedFile

__all__ = ["NEW", "OLD", "held", "left_beside"]

_SHARED = [GeneratedFile(f"docs/page{number}.md", f"page {number}\n") for number in range(4)]

OLD = (
    *_SHARED,
    *(GeneratedFile(f"python/old_name/dialects/part{number}.py", f"PART = {number}\n") for number in range(5)),
    GeneratedFile("python/old_name/lowering", "what becomes a folder\n"),
    GeneratedFile("tests/deep/er/test_one.py", "assert True\n"),
    GeneratedFile("same.txt", "old\n"),
)
NEW = (
    *_SHARED,
    *(GeneratedFile(f"python/new_name/dialects/part{number}.py", f"PART = {number}\n") for number in range(6)),
    GeneratedFile("python/old_name/lowering/run.py", "in a folder that was a file\n"),
    GeneratedFile("tests/deep", "a file that was a folder\n"),
    GeneratedFile("same.txt", "new\n"),
)
"""What is generated after the package got another name: files stay, change, come and go; a file and a folder swap."""


def held(root: Path) -> dict[str, str]:
    """What is below a folder: of files the text, of links where they lead, of folders nothing."""
    found = {}
    for folder, names, files in os.walk(root):
        for name in (*names, *files):
            path = Path(folder, name)
            shown = path.relative_to(root).as_posix()
            if path.is_symlink():
                found[shown] = f"-> {path.readlink()}"
            else:
                found[shown] = "/" if path.is_dir() else path.read_bytes().decode("utf-8", errors="surrogateescape")
    return found


def left_beside(root: Path) -> list[str]:
    """What is in the parent of a folder besides it."""
    return sorted(path.name for path in root.parent.iterdir() if path != root)
