"""Overlay entries about things that are gone: nothing is lost, everything is named, the rest is generated."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from opspec.diagnostics import Diagnostics, SpecError
from opspec.diff.compare import compare
from opspec.diff.orphans import find_orphans
from opspec.diff.sources import load_side
from opspec.pipeline import generate, load_project, read_bindings
from opspec.spec.references import Missing
from tests.diff.loading import HISTORY

OVERLAY = """\
schema: opspec/overlay/1
dialect: enzyme
enums:
  Activity:
    cases: {enzyme_out: The derivative is returned, enzyme_dup: A shadow travels along}
types:
  ShadowedGradient: {summary: A gradient with a shadow}
operations:
  clear: {summary: Empties a cache}
  autodiff:
    summary: Reverse mode
    sample:
      arguments: {activity: [enzyme_out]}
  fwddiff: {summary: Forward mode}
"""


@pytest.fixture
def specs(tmp_path: Path) -> Path:
    """A project of 2023 with words about things of 2023."""
    folder = tmp_path / "opspecs"
    (folder / "enzyme").mkdir(parents=True)
    shutil.copy(HISTORY / "2023-11-22.yaml", folder / "enzyme" / "dialect.yaml")
    (folder / "enzyme" / "overlay.yaml").write_text(OVERLAY, encoding="utf-8")
    (folder / "bindings.yaml").write_text(
        "schema: opspec/bindings/1\npackage: home\nnaming: mnemonic\noutput: ../generated\ndialects: [enzyme]\n",
        encoding="utf-8",
    )
    return folder


def test_orphans_are_named_with_what_they_are_called_now(specs: Path) -> None:
    old = load_side(str(specs)).named("mnemonic")
    shutil.copy(HISTORY / "2024-06-30.yaml", specs / "enzyme" / "dialect.yaml")
    missing: list[Missing] = []
    new = load_side(str(specs), orphans=missing).named("mnemonic")
    orphans = find_orphans(missing, old.project, new.project, compare(old.project, new.project))
    told = {(orphan.owner, orphan.name, orphan.new_name) for orphan in orphans}
    assert told == {
        ("enum 'Activity'", "enzyme_out", "enzyme_active"),
        ("dialect 'enzyme'", "ShadowedGradient", ""),
        ("dialect 'enzyme'", "clear", ""),
    }
    assert [orphan.name for orphan in orphans].count("enzyme_out") == 2  # its words, and the sample
    renamed = next(orphan for orphan in orphans if orphan.name == "enzyme_out")
    assert renamed.new_name == "enzyme_active"
    assert renamed.candidate is not None and renamed.candidate.score > 0.6
    assert "it is probably 'enzyme_active' now" in str(renamed)
    assert "overlay.yaml:" in str(renamed)


def test_the_rest_is_generated(specs: Path) -> None:
    shutil.copy(HISTORY / "2024-06-30.yaml", specs / "enzyme" / "dialect.yaml")
    bindings, diagnostics = read_bindings(specs / "bindings.yaml")
    missing: list[Missing] = []
    files = {file.path: file.text for file in generate(load_project(bindings, diagnostics, missing))}
    assert {use.name for use in missing} == {"enzyme_out", "ShadowedGradient", "clear"}
    module = files["python/home/dialects/enzyme.py"]
    assert '"""Reverse mode.' in module and '"""Forward mode.' in module
    assert "Empties a cache" not in module


def test_without_an_upgrade_they_stay_mistakes(specs: Path) -> None:
    shutil.copy(HISTORY / "2024-06-30.yaml", specs / "enzyme" / "dialect.yaml")
    with pytest.raises(SpecError) as raised:
        load_project(read_bindings(specs / "bindings.yaml")[0], Diagnostics())
    assert {found.code for found in raised.value.diagnostics} == {"unknown-name"}
