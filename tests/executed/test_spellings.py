"""The spellings of other releases: `verify` takes what `lowering.run` takes, builders write that of the one in use."""

from __future__ import annotations

import pytest

from enzyme_mlir import ir, new_context, verify
from enzyme_mlir.dialects import enzyme
from enzyme_mlir.releases import RELEASES, using_release
from enzyme_mlir.testing import sample
from tests.executed.building import SQUARE

OLD, NEW = "#enzyme<activity {}>", "#enzyme.activity<{}>"
SPELLINGS = {"0.0.14": OLD, "0.0.15": OLD, "0.0.16": NEW}


def forward(activity: str, ret_activity: str) -> str:
    """A module with the forward mode of a function."""
    return f"""{SQUARE}
    func.func @main(%x: f64, %t: f64) -> f64 {{
      %0 = "enzyme.fwddiff"(%x, %t) {{fn = @square, activity = [{activity}], ret_activity = [{ret_activity}]}}
        : (f64, f64) -> f64
      return %0 : f64
    }}"""


@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize("spelling", [OLD, NEW])
def test_verify_takes_every_releases_spelling(release: str, spelling: str) -> None:
    with using_release(release), new_context():
        right = forward(spelling.format("enzyme_dup"), NEW.format("enzyme_dupnoneed"))
        assert verify(ir.Module.parse(right)) == ()


@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize("spelling", [OLD, NEW])
def test_what_is_wrong_is_found_in_every_spelling(release: str, spelling: str) -> None:
    with using_release(release), new_context():
        module = ir.Module.parse(forward(spelling.format("enzyme_active"), spelling.format("enzyme_dupnoneed")))
        (finding,) = verify(module)
        assert str(finding).partition(": ")[2] == (
            "enzyme.fwddiff: activity[0] is enzyme_active, accepted is one of enzyme_dup, enzyme_const, "
            "enzyme_dupnoneed, enzyme_constnoneed here"
        )
        module = ir.Module.parse(forward(spelling.format("enzyme_dop"), spelling.format("enzyme_dupnoneed")))
        (finding,) = verify(module)
        assert finding.parameter == "activity[0]"
        assert finding.hint == "did you mean 'enzyme_dup'?"


@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize("spelling", [OLD, NEW])
@pytest.mark.parametrize("is_array", [False, True], ids=["a list", "an array attribute"])
def test_builders_write_the_spelling_in_use(release: str, spelling: str, is_array: bool) -> None:
    with sample("f64", "f64", setup=SQUARE) as (_, x, tangent), using_release(release):
        dup = ir.Attribute.parse(spelling.format("enzyme_dup"))
        given = ir.ArrayAttr.get([dup]) if is_array else [dup]
        made = enzyme.fwddiff("square", [x, tangent], given, ["dupnoneed"])
        written = SPELLINGS[release].format("enzyme_dup")
        assert str(made.owner.attributes["activity"]) == f"[{written}]"
        assert verify(made.owner) == ()
        made.owner.opview.activity = given
        assert str(made.owner.attributes["activity"]) == f"[{written}]"


@pytest.mark.parametrize("release", RELEASES)
def test_an_attribute_of_another_kind_is_no_spelling(release: str) -> None:
    with using_release(release), new_context():
        module = ir.Module.parse(forward(NEW.format("enzyme_dup"), '"enzyme_dupnoneed"'))
        assert [finding.parameter for finding in verify(module)] == ["ret_activity[0]"]
