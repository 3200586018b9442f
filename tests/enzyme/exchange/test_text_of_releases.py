"""Text in the syntax of each release, read by its own Enzyme and by others; and written for one."""

from __future__ import annotations

import os

import pytest

from enzyme_mlir import lowering, new_context, using_release
from tests.enzyme.installed import RELEASES, folder_of

ACTIVITY = {"0.0.14": "#enzyme<activity {}>", "0.0.15": "#enzyme<activity {}>", "0.0.16": "#enzyme.activity<{}>"}
PROPERTIES = {"0.0.14": "{{{}}}", "0.0.15": "{{{}}}", "0.0.16": "<{}>"}
"""Around attributes that an operation has of its own."""


def text_of(release: str) -> str:
    active = ACTIVITY[release].format("enzyme_dup")
    needed = ACTIVITY[release].format("enzyme_dupnoneed")
    kinds = PROPERTIES[release].format(f"activity = [{active}], ret_activity = [{needed}]")
    return f"""module {{
  func.func @square(%arg0: f64) -> f64 {{
    %0 = arith.mulf %arg0, %arg0 : f64
    return %0 : f64
  }}
  func.func @slope(%arg0: f64, %arg1: f64) -> f64 {{
    %0 = enzyme.fwddiff @square(%arg0, %arg1) {kinds} : (f64, f64) -> f64
    return %0 : f64
  }}
}}
"""


@pytest.mark.parametrize("release", RELEASES)
def test_its_own_enzyme_reads_and_writes_it(release: str) -> None:
    folder = folder_of(release)
    with new_context(), using_release(release):
        module = lowering.parse(text_of(release), release=release, enzyme=folder)
        (call, _) = module.body.operations[1].regions[0].blocks[0].operations
        assert str(call.operation.attributes["activity"]) == f"[{ACTIVITY[release].format('enzyme_dup')}]"
        assert lowering.pretty(module, release=release, enzyme=folder) == text_of(release)
        assert lowering.pretty(text_of(release), enzyme=folder) == text_of(release)


@pytest.mark.parametrize("written", RELEASES)
def test_each_release_is_found_where_all_are_there(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ENZYME_MLIR_ENZYME", os.pathsep.join(str(folder_of(each)) for each in RELEASES))
    with new_context(), using_release("0.0.16"):
        found = str(lowering.parse(text_of(written)))
        assert found == str(lowering.parse(text_of(written), release=written))
        assert ACTIVITY["0.0.16"].format("enzyme_dup") in found
        for other in RELEASES:
            assert lowering.pretty(lowering.parse(text_of(written)), release=other) == text_of(other)


def test_generic_form_of_every_release_is_read_by_every_one() -> None:
    for written in RELEASES:
        active = ACTIVITY[written].format("enzyme_dup")
        text = f'func.func private @f() attributes {{x.a = {active}}}\n"enzyme.unheard"() : () -> ()\n'
        with new_context(), using_release("0.0.15"):
            module = lowering.parse(text)
            assert str(module.body.operations[0].attributes["x.a"]) == "#enzyme<activity enzyme_dup>"


def test_another_release_than_the_one_that_is_there_is_said_to_be() -> None:
    with pytest.raises(lowering.EnzymeRefusal) as caught:
        lowering.parse(text_of("0.0.15"), release="0.0.15", enzyme=folder_of("0.0.16"))
    assert str(caught.value).splitlines()[:2] == [
        "<text>:7:10: error: properties dictionary is missing required attribute: activity",
        "the text is in the syntax of release 0.0.15, and the Enzyme that was asked is 0.0.16: name one of release "
        "0.0.15 with enzyme=, or write it in generic form",
    ]
    with pytest.raises(lowering.EnzymeUnavailable) as missing:
        lowering.pretty(text_of("0.0.16"), release="0.0.14", enzyme=folder_of("0.0.16"))
    assert str(missing.value) == (
        "lowering.pretty: release is '0.0.14', accepted is one that an Enzyme is there for (0.0.16): only the release "
        "itself writes its syntax; name its folder with enzyme="
    )


@pytest.mark.parametrize("who", ["parse", "parse_file", "pretty"])
def test_an_unknown_release_is_refused(who: str) -> None:
    with pytest.raises(ValueError, match="release is") as caught:
        getattr(lowering, who)("module {}", release="0.0.13")
    assert str(caught.value) == f"lowering.{who}: release is '0.0.13', accepted is one of 0.0.14, 0.0.15, 0.0.16"
