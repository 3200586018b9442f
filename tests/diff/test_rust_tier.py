"""How bad changes are for Rust programs, by the examples of all rules, and where a project asks for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from opspec.diff.changes import Change, Tier
from opspec.diff.compare import compare
from opspec.diff.examples import sides_of
from opspec.diff.rules import RULES
from tests.command import opspec

TABLE = Path(__file__).with_name("rust_tier.txt")

SPEC = """\
schema: opspec/dialect/1
dialect: shapes
operations:
  move:
    class: MoveOp
    arguments: {shape: any, by: attr i64%s}
"""
BINDINGS = """\
schema: opspec/bindings/1
package: my_shapes
output: made
targets: [python%s]
dialects: [shapes]
"""


def word(change: Change, tier: Tier) -> str:
    level = change.level_in(tier)
    return "-" if level is None else level.word


def rows() -> Iterator[str]:
    for rule in RULES:
        for example in rule.examples:
            old, new = sides_of(example)
            (change,) = compare(replace(old, has_rust=True), new)
            name = f"{rule.id} {example.variant}".strip()
            yield f"{name:50} source {word(change, Tier.SOURCE):10} rust {word(change, Tier.RUST)}"


def test_the_levels_of_all_examples_are_stable() -> None:
    """Read off the signatures of both sides; `rust_tier.txt` is to be looked at when it changes."""
    assert list(rows()) == TABLE.read_text(encoding="utf-8").splitlines()


def project(folder: Path, facts: str, more: str) -> None:
    (folder / "shapes").mkdir(parents=True)
    (folder / "shapes" / "dialect.yaml").write_text(SPEC % facts, encoding="utf-8")
    (folder / "bindings.yaml").write_text(BINDINGS % more, encoding="utf-8")


def test_a_project_that_generates_rust_is_told(tmp_path: Path) -> None:
    for name, facts in (("old", ", far: attr i64 = 1"), ("new", ", far: attr i64 = 1, wide: attr optional i64")):
        project(tmp_path / name, facts, ", rust")
        project(tmp_path / f"{name}_python", facts, "")
    project(tmp_path / "first", "", ", rust")
    told = opspec("diff", "old", "new", "--no-surface", cwd=tmp_path)
    assert "source compatible, ir compatible, rust compatible" in told.stdout
    assert told.returncode == 0
    plain = opspec("diff", "old_python", "new_python", "--no-surface", cwd=tmp_path)
    assert "source compatible, ir compatible\n" in plain.stdout
    breaking = opspec("diff", "first", "old", "--no-surface", cwd=tmp_path)
    assert "source compatible, ir compatible, rust breaking" in breaking.stdout  # a function without options gets some
    assert breaking.returncode == 100
