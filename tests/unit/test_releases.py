"""`releases.yaml`: whatever it says is read, and a release that it does not list is named where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from opspec.diagnostics import Diagnostics
from opspec.model.constraints import Multiplicity, RegionConstraint
from opspec.model.releases import DialectReleases, Parts
from opspec.spec.releases import load_releases, print_releases

TEXT = """\
# yaml-language-server: $schema=../../generated/schema/releases.schema.json
# What the releases have of this dialect, found out by `opspec probe --record`. Do not edit.
schema: opspec/releases/1
dialect: enzyme
distribution: enzyme-ad
releases: ["0.0.14", "0.0.15"]
operations:
  "enzyme.dup": ["0.0.15"]
operation_attributes:
  "enzyme.autodiff.width": []
definitions:
  "enzyme.Cache": ["0.0.14", "0.0.15"]
cases:
  "Activity.enzyme_dup": ["0.0.14"]
formats:
  "enzyme.Cache":
    "0.0.14": "`<` $type `>`"
forms:
  "enzyme.dup.x": {"0.0.14": "variadic i64"}
counts:
  "enzyme.dup": {"0.0.14": {"operands": "2", "results": "9 or more"}}
parts:
  "enzyme.dup":
    "0.0.15": {"operands": ["x", "y"], "results": [], "regions": {"body": "blocks 1", "rest": "variadic any"}}
"""


def load(folder: Path, text: str) -> tuple[DialectReleases | None, list[tuple[str, str, int, int]]]:
    """What is read, and each finding: code, message, line and column."""
    path = folder / "releases.yaml"
    path.write_text(text, encoding="utf-8")
    diagnostics = Diagnostics()
    found = load_releases(path, diagnostics)
    return found, [(each.code, each.message, each.location.line, each.location.column) for each in diagnostics.found]


def test_what_is_read_is_printed_alike(tmp_path: Path) -> None:
    found, findings = load(tmp_path, TEXT)
    assert findings == []
    assert found is not None
    assert print_releases(found) == TEXT
    assert (found.dialect, found.distribution, found.releases) == ("enzyme", "enzyme-ad", ("0.0.14", "0.0.15"))
    assert [(each.name, each.releases) for each in found.operations] == [("enzyme.dup", ("0.0.15",))]
    assert found.counts[0].counts == (("0.0.14", (("operands", 2, 2), ("results", 9, None))),)
    regions = (("body", RegionConstraint(1)), ("rest", RegionConstraint(multiplicity=Multiplicity.VARIADIC)))
    assert found.parts_of("enzyme.dup") == {"0.0.15": Parts(("x", "y"), (), regions)}
    assert found.parts_of("enzyme.other") == {}
    assert load(tmp_path, TEXT)[0] == found
    assert "ByName" not in repr(found), "what is made for looking up is not shown"


@pytest.mark.parametrize(
    ("section", "old", "line", "column"),
    [
        ("operations.enzyme.dup", '"enzyme.dup": ["0.0.15"]', 8, 18),
        ("definitions.enzyme.Cache", '"enzyme.Cache": ["0.0.14", "0.0.15"]', 12, 30),
        ("cases.Activity.enzyme_dup", '"Activity.enzyme_dup": ["0.0.14"]', 14, 27),
    ],
)
def test_a_release_that_is_not_listed_is_refused(
    section: str, old: str, line: int, column: int, tmp_path: Path
) -> None:
    start, _, _ = old.rpartition('"0.0.')
    _, findings = load(tmp_path, TEXT.replace(old, f'{start}"0.0.16"]'))
    message = f"{section} names the release '0.0.16', which is not among 'releases'"
    assert findings == [("unknown-name", message, line, column)]


def test_without_a_file_there_is_nothing_to_say(tmp_path: Path) -> None:
    diagnostics = Diagnostics()
    assert load_releases(tmp_path / "releases.yaml", diagnostics) is None
    assert diagnostics.found == []
