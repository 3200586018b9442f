"""Operations of which releases have other operands, results and regions: one order of all, and the form of each."""

from __future__ import annotations

from dataclasses import replace

import pytest

from opspec.diagnostics import Diagnostics, Location
from opspec.model.constraints import Attribute, AttributeKind, RegionConstraint
from opspec.model.dialect import (
    AttributeDefinition,
    Dialect,
    Extras,
    NamedAttribute,
    NamedValue,
    Operation,
    Region,
    TypeDefinition,
)
from opspec.model.parts import is_one_order, releases_of_part, whole, with_all_parts, with_operands
from opspec.model.released import as_of, facts_alone, with_releases
from opspec.model.releases import Counts, DialectReleases, Form, Offered, Parts, ReleasedParts, Spelling
from opspec.notation import parse_argument, parse_trait, parse_value
from opspec.notation.relations import parse_relation
from opspec.probe.merging import with_release
from opspec.probe.record import record_releases

HERE = Location("releases.yaml", 1, 1)
WIDTH = NamedAttribute("width", Attribute(AttributeKind.STRING))


def value(name: str, text: str = "f64") -> NamedValue:
    return NamedValue(name, parse_value(text))


RUN = Operation("run", "RunOp", (value("a"), WIDTH, value("b")), (value("r"),), (Region("body", RegionConstraint()),))
PARTS = (
    ("2", Parts(("x", "a", "b"), ("r", "s"))),
    ("3", Parts(("x", "a", "y"), (), (("before", RegionConstraint(1)), ("body", RegionConstraint())))),
)
RELEASES = DialectReleases(
    "d",
    "tool",
    ("1", "2", "3"),
    operations=(),
    operation_attributes=(),
    definitions=(),
    cases=(),
    spellings=(),
    forms=(
        Form("run.a", (("3", parse_value("i8")),), (HERE,)),
        Form("run.s", (("2", parse_value("i64")),), (HERE,)),
        Form("run.x", (("2", parse_value("f32")), ("3", parse_value("i1"))), (HERE, HERE)),
        Form("run.y", (("3", parse_value("variadic any")),), (HERE,)),
        Form("run.mode", (("3", parse_argument("attr i64")),), (HERE,)),
    ),
    counts=(Counts("stop", (("3", (("results", 1, 1),)),)),),
    parts=(ReleasedParts("run", PARTS, (HERE, HERE)),),
)
PLAIN = Dialect("d", operations=(RUN, Operation("stop", "StopOp")))


@pytest.fixture
def dialect() -> Dialect:
    diagnostics = Diagnostics()
    found = with_releases(PLAIN, RELEASES, diagnostics)
    assert not diagnostics.found
    return found


def names(operation: Operation) -> tuple[list[str], list[str], list[str]]:
    return (
        [part.name for part in operation.arguments],
        [part.name for part in operation.results],
        [part.name for part in operation.regions],
    )


def test_an_operation_stays_as_the_spec_has_it_and_knows_what_only_releases_have(dialect: Dialect) -> None:
    run = dialect.operation("run")
    assert names(run) == (["a", "width", "b", "mode"], ["r"], ["body"])
    before = Region("before", RegionConstraint(1))
    # what a part is, the newest release says
    assert run.extras == Extras((value("x", "i1"), value("y", "variadic any")), (value("s", "i64"),), (before,))
    assert dialect.operation("stop").extras == Extras()
    assert facts_alone(dialect).operations == PLAIN.operations


def test_all_parts_stand_in_one_order(dialect: Dialect) -> None:
    every = whole(dialect, dialect.operation("run"))
    assert names(every) == (["x", "a", "width", "y", "b", "mode"], ["r", "s"], ["before", "body"])
    assert whole(dialect, every) == every
    assert with_all_parts(dialect).operations == (every, dialect.operation("stop"))
    assert whole(PLAIN, RUN) == RUN


@pytest.mark.parametrize(
    ("release", "arguments", "results", "regions"),
    [
        ("1", ["a", "width", "b"], ["r"], ["body"]),
        ("2", ["x", "a", "width", "b"], ["r", "s"], ["body"]),
        ("3", ["x", "a", "width", "mode", "y"], [], ["before", "body"]),
    ],
)
def test_a_release_has_its_own_parts(
    dialect: Dialect, release: str, arguments: list[str], results: list[str], regions: list[str]
) -> None:
    run = as_of(dialect, release).operation("run")
    assert names(run) == (arguments, results, regions)
    assert run.extras == Extras()
    types = {operand.name: operand.value for operand in run.operands}
    assert types["a"] == parse_value("i8" if release == "3" else "f64")
    assert types.get("x") == {"1": None, "2": parse_value("f32"), "3": parse_value("i1")}[release]


def test_what_is_said_of_parts_that_a_release_lacks_is_not_said_there() -> None:
    traits = tuple(map(parse_trait, ("AllTypesMatch(a, b)", "TypesMatchWith(r = same(a))", "Pure")))
    relations = tuple(map(parse_relation, ("when b is given: width is given", "count(r) == 1", "width is given")))
    said = replace(RUN, traits=traits, relations=relations, result_sources=(("r", "b"),))
    diagnostics = Diagnostics()
    dialect = with_releases(Dialect("d", operations=(said,)), RELEASES, diagnostics)
    second, third = (as_of(dialect, release).operation("run") for release in ("2", "3"))
    assert (second.traits, second.relations, second.result_sources) == (traits, relations, (("r", "b"),))
    assert (third.traits, third.relations, third.result_sources) == (traits[2:], relations[2:], ())


def test_a_release_has_its_own_definitions_as_it_writes_them() -> None:
    mode = AttributeDefinition("mode", "ModeAttr", (), "`<` `a` `>`")
    own, foreign = TypeDefinition("box", "BoxType", (), None), TypeDefinition("ptr", "PtrType", (), None, "llvm")
    releases = replace(
        RELEASES,
        definitions=(Offered("!d.box", ("2",)), Offered("!llvm.ptr", ("3",))),
        spellings=(Spelling("#d.mode", (("2", "`a`"),), (HERE,)),),
    )
    dialect = with_releases(replace(PLAIN, attributes=(mode,), types=(own, foreign)), releases, Diagnostics())
    first, second, third = (as_of(dialect, release) for release in "123")
    assert (first.attributes, first.types) == ((mode,), ())
    assert (second.attributes, second.types) == ((replace(mode, format="`a`"),), (own,))
    assert (third.attributes, third.types) == ((mode,), (foreign,))


def test_which_releases_have_a_part(dialect: Dialect) -> None:
    run = whole(dialect, dialect.operation("run"))
    parts = {
        part.name: releases_of_part(dialect, run, kind, part.name)
        for kind in ("operands", "results", "regions")
        for part in getattr(run, kind)
    }
    assert parts == {
        "x": ("2", "3"),
        "a": None,
        "y": ("3",),
        "b": ("", "1", "2"),
        "r": ("", "1", "2"),
        "s": ("2",),
        "before": ("3",),
        "body": None,
    }
    assert releases_of_part(PLAIN, RUN, "operands", "a") is None


@pytest.mark.parametrize(
    ("releases", "expected"),
    [
        ((), True),
        ((Parts(("a", "x", "b")), Parts(("a", "x"))), True),
        ((Parts(("a", "x", "b")), Parts(("x", "a", "b"))), False),
        ((Parts(("b", "a")),), False),
        ((Parts(None, ("s", "r")), Parts(None, ("r", "s"))), False),
        ((Parts(None, None, ()), Parts(None, None, (("body", RegionConstraint()),))), True),
    ],
)
def test_parts_have_one_order_or_none(releases: tuple[Parts, ...], expected: bool) -> None:
    assert is_one_order(RUN, releases) is expected


def test_attributes_stay_behind_the_operands_that_they_stand_behind() -> None:
    assert names(with_operands(RUN, [value("b")]))[0] == ["width", "b"]
    assert names(with_operands(RUN, []))[0] == ["width"]
    assert names(with_operands(RUN, [value("a"), value("b"), value("c")]))[0] == ["a", "width", "b", "c"]


def test_a_release_that_is_not_listed_is_refused_where_it_stands() -> None:
    there = Location("releases.yaml", 9, 5)
    wrong = replace(RELEASES, parts=(ReleasedParts("run", (("4", Parts()),), (there,)),))
    diagnostics = Diagnostics()
    with_releases(PLAIN, wrong, diagnostics)
    (found,) = diagnostics.found
    assert found.message == "parts.run names the release '4', which is not among 'releases'"
    assert found.location == there


def test_what_was_learnt_of_parts_is_recorded(dialect: Dialect) -> None:
    learnt = {release: {"d.run": as_of(dialect, release).operation("run")} for release in ("2", "3")}
    found = record_releases(PLAIN, (), learnt)
    assert [(each.name, dict(each.parts)) for each in found.parts] == [("run", dict(PARTS))]
    assert {form.name: dict(form.forms) for form in found.forms} == {
        "run.a": {"3": parse_value("i8")},
        "run.s": {"2": parse_value("i64")},
        "run.x": {"2": parse_value("f32"), "3": parse_value("i1")},
        "run.y": {"3": parse_value("variadic any")},
    }
    # parts that stand in two orders are not recorded: builders could not give them
    other = replace(RUN, arguments=(value("a"), value("b"), value("x")))
    assert record_releases(PLAIN, (), {**learnt, "4": {"d.run": other}}).parts == ()


def test_one_more_release_has_parts_of_its_own() -> None:
    new = replace(
        RELEASES, releases=("4",), forms=(), counts=(), parts=(ReleasedParts("run", (("4", Parts(("a",))),)),)
    )
    merged = with_release(RELEASES, new, ())
    assert merged.releases == ("1", "2", "3", "4")
    assert [(each.name, each.parts) for each in merged.parts] == [("run", (*PARTS, ("4", Parts(("a",)))))]
    again = with_release(merged, replace(new, parts=()), ())
    assert [(each.name, each.parts) for each in again.parts] == [("run", PARTS)]
