"""`loc=` and `ip=`: given, taken from the surroundings, and given alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from enzyme_mlir import ir, new_context
from enzyme_mlir.dialects import enzyme
from enzyme_mlir.testing import sample
from tests.executed.building import SQUARE, autodiff, dialect_module, names, operations, sample_body
from tests.executed.locating import faults

GENERATED = Path(__file__).parents[2] / "generated" / "tests"


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


def test_a_traceback_begins_with_the_line_that_calls_a_builder_and_a_given_location_goes_before_it() -> None:
    """Every builder of the family, as function and as class, three ways each; and what regions hold."""
    *found, last = faults(GENERATED)
    assert found == []
    assert int(last.split()[0]) > 1100


def first_line(made: Any) -> str:
    """Where the location of a value's operation begins: a function's name."""
    return str(made.owner.location).split('"')[1]


def test_tracebacks_are_those_of_the_hosts_own_builders() -> None:
    arith = dialect_module("arith")
    with sample("f64", "f64", setup=SQUARE) as (_, x, seed), ir.loc_tracebacks(max_depth=1):
        ours, theirs = autodiff(x, seed), arith.addf(x, seed)
        direct = enzyme.ignore_derivatives(x)
        assert first_line(ours) == "autodiff"  # of tests.executed.building
        assert first_line(direct) == first_line(theirs)
        assert str(direct.owner.location).count("callsite") == str(theirs.owner.location).count("callsite") == 0
        with ir.Location.name("current"):
            direct, theirs = enzyme.ignore_derivatives(x), arith.addf(x, seed)
        assert first_line(direct) == first_line(theirs)
    with sample("f64") as (_, x):
        assert enzyme.ignore_derivatives(x).owner.location == ir.Location.unknown()


def test_what_a_body_builds_is_the_bodys_and_its_terminator_is_the_callers() -> None:
    with sample("f64", "f64") as (_, x, seed), ir.loc_tracebacks():

        def body(y: Any) -> Any:
            return [enzyme.ignore_derivatives(y)]

        arguments: Any = ([x, seed], ["active"], ["activenoneed"])
        made = enzyme.autodiff_region(*arguments, body=body, body_arguments=[x.type])
        inner, last = made.owner.opview.body.blocks[0].operations
        assert first_line(inner.result).endswith("body")
        assert last.operation.location == made.owner.location
        made = enzyme.autodiff_region(*arguments, body=body, body_arguments=[x.type], loc=ir.Location.name("given"))
        inner, last = made.owner.opview.body.blocks[0].operations
        assert first_line(inner.result).endswith("body")
        assert last.operation.location == made.owner.location == ir.Location.name("given")


@pytest.mark.parametrize(("build", "directions"), [("vjp", 1), ("jvp", 1), ("gradient", 0), ("value_and_gradient", 0)])
def test_derivatives_in_a_line_keep_to_the_given_location(build: str, directions: int) -> None:
    with sample("f64", "f64", setup=SQUARE) as (module, x, direction), ir.loc_tracebacks():
        getattr(enzyme, build)("square", [x], *[[direction]] * directions, loc=ir.Location.name("given"))
        found = {str(made.operation.location) for made in operations(module)}
    assert found == {'loc("given")'}


def test_tracebacks_stand_in_for_a_location_only_where_there_is_a_context() -> None:
    with ir.loc_tracebacks():
        with new_context():
            cache = enzyme.CacheType.get(ir.F64Type.get())
            assert first_line(enzyme.init(cache)).startswith("test_tracebacks_stand_in")
        with pytest.raises(ValueError, match=r"^enzyme\.init: loc is not given and there is no current location"):
            enzyme.init(cache)
    with new_context(), pytest.raises(ValueError, match=r"^enzyme\.init: loc is not given"):
        enzyme.init(enzyme.CacheType.get(ir.F64Type.get()))


def test_in_tracebacks_a_context_has_to_take_unregistered_operations_too() -> None:
    with ir.loc_tracebacks(), ir.Context() as context:
        context.allow_unregistered_dialects = False
        with pytest.raises(ValueError, match="the context takes registered operations only"):
            enzyme.placeholder(ir.F64Type.get())
