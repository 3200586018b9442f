"""Enzyme's own history: every change that a person finds in the specs is found, and classified; `--update` rewrites.

The specs in `history/` are what our extractor makes of the record dumps beside the project.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from opspec.diff.accept import divide
from opspec.diff.changes import Level
from opspec.diff.compare import compare
from opspec.diff.griffe_check import check_with_griffe
from opspec.diff.report import Report, render
from opspec.diff.sources import load_sides
from opspec.extraction import Tools, facts_text
from tests.diff.loading import HISTORY, history, load
from tests.records import RECORDS, needs_records

STEPS = (
    ("2023-11-22", "2024-06-30"),
    ("2024-06-30", "2024-12-27"),
    ("2024-12-27", "2025-04-22"),
    ("2025-04-22", "ae27aa0e"),
    ("ae27aa0e", "4cdb2246"),
)
EXPECTED = HISTORY / "reports"


def report_text(old: str, new: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(HISTORY)
    first, second = load_sides(f"{old}.yaml", f"{new}.yaml")
    changes = compare(first.project, second.project)
    check = check_with_griffe(first.project, second.project, changes)
    return render(Report(first, second, divide(changes, ()), check), "text") + "\n"


@pytest.mark.parametrize(("old", "new"), STEPS)
def test_a_step_of_the_history(old: str, new: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = EXPECTED / f"{old}-{new}.txt"
    text = report_text(old, new, monkeypatch)
    assert text == expected.read_text(encoding="utf-8"), "if that is wanted: python -m tests.diff.rewrite"


@pytest.mark.parametrize(("old", "new"), STEPS)
def test_griffe_finds_nothing_that_the_model_does_not_explain(old: str, new: str) -> None:
    first, second = load_sides(str(HISTORY / f"{old}.yaml"), str(HISTORY / f"{new}.yaml"))
    changes = compare(first.project, second.project)
    check = check_with_griffe(first.project, second.project, changes)
    assert check.unexplained == ()
    breaking = [c for c in changes if c.verdicts and c.level is Level.BREAKING]
    assert bool(check.findings) == bool(breaking)


def test_steps_together_are_the_whole_way() -> None:
    """What one step adds and none takes away is added over the whole way, and the reverse."""
    way = [load(HISTORY / f"{name}.yaml") for name in ("2023-11-22", *(new for _, new in STEPS))]
    first, last = way[0], way[-1]
    changes = list(compare(history("2023-11-22"), history("4cdb2246")))
    for rule, here, there in (("operation-added", last, first), ("operation-removed", first, last)):
        found = {change.place.name for change in changes if change.rule == rule}
        assert found == {o.mnemonic for o in here.operations} - {o.mnemonic for o in there.operations}


@needs_records
@pytest.mark.parametrize("name", sorted(path.stem for path in HISTORY.glob("*.yaml")))
def test_the_committed_specs_are_what_the_extractor_makes_of_the_records(name: str) -> None:
    committed = HISTORY / f"{name}.yaml"
    provenance = load(committed).provenance
    dump = RECORDS / f"enzyme-{name}.json"
    schema = "../../../generated/schema/dialect.schema.json"
    text = facts_text(str(dump), "enzyme", None, Tools(), provenance, schema).text
    assert text == committed.read_text(encoding="utf-8")


@needs_records
@pytest.mark.parametrize(("old", "new"), STEPS)
def test_the_dumps_themselves_differ_in_the_same(old: str, new: str) -> None:
    dumps = load_sides(str(RECORDS / f"enzyme-{old}.json"), str(RECORDS / f"enzyme-{new}.json"))
    specs = load_sides(str(HISTORY / f"{old}.yaml"), str(HISTORY / f"{new}.yaml"))
    assert compare(*(side.project for side in dumps)) == compare(*(side.project for side in specs))


def test_every_report_is_of_a_step() -> None:
    assert {path.name for path in Path(EXPECTED).glob("*")} == {f"{old}-{new}.txt" for old, new in STEPS}
