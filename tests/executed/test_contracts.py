"""Operands and results that follow from a function: what is inferred, refused, and told apart."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from enzyme_mlir import ir, new_context, verify
from enzyme_mlir.dialects import enzyme
from enzyme_mlir.testing import sample

SETUP = """
func.func @scalar(%x: f64, %y: f64) -> f64 { %0 = arith.mulf %x, %y : f64 return %0 : f64 }
func.func @mixed(%x: f64, %v: tensor<3xf32>) -> (tensor<3xf32>, f64) { return %v, %x : tensor<3xf32>, f64 }
func.func @memory(%m: memref<4xf64>) { return }
func.func @vector(%v: vector<2xf64>) -> vector<2xf64> { return %v : vector<2xf64> }
func.func @nothing() { return }
module @nested { func.func @inner(%x: f64) -> f64 { return %x : f64 } }
"""
TYPES = ("f64", "tensor<3xf32>", "memref<4xf64>", "vector<2xf64>", "tensor<2xf64>", "tensor<2x3xf32>")
CONST = {"activity": ["const"], "ret_activity": ["const"]}


def types_of(built: Any) -> list[str]:
    """The result types of what a builder returned."""
    if isinstance(built, ir.OpView):
        return [str(result.type) for result in built.operation.results]
    return [str(value.type) for value in ([built] if isinstance(built, ir.Value) else list(built))]


def zero_rank() -> Any:
    """A tensor with one number."""
    return ir.Operation.create("test.value", [ir.RankedTensorType.get([], ir.F64Type.get())]).result


Build = Callable[[Any, Any, Any, Any, Any, Any], Any]

INFERRED: dict[str, tuple[Build, list[str]]] = {
    "reverse": (
        lambda x, v, m, w, x2, v2: enzyme.autodiff("mixed", [x, v, v, x], ["active", "active"], ["active", "active"]),
        ["tensor<3xf32>", "f64", "f64", "tensor<3xf32>"],
    ),
    "reverse, nothing wanted": (
        lambda x, v, m, w, x2, v2: enzyme.autodiff("mixed", [x, v], ["const", "const"], ["constnoneed"] * 2),
        [],
    ),
    "reverse, width 2": (
        lambda x, v, m, w, x2, v2: enzyme.autodiff(
            "mixed", [x, v, v2, x2], ["active", "active"], ["active", "activenoneed"], width=2
        ),
        ["tensor<3xf32>", "tensor<2xf64>", "tensor<2x3xf32>"],
    ),
    "reverse, memory": (lambda x, v, m, w, x2, v2: enzyme.autodiff("memory", [m, m], ["dup"], []), []),
    "reverse, a vector as a constant": (
        lambda x, v, m, w, x2, v2: enzyme.autodiff("vector", [w], ["const"], ["const"]),
        ["vector<2xf64>"],
    ),
    "forward": (
        lambda x, v, m, w, x2, v2: enzyme.fwddiff("mixed", [x, x, v, v], ["dup", "dup"], ["dup", "dupnoneed"]),
        ["tensor<3xf32>", "tensor<3xf32>", "f64"],
    ),
    "forward, width 2": (
        lambda x, v, m, w, x2, v2: enzyme.fwddiff("mixed", [x, x2, v], ["dup", "const"], ["const", "dup"], width=2),
        ["tensor<3xf32>", "f64", "tensor<2xf64>"],
    ),
    "no arguments, no results": (lambda *_: enzyme.autodiff("nothing", [], [], []), []),
    "Jacobian": (
        lambda x, v, m, w, x2, v2: enzyme.jacobian("mixed", [x, v], ["active", "active"], ["active", "active"]),
        ["tensor<3xf32>", "tensor<3x3xf32>", "f64", "tensor<3xf64>"],
    ),
    "batch": (
        lambda x, v, m, w, x2, v2: enzyme.batch("mixed", [x2, v2], [2]),
        ["tensor<2x3xf32>", "tensor<2xf64>"],
    ),
    "batch of no dimension": (lambda *_: enzyme.batch("scalar", [zero_rank()] * 2, []), ["tensor<f64>"]),
}


@pytest.mark.parametrize("case", INFERRED)
def test_result_types_follow_from_the_function(case: str) -> None:
    build, expected = INFERRED[case]
    with sample(*TYPES, setup=SETUP) as (module, *values):
        assert types_of(build(*values)) == expected
        assert verify(module) == ()


REFUSED: dict[str, tuple[Build, str]] = {
    "a seed is missing": (
        lambda x, *_: enzyme.autodiff("scalar", [x, x], ["active", "active"], ["active"]),
        "enzyme.autodiff: inputs is 2 values, accepted is 3 values: primal of argument 0 (f64), primal of argument 1 "
        "(f64), seed of result 0 (f64)",
    ),
    "a shadow is missing": (
        lambda x, *_: enzyme.fwddiff("scalar", [x, x, x], ["dup", "dup"], ["dup"]),
        "enzyme.fwddiff: inputs is 3 values, accepted is 4 values: primal of argument 0 (f64), tangent of argument 0 "
        "(f64), primal of argument 1 (f64), tangent of argument 1 (f64)",
    ),
    "a shadow of another type": (
        lambda x, v, *_: enzyme.fwddiff("mixed", [x, v, v, v], ["dup", "dup"], ["dup", "dup"]),
        "enzyme.fwddiff: inputs[1] is of type tensor<3xf32>, accepted is the tangent of argument 0 (f64)",
    ),
    "a result of another type": (
        lambda x, *_: enzyme.autodiff(
            "scalar", [x, x, x], ["active", "const"], ["activenoneed"], results=ir.F32Type.get()
        ),
        "enzyme.autodiff: outputs[0] is of type f32, accepted is the derivative of argument 0 (f64)",
    ),
    "too few results": (
        lambda x, *_: enzyme.autodiff("scalar", [x, x, x], ["active"] * 2, ["activenoneed"], results=x.type),
        "enzyme.autodiff: outputs is 1 value, accepted is 2 values: derivative of argument 0 (f64), derivative of "
        "argument 1 (f64)",
    ),
    "an activity for each argument": (
        lambda x, *_: enzyme.autodiff("scalar", [x, x], ["active"], ["active"]),
        "enzyme.autodiff: activity is 1 entry, accepted is 2, one for each argument of the function",
    ),
    "an activity for each result": (
        lambda x, *_: enzyme.autodiff("scalar", [x, x], ["const", "const"], []),
        "enzyme.autodiff: ret_activity is 0 entries, accepted is 1, one for each result of the function",
    ),
    "an activity that the mode lacks": (
        lambda x, *_: enzyme.fwddiff("scalar", [x, x], ["active", "const"], ["dup"]),
        "enzyme.fwddiff: activity[0] is enzyme_active, accepted is one of enzyme_dup, enzyme_const, enzyme_dupnoneed, "
        "enzyme_constnoneed here",
    ),
    "memory is not active": (
        lambda x, v, m, *_: enzyme.autodiff("memory", [m], ["active"], []),
        "enzyme.autodiff: activity[0] is enzyme_active for the argument 0 of type memref<4xf64>, accepted is "
        "enzyme_active for float | complex | integer | index | tensor<any> only",
    ),
    "a vector has no derivative": (
        lambda x, v, m, w, *_: enzyme.fwddiff("vector", [w, w], ["dup"], ["const"]),
        "enzyme.fwddiff: activity[0] is enzyme_dup for the argument 0 of type vector<2xf64>, accepted is enzyme_dup "
        "for float | complex | integer | index | tensor<any> | memref<any> | llvm.ptr only",
    ),
    "the shadow of memory in one direction": (
        lambda x, v, m, *_: enzyme.autodiff("memory", [m, m], ["dup"], [], width=2),
        "enzyme.autodiff: inputs[1] is of type memref<4xf64>, accepted is the shadow of argument 0 (memref<2x4xf64>)",
    ),
    "width 0": (
        lambda x, *_: enzyme.autodiff("scalar", [x, x], ["const"] * 2, ["const"], width=0),
        "enzyme.autodiff: width is 0, accepted is at least 1",
    ),
    "a batch with another extent": (
        lambda x, v, m, w, x2, v2: enzyme.batch("mixed", [x2, v2], [3]),
        "enzyme.batch: inputs[0] is of type tensor<2xf64>, accepted is the batch of argument 0 (tensor<3xf64>)",
    ),
    "a batch of memory": (
        lambda x, v, m, *_: enzyme.batch("memory", [m], [2]),
        "enzyme.batch: inputs[0] is of type memref<4xf64>, accepted is the batch of argument 0 (memref<2x4xf64>)",
    ),
    "a symbol that is not there": (
        lambda x, *_: enzyme.autodiff("scaler", [x], **CONST),
        "enzyme.autodiff: fn is @scaler, accepted is a symbol in sight: @scalar, @mixed, @memory, @vector, @nothing, "
        "@nested, @sample; did you mean '@scalar'?",
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_does_not_follow_is_refused_and_nothing_is_built(case: str) -> None:
    build, message = REFUSED[case]
    with sample(*TYPES, setup=SETUP) as (module, *values):
        before = str(module)
        with pytest.raises(ValueError) as caught:
            build(*values)
        assert str(caught.value) == message
        assert str(module) == before


def test_memory_of_several_directions_and_of_a_batch() -> None:
    with sample("memref<4xf64>", "memref<2x4xf64>", setup=SETUP) as (module, m, wide):
        enzyme.autodiff("memory", [m, wide], ["dup"], [], width=2)
        enzyme.fwddiff("memory", [m, wide], ["dup"], [], width=2)
        enzyme.batch("memory", [wide], [2])
        assert verify(module) == ()


def test_memory_with_a_layout_has_no_width() -> None:
    kind = "memref<4xf64, strided<[2]>>"
    with sample(kind, setup=f"func.func @strided(%m: {kind}) {{ return }}") as (_, m):
        with pytest.raises(ValueError) as caught:
            enzyme.autodiff("strided", [m, m], ["dup"], [], width=2)
        assert str(caught.value) == (
            f"enzyme.autodiff: width is [2] with the argument 0 of type {kind}, accepted is extents only for scalars, "
            "ranked tensors and memory without a layout"
        )


def test_what_is_refused_can_be_built_without_verification() -> None:
    with sample("f64", setup=SETUP) as (module, x):
        enzyme.autodiff("scalar", [x], ["active"], ["active"], results=x.type, verify=False)
        (finding,) = verify(module)
        assert str(finding).endswith(
            "enzyme.autodiff: activity is 1 entry, accepted is 2, one for each argument of the function"
        )


def test_without_the_function_in_sight_types_follow_from_operands() -> None:
    with sample("f64", "tensor<3xf32>", setup=SETUP) as (_, x, v):
        detached = ir.Module.create()
        other = ir.Operation.create("test.holder", [], [x], {}, None, 1)
        block = other.regions[0].blocks.append()
        del detached
        with ir.InsertionPoint(block):
            built = enzyme.autodiff("mixed", [x, v, v, x], ["active", "active"], ["active", "active"])
            assert types_of(built) == ["tensor<3xf32>", "f64", "f64", "tensor<3xf32>"]


def test_results_that_nothing_gives_are_asked_for() -> None:
    with sample("f64") as (_, x):
        holder = ir.Operation.create("test.holder", [], [], {}, None, 1, None, False)
        with ir.InsertionPoint(holder.regions[0].blocks.append()), pytest.raises(ValueError) as caught:
            enzyme.fwddiff("f", [x], ["const"], ["const"])
        assert str(caught.value) == (
            "enzyme.fwddiff: results is not given, accepted is a Type or a sequence of types: they follow from fn, "
            "which is not in sight here"
        )


def test_a_function_can_be_given_as_its_operation() -> None:
    with sample("f64", setup=SETUP) as (module, x):
        function = module.body.operations[0]
        assert types_of(enzyme.fwddiff(function, [x, x, x], ["dup", "const"], ["dupnoneed"])) == ["f64"]


def test_the_nearest_symbol_table_counts() -> None:
    with sample("f64", setup=SETUP) as (module, _):
        nested = list(module.body.operations)[5]
        inner = nested.operation.regions[0].blocks[0].operations[0].operation.regions[0].blocks[0]
        with ir.InsertionPoint.at_block_begin(inner):
            assert types_of(enzyme.autodiff("inner", [inner.arguments[0]], **CONST)) == ["f64"]
            with pytest.raises(ValueError, match="fn is @scalar, accepted is a symbol in sight: @inner"):
                enzyme.autodiff("scalar", [inner.arguments[0]], **CONST)


@pytest.mark.parametrize("results", [None, "f64"])
def test_the_symbol_table_around_a_given_place_counts(results: str | None) -> None:
    with sample("f64", setup=SETUP) as (module, x):
        nested = list(module.body.operations)[5]
        inner = nested.operation.regions[0].blocks[0].operations[0].operation.regions[0].blocks[0]
        there = ir.InsertionPoint.at_block_begin(inner)
        types = None if results is None else [ir.Type.parse(results)]
        built = enzyme.autodiff("inner", [inner.arguments[0]], ["const"], ["const"], results=types, ip=there)
        assert types_of(built) == ["f64"]
        with pytest.raises(ValueError, match="fn is @inner, accepted is a symbol in sight: @scalar"):
            enzyme.autodiff("inner", [x], ["const"], ["const"], results=types)
        with pytest.raises(ValueError, match="fn is @scalar, accepted is a symbol in sight: @inner"):
            enzyme.autodiff("scalar", [inner.arguments[0]], ["const"], ["const"], results=types, ip=there)
        assert [operation.operation.name for operation in inner.operations][:1] == ["enzyme.autodiff"]


def test_derivatives_look_for_the_function_from_the_given_place() -> None:
    with sample("f64", setup=SETUP) as (module, x):
        nested = list(module.body.operations)[5]
        inner = nested.operation.regions[0].blocks[0].operations[0].operation.regions[0].blocks[0]
        there = ir.InsertionPoint.at_block_begin(inner)
        (value,) = enzyme.gradient("inner", [inner.arguments[0]], ip=there)
        assert value.owner.operation.block == inner
        with pytest.raises(ValueError, match="fn is @inner, accepted is a symbol in sight: @scalar"):
            enzyme.gradient("inner", [x])


def test_a_function_of_another_type_makes_another_call() -> None:
    """Of the same call in the same context, in two modules whose functions differ in type."""
    with new_context(), ir.Location.unknown():
        for kind in ("f64", "f32"):
            module = ir.Module.parse(f"func.func private @g({kind}) -> {kind}\nfunc.func @f(%x: f64) {{ return }}")
            block = list(module.body.operations)[-1].regions[0].blocks[0]
            (x,) = block.arguments
            with ir.InsertionPoint(block.operations[0]):
                if kind == "f64":
                    enzyme.autodiff("g", [x, x], ["active"], ["activenoneed"], results=[x.type])
                    continue
                with pytest.raises(ValueError, match=r"inputs\[0\] is of type f64, accepted is the .* \(f32\)"):
                    enzyme.autodiff("g", [x, x], ["active"], ["activenoneed"], results=[x.type])


def test_a_function_that_changed_is_seen_from_another_block() -> None:
    """A call like the last one in the same block is not looked at again; any other one is."""
    with sample("f64", setup=SETUP) as (module, x):
        enzyme.autodiff("scalar", [x, x], ["const"] * 2, ["const"])
        module.body.operations[0].erase()
        (finding,) = verify(module)
        assert finding.given == "@scalar"
        with pytest.raises(ValueError, match="fn is @scalar"):
            enzyme.autodiff("scalar", [x, x], ["const"] * 2, ["constnoneed"])


# --- regions ------------------------------------------------------------------------------------------------------


def test_results_and_block_arguments_follow_from_a_region() -> None:
    with sample("f64", "tensor<3xf32>") as (module, x, v):
        built = enzyme.autodiff_region([x, v, x], ["active", "const"], ["active", "const"], body=lambda a, b: [a, b])
        assert types_of(built) == ["f64", "tensor<3xf32>", "f64"]
        op = built[0].owner.opview
        assert isinstance(op, enzyme.AutoDiffRegionOp)
        assert [str(argument.type) for argument in op.body.blocks[0].arguments] == ["f64", "tensor<3xf32>"]
        assert verify(module) == ()


def test_a_region_that_does_not_fit_leaves_nothing_behind() -> None:
    with sample("f64") as (module, x):
        before = str(module)
        for results in (None, x.type):
            with pytest.raises(ValueError) as caught:
                enzyme.fwddiff_region([x, x], ["dup"], ["dupnoneed"], body=lambda a: [a, a], results=results)
            assert str(caught.value) == (
                "enzyme.fwddiff_region: ret_activity is 1 entry, accepted is 2, one for each result of the function"
            )
            assert str(module) == before


# --- which is which -----------------------------------------------------------------------------------------------


def test_the_results_are_told_apart_by_role() -> None:
    with sample("f64", "tensor<3xf32>", setup=SETUP) as (_, x, v):
        op = enzyme.AutoDiffOp("mixed", [x, v, v, v], ["const", "dup"], ["active", "constnoneed"])
        assert dict(op.primal_operands) == {0: x, 1: v}
        assert dict(op.shadow_operands) == {1: v}
        assert dict(op.seed_operands) == {0: v}
        assert dict(op.primal_results) == {0: op.results[0]}
        assert dict(op.derivative_results) == {}
        forward = enzyme.ForwardDiffOp("mixed", [x, x, v], ["dup", "const"], ["constnoneed", "dupnoneed"])
        assert dict(forward.tangent_operands) == {0: x}
        assert dict(forward.tangent_results) == {1: forward.results[0]}
        jacobian = enzyme.JacobianOp("mixed", [x, v], ["active"] * 2, ["active"] * 2)
        assert list(jacobian.block_results) == [(0, 0), (0, 1), (1, 0), (1, 1)]


@pytest.mark.parametrize(("operands", "results"), [(1, 0), (1, 1), (2, 0), (2, 2), (3, 1), (0, 1)])
def test_roles_of_an_operation_that_breaks_its_contract_are_an_error(operands: int, results: int) -> None:
    """Two operands and one result would keep it."""
    with sample("f64", setup=SETUP) as (_, x):
        given, types = [x] * operands, [x.type] * results
        op = enzyme.AutoDiffOp("scalar", given, ["active"], ["activenoneed"], results=types, verify=False)
        for role in ("primal_operands", "seed_operands", "derivative_results"):
            with pytest.raises(ValueError) as caught:
                getattr(op, role)
            assert str(caught.value) == (
                f"enzyme.autodiff: {operands} operand{'s' * (operands != 1)} and {results} "
                f"result{'s' * (results != 1)} do not follow from its activities; verify() says what does"
            )
