"""What the real Enzyme says about the snapshots of Rust: it reads them, and expands what it has a pass for."""

from __future__ import annotations

from pathlib import Path

import pytest

from enzyme_mlir import lowering

pytestmark = pytest.mark.usefixtures("enzyme_installed")

FOLDER = Path(__file__).parents[2] / "generated" / "rust" / "melior" / "src" / "dialect" / "snapshots"
PREFIX = "melior__dialect__enzyme__tests__compile_"
SNAPSHOTS = {
    path.stem.removeprefix(PREFIX): path.read_text(encoding="utf-8").partition("\n---\n")[2]
    for path in sorted(FOLDER.glob(f"{PREFIX}*.snap"))
}


def test_enzyme_reads_every_snapshot(enzyme_installed: None) -> None:
    found = lowering.run_all(list(SNAPSHOTS.values()), "parse")
    refused = {name: message for name, (text, message) in zip(SNAPSHOTS, found, strict=True) if text is None}
    assert len(SNAPSHOTS) == 26
    assert refused == {}


@pytest.mark.parametrize("name", ["autodiff", "fwddiff", "batch"])
def test_enzyme_expands_what_it_has_a_pass_for(name: str, enzyme_installed: None) -> None:
    assert f'"enzyme.{name}"' in SNAPSHOTS[name]
    assert "enzyme." not in str(lowering.run(SNAPSHOTS[name]))
