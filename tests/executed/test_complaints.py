"""What is wrong is a value: nothing reads it back out of a message, so that words in it cannot garble it."""

from __future__ import annotations

import pickle
import re
from dataclasses import replace
from typing import Any

import pytest

from enzyme_mlir import Complaint, complaint_of, ir, new_context, using_release, verify
from enzyme_mlir._runtime.attributes import any_of, string
from enzyme_mlir._runtime.complaints import raising
from enzyme_mlir._runtime.errors import foreign, gone, shown, unknown_case, wrong_type, wrong_value
from enzyme_mlir._runtime.numeric import integer_of
from enzyme_mlir.dialects import enzyme
from enzyme_mlir.testing import sample

HOSTILE = "a, accepted is b"


@pytest.mark.parametrize(
    ("error", "complaint"),
    [
        (wrong_type("op", "p", HOSTILE, "an int"), Complaint("p", f"'{HOSTILE}' (str)", "an int")),
        (wrong_value("op", "x is y", 3, "1, accepted is 2"), Complaint("x is y", "3 (int)", "1, accepted is 2")),
        (gone("op", "p"), Complaint("p", "of an erased operation", "what exists")),
        (
            unknown_case("op", "p", "fst", ("fast", "slow")),
            Complaint("p", "'fst' (str)", "one of fast, slow", "did you mean 'fast'?"),
        ),
        (
            foreign("op", "p"),
            Complaint(
                "p",
                "of another context",
                "what belongs to the context that the operation is built in, as its location does",
            ),
        ),
    ],
)
def test_an_error_knows_what_it_complains_about(error: Exception, complaint: Complaint) -> None:
    assert complaint_of(error) == replace(complaint, operation="op")
    assert str(error) == f"op: {complaint}"


def test_the_first_complaint_is_raised_and_other_errors_have_none() -> None:
    with pytest.raises(ValueError, match=re.escape("op: p is 1, accepted is 2")) as caught:
        raising("op")(Complaint("p", "1", "2"))
    assert complaint_of(caught.value) == Complaint("p", "1", "2", operation="op")
    assert complaint_of(ValueError("p is 1, accepted is 2")) is None


def test_verify_gives_the_parts_of_a_complaint_as_they_are() -> None:
    """The symbol's own words look like those of a message."""
    text = 'func.func @f(%x: f64) { "enzyme.dump"(%x) {label = @"is a, accepted is b"} : (f64) -> f64 return }'
    with new_context(), using_release(None):
        (found,) = verify(ir.Module.parse(text))
    assert (found.parameter, found.accepted) == ("label", "a str")
    assert found.given.startswith('FlatSymbolRefAttr(@"is a, accepted is b")')


def test_several_ways_say_what_each_accepts() -> None:
    with new_context(), pytest.raises(TypeError) as caught:
        any_of(integer_of("i", 8), string)(2.5, "op", HOSTILE)
    accepted = "an int or an attribute of type i8 or a str"
    assert complaint_of(caught.value) == Complaint(HOSTILE, "2.5 (float)", accepted, operation="op")


def test_a_builder_complains_with_a_value() -> None:
    with new_context(), ir.Location.unknown(), pytest.raises(TypeError) as caught:
        enzyme.dump(3, HOSTILE)  # type: ignore[arg-type]
    told = complaint_of(caught.value)
    accepted = "a Value or an operation with one result"
    assert told == Complaint("value", "3 (int)", accepted, operation="enzyme.dump")


def several_values(x: ir.Value) -> None:
    enzyme.ignore_derivatives([x, x])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("wrong", "complaint"),
    [
        (
            several_values,
            Complaint(
                *("input", "2 values (list)", "a Value or an operation with one result"),
                *("choose one of them, e.g. values[0]", "enzyme.ignore_derivatives"),
            ),
        ),
        (
            lambda x: enzyme.ignore_derivatives(x, ip=3),
            Complaint("ip", "3 (int)", "an InsertionPoint", operation="enzyme.ignore_derivatives"),
        ),
        (
            lambda x: enzyme.AutoDiffRegionOp([x, x], ["active"], ["activenoneed"], results=x.type).build_body(x),
            Complaint("arguments[0]", "BlockArgument", "a Type", operation="enzyme.autodiff_region"),
        ),
    ],
    ids=["several values", "no place", "no type"],
)
def test_errors_of_builders_have_their_parts_as_fields(wrong: Any, complaint: Complaint) -> None:
    with sample("f64") as (_, x), pytest.raises((TypeError, ValueError)) as caught:
        wrong(x)
    found = complaint_of(caught.value)
    assert found == complaint
    assert str(caught.value) == f"{complaint.operation}: {complaint}"
    assert complaint_of(pickle.loads(pickle.dumps(caught.value))) == complaint


def test_where_no_location_is_given_the_error_has_parts_too() -> None:
    with new_context(), pytest.raises(ValueError) as caught:
        enzyme.placeholder(ir.F64Type.get())
    assert complaint_of(caught.value) == Complaint(
        "location", "not given", "one, or a current one", operation="enzyme.placeholder"
    )


def test_a_second_body_has_parts_too() -> None:
    with sample("f64") as (_, x), pytest.raises(ValueError) as caught:
        op = enzyme.AutoDiffRegionOp([x, x], ["active"], ["activenoneed"], results=x.type)
        op.build_body()(lambda y: y)
        op.build_body()(lambda y: y)
    expected = Complaint("the region", "one with a body", "an empty region", operation="enzyme.autodiff_region")
    assert complaint_of(caught.value) == expected


class Broken:
    def __repr__(self) -> str:
        raise RuntimeError


class Named:
    def __init__(self, text: str) -> None:
        self.text = text

    def __repr__(self) -> str:
        return self.text


@pytest.mark.parametrize(
    ("given", "text"),
    [
        (Named("a" * 80), f"{'a' * 80} (Named)"),
        (Named("a" * 81), f"{'a' * 77}... (Named)"),
        (Named("a"), "a (Named)"),
        (Named("first\nsecond"), "first (Named)"),
        (Named("<Named object at 0x1>"), "Named"),
        (Named(""), "Named"),
        (Broken(), "Broken"),
        (enzyme.Activity.DUP, "Activity.DUP"),
        (None, "None (NoneType)"),
    ],
)
def test_what_was_given_is_shown_on_one_short_line(given: object, text: str) -> None:
    assert shown(given) == text


@pytest.mark.parametrize(
    ("given", "near"),
    [
        ("frist", "'first'"),
        ("FIRST", "'first'"),
        ("fast", "'first'"),
        ("aaab", "'aaaa', 'aaac' or 'aaad'"),
        ("neutrl", "'NEUTRAL'"),
        ("zz", ""),
        (7, ""),
    ],
)
def test_the_nearest_cases_are_proposed_and_at_most_three_of_them(given: object, near: str) -> None:
    error = unknown_case("op", "p", given, ("first", "aaaa", "aaac", "aaad", "aaae", "third"), ("NEUTRAL",))
    told = complaint_of(error)
    assert told is not None
    assert told.accepted == "one of first, aaaa, aaac, aaad, aaae, third"
    assert told.hint == (f"did you mean {near}?" if near else "")
