"""Accessors of the operation classes: operands, attributes, results and regions, read, set and deleted by name."""

from __future__ import annotations

from typing import Any

import pytest

from enzyme_mlir import ir
from enzyme_mlir.dialects import enzyme
from enzyme_mlir.dialects.enzyme import Activity, AtomicRMWKind, FastMathFlags, FastMathFlagsAttr
from enzyme_mlir.testing import printed, sample
from tests.executed.building import SQUARE, atomic_rmw, autodiff, operations


def test_single_operands() -> None:
    with sample("!enzyme.Cache<f64>", "f64", "f64") as (_, cache, x, other):
        op = enzyme.push(cache, x)
        assert (op.cache, op.value) == (cache, x)
        op.value = other
        assert list(op.operation.operands) == [cache, other]


def test_a_single_operand_can_be_set_to_an_operation() -> None:
    with sample("!enzyme.Cache<f64>", "f64") as (_, cache, x):
        op = enzyme.push(cache, x)
        op.value = enzyme.IgnoreDerivativesOp(x)
        assert op.value.owner.name == "enzyme.ignore_derivatives"


def test_setting_a_single_operand_to_no_value_is_refused() -> None:
    with sample("!enzyme.Cache<f64>", "f64") as (_, cache, x):
        op = enzyme.push(cache, x)
        with pytest.raises(TypeError) as caught:
            op.value = 3  # type: ignore[assignment]
        assert str(caught.value) == (
            "enzyme.push: value is 3 (int), accepted is a Value or an operation with one result"
        )
        assert op.value == x


def test_variadic_operands() -> None:
    with sample("f64", "f64", setup=SQUARE) as (_, x, seed):
        view = autodiff(x, seed).owner.opview
        assert list(view.inputs) == [x, seed]
        view.inputs = [seed, x]
        assert list(view.inputs) == [seed, x]
        with pytest.raises(ValueError) as caught:
            view.inputs = [x]
        assert str(caught.value) == (
            "enzyme.autodiff: inputs is 1 values, accepted are 2: the number of operands cannot change"
        )
        assert list(view.inputs) == [seed, x]


def test_a_variadic_operand_behind_single_ones() -> None:
    with sample("f64", "memref<4x4xf64>", "index", "index") as (_, x, memref, row, column):
        view = atomic_rmw(x, memref, row, indices=[row, column]).owner.opview
        assert (view.value, view.memref, list(view.indices)) == (x, memref, [row, column])
        assert list(atomic_rmw(x, memref, row, indices=[]).owner.opview.indices) == []


@pytest.mark.parametrize(("indices", "sizes"), [(1, 0), (2, 0), (2, 1), (0, 2), (0, 0)])
def test_segmented_operands_of_load_and_store(indices: int, sizes: int) -> None:
    with sample("memref<4xf64>", "f64", *["index"] * 4) as (_, memref, x, a, b, c, d):
        at, of = [a, b][:indices], [c, d][:sizes]
        load = enzyme.LoadOp(memref, at, of, [4])
        assert (load.memref, list(load.indices), list(load.sizes)) == (memref, at, of)
        assert list(load.static_sizes) == [4]
        store = enzyme.store(x, memref, at, of, [4])
        assert (store.value, store.memref, list(store.indices), list(store.sizes)) == (x, memref, at, of)


def test_setting_one_segment_leaves_the_others() -> None:
    with sample("memref<4xf64>", "index", "index", "index") as (_, memref, a, b, c):
        load = enzyme.LoadOp(memref, [a, b], [a], [4])
        load.sizes = [c]
        load.indices = [b, a]
        assert list(load.operation.operands) == [memref, b, a, c]


def test_segmented_operands_of_generic_adjoint() -> None:
    with sample("tensor<4xf64>", "tensor<4xf64>", "tensor<4xf64>") as (_, x, y, out):
        identity = ir.AffineMap.get_identity(1)
        op = enzyme.GenericAdjointOp([out.type], [x, y], [out], [identity] * 3, [])
        assert (list(op.inputs), list(op.outputs)) == ([x, y], [out])
        assert [result.type for result in op.result_tensors] == [out.type]
        assert (op.doc, op.library_call) == (None, None)


def test_a_required_attribute_is_read_and_set_but_not_deleted() -> None:
    with sample("f64", "f64", setup=SQUARE) as (_, x, seed):
        view = autodiff(x, seed).owner.opview
        view.activity = ["const", Activity.DUP]
        view.fn = "@other"
        assert str(view.activity) == "[#enzyme.activity<enzyme_const>, #enzyme.activity<enzyme_dup>]"
        assert view.fn.value == "other"
        with pytest.raises(ValueError) as caught:
            del view.activity
        assert str(caught.value) == "enzyme.autodiff: activity is required and cannot be deleted"
        assert "activity" in view.operation.attributes


def test_setting_an_attribute_checks_as_the_builder_does() -> None:
    with sample("f64", "f64", setup=SQUARE) as (_, x, seed):
        view = autodiff(x, seed).owner.opview
        with pytest.raises(
            ValueError, match=r"^enzyme\.autodiff: activity\[0\] is 'dupp' \(str\), accepted is one of "
        ):
            view.activity = ["dupp"]
        with pytest.raises(TypeError) as caught:
            view.width = "2"
        assert str(caught.value) == (
            "enzyme.autodiff: width is '2' (str), accepted is an int or an attribute of type i64"
        )


def test_an_unset_attribute_reads_as_its_default() -> None:
    with sample("f64", "f64", setup=SQUARE) as (_, x, seed):
        view = autodiff(x, seed).owner.opview
        assert isinstance(view.width, ir.IntegerAttr)
        assert (view.width.value, view.strong_zero.value, view.atomic_add.value) == (1, False, False)
        assert "width" not in view.operation.attributes


def test_deleting_an_attribute_with_a_default_brings_the_default_back() -> None:
    with sample("f64", "f64", setup=SQUARE) as (_, x, seed):
        view = autodiff(x, seed).owner.opview
        view.width = 3
        view.strong_zero = True
        assert (view.width.value, view.strong_zero.value) == (3, True)
        del view.width
        del view.strong_zero
        del view.strong_zero
        assert (view.width.value, view.strong_zero.value) == (1, False)
        assert "width" not in view.operation.attributes


def test_an_enum_attribute_with_a_default() -> None:
    with sample("f64", "memref<4xf64>", "index") as (_, x, memref, index):
        view = atomic_rmw(x, memref, index).owner.opview
        assert isinstance(view.fastmath, FastMathFlagsAttr)
        assert view.fastmath.value is FastMathFlags.NONE
        view.fastmath = FastMathFlags.NNAN | FastMathFlags.AFN
        assert view.fastmath.value == FastMathFlags.NNAN | FastMathFlags.AFN
        view.kind = AtomicRMWKind.MAXS
        assert AtomicRMWKind(view.kind.value) is AtomicRMWKind.MAXS


def test_an_optional_attribute() -> None:
    with sample("f64", "memref<4xf64>", "index") as (_, x, memref, index):
        view = atomic_rmw(x, memref, index).owner.opview
        assert view.alignment is None
        view.alignment = 16
        assert view.alignment.value == 16
        view.alignment = None
        assert view.alignment is None
        view.alignment = 8
        del view.alignment
        assert "alignment" not in view.operation.attributes
        del view.alignment
        assert view.alignment is None


def test_the_optional_name_of_a_region_form() -> None:
    with sample("f64", "f64") as (_, x, seed):
        op = enzyme.AutoDiffRegionOp([x, seed], ["active"], ["activenoneed"], results=x.type, fn="inner")
        assert op.fn is not None
        assert op.fn.value == "inner"
        del op.fn
        assert op.fn is None


def test_a_missing_required_attribute_is_named() -> None:
    with sample("f64", "f64", setup=SQUARE) as (_, x, seed):
        view = autodiff(x, seed).owner.opview
        del view.operation.attributes["fn"]
        with pytest.raises(AttributeError) as caught:
            _ = view.fn
        assert str(caught.value) == ("enzyme.autodiff: the required attribute 'fn' is missing from this operation")


def test_accessors_need_no_current_context() -> None:
    with sample("f64", "f64", setup=SQUARE) as (_, x, seed):
        view = autodiff(x, seed).owner.opview
    assert view.width.value == 1
    view.activity = ["dup"]
    view.strong_zero = True
    assert str(view.activity) == "[#enzyme.activity<enzyme_dup>]"
    assert view.strong_zero.value is True


def test_results_have_names() -> None:
    with sample("!enzyme.Cache<f64>", "f64", "f64", setup=SQUARE) as (_, cache, x, seed):
        assert enzyme.PopOp(cache).output.type == ir.F64Type.get()
        f64 = ir.F64Type.get()
        op = enzyme.AutoDiffOp("square", [x, seed], ["active"], ["active"], results=[f64, f64])
        assert list(op.outputs) == list(op.operation.results)


@pytest.mark.parametrize("name", ["output", "outputs", "body"])
def test_results_and_regions_cannot_be_set(name: str) -> None:
    with sample("!enzyme.Cache<f64>", "f64", "f64", setup=SQUARE) as (_, cache, x, seed):
        owner: Any = {
            "output": lambda: enzyme.PopOp(cache),
            "outputs": lambda: autodiff(x, seed).owner.opview,
            "body": lambda: enzyme.AutoDiffRegionOp([x, seed], [0], [4], results=x.type),
        }[name]()
        with pytest.raises(AttributeError):
            setattr(owner, name, x)


def test_accessors_on_the_class_are_themselves() -> None:
    assert type(enzyme.AutoDiffOp.inputs).__name__ == "OperandsAccessor"
    assert type(enzyme.AutoDiffOp.width).__name__ == "AttributeAccessor"
    assert type(enzyme.ActivityAttr.value).__name__ == "ParameterAccessor"


def test_parsed_operations_come_back_as_the_generated_classes() -> None:
    text = """
      "enzyme.push"(%arg0, %arg1) : (!enzyme.Cache<f64>, f64) -> ()
      %0 = "enzyme.pop"(%arg0) : (!enzyme.Cache<f64>) -> f64
      %1 = "enzyme.autodiff"(%0, %arg1) {fn = @f, width = 2 : i64, activity = [#enzyme.activity<enzyme_active>],
        ret_activity = [#enzyme.activity<enzyme_active>]} : (f64, f64) -> f64
    """
    with sample() as (module,):
        parsed = ir.Module.parse(f"func.func @g(%arg0: !enzyme.Cache<f64>, %arg1: f64) {{ {text} return }}")
        push, pop, derivative, _ = parsed.body.operations[0].regions[0].blocks[0].operations
        assert [type(op) for op in (push, pop, derivative)] == [enzyme.PushOp, enzyme.PopOp, enzyme.AutoDiffOp]
        assert push.value == parsed.body.operations[0].arguments[1]
        assert pop.output.type == ir.F64Type.get()
        assert (derivative.fn.value, derivative.width.value) == ("f", 2)
        assert module.operation.verify()


def test_built_operations_come_back_as_the_same_classes() -> None:
    with sample("f64", "memref<4xf64>", "index") as (module, x, memref, index):
        atomic_rmw(x, memref, index)
        enzyme.fill_zero(memref)
        assert [type(op) for op in operations(module)] == [enzyme.AtomicRMWOp, enzyme.FillZeroOp]


def test_every_part_of_one_operation_reads_back() -> None:
    with sample("f64", "memref<4xf64>", "index") as (module, x, memref, index):
        view = atomic_rmw(x, memref, index, fastmath="nnan", alignment=8).owner.opview
        assert (view.value, view.memref, list(view.indices)) == (x, memref, [index])
        assert (view.kind.value, view.ordering.value, view.alignment.value) == (0, 2, 8)
        assert view.fastmath.value is FastMathFlags.NNAN
        assert "alignment = 8 : i64" in printed(module)
