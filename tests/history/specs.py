"""Versions as files of a test."""

from __future__ import annotations

import shutil
from pathlib import Path

from opspec.history.facts import History
from opspec.history.story import tell
from opspec.history.versions import read_lines

COPY = "copy: {class: CopyOp, arguments: {x: any, y: any}, results: {r: any}}"


def spec(dialect: str, *operations: str, more: str = "") -> str:
    """The text of a spec with these operations, each on a line."""
    lines = "".join(f"  {operation}\n" for operation in operations)
    return f"schema: opspec/dialect/1\ndialect: {dialect}\n{f'operations:{chr(10)}{lines}' if lines else ''}{more}"


def write(path: Path, text: str) -> None:
    """Write a file, its folders too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def story_of(folder: Path, *versions: str) -> History:
    """The history of specs of one dialect, written to the folder as `1.yaml`, `2.yaml` and so on."""
    shutil.rmtree(folder, ignore_errors=True)
    for number, text in enumerate(versions, 1):
        write(folder / f"{number}.yaml", text)
    return tell(read_lines([str(folder)]))
