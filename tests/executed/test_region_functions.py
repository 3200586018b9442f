"""Bodies of regions as decorated functions: of an operation that exists, and of one that is built with its body."""

from __future__ import annotations

from typing import Any

import pytest

from enzyme_mlir import from_py_func, ir, verify
from enzyme_mlir.dialects import enzyme, impulse
from enzyme_mlir.testing import printed, sample
from tests.executed.building import names


def inside(region: Any) -> list[str]:
    """The operations of a region's one block."""
    (block,) = region.blocks
    return [operation.operation.name for operation in block.operations]


def opened(x: Any, seed: Any) -> Any:
    """A right `enzyme.autodiff_region` whose body is still to be built."""
    return enzyme.AutoDiffRegionOp([x, seed], ["active"], ["activenoneed"], results=x.type)


def test_a_function_is_the_body_of_an_operation_that_exists() -> None:
    with sample("f64", "f64") as (module, x, seed):
        op = opened(x, seed)

        @op.build_body(x.type)
        def body(y: Any) -> Any:
            return enzyme.ignore_derivatives(y)

        assert inside(op.body) == ["enzyme.ignore_derivatives", "enzyme.yield"]
        assert body.__name__ == "body"
        assert verify(module) == ()


def test_the_types_of_its_arguments_follow_from_the_contract() -> None:
    with sample("f64", "f64") as (module, x, seed):
        opened(x, seed).build_body()(lambda y: [y])
        assert verify(module) == ()


def test_one_function_can_be_the_body_of_several_regions() -> None:
    with sample("i1") as (module, condition):
        op = impulse.IfOp([], condition)

        @op.build_true_branch()
        @op.build_false_branch()
        def nothing() -> None: ...

        assert inside(op.true_branch) == inside(op.false_branch) == ["impulse.yield"]
        assert verify(module) == ()


def test_an_operation_is_built_with_a_function_as_its_body() -> None:
    with sample("f64", "f64") as (module, x, seed):

        @from_py_func(enzyme.autodiff_region, [x, seed], ["active"], ["activenoneed"])
        def dx(y: Any) -> Any:
            return y

        assert isinstance(dx, ir.Value)
        assert dx.type == x.type, "the results follow from the body"
        by_function = printed(module)
    with sample("f64", "f64") as (module, x, seed):
        enzyme.autodiff_region([x, seed], ["active"], ["activenoneed"], body=lambda y: y)
        assert printed(module) == by_function


def test_an_operation_is_built_as_its_class_too() -> None:
    with sample("f64", "f64") as (module, x, seed):

        @from_py_func(enzyme.AutoDiffRegionOp, [x, seed], ["active"], ["activenoneed"])
        def op(y: Any) -> Any:
            return y

        assert isinstance(op, enzyme.AutoDiffRegionOp)
        assert inside(op.body) == ["enzyme.yield"]
        assert verify(module) == ()


def test_a_function_that_raises_leaves_the_region_empty_and_it_can_be_built_again() -> None:
    kept: list[Any] = []

    def wrong(y: Any) -> Any:
        kept.append(enzyme.ignore_derivatives(y))
        raise RuntimeError("my own mistake")

    with sample("f64", "f64") as (module, x, seed):
        op = opened(x, seed)
        before = printed(module)
        with pytest.raises(RuntimeError, match=r"^my own mistake$"):
            op.build_body()(wrong)
        assert printed(module) == before
        op.build_body()(lambda y: y)
        assert verify(module) == ()
        with pytest.raises((TypeError, ValueError), match="erased"):
            enzyme.ignore_derivatives(kept[0])


def test_a_block_that_raises_leaves_the_region_empty_and_it_can_be_built_again() -> None:
    with sample("f64", "f64") as (module, x, seed):
        op = opened(x, seed)
        before = printed(module)
        with pytest.raises(KeyboardInterrupt), op.build_body() as (y,):
            enzyme.ignore_derivatives(y)
            raise KeyboardInterrupt
        assert printed(module) == before
        with op.build_body() as (y,):
            enzyme.yield_([y])
        assert verify(module) == ()


def test_a_block_whose_values_are_in_use_outside_stays() -> None:
    with sample("f64", "f64") as (_, x, seed):
        op, place = opened(x, seed), ir.InsertionPoint.current
        with pytest.raises(RuntimeError, match="stop"), op.build_body() as (y,):
            enzyme.ignore_derivatives(y, ip=place, verify=False)
            raise RuntimeError("stop")
        assert len(list(op.body.blocks)) == 1


def test_an_operation_that_is_built_with_a_wrong_function_leaves_nothing_behind() -> None:
    def wrong(y: Any) -> Any:
        enzyme.ignore_derivatives(y)
        raise RuntimeError("my own mistake")

    with sample("f64", "f64") as (module, x, seed):
        with pytest.raises(RuntimeError, match=r"^my own mistake$"):
            from_py_func(enzyme.autodiff_region, [x, seed], ["active"], ["activenoneed"])(wrong)
        assert names(module) == []


def erasing(op: Any) -> Any:
    """A body that erases the operation that it is the body of."""
    return lambda y: op.operation.erase()


@pytest.mark.parametrize(
    ("body", "error", "message"),
    [
        (3, TypeError, "body is 3 (int), accepted is a callable that takes the block's arguments"),
        (lambda y: 3, TypeError, "what body returns is 3 (int), accepted is a Value, a sequence of values, or None"),
        (lambda y: [], ValueError, "ret_activity is 1 entry, accepted is 0, one for each result of the function"),
    ],
    ids=["not callable", "no value", "too few values"],
)
def test_a_wrong_function_is_named(body: Any, error: type[Exception], message: str) -> None:
    with sample("f64", "f64") as (module, x, seed):
        op = opened(x, seed)
        before = printed(module)
        with pytest.raises(error) as caught:
            op.build_body()(body)
        assert str(caught.value) == f"enzyme.autodiff_region: {message}"
        assert printed(module) == before


def test_a_body_that_erases_its_operation_is_named() -> None:
    with sample("f64", "f64") as (module, x, seed):
        op = opened(x, seed)
        with pytest.raises(ValueError) as caught:
            op.build_body()(erasing(op))
        assert str(caught.value) == "enzyme.autodiff_region: body is of an erased operation, accepted is what exists"
        assert names(module) == []


@pytest.mark.parametrize(
    ("builder", "arguments", "message"),
    [
        (
            print,
            {},
            "from_py_func: builder is builtin_function_or_method, accepted is the function or class of an operation "
            "with one region",
        ),
        (
            enzyme.yield_,
            {},
            "from_py_func: builder is function, accepted is the function or class of an operation with one region",
        ),
        (
            impulse.IfOp,
            {},
            "from_py_func: builder is the class IfOp, accepted is the function or class of an operation with one "
            "region; build it, then @op.build_true_branch() and @op.build_false_branch()",
        ),
        (
            enzyme.autodiff_region,
            {"body": 3},
            "from_py_func: body is 3 (int), accepted is nothing, as the decorated function is the body",
        ),
    ],
    ids=["no builder", "no region", "two regions", "a body too"],
)
def test_what_no_function_can_be_the_body_of_is_named(builder: Any, arguments: Any, message: str) -> None:
    with pytest.raises(TypeError) as caught:
        from_py_func(builder, **arguments)
    assert str(caught.value) == message
