"""Every attribute and type class of the family through the real Enzyme: it reads our texts, and we read its."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from enzyme_mlir import ir, lowering, new_context
from enzyme_mlir.dialects.enzyme import ArgumentOriginAttr, PseudoAliasClassAttr
from enzyme_mlir.dialects.enzymexla import SymmetricDimensionSetAttr
from enzyme_mlir.dialects.impulse import HMCConfigAttr, NUTSConfigAttr, SupportAttr, SymbolAttr
from opspec.model.definitions import layout_of
from opspec.notation.assembly import AssemblyFormat
from tests.enzyme.definitions import Case, cases, definitions
from tests.enzyme.round_trip import TABLE, Trip, all_trips, drift_table, module_with, refused_by_us, travel

pytestmark = pytest.mark.usefixtures("enzyme_installed")


@pytest.fixture(scope="module", autouse=True)
def context() -> Iterator[ir.Context]:
    with new_context() as entered:
        yield entered


@pytest.fixture(scope="module")
def trips(context: ir.Context, enzyme_installed: None) -> list[Trip]:
    return all_trips()


def test_every_definition_takes_part() -> None:
    """None is opaque, so each has a class with a constructor."""
    found = list(definitions())
    assert [cls.__name__ for _, definition, cls, _ in found if layout_of(definition) is None] == []
    assert {cls for _, _, cls, _ in found} == {case.cls for case in cases()}
    assert len(found) >= 34


@pytest.fixture(scope="module")
def returned(trips: list[Trip]) -> list[Trip]:
    """Those that came back: of all classes but the two that the release does not know, and all but few cases."""
    found = [trip for trip in trips if not trip.drift.startswith(("refused", "alias"))]
    missing = {trip.case.cls.__name__ for trip in trips} - {trip.case.cls.__name__ for trip in found}
    assert missing == {"MPI_DatatypesAttr", "RequestedType"}
    assert len(found) >= 500
    assert len(trips) - len(found) < 90
    return found


def test_what_enzyme_prints_is_equal_to_what_was_made(returned: list[Trip]) -> None:
    for trip in returned:
        assert trip.case.cls.isinstance(trip.again)
        again = trip.case.cls.parse(str(trip.again))
        assert again == trip.made
        assert str(again) == str(trip.made)
        assert hash(again) == hash(trip.made)


def test_the_parameters_come_back(returned: list[Trip]) -> None:
    for trip in returned:
        for name in trip.case.parameters:
            ours, theirs = getattr(trip.made, name), getattr(trip.case.cls(trip.again), name)
            assert ours == theirs, trip.case


def test_what_differs_is_known(trips: list[Trip]) -> None:
    """If the release in use changed: python -m tests.enzyme.rewrite."""
    assert drift_table(trips) == TABLE.read_text(encoding="utf-8")


def test_enzyme_refuses_what_the_constructors_refuse() -> None:
    """Parameters that MLIR's parser cannot read back: in the short text that MLIR prints, and with all defaults."""
    texts = []
    for case, message in refused_by_us():
        assert "cannot read" in message
        texts += _spellings(case)
    assert len(texts) > 50
    accepted = [v for v in lowering.verdicts([module_with([text]) for text in texts], "parse") if v.text is not None]
    assert accepted == []


def _spellings(case: Case) -> set[str]:
    """The texts that the parameters could have, whether they can be read back or not."""
    declared = case.definition.parameters
    form = AssemblyFormat(case.definition.format or "", [p.name for p in declared])
    names = dict(zip(case.parameters, declared, strict=True))
    kinds = {kind.name: kind.kind for kind in case.cls.PARAMETERS}
    whole: dict[str, str] = {}
    short: dict[str, str] = {}
    for name, value in case.parameters.items():
        if value is not None:
            text = kinds[name].to_text(value, "", name)
            whole[names[name].name] = text
            if repr(names[name].parameter.default) != repr(value):
                short[names[name].name] = text
    return {case.cls.PREFIX + form.print(present) for present in (whole, short)}


def assert_round_trip(made: list[Any]) -> None:
    for trip in travel([(Case(None, type(item), {}), item) for item in made]):  # type: ignore[arg-type]
        assert trip.message == ""
        assert trip.case.cls.parse(str(trip.again)) == trip.made


few = settings(max_examples=6, deadline=None, derandomize=True)
names = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda text: text.strip("@"))


@few
@given(st.lists(st.tuples(names, st.integers(0, 2**32 - 1)), min_size=20, max_size=40))
def test_any_symbol_and_number(values: list[tuple[str, int]]) -> None:
    made = [ArgumentOriginAttr.get(f"x{name}", number) for name, number in values]
    assert_round_trip(made)
    assert [(item.function, item.arg_number) for item in made] == [(f"x{name}", number) for name, number in values]
    assert_round_trip([PseudoAliasClassAttr.get(name, number, 1) for name, number in values])


@few
@given(st.lists(st.tuples(st.floats(), st.booleans(), st.booleans()), min_size=20, max_size=40))
def test_any_float_with_any_flags(values: list[tuple[float, bool, bool]]) -> None:
    made = [HMCConfigAttr.get(f, adapt_step_size=a, adapt_mass_matrix=b) for f, a, b in values]
    assert_round_trip(made)
    assert [repr(item.trajectory_length.value) for item in made] == [repr(f) for f, _, _ in values]
    assert_round_trip([SupportAttr.get("INTERVAL", lower_bound=f, upper_bound=-f) for f, _, _ in values])


@few
@given(st.lists(st.integers(0, 2**64 - 1), min_size=20, max_size=40), st.lists(st.integers(-(2**63), 2**63 - 1)))
def test_any_integers(unsigned: list[int], signed: list[int]) -> None:
    made = [SymbolAttr.get(number) for number in unsigned]
    assert_round_trip(made)
    assert [item.ptr for item in made] == unsigned
    dimensions = SymmetricDimensionSetAttr.get(signed)
    assert_round_trip([dimensions, *(NUTSConfigAttr.get(max_tree_depth=depth) for depth in signed)])
    assert list(dimensions.dimensions) == signed
