"""Questions about the model: what releases have, which operations end a region, where a sample stands."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from opspec.diagnostics import Diagnostics
from opspec.model.constraints import Attribute, RegionConstraint
from opspec.model.definitions import is_opaque, layout_of, opaque_definitions
from opspec.model.dialect import Dialect, NamedAttribute, NamedParameter, Operation, Region, TypeDefinition
from opspec.model.parents import find_parents
from opspec.model.released import is_partial, required_in
from opspec.model.releases import Counts, DialectReleases, Form, Offered, Spelling
from opspec.model.sample import Sample, SampleRegion
from opspec.model.terminators import find_terminators, terminators_of
from opspec.notation import parse_argument, parse_parameter, parse_trait, parse_value
from opspec.samples.places import path_of, some_terminator
from opspec.spec.load import load_dialect
from opspec.spec.references import Missing

RELEASES = DialectReleases(
    "d",
    "tool",
    ("1", "2", "3"),
    operations=(Offered("new", ("2", "3")), Offered("gone", ("1",))),
    operation_attributes=(Offered("new.width", ("1", "3")), Offered("old.width", ("2",))),
    definitions=(Offered("#d.mode", ("3",)),),
    cases=(Offered("Mode.fast", ("2", "3")),),
    spellings=(Spelling("#d.mode", (("1", "`<` $a `>`"), ("2", "custom"))),),
    forms=(Form("run.a", (("1", parse_value("i8")),)),),
    counts=(Counts("run", (("1", (("results", 0, None),)),)),),
)


@pytest.mark.parametrize("dialect", ["a_b", "a.b", "ab", "AB"])
@pytest.mark.parametrize("space", ["AB", "a_b", "mlir::ab"])
def test_parents_are_found_by_namespace_however_the_dialect_is_written(dialect: str, space: str) -> None:
    inner = Operation("inner", "InnerOp", traits=(parse_trait(f'HasParent(opaque("{space}::OuterOp"))'),))
    own = Operation("own", "OwnOp", traits=(parse_trait("HasParent(opaque(OuterOp))"),))
    outer = Dialect(dialect, operations=(Operation("outer", "OuterOp"), own))
    other = Dialect("c", operations=(inner, own))
    found = [operation.traits for each in find_parents((outer, other)) for operation in each.operations]
    named = (parse_trait(f"HasParent({dialect}.outer)"),)
    assert found == [(), named, named, own.traits]


def test_what_is_not_listed_is_in_every_release() -> None:
    every = ("1", "2", "3")
    assert RELEASES.of_operation("other") == RELEASES.of_attribute("other", "width") == every
    assert RELEASES.of_definition("#d.other") == RELEASES.of_case("Mode", "slow") == every
    assert RELEASES.forms_of("run", "b") == {}
    assert RELEASES.counts_of("new") == {}
    assert RELEASES.format_of("#d.other", "1", "x") == "x"


def test_what_is_listed_is_in_those_releases() -> None:
    assert RELEASES.of_operation("new") == ("2", "3")
    assert RELEASES.of_attribute("new", "width") == ("3",)
    assert RELEASES.of_attribute("new", "other") == ("2", "3")
    assert RELEASES.of_attribute("old", "width") == ("2",)
    assert RELEASES.of_attribute("gone", "width") == ("1",)
    assert RELEASES.of_definition("#d.mode") == ("3",)
    assert RELEASES.of_case("Mode", "fast") == ("2", "3")
    assert [RELEASES.format_of("#d.mode", release, "x") for release in "123"] == ["`<` $a `>`", "custom", "x"]
    assert RELEASES.forms_of("run", "a") == {"1": parse_value("i8")}
    assert RELEASES.counts_of("run") == {"1": (("results", 0, None),)}


def operation(mnemonic: str, *traits: str, regions: tuple[Region, ...] = ()) -> Operation:
    return Operation(mnemonic, f"{mnemonic}Op", traits=tuple(map(parse_trait, traits)), regions=regions)


BODY = Region("body", RegionConstraint())
LOOP = operation("loop", regions=(BODY, Region("other", RegionConstraint())))
STEP = operation("step", "HasParent(d.loop, other.loop)")
STOP = operation("stop", "Terminator", "HasParent(d.loop)")
HALT = operation("halt", "Terminator", "HasParent(d.loop)")
END = operation("end", "Terminator")
IMPLICIT = operation("implicit", "SingleBlockImplicitTerminator(d.end)", regions=(BODY,))
GRAPH = operation("graph", "NoTerminator", regions=(BODY,))
PLAIN = operation("plain", regions=(BODY,))
DIALECT = Dialect("d", operations=(LOOP, STEP, STOP, HALT, END, IMPLICIT, GRAPH, PLAIN))


def test_what_ends_a_region() -> None:
    assert terminators_of(DIALECT, LOOP, BODY) == ("d.stop", "d.halt")
    assert terminators_of(DIALECT, LOOP, replace(BODY, terminator="halt")) == ("d.halt", "d.stop")
    assert terminators_of(DIALECT, LOOP, replace(BODY, terminator="end")) == ("d.end", "d.stop", "d.halt")
    assert terminators_of(DIALECT, IMPLICIT, BODY) == ("d.end",)
    assert terminators_of(DIALECT, GRAPH, replace(BODY, terminator="end")) == ()
    assert terminators_of(DIALECT, PLAIN, BODY) == ()


def test_regions_get_the_first_terminator_unless_a_person_chose_one() -> None:
    chosen = replace(LOOP, regions=(BODY, replace(BODY, terminator="halt")))
    found = find_terminators(replace(DIALECT, operations=(chosen, STOP, HALT, PLAIN)))
    assert [region.terminator for region in found.operations[0].regions] == ["stop", "halt"]
    assert [region.terminator for region in found.operations[3].regions] == [""]


SAMPLE = Sample(regions=(SampleRegion("other", (), (), ""),))


@pytest.mark.parametrize(
    ("mnemonic", "sampled", "path"),
    [
        ("loop", {}, []),
        ("plain", {}, []),
        ("step", {}, ["loop.body"]),
        ("step", {"step": Sample()}, ["loop.body"]),
        ("step", {"loop": SAMPLE}, ["loop.body"]),
        ("stop", {}, ["loop.body"]),
        ("stop", {"loop": SAMPLE}, ["loop.other"]),
        ("end", {}, ["implicit.body"]),
        ("end", {"end": Sample()}, []),
    ],
)
def test_where_a_sample_stands(mnemonic: str, sampled: dict[str, Sample], path: list[str]) -> None:
    operations = tuple(replace(each, sample=sampled.get(each.mnemonic)) for each in DIALECT.operations)
    dialect = replace(DIALECT, operations=operations)
    found = path_of(dialect, dialect.operation(mnemonic))
    assert [f"{place.parent.mnemonic}.{place.region.name}" for place in found] == path


def test_something_ends_a_block_that_nothing_is_said_to_end() -> None:
    assert some_terminator(DIALECT, PLAIN) == "d.end"
    assert some_terminator(DIALECT, GRAPH) == some_terminator(DIALECT, END) == ""


CASES = """\
schema: opspec/dialect/1
dialect: d
enums:
  Mode: {storage: i32, cases: {slow: 0, fast: {value: 1, text: FAST}}}
  Flags: {storage: i32, bits: true, separator: '|', cases: {none: 0, a: 1, b: 2}}
  Bits: {storage: i32, bits: true, cases: {none: 0, c: 1}}
attributes:
  mode: {class: ModeAttr, parameters: {value: enum Mode}, format: '`<` $value `>`'}
operations:
  other: {class: OtherOp, arguments: {mode: attr enum Mode}}
  run:
    class: RunOp
    arguments:
      {mode: attr enum Mode where opaque, flags: attr enum Flags, bits: attr enum Bits,
       modes: 'attr array<array<d.mode>>', written: attr d.mode, number: attr i64, text: attr string}
"""


@pytest.mark.parametrize(
    ("value", "gone"),
    [
        ("mode: slow", []),
        ("mode: FAST", []),
        ("mode: quick", [("enum 'Mode'", "quick")]),
        ("flags: a|b", []),
        ("flags: a|e|f", [("enum 'Flags'", "e"), ("enum 'Flags'", "f")]),
        ("bits: c", []),
        ("bits: cd", [("enum 'Bits'", "cd")]),
        ("modes: [[slow, FAST, lsow], [fast, lsow]]", [("enum 'Mode'", "lsow")]),
        ("written: '#d.mode<slower>'", []),
        ("number: 3", []),
        ("text: quick", []),
    ],
)
def test_a_sample_that_names_a_case_that_is_gone_is_left_out(
    value: str, gone: list[tuple[str, str]], tmp_path: Path
) -> None:
    (tmp_path / "dialect.yaml").write_text(CASES)
    overlay = f"schema: opspec/overlay/1\ndialect: d\noperations:\n  run:\n    sample:\n      arguments: {{{value}}}\n"
    (tmp_path / "overlay.yaml").write_text(overlay)
    missing: list[Missing] = []
    diagnostics = Diagnostics()
    dialect = load_dialect(tmp_path / "dialect.yaml", diagnostics, tmp_path, orphans=missing)
    assert dialect is not None
    assert diagnostics.found == []
    assert [(found.owner, found.name, found.where, found.location.line) for found in missing] == [
        (*found, "the sample", 6) for found in gone
    ]
    assert (dialect.operation("run").sample is None) == bool(gone)


def test_which_releases_require_an_attribute() -> None:
    """Those that have it, and have it as one that cannot be left out."""
    width = NamedAttribute("width", declared("attr i64"))
    forms = (("1", declared("attr optional i64")), ("2", declared("attr i32")), ("3", parse_value("i64")))
    releases = replace(RELEASES, operations=(), operation_attributes=(), forms=(Form("run.width", forms),))
    run = replace(operation("run"), arguments=(width,))
    dialect = Dialect("d", operations=(run,))
    assert required_in(replace(dialect, releases=releases), run, width) == ("2",)
    assert required_in(replace(dialect, releases=replace(releases, forms=())), run, width) == ("1", "2", "3")
    some = replace(RELEASES, operations=(), operation_attributes=(Offered("run.width", ("1", "3")),), forms=())
    assert required_in(replace(dialect, releases=some), run, width) == ("1", "3")
    assert is_partial(replace(dialect, releases=some), run, width)
    assert not is_partial(replace(dialect, releases=replace(some, operation_attributes=())), run, width)
    assert not is_partial(dialect, run, width)


def test_definitions_that_only_cpp_can_write() -> None:
    def definition(mnemonic: str, form: str | None, *parameters: str, dialect: str = "") -> TypeDefinition:
        named = tuple(NamedParameter(f"p{i}", parse_parameter(text)) for i, text in enumerate(parameters))
        return TypeDefinition(mnemonic, mnemonic, named, form, dialect)

    types = (
        definition("plain", None),
        definition("shown", "`<` $p0 `>`", "type"),
        definition("hidden", None, "type"),
        definition("custom", "custom", "opaque(A)"),
        definition("directed", "`<` custom<Print>($p0) `>`", "type", dialect="other"),
        definition("held", "`<` params `>`", "type", "list<list<opaque(A)>>", "opaque(B)"),
    )
    assert [is_opaque(found) for found in types] == [False, False, True, True, True, False]
    assert [layout_of(found) for found in types] == ["", "`<` $p0 `>`", None, None, None, "`<` params `>`"]
    assert list(opaque_definitions(Dialect("d", types=types))) == [
        ("!d.hidden", "no assembly format"),
        ("!d.custom", "custom"),
        ("!other.directed", "`<` custom<Print>($p0) `>`"),
        ("!d.held.p1", "C++ type A"),
        ("!d.held.p2", "C++ type B"),
    ]


def declared(text: str) -> Attribute:
    found = parse_argument(text)
    assert isinstance(found, Attribute)
    return found
