"""Rules that no shipped operation has, or only together with others: each is tried on an operation made up for it."""

from __future__ import annotations

from typing import Any

import pytest

from enzyme_mlir import _runtime as rt
from enzyme_mlir import ir, new_context, verify
from enzyme_mlir._runtime.accessors import Accessor
from enzyme_mlir.testing import sample

HERE = (None, None, True)


def made_up(name: str, **facts: Any) -> rt.OperationRules:
    return rt.OperationRules(f"made_up.{name}", **facts)


def viewed(rules: rt.OperationRules, operation: Any, **accessors: Accessor[Any]) -> Any:
    """The operation as an instance of a class with these accessors."""
    cls = type("Viewed", (ir.OpView,), {"OPERATION_NAME": rules.name, **accessors})
    return cls(operation)


# --- which value belongs to which part ----------------------------------------------------------------------------

LISTS = made_up(
    "lists",
    operands=(rt.variadic("first"), rt.single("between"), rt.variadic("second"), rt.single("behind")),
    results=(
        rt.variadic("left", parameter="left"),
        rt.single("middle", parameter="middle"),
        rt.variadic("right", parameter="right"),
    ),
)
CHOICES = made_up(
    "choices",
    operands=(rt.single("before"), rt.optional("this"), rt.optional("that")),
    results=(rt.optional("either", parameter="either"), rt.optional("other", parameter="other")),
)


@pytest.mark.parametrize("each", [0, 1, 2, 3])
def test_two_lists_of_values_are_equally_long_and_read_apart(each: int) -> None:
    with sample("f64", "f32", *["i1"] * 3, *["i2"] * 3) as (module, between, behind, *rest):
        first, second = rest[:each], rest[3 : 3 + each]
        left, middle, right = [ir.F64Type.get()] * each, ir.F32Type.get(), [ir.F16Type.get()] * each
        given = (first, between, second, behind)
        made: Any = rt.build_results(LISTS, given, (), (left, middle, right), HERE)
        results = list(made) if each else [made]
        names = {"first": rt.OperandsAccessor("first"), "second": rt.OperandsAccessor("second")}
        single = {"between": rt.OperandAccessor("between"), "behind": rt.OperandAccessor("behind")}
        lists = {"left": rt.ResultsAccessor("left"), "right": rt.ResultsAccessor("right")}
        middle_one = {"middle": rt.ResultAccessor("middle")}
        view = viewed(LISTS, results[0].owner, **names, **single, **lists, **middle_one)
        assert (list(view.first), view.between, list(view.second), view.behind) == given
        assert (list(view.left), view.middle, list(view.right)) == (
            results[:each],
            results[each],
            results[each + 1 :],
        )
        view.behind = between
        view.second = second[::-1]
        assert list(view.operation.operands) == [*first, between, *second[::-1], between]
        assert verify(module) == ()


@pytest.mark.parametrize("is_given", [True, False])
def test_two_optional_values_are_both_there_or_neither(is_given: bool) -> None:
    with sample("f64", "f32", "f16") as (_, before, this, that):
        given = (before, this, that) if is_given else (before, None, None)
        types = (ir.F64Type.get(), ir.F32Type.get()) if is_given else (None, None)
        made: Any = rt.build_results(CHOICES, given, (), types, HERE)
        operands = {name: rt.OptionalOperandAccessor(name) for name in ("this", "that")}
        results = {name: rt.OptionalResultAccessor(name) for name in ("either", "other")}
        operation = made[0].owner if is_given else made
        view = viewed(CHOICES, operation, **operands, **results)
        assert (view.this, view.that) == given[1:]
        assert (view.either, view.other) == ((made[0], made[1]) if is_given else (None, None))


def test_lists_of_other_lengths_are_refused() -> None:
    with sample("f64", "f64") as (_, x, y):
        types = ([], x.type, [])
        with pytest.raises(ValueError) as caught:
            rt.build_results(LISTS, ([x, y], x, [y], x), (), types, HERE)
        assert str(caught.value) == (
            "made_up.lists: first is 2 values and second is 1 value, accepted is the same number of each"
        )


# --- calls like the last one --------------------------------------------------------------------------------------

JUMP = made_up("jump", operands=(rt.variadic("passed"),), successors=(1, False), is_terminator=True)
CHOOSE = made_up("choose", operands=(rt.variadic("passed"),), successors=(1, True))
STAY = made_up("stay", operands=(rt.variadic("passed"),))


def blocks(count: int) -> list[ir.Block]:
    (function,) = ir.InsertionPoint.current.block.owner.operation.parent.regions[0].blocks[0].operations
    return [function.regions[0].blocks[0].create_after() for _ in range(count)]


@pytest.mark.parametrize(
    ("rules", "right", "wrong", "accepted"),
    [
        (JUMP, 1, 2, "1 block"),
        (JUMP, 1, 0, "1 block"),
        (CHOOSE, 2, 0, "at least 1 block"),
        (CHOOSE, 1, 0, "at least 1 block"),
        (STAY, 0, 1, "0 blocks"),
    ],
)
def test_a_call_with_another_number_of_successors_is_another_call(
    rules: rt.OperationRules, right: int, wrong: int, accepted: str
) -> None:
    with sample("f64") as (module, x):
        targets = blocks(2)

        def build(count: int) -> Any:
            return rt.build_operation(ir.OpView, rules, ([x],), (), (), HERE, successors=targets[:count] or None)

        build(right)
        build(right)
        found = f"{wrong} block{'s' * (wrong != 1)}"
        before = str(module)
        with pytest.raises(ValueError) as caught:
            build(wrong)
        assert str(caught.value) == f"{rules.name}: successors is {found}, accepted is {accepted}"
        assert str(module) == before


ONE_TYPE = made_up("one_type", operands=(rt.single("x", rt.builtin_type("f64")),), results=(rt.single("y"),))


def test_a_call_like_the_last_one_in_another_context_is_another_call() -> None:
    """The place is that of the last call, and so are the types; only the context is another one."""
    with sample("f64") as (module, x):
        point, types = ir.InsertionPoint.current, [x.type]
        for _ in range(2):
            rt.build_result(ONE_TYPE, (x,), (), types, HERE)
        before = str(module)
        with new_context(), ir.Location.unknown(), pytest.raises(ValueError) as caught:
            rt.build_result(ONE_TYPE, (x,), (), types, (None, point, True))
        assert str(caught.value) == (
            "made_up.one_type: the insertion point is of another context, accepted is what belongs to the context that "
            "the operation is built in, as its location does"
        )
        assert str(module) == before


def test_a_call_like_the_last_one_in_another_operation_is_another_call() -> None:
    rules = made_up("inside", operands=(rt.variadic("x"),), parents=("func.func",))
    with sample() as (module,):
        rt.build_operation(ir.OpView, rules, ([],), (), (), HERE)
        outside = ir.InsertionPoint.at_block_begin(module.body)
        with pytest.raises(ValueError) as caught:
            rt.build_operation(ir.OpView, rules, ([],), (), (), (None, outside, True))
        assert str(caught.value) == (
            "made_up.inside: the operation is inside builtin.module, accepted is inside func.func"
        )


def test_a_place_in_another_context_is_refused_without_a_call_before_it() -> None:
    with new_context(), ir.Location.unknown():
        module = ir.Module.create()
        there = ir.InsertionPoint(module.body)
        with new_context(), ir.Location.unknown(), pytest.raises(ValueError) as caught:
            rt.build_operation(ir.OpView, STAY, ([],), (), (), (None, there, True))
        assert str(caught.value) == (
            "made_up.stay: the insertion point is of another context, accepted is what belongs to the context that the "
            "operation is built in, as its location does"
        )
        assert list(module.body.operations) == []


RESULT = made_up("result", operands=(rt.variadic("x"),), results=(rt.single("y", rt.builtin_type("f64")),))


@pytest.mark.parametrize("again", [0, 1, 2])
def test_a_call_with_another_type_of_its_result_is_another_call(again: int) -> None:
    with sample("f64", "f32") as (module, x, other):
        for _ in range(again):
            rt.build_result(RESULT, ([x],), (), [x.type], HERE)
        before = str(module)
        with pytest.raises(ValueError) as caught:
            rt.build_result(RESULT, ([x],), (), [other.type], HERE)
        assert str(caught.value) == "made_up.result: y is of type f32, accepted is f64"
        assert str(module) == before


def test_a_call_with_other_types_is_another_call() -> None:
    with sample("f64", "f32") as (_, x, other):
        rt.build_result(ONE_TYPE, (x,), (), [x.type], HERE)
        with pytest.raises(ValueError) as caught:
            rt.build_result(ONE_TYPE, (other,), (), [x.type], HERE)
        assert str(caught.value) == "made_up.one_type: x is of type f32, accepted is f64"
        made = rt.build_result(ONE_TYPE, (x,), (), [other.type], HERE)
        assert str(made.type) == "f32"


# --- attributes and results ---------------------------------------------------------------------------------------

NUMBER = rt.attribute("n", rt.integer_of("i", 64), default=1000)
WORD = rt.attribute("word", rt.string, default="by default")
TRUTH = rt.attribute("truth", rt.bool_attribute, default=False)
SCALE = rt.attribute("scale", rt.float_of("f64"), default=2.5)
PRESENT = rt.flag("present", rt.unit)
DEFAULTS = made_up("defaults", attributes=(NUMBER, WORD, TRUTH, SCALE, PRESENT))


@pytest.mark.parametrize(
    ("changes", "written"),
    [
        ({}, {}),
        ({"n": int("1000"), "word": " ".join(["by", "default"]), "scale": float("2.5")}, {}),
        ({"n": 1001}, {"n": "1001 : i64"}),
        ({"word": "default"}, {"word": '"default"'}),
        ({"truth": True}, {"truth": "true"}),
        ({"scale": 2}, {"scale": "2.000000e+00 : f64"}),
        ({"present": True}, {"present": "unit"}),
    ],
)
def test_what_equals_a_default_is_not_written(changes: dict[str, Any], written: dict[str, str]) -> None:
    given = {"n": 1000, "word": "by default", "truth": False, "scale": 2.5, "present": False} | changes
    with sample():
        made = rt.build_operation(ir.OpView, DEFAULTS, (), tuple(given.values()), (), HERE)
        assert {name: str(made.attributes[name]) for name in given if name in made.attributes} == written


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"n": 1000.0}, "n is 1000.0 (float), accepted is an int or an attribute of type i64"),
        ({"truth": 0}, "truth is 0 (int), accepted is a bool"),
        ({"scale": None}, "scale is None (NoneType), accepted is a float"),
    ],
)
def test_what_equals_a_default_but_is_something_else_is_refused(changes: dict[str, Any], message: str) -> None:
    given = {"n": 1000, "word": "by default", "truth": False, "scale": 2.5, "present": False} | changes
    with sample(), pytest.raises(TypeError) as caught:
        rt.build_operation(ir.OpView, DEFAULTS, (), tuple(given.values()), (), HERE)
    assert str(caught.value) == f"made_up.defaults: {message}"


def test_a_flag_is_set_and_unset() -> None:
    with sample():
        made = rt.build_operation(ir.OpView, DEFAULTS, (), (1000, "by default", False, 2.5, True), (), HERE)
        view = viewed(DEFAULTS, made.operation, present=rt.UnitAttributeAccessor("present"))
        assert view.present is True
        view.present = False
        assert view.present is False
        assert "present" not in view.operation.attributes
        view.present = True
        assert str(view.operation.attributes["present"]) == "unit"
        del view.present
        assert view.present is False
        del view.present
        with pytest.raises(TypeError) as caught:
            view.present = 1
        assert str(caught.value) == "made_up.defaults: present is 1 (int), accepted is a bool"


def test_results_that_only_the_host_could_infer_are_asked_for() -> None:
    rules = made_up("inferred", operands=(rt.single("x"),), results=(rt.single("y"),), sources=rt.BY_HOST)
    with sample("f64") as (module, x):
        before = str(module)
        with pytest.raises(ValueError) as caught:
            rt.build_result(rules, (x,), (), None, HERE)
        assert str(caught.value) == (
            "made_up.inferred: results is not given, accepted is a Type or a sequence of types: the host does not know "
            "this operation and cannot infer them"
        )
        assert str(module) == before


# --- numbers of values in IR that exists --------------------------------------------------------------------------


LISTED = "2 and a multiple of 2 (first, between, second, behind), where first and second are equally many"


@pytest.mark.parametrize(
    ("rules", "results", "count", "accepted"),
    [
        (
            LISTS,
            1,
            5,
            LISTED,
        ),
        (
            LISTS,
            1,
            1,
            LISTED,
        ),
        (LISTS, 1, 6, ""),
        (CHOICES, 0, 2, "1 or 3 (before, this, that), where this and that are equally many"),
        (CHOICES, 0, 5, "1 or 3 (before, this, that), where this and that are equally many"),
        (CHOICES, 0, 3, ""),
    ],
)
def test_numbers_of_values_that_no_lists_of_one_length_give(
    rules: rt.OperationRules, results: int, count: int, accepted: str
) -> None:
    with sample("f64") as (module, x):
        ir.Operation.create(rules.name, [x.type] * results, [x] * count)
        found = [(finding.parameter, finding.given, finding.accepted) for finding in verify(module)]
        given = f"{count} value{'s' * (count != 1)}"
        assert found == ([("operands", given, accepted)] if accepted else [])
