"""Many operations at one place: what `building` looks at once, what it still sees, and what it says at the end."""

from __future__ import annotations

import gc
import weakref
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from enzyme_mlir import building, ir, new_context, using_release, verification
from enzyme_mlir.dialects import enzyme
from enzyme_mlir.testing import sample
from tests.executed.building import SQUARE, autodiff, names, sample_body
from tests.gone import complaint_about_gone


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    """All calls are forgotten before each test: after many others, only some would be remembered."""
    gc.collect()


def test_calls_build_at_the_place_in_order() -> None:
    with sample("f64", "f64", setup=SQUARE) as (module, x, seed), building() as place:
        assert place is ir.InsertionPoint.current
        for _ in range(5):
            dx = autodiff(x, seed)
            enzyme.ignore_derivatives(dx)
        assert names(module) == ["enzyme.autodiff", "enzyme.ignore_derivatives"] * 5


def test_a_place_is_entered() -> None:
    with sample("f64", setup=SQUARE) as (module, x):
        first = ir.InsertionPoint.at_block_begin(module.body.operations[0].regions[0].blocks[0])
        with building(first):
            for _ in range(3):
                assert enzyme.ignore_derivatives(first.block.arguments[0]).owner.operation.parent.name == "func.func"
        assert len(first.block.operations) == 5
        assert len(sample_body(module).operations) == 1
        where = ir.Location.file("here.py", 1, 2)
        with building(loc=where):
            for _ in range(3):
                assert enzyme.ignore_derivatives(x).owner.location == where


def test_without_current_surroundings_a_location_is_enough() -> None:
    with sample("f64") as (module, x):
        place, where = ir.InsertionPoint.current, ir.Location.unknown()
        context = module.context
    assert ir.Context.current is None
    with building(place, loc=where):
        for _ in range(3):
            assert enzyme.ignore_derivatives(x).owner.context is context
    with (
        pytest.raises(ValueError, match="building: loc is not given and there is no current location"),
        building(place),
    ):
        raise AssertionError("nothing is built")


@pytest.mark.parametrize("given", [{"ip": 1}, {"ip": "end"}, {"loc": "here"}])
def test_arguments_of_a_wrong_type_are_refused(given: Any) -> None:
    with sample("f64"), pytest.raises(TypeError, match=f"building: {next(iter(given))} is "), building(**given):
        raise AssertionError("nothing is built")


def test_places_that_are_none_are_refused() -> None:
    with (
        new_context(),
        ir.Location.unknown(),
        pytest.raises(ValueError, match="building: ip is not given and there is no current insertion point"),
        building(),
    ):
        raise AssertionError("nothing is built")
    with sample("f64") as (kept, _):
        place, where = ir.InsertionPoint.current, ir.Location.unknown()
    with sample("f64"):
        wrong = pytest.raises(ValueError, match="building: the insertion point is of another context")
        with wrong, building(place, loc=ir.Location.unknown()):
            raise AssertionError("nothing is built")
        with building(place, loc=where):
            assert ir.Context.current is kept.context


def test_what_a_call_gives_is_looked_at() -> None:
    with sample("f64", "f64", "f32", setup=SQUARE) as (module, x, seed, other), building():
        for _ in range(3):
            autodiff(x, seed)
            with pytest.raises(ValueError, match=r"inputs\[1\] is of type f32"):
                autodiff(x, other)
            with pytest.raises(ValueError, match="accepted is 2 values"):
                autodiff(x, seed, inputs=[x])
            with pytest.raises(ValueError, match="outputs is 2 values"):
                autodiff(x, seed, results=[x.type, x.type])
            with pytest.raises(ValueError, match="'@square'"):
                autodiff(x, seed, fn="sqare")
            with pytest.raises(TypeError, match="width"):
                autodiff(x, seed, width=True)
        assert len(names(module)) == 3


def test_what_was_not_checked_is_checked() -> None:
    with sample("f64", "f64", setup=SQUARE) as (_, x, seed), building():
        for _ in range(3):
            autodiff(x, seed, results=[x.type, x.type], verify=False)
        with verification(False):
            autodiff(x, seed, results=[x.type, x.type])
        with pytest.raises(ValueError, match="outputs is 2 values, accepted is 1 value"):
            autodiff(x, seed, results=[x.type, x.type])


def test_results_that_are_gone_are_noticed() -> None:
    said = complaint_about_gone(SQUARE, times=3, in_series=True)
    assert said == "enzyme.autodiff: inputs[0] is of an erased operation, accepted is what exists\n"


def test_places_inside_have_their_own_symbols() -> None:
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
        (x,), (y,) = here.arguments, there.arguments
        inner, wrong = ir.InsertionPoint.at_block_begin(there), {"match": "activity is 1 entry"}
        with building(ir.InsertionPoint.at_block_begin(here)):
            for _ in range(3):
                autodiff(x, x)
                with inner, pytest.raises(ValueError, **wrong):
                    autodiff(y, y)
                with pytest.raises(ValueError, **wrong):
                    autodiff(y, y, ip=inner)
                with building(inner):
                    for _ in range(2):
                        with pytest.raises(ValueError, **wrong):
                            autodiff(y, y)
                        enzyme.ignore_derivatives(y)
                autodiff(x, x)
        assert [view.name.value if view.name == "x" else view.operation.name for view in there.operations][:-1] == [
            "enzyme.ignore_derivatives"
        ] * 6


def test_other_releases_are_noticed() -> None:
    with sample("memref<4xf64>") as (_, x), building():
        for release, is_there in ((None, True), ("0.0.14", False), ("0.0.16", True), ("0.0.14", False)):
            with using_release(release):
                for _ in range(2):
                    if is_there:
                        enzyme.fill_zero(x)
                    else:
                        with pytest.raises(ValueError, match="does not have it"):
                            enzyme.fill_zero(x)


def test_bodies_build_where_they_are() -> None:
    with sample("f64", "f64") as (module, x, seed), building():

        def body(a: Any) -> Any:
            return enzyme.ignore_derivatives(enzyme.ignore_derivatives(a))

        for _ in range(3):
            enzyme.ignore_derivatives(x)
            enzyme.autodiff_region([x, seed], ["active"], ["activenoneed"], body=body, body_arguments=[x.type])
        assert names(module) == ["enzyme.ignore_derivatives", "enzyme.autodiff_region"] * 3


def test_objects_of_classes_are_built() -> None:
    with sample("f64", "f64", setup=SQUARE) as (module, x, seed), building():
        for _ in range(3):
            made = enzyme.AutoDiffOp("square", [x, seed], ["active"], ["activenoneed"])
            assert type(made) is enzyme.AutoDiffOp
        assert len(names(module)) == 3


def _erase(module: Any, _: Any) -> None:
    module.body.operations[0].operation.erase()


def _retype(module: Any, _: Any) -> None:
    other = ir.FunctionType.get([ir.F32Type.get()], [ir.F32Type.get()])
    module.body.operations[0].operation.attributes["function_type"] = ir.TypeAttr.get(other)


def _set_type(_: Any, value: Any) -> None:
    value.set_type(ir.F32Type.get())


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (_erase, "building: what is around enzyme.autodiff, or a function that it names, changed"),
        (_retype, "building: what is around enzyme.autodiff, or a function that it names, changed"),
        (_set_type, "building: an operand of enzyme.autodiff became f32"),
    ],
)
def test_what_changed_in_between_is_told_at_the_end(change: Any, complaint: str) -> None:
    declared = "func.func private @square(f64) -> f64"
    with sample("f64", "f64", setup=declared) as (module, x, seed):
        with pytest.raises(ValueError, match=complaint), building():
            autodiff(x, seed)
            change(module, seed)
            autodiff(x, seed)
        with pytest.raises(ValueError, match=r"enzyme.autodiff: (fn|inputs)"):
            autodiff(x, seed, results=ir.F64Type.get())


def test_an_error_inside_comes_out_as_it_is() -> None:
    declared = "func.func private @square(f64) -> f64"
    with sample("f64", "f64", setup=declared) as (module, x, seed):
        with pytest.raises(KeyError, match="mine"), building():
            autodiff(x, seed)
            _erase(module, x)
            raise KeyError("mine")
        with pytest.raises(ValueError, match="symbol in sight"):
            autodiff(x, seed)


def test_nothing_is_kept_after_the_end() -> None:
    def build() -> Any:
        with sample("f64", "f64", setup=SQUARE) as (module, x, seed):
            with building():
                for _ in range(3):
                    autodiff(x, seed)
            return weakref.ref(module.context)

    contexts = [build() for _ in range(3)]
    gc.collect()
    assert [context() for context in contexts] == [None] * 3


def test_threads_have_their_own() -> None:
    def build(number: int) -> list[bool]:
        with sample("f64", "f64", setup=SQUARE) as (module, x, seed), building():
            made = [autodiff(x, seed, strong_zero=number % 2 == 1).owner.operation for _ in range(50)]
            assert len(names(module)) == 50
            return [
                op.context is module.context and ("strong_zero" in op.attributes) is (number % 2 == 1) for op in made
            ]

    with ThreadPoolExecutor(4) as pool:
        found = [each for result in pool.map(build, range(16)) for each in result]
    assert len(found) == 800
    assert all(found)
