"""Result types that follow from the operands, and results= that overrides them."""

from __future__ import annotations

from typing import Any

import pytest

from enzyme_mlir import ir
from enzyme_mlir.dialects import enzyme, impulse
from enzyme_mlir.testing import sample
from tests.executed.building import atomic_rmw, names

ELEMENTS = ["f64", "i32", "tensor<2x?xf32>", "!enzyme.Gradient<f64>", "memref<4xf64, strided<[2]>>", "vector<4xf16>"]


@pytest.mark.parametrize("element", ELEMENTS)
def test_pop_gives_what_the_cache_holds(element: str) -> None:
    with sample(f"!enzyme.Cache<{element}>") as (_, cache):
        assert enzyme.pop(cache).type == ir.Type.parse(element)


@pytest.mark.parametrize("element", ELEMENTS)
def test_get_gives_what_the_gradient_holds(element: str) -> None:
    with sample(f"!enzyme.Gradient<{element}>") as (_, gradient):
        assert enzyme.get(gradient).type == ir.Type.parse(element)


@pytest.mark.parametrize("memref", ["memref<4xf64>", "memref<?x?xf64, strided<[?, 1]>>", "memref<f64>"])
def test_load_gives_an_element(memref: str) -> None:
    with sample(memref) as (_, source):
        assert enzyme.load(source, [], [], []).type == ir.F64Type.get()


def test_atomic_rmw_gives_the_type_of_the_value() -> None:
    with sample("f32", "memref<4xf32>", "index") as (_, x, memref, index):
        assert atomic_rmw(x, memref, index).type == ir.F32Type.get()


def test_binomial_progress_gives_the_type_of_its_operands() -> None:
    with sample("i32", "i32") as (_, steps, budget):
        assert enzyme.binomial_progress(steps, budget).type == steps.type


@pytest.mark.parametrize("given", ["f64", "i64", "tensor<2x?xf32>", "memref<4xf64, strided<[2]>>"])
def test_what_gives_its_operand_back_has_its_type(given: str) -> None:
    with sample(given) as (_, x):
        assert enzyme.ignore_derivatives(x).type == x.type
        assert enzyme.IgnoreDerivativesOp(x).output.type == x.type
        assert enzyme.dump(x, "x").type == x.type
        assert impulse.dump(x, "x").type == x.type


def test_popcount_gives_the_type_of_its_operand() -> None:
    with sample("tensor<4xi32>") as (_, x):
        assert impulse.popcount(x).type == x.type


def test_another_type_of_the_same_shape_can_be_given() -> None:
    with sample("tensor<4xf64>", "f64") as (_, x, y):
        dynamic = ir.Type.parse("tensor<?xf64>")
        assert enzyme.ignore_derivatives(x, results=dynamic).type == dynamic
        with pytest.raises(ValueError, match="accepted is the element type of input: f64"):
            enzyme.ignore_derivatives(y, results=ir.F32Type.get())


def test_given_results_win() -> None:
    with sample("!enzyme.Cache<f64>", "memref<4xf64>", "i32", "f64") as (_, cache, memref, steps, x):
        f32 = ir.F32Type.get()
        assert enzyme.pop(cache, results=f32, verify=False).type == f32
        assert enzyme.load(memref, [], [], [], results=[f32], verify=False).type == f32
        assert enzyme.binomial_progress(steps, steps, results=f32, verify=False).type == f32
        assert atomic_rmw(x, memref, steps, results=f32, verify=False).type == f32


def test_with_given_results_the_source_is_not_looked_at() -> None:
    with sample("f64") as (_, x):
        assert enzyme.pop(x, results=x.type, verify=False).owner.operands[0] == x


@pytest.mark.parametrize(
    ("build", "error", "message"),
    [
        (
            enzyme.pop,
            ValueError,
            "enzyme.pop: cache is F64Type(f64) (F64Type), accepted is a value of type !enzyme.Cache...",
        ),
        (
            enzyme.get,
            ValueError,
            "enzyme.get: gradient is F64Type(f64) (F64Type), accepted is a value of type !enzyme.Gradient...",
        ),
        (
            lambda x: enzyme.load(x, [], [], []),
            TypeError,
            "enzyme.load: memref is F64Type(f64) (F64Type), accepted is a value of a shaped type",
        ),
    ],
    ids=["pop", "get", "load"],
)
def test_a_source_of_the_wrong_type_is_named(build: Any, error: type[Exception], message: str) -> None:
    with sample("f64") as (module, x):
        with pytest.raises(error) as caught:
            build(x)
        assert str(caught.value) == message
        assert names(module) == []


def test_a_gradient_is_not_a_cache() -> None:
    with (
        sample("!enzyme.Gradient<f64>") as (_, gradient),
        pytest.raises(ValueError, match="accepted is a value of type"),
    ):
        enzyme.pop(gradient)


@pytest.mark.parametrize("kind", [list, tuple])
@pytest.mark.parametrize("count", [0, 2])
def test_one_result_means_one_type(count: int, kind: type) -> None:
    with sample("!enzyme.Cache<f64>") as (module, cache):
        with pytest.raises(ValueError, match=rf"^enzyme\.pop: results is {count} types, accepted is 1 type$"):
            enzyme.pop(cache, results=kind([ir.F64Type.get()] * count), verify=False)
        assert names(module) == []
