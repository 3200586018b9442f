"""What is wrong is said: the function, the parameter, what was given, what is accepted."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

import enzyme_mlir
from enzyme_mlir import ir, lowering, new_context
from enzyme_mlir.testing import check_gradient
from tests.enzyme.functional.misuses import COUNT, MAKING, A, Case, X, Y
from tests.enzyme.functional.programs import (
    CHAIN,
    IN_PLACE,
    MATVEC,
    PAIR,
    POLYNOMIAL,
    PRODUCT,
    SCRATCH,
    SQUARES,
)

grad, vjp, jvp = enzyme_mlir.grad, enzyme_mlir.vjp, enzyme_mlir.jvp

CALLING: dict[str, Case] = {
    "too few arguments": (
        TypeError,
        lambda: grad(PRODUCT)(1.0),
        "grad of @product takes 2 arguments (x, y), without y",
    ),
    "too many arguments": (
        TypeError,
        lambda: grad(PRODUCT)(1.0, 2.0, 3.0),
        "grad of @product takes 2 arguments (x, y), got 3",
    ),
    "an argument twice": (
        TypeError,
        lambda: grad(PRODUCT)(1.0, 2.0, x=3.0),
        "grad of @product takes 2 arguments (x, y), got x twice",
    ),
    "an unknown name": (
        TypeError,
        lambda: grad(PRODUCT)(1.0, z=3.0),
        "grad of @product: an argument is 'z' (str), accepted is one of x, y",
    ),
    "a text for a number": (
        TypeError,
        lambda: grad(PRODUCT)(1.0, "2"),
        "grad of @product: y takes a number (f64), got '2' (str)",
    ),
    "an array for a number": (
        TypeError,
        lambda: grad(PRODUCT)(X, 2.0),
        "grad of @product: x takes a number (f64), got array([0., 0., 0.]) (ndarray)",
    ),
    "a number for an array": (
        ValueError,
        lambda: grad(CHAIN)(1.0, 2.0, 0),
        "grad of @chain: x takes an array of rank 1 (memref<?xf64>), got one of rank 0",
    ),
    "an array of other elements": (
        TypeError,
        lambda: grad(CHAIN)(np.zeros(3, np.float32), 2.0, 0),
        "grad of @chain: x takes an array of float64 (memref<?xf64>), got one of float32",
    ),
    "an array of another shape": (
        ValueError,
        lambda: grad(POLYNOMIAL)(np.zeros(4), 1.0),
        "grad of @polynomial: x takes tensor<3xf64>, got an array of shape (4,)",
    ),
    "a list for memory that is written to": (
        TypeError,
        lambda: grad(IN_PLACE)([1.0, 2.0, 3.0]),
        "grad of @in_place: m takes a NumPy array (memref<3xf64>), which it may write to, got [1.0, 2.0, 3.0] (list)",
    ),
    "memory twice": (
        ValueError,
        lambda: vjp(MATVEC)((A, X, X[:2]), Y),
        "vjp of @matvec: x shares memory with y, which the function may write to, accepted are arrays apart from each "
        "other; pass a copy",
    ),
    "arguments that are no tuple": (
        TypeError,
        lambda: vjp(PRODUCT)(1.0, 2.0),
        "vjp of @product: arguments is 1.0 (float), accepted is a tuple (x, y)",
    ),
    "too many seeds": (
        ValueError,
        lambda: vjp(PAIR)((1.0, 2.0), (1.0, 2.0, 3.0, 4.0)),
        "vjp of @pair: seeds is 4 values, accepted is one for each of (result 0, result 1, result 2), None for none",
    ),
    "a seed of an integer": (
        ValueError,
        lambda: vjp(PAIR)((1.0, 2.0), (1.0, 2.0, 3.0)),
        "vjp of @pair: seeds has 2.0 (float) for result 1, accepted is None: it is not differentiated",
    ),
    "an unknown seed": (
        ValueError,
        lambda: vjp(PAIR)((1.0, 2.0), {"result 4": 1.0}),
        "vjp of @pair: seeds is 'result 4' (str), accepted is one of result 0, result 1, result 2; did you mean "
        "'result 0', 'result 1' or 'result 2'?",
    ),
    "a seed of another shape": (
        ValueError,
        lambda: vjp(SQUARES)((X, np.zeros(3)), np.zeros(2)),
        "vjp of @squares: seed of out takes memref<3xf64>, got an array of shape (2,)",
    ),
    "too few tangents": (
        ValueError,
        lambda: jvp(PAIR)((1.0, 2.0), (1.0,)),
        "jvp of @pair: tangents is 1 value, accepted is one for each of (x, y), None for none",
    ),
    "a tangent of another length": (
        ValueError,
        lambda: jvp(CHAIN)((X, 1.0, 0), (np.zeros(2), 0.0)),
        "jvp of @chain: tangent of x has the shape (2,), accepted is 3 along axis 0, as x has along axis 0",
    ),
    "a tangent of an integer": (
        ValueError,
        lambda: jvp(CHAIN)((X, 1.0, 0), (X, 0.0, 1)),
        "jvp of @chain: tangents has 1 (int) for n, accepted is None: it is not differentiated",
    ),
    "batches of different sizes": (
        ValueError,
        lambda: enzyme_mlir.vmap(PRODUCT)(X, Y),
        "vmap of @product: arguments have different sizes along their axes: x has 3, y has 2, accepted is one "
        "size for all",
    ),
    "a number over a batch": (
        ValueError,
        lambda: enzyme_mlir.vmap(PRODUCT)(X, 1.0),
        "vmap of @product: y has the shape (), accepted is one of rank 1: f64 for each element of the batch, "
        "along axis 0",
    ),
    "an empty batch": (
        ValueError,
        lambda: enzyme_mlir.vmap(PRODUCT)(X[:0], X[:0]),
        "vmap of @product: the batch has no elements, accepted is at least one",
    ),
    "another size than was said": (
        ValueError,
        lambda: enzyme_mlir.vmap(PRODUCT, size=2)(X, X),
        "vmap of @product: the batch has 3 elements, accepted is 2, as size= says",
    ),
    "elements of another kind over a batch": (
        TypeError,
        lambda: enzyme_mlir.vmap(PRODUCT)(X.astype(np.float32), X),
        "vmap of @product: x takes an array of float64 (tensor<3xf64>), got one of float32",
    ),
}

CHECKING: dict[str, Case] = {
    "no point": (
        TypeError,
        lambda: check_gradient(PRODUCT, at=1.5),  # type: ignore[arg-type]
        "check_gradient of @product: at is 1.5 (float), accepted is a tuple (x, y)",
    ),
    "too few arguments": (
        TypeError,
        lambda: check_gradient(PRODUCT, at=(1.5,)),
        "check_gradient of @product takes 2 arguments (x, y), without y",
    ),
    "a wrong argument": (
        TypeError,
        lambda: check_gradient(PRODUCT, at=(1.5, "2")),
        "check_gradient of @product: y takes a number (f64), got '2' (str)",
    ),
    "a wrong array": (
        ValueError,
        lambda: check_gradient(CHAIN, at=(A, 1.0, 0)),
        "check_gradient of @chain: x takes an array of rank 1 (memref<?xf64>), got one of rank 2",
    ),
    "an unknown mode": (
        ValueError,
        lambda: check_gradient(PRODUCT, at=(1.5, 0.7), modes=("forward", "sideways")),
        "check_gradient of @product: modes has 'sideways' (str), accepted are forward, reverse",
    ),
    "a negative tolerance": (
        ValueError,
        lambda: check_gradient(PRODUCT, at=(1.5, 0.7), rtol=-1.0),
        "check_gradient of @product: rtol is -1.0 (float), accepted is a positive number",
    ),
    "no elements": (
        ValueError,
        lambda: check_gradient(PRODUCT, at=(1.5, 0.7), elements=0),
        "check_gradient of @product: elements is 0 (int), accepted is a number of at least 1",
    ),
    "nothing computed": (
        ValueError,
        lambda: check_gradient(COUNT, at=(1.0,)),
        "check_gradient of @count: accepted is a function that computes floats, got (x: f64) -> (result: i64)",
    ),
    "a function that is not finite": (
        ValueError,
        lambda: check_gradient("func.func @f(%x: f64) -> f64 { %0 = math.log %x : f64 return %0 : f64 }", at=(-1.0,)),
        "check_gradient of @f: the function is nan at this point, accepted is one where it is finite",
    ),
}

ALL = {**{f"making: {k}": v for k, v in MAKING.items()}, **{f"calling: {k}": v for k, v in CALLING.items()}}
ALL |= {f"checking: {k}": v for k, v in CHECKING.items()}


@pytest.mark.parametrize("case", ALL)
def test_the_whole_message(case: str) -> None:
    error, work, message = ALL[case]
    with pytest.raises(error) as caught:
        work()
    if isinstance(message, re.Pattern):
        assert message.fullmatch(str(caught.value))
    else:
        assert str(caught.value) == message
    assert type(caught.value) is error


def test_operations_that_are_no_functions() -> None:
    with new_context(), ir.Location.unknown():
        module = ir.Module.parse(PRODUCT)
        function: Any = module.body.operations[0]
        with pytest.raises(
            TypeError, match=r"^grad: module is an operation arith\.mulf, accepted is a module, its text"
        ):
            grad(function.operation.regions[0].blocks[0].operations[0])
        with pytest.raises(
            ValueError, match=r"^grad: entry is 'other', accepted is nothing, as the function was given"
        ):
            grad(function, "other")
        function.operation.erase()
        with pytest.raises(ValueError, match=r"^grad: module"):
            grad(function)


def test_what_enzyme_refuses_is_enzymes_error() -> None:
    text = """func.func private @declared(f64) -> f64
    func.func @f(%x: f64) -> f64 { %0 = func.call @declared(%x) : (f64) -> f64 return %0 : f64 }"""
    with pytest.raises(lowering.EnzymeError):
        grad(text, "f")(1.0)


def test_scratch_of_the_caller_may_be_left_as_it_is() -> None:
    assert grad(SCRATCH, wrt="x")(2.0, np.zeros(2)) == 4.0
