"""Operations with regions: bodies as functions and as blocks, and what a failing body leaves behind."""

from __future__ import annotations

from typing import Any

import pytest

from enzyme_mlir import ir
from enzyme_mlir.dialects import enzyme
from enzyme_mlir.testing import printed, sample
from tests.executed.building import dialect_module, names


def region(x: Any, seed: Any, **changes: Any) -> Any:
    """A right `enzyme.autodiff_region` with a body, but for the changes."""
    f64 = ir.F64Type.get()
    arguments: dict[str, Any] = {
        "inputs": [x, seed],
        "activity": ["active"],
        "ret_activity": ["activenoneed"],
        "results": f64,
        "body": lambda y: [y],
        "body_arguments": [f64],
    }
    return enzyme.autodiff_region(**(arguments | changes))


def inner(made: Any) -> list[Any]:
    """The operations of the region's block."""
    return list(made.owner.opview.body.blocks[0].operations)


@pytest.mark.parametrize("returned", ["list", "tuple", "value", "operation", "generator"])
def test_the_body_returns_what_the_terminator_takes(returned: str) -> None:
    def body(y: Any) -> Any:
        ignored = enzyme.IgnoreDerivativesOp(y)
        return {
            "list": [ignored.output],
            "tuple": (ignored.output,),
            "value": ignored.output,
            "operation": ignored,
            "generator": (value for value in [ignored.output]),
        }[returned]

    with sample("f64", "f64") as (_, x, seed):
        ignored, end = inner(region(x, seed, body=body))
        assert isinstance(end, enzyme.YieldOp)
        assert list(end.operands_) == [ignored.output]


def test_a_body_that_returns_nothing_gets_an_empty_terminator() -> None:
    with sample("f64", "f64") as (_, x, seed):
        (end,) = inner(region(x, seed, inputs=[x], ret_activity=[], body=lambda y: None))
        assert isinstance(end, enzyme.YieldOp)
        assert list(end.operands_) == []


def test_a_body_can_build_its_own_terminator() -> None:
    with sample("f64", "f64") as (_, x, seed):
        twice = {"inputs": [x, seed, seed], "ret_activity": ["activenoneed"] * 2}
        (end,) = inner(region(x, seed, body=lambda y: enzyme.yield_([y, y]), **twice))
        assert isinstance(end, enzyme.YieldOp)
        assert len(end.operands_) == 2


def test_a_body_can_end_with_another_terminator_of_the_dialect() -> None:
    with sample("tensor<4xf64>", "tensor<4xf64>") as (module, x, out):
        f64, identity = ir.F64Type.get(), ir.AffineMap.get_identity(1)
        made = enzyme.generic_adjoint(
            x.type,
            [x],
            [out],
            [identity, identity],
            [],
            region=lambda a, b: [a],
            region_arguments=[f64, f64],
        )
        (end,) = made.owner.opview.region.blocks[0].operations
        assert isinstance(end, enzyme.AddToOp)
        assert '"enzyme.addTo"(%arg2)' in printed(module)


def test_the_body_gets_arguments_of_the_given_types() -> None:
    seen: list[Any] = []

    def body(*arguments: Any) -> Any:
        seen.extend(argument.type for argument in arguments)
        return [arguments[0]]

    with sample("f64", "f32", "f64") as (_, x, other, seed):
        f64, f32 = ir.F64Type.get(), ir.F32Type.get()
        both = {"inputs": [x, other, seed], "activity": ["active", "const"]}
        region(x, seed, body=body, body_arguments=(f64, f32), **both)
        assert seen == [f64, f32]


def test_the_body_may_use_other_dialects_and_values_around_it() -> None:
    arith = dialect_module("arith")
    with sample("f64", "f64") as (module, x, seed):
        multiplied, end = inner(region(x, seed, body=lambda y: arith.mulf(y, x)))
        assert multiplied.operation.name == "arith.mulf"
        assert list(multiplied.operation.operands)[1] == x
        assert end.operands_[0] == multiplied.operation.results[0]
        assert module.operation.verify()


def test_regions_nest() -> None:
    with sample("f64", "f64") as (_, x, seed):
        nested, end = inner(region(x, seed, body=lambda y: [region(y, y)]))
        assert isinstance(nested, enzyme.AutoDiffRegionOp)
        assert end.operands_[0] == nested.outputs[0]


def test_without_a_body_the_region_is_empty() -> None:
    with sample("f64", "f64") as (_, x, seed):
        assert len(list(region(x, seed, body=None, body_arguments=()).owner.opview.body.blocks)) == 0


def test_a_block_can_be_opened_on_the_class() -> None:
    with sample("f64", "f64") as (_, x, seed):
        f64 = ir.F64Type.get()
        op = enzyme.ForwardDiffRegionOp([x, seed], ["dup"], ["dupnoneed"], results=f64)
        with op.build_body(f64) as (y,):
            assert y.type == f64
            enzyme.yield_([y])
        (block,) = op.body.blocks
        assert [type(operation) for operation in block.operations] == [enzyme.YieldOp]


def test_after_the_block_insertion_goes_on_where_it_was() -> None:
    with sample("f64", "f64") as (module, x, seed):
        op = enzyme.ForwardDiffRegionOp([x, seed], ["dup"], ["dupnoneed"], results=ir.F64Type.get())
        with op.build_body() as arguments:
            assert [argument.type for argument in arguments] == [x.type], "they follow from the contract"
            enzyme.yield_([x])
        enzyme.placeholder(ir.F64Type.get())
        assert names(module) == ["enzyme.fwddiff_region", "enzyme.placeholder"]


@pytest.mark.parametrize("first", ["function", "block"])
def test_a_second_body_is_refused(first: str) -> None:
    with sample("f64", "f64") as (_, x, seed):
        f64 = ir.F64Type.get()
        body = (lambda y: [y]) if first == "function" else None
        op = region(x, seed, body=body).owner.opview
        if first == "block":
            with op.build_body(f64) as (y,):
                enzyme.yield_([y])
        with pytest.raises(ValueError) as caught, op.build_body(f64):
            pass
        assert str(caught.value) == (
            "enzyme.autodiff_region: the region has a body already, accepted is an empty region"
        )
        assert len(list(op.body.blocks)) == 1


def test_a_body_that_raises_leaves_nothing_behind() -> None:
    def body(y: Any) -> Any:
        enzyme.ignore_derivatives(y)
        raise RuntimeError("my own mistake")

    with sample("f64", "f64") as (module, x, seed):
        before = printed(module)
        with pytest.raises(RuntimeError, match=r"^my own mistake$"):
            region(x, seed, body=body)
        assert printed(module) == before
        enzyme.placeholder(ir.F64Type.get())
        assert names(module) == ["enzyme.placeholder"]


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
def test_an_interrupted_body_leaves_nothing_behind(error: type[BaseException]) -> None:
    def body(y: Any) -> Any:
        raise error

    with sample("f64", "f64") as (module, x, seed):
        with pytest.raises(error):
            region(x, seed, body=body)
        assert names(module) == []


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        (
            {"body": 3},
            TypeError,
            r"enzyme\.autodiff_region: body is 3 \(int\), accepted is a callable that takes the block's arguments",
        ),
        (
            {"body": lambda y: 3},
            TypeError,
            r"enzyme\.autodiff_region: what body returns is 3 \(int\), accepted is a Value, .*",
        ),
        ({"body": lambda y: [3]}, TypeError, r"enzyme\.yield: operands_\[0\] is 3 \(int\), accepted is a Value or .*"),
        ({"body": lambda *, named: []}, TypeError, r".*takes 0 positional arguments but 1 was given"),
    ],
    ids=["not callable", "returns no value", "returns a list of no values", "takes too few arguments"],
)
def test_a_wrong_body_is_named_and_leaves_nothing_behind(
    changes: dict[str, Any], error: type[Exception], message: str
) -> None:
    with sample("f64", "f64") as (module, x, seed):
        with pytest.raises(error, match=f"^{message}$"):
            region(x, seed, **changes)
        assert names(module) == []


@pytest.mark.parametrize("given", ["one type", "number", "text"])
def test_wrong_types_of_block_arguments_are_named(given: str) -> None:
    with sample("f64", "f64") as (module, x, seed):
        arguments: Any = {"one type": 3, "number": [3], "text": "f64"}[given]
        with pytest.raises(TypeError, match=r"^enzyme\.autodiff_region: body_arguments.* is .*, accepted is .*[Tt]ype"):
            region(x, seed, body_arguments=arguments)
        assert names(module) == []


def test_a_failing_block_of_the_class_closes_the_insertion_point() -> None:
    with sample("f64", "f64") as (module, x, seed):
        op = enzyme.AutoDiffRegionOp([x, seed], ["active"], ["activenoneed"], results=x.type)
        with pytest.raises(RuntimeError, match="stop"), op.build_body():
            raise RuntimeError("stop")
        assert len(list(op.body.blocks)) == 0
        enzyme.placeholder(ir.F64Type.get())
        assert names(module) == ["enzyme.autodiff_region", "enzyme.placeholder"]
