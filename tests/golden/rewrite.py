"""Rewrite the expected trees; `make golden` runs this."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from tests.golden.trees import EXPECTED, SPECS, generate, read_tree


def rewrite(spec: str) -> None:
    """Make the expected tree of a spec what is generated now."""
    with tempfile.TemporaryDirectory() as folder:
        generate(spec, Path(folder))
        files = read_tree(Path(folder), spec)
    shutil.rmtree(EXPECTED / spec, ignore_errors=True)
    for name, text in files.items():
        path = EXPECTED / spec / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    for each in SPECS:
        rewrite(each)
