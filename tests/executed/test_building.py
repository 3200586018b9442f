"""What a builder makes of its arguments, by rules that are made up for one question each."""

from __future__ import annotations

from typing import Any

import pytest

from enzyme_mlir import _runtime as rt
from enzyme_mlir import ir, using_release
from enzyme_mlir._runtime.attributes import unit_or_nothing
from enzyme_mlir._runtime.checking import checks_of
from enzyme_mlir._runtime.declarations import existing
from enzyme_mlir.dialects import enzyme, enzymexla
from enzyme_mlir.testing import sample

HERE = (None, None, True)


def made_up(name: str, **facts: Any) -> rt.OperationRules:
    return rt.OperationRules(f"built.{name}", **facts)


TWO_LISTS = made_up(
    "two_lists",
    results=(rt.variadic("left", parameter="left_types"), rt.variadic("right", parameter="right_types")),
)


def test_lists_of_result_types_are_equally_long_where_nothing_holds_their_sizes() -> None:
    with sample() as (module,):
        f64 = ir.F64Type.get()
        with pytest.raises(ValueError, match=r"^built\.two_lists: left_types is 1 type and right_types is 2 types, "):
            rt.build_results(TWO_LISTS, (), (), ([f64], [f64, f64]), HERE)
        assert len(module.body.operations[0].regions[0].blocks[0].operations) == 1
        made: Any = rt.build_results(TWO_LISTS, (), (), ([f64], [f64]), HERE)
        unverified: Any = rt.build_results(TWO_LISTS, (), (), ([f64], [f64, f64]), (None, None, False))
        assert (len(made), len(unverified)) == (2, 3)


FLAGGED = made_up(
    "flagged",
    attributes=(
        rt.attribute("maybe", unit_or_nothing, required=False),
        rt.flag("flag", rt.unit),
        rt.attribute("number", rt.any_integer, default=1),
        rt.attribute("zeta", rt.any_integer),
        rt.attribute("alpha", rt.any_integer),
    ),
)


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ((None, False, 1), set()),
        ((False, False, 1), set()),
        ((True, True, 2), {"maybe", "flag", "number"}),
        ((None, False, True), None),  # True equals 1, and is no number
    ],
)
def test_what_equals_its_default_is_left_out(given: tuple[Any, ...], written: set[str] | None) -> None:
    with sample():
        if written is None:
            with pytest.raises(TypeError, match=r"^built\.flagged: number is True \(bool\)"):
                rt.build_results(FLAGGED, (), (*given, 5, 7), (), HERE)
            return
        made = rt.build_results(FLAGGED, (), (*given, 5, 7), (), HERE)
        names = {each if isinstance(each, str) else each.name for each in made.operation.attributes}
        assert names == {"zeta", "alpha", *written}


def test_what_is_demanded_is_looked_at_first_and_by_name() -> None:
    """As the IR lists attributes: the first mistake that is told is always the same one."""
    with sample(), pytest.raises(TypeError, match=r"^built\.flagged: alpha is 'a' \(str\)"):
        rt.build_results(FLAGGED, (), ("wrong", "wrong", "wrong", "z", "a"), (), HERE)


def test_an_operation_that_the_release_in_use_lacks_is_not_built() -> None:
    with sample("f64") as (module, x), using_release("0.0.14"):
        with pytest.raises(
            ValueError, match=r"^enzymexla\.math\.fmuladd: the operation is built for release 0\.0\.14 of"
        ):
            enzymexla.math_fmuladd(x, x, x)
        assert len(module.body.operations[0].regions[0].blocks[0].operations) == 1


RELEASED = made_up(
    "released",
    attributes=(rt.attribute("late", rt.any_integer, releases=("0.0.16",), required_in=("0.0.16",)),),
    counts={"0.0.14": {"operands": (0, 0)}, "0.0.15": {"operands": (2, None)}},
    operands=(rt.single("one"),),
)


@pytest.mark.parametrize(
    ("release", "found"),
    [
        ("0.0.14", ["operands is 1 value, accepted is 0 in release 0.0.14"]),
        ("0.0.15", ["operands is 1 value, accepted is 2 or more in release 0.0.15"]),
        ("0.0.16", ["late is missing, accepted is an attribute of that name"]),
    ],
)
def test_a_release_has_its_own_numbers_and_attributes(release: str, found: list[str]) -> None:
    rules = RELEASED.in_release(release)
    assert (RELEASED.varies, rules.varies) == (True, False)
    told: list[str] = []
    with sample("f64") as (_, x), using_release(release):
        operation = ir.Operation.create("built.released", [], [x])
        checks_of(RELEASED).verify(existing(operation, operation.parent), lambda complaint: told.append(str(complaint)))
    assert told == found


LATE_FLAG = made_up("late_flag", attributes=(rt.flag("late", rt.unit, releases=("0.0.16",)),))


@pytest.mark.parametrize("is_given", [True, False])
def test_a_flag_that_not_every_release_has_is_written_where_it_is_given(is_given: bool) -> None:
    with sample():
        made = rt.build_results(LATE_FLAG, (), (is_given,), (), HERE)
        assert ("late" in made.operation.attributes) is is_given


LATE = made_up("late", attributes=(rt.attribute("late", rt.any_integer, releases=("0.0.16",)),))


def test_an_attribute_that_not_every_release_has_need_not_be_given() -> None:
    with sample():
        assert "late" not in rt.build_results(LATE, (), (None,), (), HERE).operation.attributes
        assert "late" in rt.build_results(LATE, (), (3,), (), HERE).operation.attributes


def test_hosts_are_told_how_many_regions_there_are() -> None:
    found = {cls: cls._ODS_REGIONS for cls in (enzyme.AutoDiffOp, enzyme.AutoDiffRegionOp, enzymexla.AlternativesOp)}  # type: ignore[attr-defined]
    assert list(found.values()) == [(0, True), (1, True), (0, False)]


AROUND = made_up(
    "around",
    attributes=(rt.attribute("callee", rt.flat_symbol_ref),),
    relations=("symbol(callee) is function",),
)


def test_a_relation_over_a_symbol_that_nobody_resolves_is_asked_anew_in_each_call() -> None:
    """What the symbol means is no part of what a call is remembered by, since the operation does not resolve it."""
    setup = "func.func private @known()"
    with sample(setup=setup) as (module,):
        made = [rt.build_results(AROUND, (), ("known",), (), HERE) for _ in range(2)]
        assert [each.operation.name for each in made] == ["built.around"] * 2
        known = next(o for o in module.body.operations if "@known" in str(o))
        with ir.InsertionPoint(known):
            value = ir.StringAttr.get("known")
            ir.Operation.create("built.table", attributes={"sym_name": value})
        known.operation.erase()
        with pytest.raises(ValueError, match=r"^built\.around: symbol\(callee\) is built\.table, accepted is "):
            rt.build_results(AROUND, (), ("known",), (), HERE)
