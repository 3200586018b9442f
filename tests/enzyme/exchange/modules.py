"""The corpus: modules that are to come back from Enzyme as they went in, each in a file that says what it holds."""

from __future__ import annotations

from functools import cache
from pathlib import Path

__all__ = ["FOLDER", "corpus", "purpose_of"]

FOLDER = Path(__file__).parent / "corpus"


@cache
def corpus() -> dict[str, str]:
    """The texts of all modules by their names, e.g. `location.fused`."""
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.mlir"))}


def purpose_of(name: str) -> str:
    """What a module is for: the words in its first line."""
    first, _, _ = corpus()[name].partition("\n")
    return first.removeprefix("//").strip()
