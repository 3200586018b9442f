"""`learned.yaml` beside a spec: the facts of TableGen count, notes are comments; what a release lacks is left out."""

from __future__ import annotations

from pathlib import Path

import pytest

from opspec.diagnostics import Diagnostics, SpecError
from opspec.model.constraints import IntegerOf, Value
from opspec.model.dialect import Dialect
from opspec.model.released import as_of
from opspec.model.releases import DialectReleases, Form, Offered
from opspec.probe.merging import with_release
from opspec.spec.learned import LEARNED, read_notes
from opspec.spec.load import load_dialect
from opspec.spec.printer import print_dialect
from tests.command import opspec

FACTS = """\
schema: opspec/dialect/1
dialect: toy
types:
  coin:
    class: CoinType
operations:
  dig:
    class: DigOp
    arguments:
      depth: i64
      place: attr string
  pay:
    class: PayOp
"""
LEARNT = """\
schema: opspec/dialect/1
dialect: toy
provenance:
  tool: toy-opt
types:
  coin:  # taken: !toy.coin
    class: OtherType
  note:  # taken: !toy.note
    class: NoteType

operations:
  count:  # a draft of it is taken
    class: CountOp
    arguments:
      operand_0: toy.coin  # must be coin; 1 of 70 types taken

  dig:
    class: OtherOp
"""


def load(folder: Path) -> Dialect:
    """The dialect of a folder."""
    diagnostics = Diagnostics()
    found = load_dialect(folder / "dialect.yaml", diagnostics)
    diagnostics.raise_if_any()
    assert found is not None
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A spec with facts of both kinds."""
    (tmp_path / "toy").mkdir()
    (tmp_path / "toy" / "dialect.yaml").write_text(FACTS, encoding="utf-8")
    (tmp_path / "toy" / LEARNED).write_text(LEARNT, encoding="utf-8")
    return tmp_path / "toy"


def test_facts_of_both_are_one_dialect(folder: Path) -> None:
    dialect = load(folder)
    assert [(o.mnemonic, o.class_name) for o in dialect.operations] == [
        ("count", "CountOp"),
        ("dig", "DigOp"),
        ("pay", "PayOp"),
    ]
    assert [(t.mnemonic, t.class_name) for t in dialect.types] == [("coin", "CoinType"), ("note", "NoteType")]
    assert dialect.operations[0].location.path.endswith(LEARNED)
    assert dialect.operations[1].location.path.endswith("dialect.yaml")


def test_a_mistake_in_learnt_facts_stands_there(folder: Path) -> None:
    (folder / LEARNED).write_text(LEARNT.replace("toy.coin  #", "toy.coyn  #"), encoding="utf-8")
    with pytest.raises(SpecError) as caught:
        load(folder)
    (found,) = caught.value.diagnostics
    assert found.location.path.endswith(f"{LEARNED}")
    assert (found.location.line, found.code) == (15, "unknown-name")


def test_lint_says_what_is_extracted_by_now(folder: Path) -> None:
    done = opspec("lint", "--spec", "toy/dialect.yaml", cwd=folder.parent)
    assert done.returncode == 0
    assert "'coin' of the types is learnt, and in dialect.yaml as well, which counts" in done.stderr
    assert "'dig' of the operations is learnt, and in dialect.yaml as well, which counts" in done.stderr
    assert "'count'" not in done.stderr


def test_notes_are_read_as_they_are_printed(folder: Path) -> None:
    notes = read_notes(LEARNT)
    assert notes == {
        ("types", "coin", ""): "taken: !toy.coin",
        ("types", "note", ""): "taken: !toy.note",
        ("operations", "count", ""): "a draft of it is taken",
        ("operations", "count", "operand_0"): "must be coin; 1 of 70 types taken",
    }
    assert read_notes(print_dialect(load(folder), notes=notes)) == notes


def released(*releases: str, operations: tuple[Offered, ...] = (), forms: tuple[Form, ...] = ()) -> DialectReleases:
    """Data on releases."""
    return DialectReleases("toy", "toy", releases, operations, (), (), (), (), forms, ())


def test_one_more_release_is_added_to_what_is_known() -> None:
    old = released("1.0", "2.0", operations=(Offered("pay", ("2.0",)),))
    form = Form("dig.depth", (("3.0", Value(IntegerOf("i", 32))),))
    new = released("3.0", operations=(Offered("dig", ()), Offered("pay", ())), forms=(form,))
    merged = with_release(old, new, ("count",))
    assert merged.releases == ("1.0", "2.0", "3.0")
    assert merged.operations == (Offered("count", ("3.0",)), Offered("dig", ("1.0", "2.0")), Offered("pay", ("2.0",)))
    assert merged.forms == (form,)
    again = with_release(merged, released("3.0"), ())
    assert again.operations == (Offered("count", ("3.0",)), Offered("pay", ("2.0", "3.0")))
    assert again.forms == ()
    assert with_release(None, new, ()) == new


def test_a_dialect_as_one_release_has_it(folder: Path) -> None:
    path = folder / "releases.yaml"
    path.write_text(
        'schema: opspec/releases/1\ndialect: toy\ndistribution: toy\nreleases: ["1.0", "2.0"]\noperations:\n'
        '  "pay": ["1.0"]\noperation_attributes:\n  "dig.place": ["2.0"]\nforms:\n  "dig.depth": {"2.0": "i32"}\n',
        encoding="utf-8",
    )
    dialect = load(folder)
    first, second = as_of(dialect, "1.0"), as_of(dialect, "2.0")
    assert [o.mnemonic for o in first.operations] == ["count", "dig", "pay"]
    assert [o.mnemonic for o in second.operations] == ["count", "dig"]
    assert [a.name for a in first.operation("dig").arguments] == ["depth"]
    assert [a.name for a in second.operation("dig").arguments] == ["depth", "place"]
    assert second.operation("dig").operands[0].value == Value(IntegerOf("i", 32))
    assert as_of(dialect, "9.0") == dialect
