"""Figures of the judge: counted rightly, and read as they were written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from .summary import FOLDER, load, save, summarise


def verdict(case: str, kind: str, why: str, *features: str) -> dict[str, Any]:
    """What the judge writes for a program."""
    return {"case": case, "verdict": kind, "why": why, "features": list(features)}


RUNS = (
    [
        verdict("7/0/1", "right", "", "scf.for"),
        verdict("7/1/1", "refused", 'EnzymeRefusal: could not "memref.copy"(%1, %2) : (f64)', "memref.copy"),
        verdict("7/2/1", "wrong", "a shadow is wrong", "scf.for"),
    ],
    [
        verdict("8/0/1", "refused", 'EnzymeRefusal: could not "memref.copy"(%5) : (f32)', "memref.copy", "scf.for"),
        verdict("8/1/1", "undecided", "the references do not agree"),
        verdict("8/2/1", "right", ""),
    ],
)


def test_verdicts_are_counted_by_kind_reason_and_feature() -> None:
    figures = summarise("after", "0.0.16", "abc", RUNS)
    assert figures.seeds == ("7", "8")
    assert [figures.count(kind) for kind in ("right", "refused", "wrong", "undecided")] == [2, 2, 1, 1]
    assert figures.reasons("refused") == [('EnzymeRefusal: could not "memref.copy"', 2)]
    assert figures.reasons("wrong") == [("a shadow is wrong", 1)]
    assert dict(figures.features) == {"memref.copy": (0, 2, 0, 0, 0), "scf.for": (1, 1, 0, 0, 1)}
    assert [figures.verdict(each) for each in figures.programs][:3] == ["right", "refused", "wrong"]


def test_they_are_read_as_they_were_written(tmp_path: Path) -> None:
    figures = summarise("after", "0.0.16", "abc", RUNS)
    save(figures, tmp_path)
    assert load("after", tmp_path) == figures
    assert load("before", tmp_path) is None


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda path: path.stem)
def test_committed_figures_are_whole(path: Path) -> None:
    figures = load(path.stem)
    assert figures is not None
    assert len(figures.programs) % len(figures.seeds) == 0
    assert path.stem.endswith(figures.release)
    assert path.stat().st_size < 60_000
