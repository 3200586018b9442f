"""Builder functions: what they return, what they take for each parameter, and what they write into the IR."""

from __future__ import annotations

from typing import Any

import pytest

from enzyme_mlir import ir
from enzyme_mlir.dialects import enzyme
from enzyme_mlir.dialects.enzyme import Activity, ActivityAttr, FastMathFlags
from enzyme_mlir.testing import printed, sample
from tests.executed.building import SQUARE, atomic_rmw, autodiff, dialect_module, names


def test_one_result_comes_back_as_the_value() -> None:
    with sample("f64", "f64", setup=SQUARE) as (_, x, seed):
        made = autodiff(x, seed)
        assert isinstance(made, ir.OpResult)
        assert made.type == ir.F64Type.get()
        assert made.owner.name == "enzyme.autodiff"


def test_several_results_come_back_as_a_list() -> None:
    with sample("f64", "f64", setup=SQUARE) as (_, x, seed):
        f32, f64 = ir.F32Type.get(), ir.F64Type.get()
        made = autodiff(x, seed, results=[f64, f32], verify=False)
        first, second = made
        assert [first.type, second.type] == [f64, f32]
        assert len(made) == 2


def test_no_results_of_a_variadic_one_give_the_operation() -> None:
    with sample("f64", "f64", setup=SQUARE) as (_, x, seed):
        made = autodiff(x, seed, inputs=[x], activity=["const"], ret_activity=["constnoneed"], results=[])
        assert isinstance(made, enzyme.AutoDiffOp)
        assert len(made.operation.results) == 0


def test_an_operation_without_results_comes_back_as_itself() -> None:
    with sample("!enzyme.Cache<f64>", "f64") as (_, cache, x):
        made = enzyme.push(cache, x)
        assert isinstance(made, enzyme.PushOp)
        assert made.operation.name == "enzyme.push"


@pytest.mark.parametrize("shape", ["type", "list", "tuple", "generator"])
def test_results_take_a_type_or_a_sequence(shape: str) -> None:
    with sample("f64", "f64", setup=SQUARE) as (_, x, seed):
        f64 = ir.F64Type.get()
        given: Any = {"type": f64, "list": [f64], "tuple": (f64,), "generator": (t for t in [f64])}[shape]
        made = autodiff(x, seed, results=given)
        assert isinstance(made, ir.OpResult)
        assert made.type == f64


def test_class_with_several_results_stands_for_its_operation() -> None:
    with sample("f64", "f64", setup=SQUARE) as (_, x, seed):
        f64 = ir.F64Type.get()
        op = enzyme.AutoDiffOp("square", [x, seed], ["active"], ["active"], results=[f64, f64])
        assert isinstance(op, enzyme.AutoDiffOp)
        assert [result.type for result in op.outputs] == [f64, f64]


def test_defaults_are_not_written() -> None:
    with sample("f64", "f64", setup=SQUARE) as (_, x, seed):
        op = autodiff(x, seed, width=1, strong_zero=False, atomic_add=False).owner
        assert sorted(named.name if hasattr(named, "name") else named for named in op.attributes) == [
            "activity",
            "fn",
            "ret_activity",
        ]


@pytest.mark.parametrize(
    ("parameter", "given", "text"),
    [
        ("width", 4, "width = 4 : i64"),
        ("strong_zero", True, "strong_zero = true"),
        ("atomic_add", True, "atomic_add = true"),
    ],
)
def test_other_values_than_the_default_are_written(parameter: str, given: object, text: str) -> None:
    with sample("f64", "f64", setup=SQUARE) as (module, x, seed):
        autodiff(x, seed, **{parameter: given}, verify=False)
        assert text in printed(module)


def test_an_attribute_that_equals_the_default_means_the_same() -> None:
    with sample("f64", "f64", setup=SQUARE) as (_, x, seed):
        one = ir.IntegerAttr.get(ir.IntegerType.get_signless(64), 1)
        view = autodiff(x, seed, width=one, strong_zero=ir.BoolAttr.get(False)).owner.opview
        assert (view.width.value, view.strong_zero.value) == (1, False)


@pytest.mark.parametrize(
    "given",
    [Activity.DUP, "enzyme_dup", "DUP", "dup", 1],
    ids=["member", "text", "name", "lower name", "number"],
)
def test_an_activity_can_be_given_in_many_ways(given: Any) -> None:
    with sample("f64", "f64", setup=SQUARE) as (_, x, seed):
        view = autodiff(x, seed, activity=[given], ret_activity=(given,), verify=False).owner.opview
        assert str(view.activity) == "[#enzyme.activity<enzyme_dup>]"
        assert view.ret_activity == view.activity


def test_activities_can_be_attributes() -> None:
    with sample("f64", "f64", setup=SQUARE) as (_, x, seed):
        one = ActivityAttr.get(Activity.CONST)
        parsed = ir.Attribute.parse("#enzyme<activity<enzyme_dup>>")
        view = autodiff(x, seed, activity=[one, parsed, "active"], verify=False).owner.opview
        assert str(view.activity) == (
            "[#enzyme.activity<enzyme_const>, #enzyme.activity<enzyme_dup>, #enzyme.activity<enzyme_active>]"
        )


def test_activities_can_be_an_array_that_is_built_already() -> None:
    with sample("f64", "f64", setup=SQUARE) as (_, x, seed):
        array = ir.ArrayAttr.get([ActivityAttr.get("dup"), ActivityAttr.get("const")])
        assert autodiff(x, seed, activity=array, verify=False).owner.opview.activity == array


def test_no_activities_are_an_empty_array() -> None:
    with sample("f64", "f64", setup=SQUARE) as (_, x, seed):
        assert str(autodiff(x, seed, activity=[], verify=False).owner.opview.activity) == "[]"


@pytest.mark.parametrize("form", ["name", "at name", "reference", "operation view", "operation", "string attribute"])
def test_a_function_can_be_given_in_many_ways(form: str) -> None:
    with sample("f64", "f64", setup=SQUARE) as (module, x, seed):
        function = module.body.operations[0]
        given: Any = {
            "name": "square",
            "at name": "@square",
            "reference": ir.FlatSymbolRefAttr.get("square"),
            "operation view": function,
            "operation": function.operation,
            "string attribute": ir.StringAttr.get("square"),
        }[form]
        assert str(autodiff(x, seed, fn=given).owner.opview.fn) == "@square"


def test_a_function_built_with_the_host_can_be_given() -> None:
    func = dialect_module("func")
    with sample("f64", "f64") as (module, x, seed):
        f64 = ir.F64Type.get()
        with ir.InsertionPoint.at_block_begin(module.body):
            built = func.FuncOp("mine", ir.FunctionType.get([f64], [f64]), visibility="private")
        assert autodiff(x, seed, fn=built).owner.opview.fn.value == "mine"


@pytest.mark.parametrize("name", ["with space", 'with "quotes"', "größe", "日本", "a@b", "back\\slash", "line\nbreak"])
def test_odd_function_names_survive_printing_and_parsing(name: str) -> None:
    func = dialect_module("func")
    with sample("f64", "f64") as (module, x, seed):
        with ir.InsertionPoint.at_block_begin(module.body):
            func.FuncOp(name, ir.FunctionType.get([x.type], [x.type]), visibility="private")
        autodiff(x, seed, fn=name)
        text = printed(module)
        again = ir.Module.parse(text)
        assert list(again.body.operations)[-1].regions[0].blocks[0].operations[0].fn.value == name


def test_an_operation_stands_for_its_result() -> None:
    with sample("f64", "f64", setup=SQUARE) as (_, x, seed):
        ignored = enzyme.IgnoreDerivativesOp(x)
        op = autodiff(x, seed, inputs=[ignored, ignored.operation]).owner
        assert list(op.operands) == [ignored.output, ignored.output]


def test_an_operation_stands_for_all_its_results_in_a_list() -> None:
    with sample("f64", "f64", setup=SQUARE) as (_, x, seed):
        f64 = ir.F64Type.get()
        two = enzyme.AutoDiffOp("square", [x, seed], ["active"], ["active"], results=[f64, f64])
        op = enzyme.ConcatOp(ir.Type.parse("tensor<2xf64>"), two)
        assert list(op.inputs) == list(two.outputs)


def test_lists_of_numbers_become_dense_arrays() -> None:
    with sample("f64") as (_, x):
        tensor = ir.Type.parse("tensor<2x3xf64>")
        op = enzyme.BroadcastOp(tensor, x, (2, 3))
        assert isinstance(op.shape, ir.DenseI64ArrayAttr)
        assert list(op.shape) == [2, 3]
        assert enzyme.BroadcastOp(tensor, x, op.shape).shape == op.shape


def test_enum_parameters_are_written_as_their_numbers() -> None:
    with sample("f64", "memref<4xf64>", "index") as (_, x, memref, index):
        op = atomic_rmw(x, memref, index, kind="mulf", ordering="SEQ_CST").owner
        assert (str(op.attributes["kind"]), str(op.attributes["ordering"])) == ("12 : i64", "7 : i32")


def test_flags_are_written_by_name() -> None:
    with sample("f64", "memref<4xf64>", "index") as (_, x, memref, index):
        op = atomic_rmw(x, memref, index, fastmath=FastMathFlags.NINF | FastMathFlags.NNAN).owner
        assert str(op.attributes["fastmath"]) == "#arith.fastmath<nnan,ninf>"
        assert "fastmath" not in atomic_rmw(x, memref, index, fastmath=FastMathFlags.NONE).owner.attributes


def test_the_largest_and_smallest_integers_fit() -> None:
    with sample("f64", "f64", setup=SQUARE) as (_, x, seed):
        for width in (2**63 - 1, -(2**63)):
            assert autodiff(x, seed, width=width, verify=False).owner.opview.width.value == width


def test_function_and_class_build_the_same() -> None:
    with sample("memref<4x4xf64>", "index", "index") as (module, memref, row, size):
        enzyme.load(memref, [row, row], [size], [4])
        enzyme.LoadOp(memref, [row, row], [size], [4])
        function, cls = [line for line in printed(module).splitlines() if "enzyme.load" in line]
        assert function.split("=", 1)[1] == cls.split("=", 1)[1]
        assert names(module) == ["enzyme.load", "enzyme.load"]
