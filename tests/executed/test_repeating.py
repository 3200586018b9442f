"""Calls that are almost like the last one: what differs is noticed, whatever was taken again from that one."""

from __future__ import annotations

import gc
import weakref
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from enzyme_mlir import ir, new_context, use_release, using_release, verification
from enzyme_mlir.dialects import enzyme, perfify
from enzyme_mlir.releases import CHOSEN
from enzyme_mlir.testing import sample
from tests.executed.building import SQUARE, sample_body
from tests.gone import complaint_about_gone

DECLARED = "func.func private @square(f64) -> f64\n"
ACTIVITY, SEEDED = ["active"], ["activenoneed"]


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """All calls are forgotten before each test: after many others, only some would be remembered."""
    gc.collect()


def autodiff(x: Any, seed: Any, **others: Any) -> Any:
    return enzyme.autodiff("square", [x, seed], ACTIVITY, SEEDED, **others)


def test_the_same_call_in_another_context_makes_what_belongs_there() -> None:
    for _ in range(3):
        with sample("f64", "f64", setup=SQUARE) as (module, x, seed):
            made = autodiff(x, seed)
            assert made.owner.context is module.context
            assert made.owner.attributes["activity"].context is module.context
            again = autodiff(x, seed)
            assert str(again.owner).partition("=")[2] == str(made.owner).partition("=")[2]
        del module, x, seed, made, again
        gc.collect()


def test_a_list_that_changed_is_another_one() -> None:
    activity = ["active"]
    with sample("f64", "f64", setup=SQUARE) as (_, x, seed):
        enzyme.autodiff("square", [x, seed], activity, SEEDED)
        activity[0] = "const"
        with pytest.raises(ValueError, match="outputs is 1 value, accepted is no values"):
            enzyme.autodiff("square", [x, seed], activity, SEEDED, results=x.type)
        activity.append("active")
        with pytest.raises(ValueError, match="activity"):
            enzyme.autodiff("square", [x, seed], activity, SEEDED)


def test_what_python_takes_for_equal_is_told_apart() -> None:
    with sample("f64", "f64", setup=SQUARE) as (_, x, seed):
        autodiff(x, seed, width=2, verify=False, results=x.type)
        autodiff(x, seed, width=1)
        for wrong in (True, 1.0):
            with pytest.raises(TypeError, match="width"):
                autodiff(x, seed, width=wrong)
        autodiff(x, seed, strong_zero=True)
        with pytest.raises(TypeError, match="strong_zero"):
            autodiff(x, seed, strong_zero=1)


def test_what_was_not_checked_is_checked() -> None:
    with sample("f64", "f64", setup=SQUARE) as (_, x, seed):
        for _ in range(2):
            autodiff(x, seed, results=[x.type, x.type], verify=False)
        with pytest.raises(ValueError, match="outputs is 2 values, accepted is 1 value"):
            autodiff(x, seed, results=[x.type, x.type])
        with verification(False):
            autodiff(x, seed, results=[x.type, x.type])
        with pytest.raises(ValueError, match="outputs is 2 values, accepted is 1 value"):
            autodiff(x, seed, results=[x.type, x.type])


def test_operands_of_other_types_are_noticed() -> None:
    with sample("f64", "f64", "f32", setup=SQUARE) as (_, x, seed, other):
        autodiff(x, seed)
        with pytest.raises(ValueError, match=r"inputs\[1\] is of type f32"):
            autodiff(x, other)
        with pytest.raises(ValueError, match="inputs is 1 value"):
            enzyme.autodiff("square", [x], ACTIVITY, SEEDED)


def test_another_place_means_other_symbols() -> None:
    text = """
    module {
      func.func private @square(f64) -> f64
      func.func @here(%x: f64) { return }
      module {
        func.func private @square(f64, f64) -> f64
        func.func @there(%x: f64) { return }
      }
    }"""
    with new_context(), ir.Location.unknown():
        module: Any = ir.Module.parse(text)
        here = module.body.operations[1].regions[0].blocks[0]
        there = module.body.operations[2].regions[0].blocks[0].operations[1].regions[0].blocks[0]
        for block, fits in ((here, True), (there, False), (here, True)):
            (x,) = block.arguments
            with ir.InsertionPoint.at_block_begin(block):
                if fits:
                    autodiff(x, x)
                    autodiff(x, x)
                else:
                    with pytest.raises(ValueError, match="activity"):
                        autodiff(x, x)


def test_another_release_reads_the_arguments_anew() -> None:
    with sample("memref<4xf64>") as (_, x):
        for release, is_there in (("0.0.16", True), ("0.0.14", False), ("0.0.16", True)):
            with using_release(release):
                if is_there:
                    enzyme.fill_zero(x)
                else:
                    with pytest.raises(ValueError, match="does not have it"):
                        enzyme.fill_zero(x)


def test_a_context_that_takes_registered_operations_only_is_noticed() -> None:
    with sample("f64", "f64", setup=SQUARE) as (module, x, seed):
        autodiff(x, seed)
        module.context.allow_unregistered_dialects = False
        with pytest.raises(ValueError, match="registered operations only"):
            autodiff(x, seed)


def test_an_operand_that_is_gone_is_noticed() -> None:
    said = complaint_about_gone(SQUARE, times=1, in_series=False)
    assert said == "enzyme.autodiff: inputs[0] is of an erased operation, accepted is what exists\n"


def test_threads_do_not_take_each_others_calls() -> None:
    def build(number: int) -> list[bool]:
        with sample("f64", "f64", setup=SQUARE) as (module, x, seed):
            made = [autodiff(x, seed, width=1 + number % 2, verify=False, results=x.type).owner for _ in range(50)]
            return [op.context is module.context and ("width" in op.attributes) is (number % 2 == 1) for op in made]

    with ThreadPoolExecutor(4) as pool:
        found = [each for result in pool.map(build, range(16)) for each in result]
    assert len(found) == 800
    assert all(found)


def _square(module: Any) -> Any:
    """The declaration of `@square`."""
    (found,) = (op for op in module.body.operations if op.attributes["sym_name"] == ir.StringAttr.get("square"))
    return found.operation


def _erase(module: Any) -> None:
    _square(module).erase()


def _rename(module: Any) -> None:
    _square(module).attributes["sym_name"] = ir.StringAttr.get("cube")


def _retype(module: Any) -> None:
    other = ir.FunctionType.get([ir.F32Type.get()], [ir.F32Type.get()])
    _square(module).attributes["function_type"] = ir.TypeAttr.get(other)


def _insert(module: Any, name: str, **attributes: Any) -> None:
    attributes["sym_name"] = ir.StringAttr.get("square")
    ir.Operation.create(name, attributes=attributes, regions=1, ip=ir.InsertionPoint.at_block_begin(module.body))


def _replace(module: Any) -> None:
    _erase(module)
    double = ir.F64Type.get()
    held = ir.TypeAttr.get(ir.FunctionType.get([double, double], [double]))
    _insert(module, "func.func", function_type=held, sym_visibility=ir.StringAttr.get("private"))


def _change_kind(module: Any) -> None:
    _erase(module)
    _insert(module, "test.no_function")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (_erase, r"fn is @square, accepted is a symbol in sight: (@before, )?@sample"),
        (_rename, r"fn is @square, accepted is a symbol in sight: (@before, )?@cube"),
        (_retype, r"inputs\[0\] is of type f64"),
        (_replace, "activity is 1 entry"),
        (_change_kind, "fn"),
    ],
)
@pytest.mark.parametrize("before", ["", "func.func private @before(f64) -> f64\n"])
@pytest.mark.parametrize("results", [True, False])
def test_a_function_that_changed_in_between_is_noticed(change: Any, complaint: str, results: bool, before: str) -> None:
    with sample("f64", "f64", setup=before + DECLARED) as (module, x, seed):
        given = {"results": x.type} if results else {}
        for _ in range(3):
            autodiff(x, seed, **given)
        count = len(sample_body(module).operations)
        change(module)
        for _ in range(2):
            with pytest.raises(ValueError, match=complaint):
                autodiff(x, seed, **given)
        assert len(sample_body(module).operations) == count


def test_functions_that_change_places_are_told_apart() -> None:
    with sample("f64", "f64", setup=DECLARED + "func.func private @other(f64) -> f64\n") as (module, x, seed):
        for _ in range(3):
            autodiff(x, seed)
        module.body.operations[1].operation.move_before(module.body.operations[0])
        assert autodiff(x, seed).type == x.type
        _insert(module, "func.func", function_type=_square(module).attributes["function_type"])
        with pytest.raises(ValueError, match="which 2 operations define"):
            autodiff(x, seed)


def test_functions_that_are_added_change_nothing() -> None:
    with sample("f64", "f64", setup=DECLARED) as (module, x, seed):
        for number in range(5):
            attributes = {"sym_name": ir.StringAttr.get(f"f{number}"), "sym_visibility": ir.StringAttr.get("private")}
            attributes["function_type"] = ir.TypeAttr.get(ir.FunctionType.get([], []))
            place = ir.InsertionPoint.at_block_begin(module.body)
            ir.Operation.create("func.func", attributes=attributes, regions=1, ip=place)
            assert autodiff(x, seed).type == x.type


def test_a_function_that_comes_back_is_seen() -> None:
    with sample("f64", "f64", setup=DECLARED) as (module, x, seed):
        autodiff(x, seed)
        _rename(module)
        with pytest.raises(ValueError, match="cube"):
            autodiff(x, seed)
        module.body.operations[0].operation.attributes["sym_name"] = ir.StringAttr.get("square")
        assert autodiff(x, seed).type == x.type


def test_a_place_that_moved_means_other_symbols() -> None:
    with sample("f64", "f64", setup=SQUARE) as (module, x, seed):
        autodiff(x, seed)
        other: Any = ir.Module.parse("func.func private @square(f64, f64) -> f64")
        module.body.operations[1].operation.move_after(other.body.operations[0])
        with pytest.raises(ValueError, match="activity"):
            autodiff(x, seed)


def test_an_operation_around_that_changed_is_noticed() -> None:
    with new_context(), ir.Location.unknown():
        module: Any = ir.Module.parse(
            '"perfify.conditions"() ({ ^bb0(%a: i1): "test.end"() : () -> () }) : () -> ()\n'
            '"test.other"() ({ }) : () -> ()'
        )
        inside, other = (view.operation.regions[0] for view in module.body.operations)
        block = inside.blocks[0]
        with ir.InsertionPoint(block.operations[0]):
            for _ in range(2):
                perfify.assume(block.arguments[0])
            block.append_to(other)
        wrong = pytest.raises(ValueError, match="the operation is inside test")
        with ir.InsertionPoint(other.blocks[0].operations[0]), wrong:
            perfify.assume(block.arguments[0])


def test_a_value_that_got_another_type_is_noticed() -> None:
    with sample("f64", "f64", setup=SQUARE) as (_, x, seed):
        autodiff(x, seed)
        seed.set_type(ir.F32Type.get())
        with pytest.raises(ValueError, match=r"inputs\[1\] is of type f32"):
            autodiff(x, seed)


def test_several_calls_are_told_apart() -> None:
    with sample("f64", "f64", setup=SQUARE) as (_, x, seed):
        for number in [*range(1, 8), *range(1, 8)]:
            made = autodiff(x, seed, strong_zero=number % 2 == 0, width=1).owner.operation
            assert ("strong_zero" in made.attributes) is (number % 2 == 0)


def test_many_different_calls_and_then_the_same_ones() -> None:
    with sample("f64", "f64", setup=SQUARE) as (_, x, seed):
        for width in [*range(2, 60), *([7] * 20), *([9, 8] * 10), 61]:
            made = autodiff(x, seed, width=width, verify=False, results=x.type).owner
            assert ir.IntegerAttr(made.attributes["width"]).value == width
        with pytest.raises(ValueError, match=r"inputs\[1\] is of type f64"):
            autodiff(x, seed, width=61, results=[x.type, x.type])


def test_no_context_outlives_a_collection() -> None:
    def build() -> Any:
        with sample("f64", "f64", setup=SQUARE) as (module, x, seed):
            for _ in range(2):
                autodiff(x, seed)
                enzyme.ignore_derivatives(x)
            return weakref.ref(module.context)

    contexts = [build() for _ in range(3)]
    gc.collect()
    assert [context() for context in contexts] == [None] * 3


def test_few_contexts_are_remembered() -> None:
    contexts: list[Any] = []
    gc.disable()
    try:
        for _ in range(12):
            with sample("f64", "!enzyme.Gradient<f64>") as (module, x, cell):
                enzyme.ignore_derivatives(x)
                enzyme.init(cell.type)
                contexts.append(weakref.ref(module.context))
            del module, x, cell
        assert sum(context() is not None for context in contexts) <= 6
    finally:
        gc.enable()


def test_the_named_release_is_read_at_each_call() -> None:
    with sample("memref<4xf64>") as (module, x):
        place, context = ir.InsertionPoint.current, module.context
    with context, ir.Location.unknown(), place:
        try:
            for release, is_there in (("0.0.16", True), ("0.0.14", False), ("0.0.15", True)):
                use_release(release)
                if is_there:
                    enzyme.fill_zero(x)
                    enzyme.fill_zero(x)
                else:
                    with pytest.raises(ValueError, match="does not have it"):
                        enzyme.fill_zero(x)
        finally:
            CHOSEN.release = None


def test_objects_of_classes_are_made_by_calls_like_earlier_ones() -> None:
    with sample("f64", "f64", setup=SQUARE) as (module, x, seed):
        for _ in range(3):
            made = enzyme.AutoDiffOp("square", [x, seed], ACTIVITY, SEEDED)
            assert type(made) is enzyme.AutoDiffOp
            assert made.operation.parent.name == "func.func"
            assert autodiff(x, seed).owner.name == "enzyme.autodiff"
            with pytest.raises(ValueError, match="activity"):
                enzyme.AutoDiffOp("square", [x, seed], [], SEEDED)
            assert enzyme.ignore_derivatives(x).type == x.type
        assert len(sample_body(module).operations) == 10


def test_what_a_body_builds_does_not_become_the_object_around_it() -> None:
    with sample("f64", "f64") as (_, x, seed):
        for _ in range(2):
            inner: list[Any] = []

            def body(a: Any, inner: Any = inner) -> Any:
                inner.append(enzyme.ignore_derivatives(a))
                return inner[0]

            outer = enzyme.AutoDiffRegionOp([x, seed], ACTIVITY, SEEDED, body=body, body_arguments=[x.type])
            assert outer.operation.name == "enzyme.autodiff_region"
            assert inner[0].owner.operation.parent == outer.operation
