"""`loc=` and `ip=`: given, taken from the surroundings, and given alone."""

from __future__ import annotations

import pytest

from enzyme_mlir import ir, new_context
from enzyme_mlir.dialects import enzyme
from enzyme_mlir.testing import sample
from tests.executed.building import SQUARE, autodiff, names, operations, sample_body


def test_the_given_location_is_the_operations() -> None:
    with sample("f64", "f64", setup=SQUARE) as (_, x, seed):
        here = ir.Location.file("model.py", 3, 7)
        assert autodiff(x, seed, loc=here).owner.location == here
        assert autodiff(x, seed).owner.location == ir.Location.unknown()


def test_the_current_location_is_the_default() -> None:
    with sample("f64", "f64", setup=SQUARE) as (_, x, seed):
        here = ir.Location.name("current")
        with here:
            assert autodiff(x, seed).owner.location == here


def test_a_location_ends_with_the_call() -> None:
    with sample("!enzyme.Gradient<f64>") as (_, gradient):
        enzyme.get(gradient, loc=ir.Location.name("given"))
        assert ir.Location.current == ir.Location.unknown()


def test_the_class_takes_a_location_too() -> None:
    with sample("f64", "f64", setup=SQUARE) as (_, x, seed):
        here = ir.Location.name("class")
        op = enzyme.AutoDiffOp("square", [x, seed], ["active"], ["activenoneed"], results=x.type, loc=here)
        assert op.operation.location == here


def test_the_given_insertion_point_is_used() -> None:
    with sample("f64", "f64") as (module, x, _):
        last = enzyme.ignore_derivatives(x)
        enzyme.placeholder(ir.F64Type.get(), ip=ir.InsertionPoint(last.owner))
        enzyme.InitOp(ir.Type.parse("!enzyme.Cache<f64>"), ip=ir.InsertionPoint.at_block_begin(sample_body(module)))
        assert names(module) == ["enzyme.init", "enzyme.placeholder", "enzyme.ignore_derivatives"]


def test_without_an_insertion_point_the_operation_is_in_no_block() -> None:
    with new_context(), ir.Location.unknown():
        made = enzyme.init(ir.Type.parse("!enzyme.Cache<f64>"))
        with pytest.raises(ValueError, match="no parent"):
            _ = made.owner.parent
        assert str(made.owner).strip() == '%0 = "enzyme.init"() : () -> !enzyme.Cache<f64>'


def test_a_location_alone_is_enough_in_an_entered_context() -> None:
    with new_context():
        made = enzyme.init(enzyme.CacheType.get(ir.F64Type.get()), loc=ir.Location.name("alone"))
        assert made.owner.location == ir.Location.name("alone")


def test_a_location_alone_is_enough_without_a_context() -> None:
    context = new_context()
    cache = enzyme.CacheType.get(ir.F64Type.get(context), context)
    here = ir.Location.name("alone", context=context)
    made = enzyme.init(cache, loc=here)
    assert made.owner.location == here
    assert made.type == cache


def test_attributes_are_built_without_a_context_but_with_a_location() -> None:
    with sample("f64", "f64", setup=SQUARE) as (module, x, seed):
        context, point = module.context, ir.InsertionPoint(list(sample_body(module).operations)[-1])
        f64 = ir.F64Type.get()
    here = ir.Location.name("outside", context=context)
    made = autodiff(x, seed, results=f64, strong_zero=True, loc=here, ip=point)
    assert made.owner.location == here
    assert names(module) == ["enzyme.autodiff"]
    assert operations(module)[0].strong_zero.value is True


def test_regions_are_built_without_a_context_but_with_a_location() -> None:
    with sample("f64", "f64") as (module, x, seed):
        context, point = module.context, ir.InsertionPoint(list(sample_body(module).operations)[-1])
        f64 = ir.F64Type.get()
    made = enzyme.autodiff_region(
        [x, seed],
        ["active"],
        ["activenoneed"],
        results=f64,
        body=lambda y: [y],
        body_arguments=[f64],
        loc=ir.Location.name("outside", context=context),
        ip=point,
    )
    (inner,) = made.owner.opview.body.blocks[0].operations
    assert isinstance(inner, enzyme.YieldOp)


def test_no_location_is_an_error_that_says_what_to_do() -> None:
    with new_context(), pytest.raises(ValueError) as caught:
        enzyme.init(enzyme.CacheType.get(ir.F64Type.get()))
    assert str(caught.value) == (
        "enzyme.init: loc is not given and there is no current location, accepted is a Location: "
        "pass loc=, or enter a context and a location (`with Context(), Location.unknown():`)"
    )


def test_no_context_at_all_is_the_same_error() -> None:
    context = new_context()
    cache = enzyme.CacheType.get(ir.F64Type.get(context), context)
    with pytest.raises(ValueError, match=r"^enzyme\.init: loc is not given and there is no current location"):
        enzyme.init(cache)
