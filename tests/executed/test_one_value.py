"""What stands for one value, and what is said of everything else that has values in it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from enzyme_mlir import ir
from enzyme_mlir.dialects import enzyme
from enzyme_mlir.testing import sample
from tests.executed.building import autodiff

ONE = "accepted is a Value or an operation with one result"
RESULT = "; choose one of its results, e.g. op.results[0]"
ITEM = "; choose one of them, e.g. values[0]"


class Given(NamedTuple):
    """Operations with as many results as their names say, an operation as the class of its dialect, and two values."""

    two: Any
    none: Any
    view: Any
    x: Any
    seed: Any


CASES: list[tuple[str, Callable[[Given], Any], type[Exception], str]] = [
    ("two results", lambda g: g.two, ValueError, f"t.two, an operation with 2 results, {ONE}{RESULT}"),
    ("no results", lambda g: g.none, ValueError, f"t.none, an operation with 0 results, {ONE}"),
    ("a view", lambda g: g.view, ValueError, f"enzyme.fill_zero, an operation with 0 results, {ONE}"),
    ("a list of one", lambda g: [g.x], TypeError, f"1 value (list), {ONE}{ITEM}"),
    ("a tuple of two", lambda g: (g.x, g.seed), TypeError, f"2 values (tuple), {ONE}{ITEM}"),
    ("the results", lambda g: g.two.results, TypeError, f"2 values (OpResultList), {ONE}{ITEM}"),
    ("an empty list", lambda g: [], TypeError, f"0 values (list), {ONE}"),
    ("a list of numbers", lambda g: [1, 2], TypeError, f"[1, 2] (list), {ONE}"),
]


@pytest.mark.parametrize(("what", "make", "error", "message"), CASES, ids=[case[0] for case in CASES])
@pytest.mark.parametrize("place", ["an operand", "one of a list", "an accessor"])
def test_what_is_no_single_value(
    what: str, make: Callable[[Given], Any], error: type[Exception], message: str, place: str
) -> None:
    with sample("f64", "f64", "memref<2xf64>") as (_, x, seed, memory):
        two = ir.Operation.create("t.two", results=[x.type] * 2)
        given = make(Given(two, ir.Operation.create("t.none"), enzyme.fill_zero(memory), x, seed))
        op: Any = enzyme.ignore_derivatives(x).owner.opview
        with pytest.raises(error) as caught:
            if place == "an operand":
                enzyme.ignore_derivatives(given)
            elif place == "an accessor":
                op.input = given
            else:
                autodiff(x, seed, inputs=[x, given])
        name = "enzyme.autodiff: inputs[1]" if place == "one of a list" else "enzyme.ignore_derivatives: input"
        assert str(caught.value) == f"{name} is {message}"


def test_an_operation_with_two_results_stands_for_a_list_of_values() -> None:
    with sample("f64") as (_, x):
        two = ir.Operation.create("t.two", results=[x.type] * 2)
        made = enzyme.autodiff_region(two, ["active"], ["activenoneed"], results=x.type)
        assert list(made.owner.operands) == list(two.results)
