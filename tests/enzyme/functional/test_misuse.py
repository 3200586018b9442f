"""What is wrong is said: the function, the parameter, what was given, what is accepted."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

import enzyme_mlir
from enzyme_mlir import ir, lowering, new_context
from enzyme_mlir.testing import check_gradient
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
WHOLE = "func.func @whole(%n: i64) -> f64 { %0 = arith.constant 1.0 : f64 return %0 : f64 }"
COUNT = "func.func @count(%x: f64) -> i64 { %0 = arith.constant 1 : i64 return %0 : i64 }"
VECTOR = "func.func @vector(%x: vector<4xf64>) -> f64 { %0 = arith.constant 1.0 : f64 return %0 : f64 }"
RETURNS_MEMORY = """func.func @new(%x: f64) -> memref<2xf64> {
  %0 = memref.alloc() : memref<2xf64> linalg.fill ins(%x : f64) outs(%0 : memref<2xf64>)
  return %0 : memref<2xf64> }"""
MIXED = """func.func @mixed(%x: tensor<2xf64>, %m: memref<2xf64>) -> f64 {
  %c0 = arith.constant 0 : index %0 = memref.load %m[%c0] : memref<2xf64> return %0 : f64 }"""
A, X, Y = np.zeros((2, 3)), np.zeros(3), np.zeros(2)

Case = tuple[type[Exception], Callable[[], Any], str]

MAKING: dict[str, Case] = {
    "no module": (
        TypeError,
        lambda: grad(3),
        "grad: module is 3 (int), accepted is a module, its text, a function of it (func.func, or what "
        "func.FuncOp.from_py_func made), or a function that grad and its like made",
    ),
    "a function of Python": (
        TypeError,
        lambda: grad(len),
        "grad: module is builtin_function_or_method, accepted is a module, its text, a function of it (func.func, or "
        "what func.FuncOp.from_py_func made), or a function that grad and its like made",
    ),
    "no text of a module": (
        ValueError,
        lambda: grad("func.func @f(", "f"),
        re.compile(r"grad: the module cannot be read: .*", re.DOTALL),  # type: ignore[dict-item]
    ),
    "a function that returns memory": (
        ValueError,
        lambda: jvp(RETURNS_MEMORY),
        "jvp: result 0 of @new is memref<2xf64>, accepted is a number or a tensor; write into an argument instead, "
        "which is an output too",
    ),
    "an unknown function": (
        ValueError,
        lambda: grad(PRODUCT, "prodct"),
        "grad: entry is 'prodct' (str), accepted is one of product; did you mean 'product'?",
    ),
    "a name of another kind": (
        TypeError,
        lambda: grad(PRODUCT, 3),
        "grad: entry is 3 (int), accepted is the name of a function",
    ),  # type: ignore[arg-type]
    "no name where there are two": (
        ValueError,
        lambda: grad(PRODUCT + CHAIN),
        "grad: entry is None, accepted is the name of a function with a body: @product, @chain",
    ),
    "a declaration": (
        ValueError,
        lambda: grad("func.func private @f(f64) -> f64", "f"),
        "grad: entry is 'f', which is only declared, accepted is a function with a body",
    ),
    "a name for what has one": (
        ValueError,
        lambda: grad(grad(PRODUCT, wrt=0), "product"),
        "grad: entry is 'product' (str), accepted is nothing, as the function was given: grad of @product",
    ),
    "a function of a jacobian": (
        TypeError,
        lambda: grad(enzyme_mlir.jacobian(PRODUCT)),
        "grad: module is jacobian of @product, which is many calls, accepted are functions that are one: grad, "
        "value_and_grad, vjp, jvp, hvp, vmap",
    ),
    "an argument that is not there": (
        ValueError,
        lambda: grad(PRODUCT, wrt="z"),
        "grad of @product: wrt is 'z' (str), accepted is one of x, y",
    ),
    "a position that is not there": (
        ValueError,
        lambda: grad(PRODUCT, wrt=2),
        "grad of @product: wrt is 2, accepted is the position of an argument, 0 to 1, or its name: x, y",
    ),
    "a position of another kind": (
        TypeError,
        lambda: grad(PRODUCT, wrt=[1.5]),  # type: ignore[list-item]
        "grad of @product: wrt is 1.5 (float), accepted is the position of an argument, 0 to 1, or its name: x, y",
    ),
    "wrt of another kind": (
        TypeError,
        lambda: grad(PRODUCT, wrt=1.5),  # type: ignore[arg-type]
        "grad of @product: wrt is 1.5 (float), accepted is the position of an argument, its name, or a "
        "sequence of those",
    ),
    "an argument twice": (
        ValueError,
        lambda: grad(PRODUCT, wrt=["x", 0]),
        "grad of @product: wrt is ['x', 0], accepted is every argument once",
    ),
    "no argument": (
        ValueError,
        lambda: grad(PRODUCT, wrt=[]),
        "grad of @product: wrt is [], accepted is at least one argument",
    ),
    "an integer": (
        ValueError,
        lambda: grad(CHAIN, wrt="n"),
        "grad of @chain: wrt names n, which is i64, accepted are arguments of floats: x, k",
    ),
    "no floats": (
        ValueError,
        lambda: grad(WHOLE),
        "grad of @whole: wrt is None, accepted is a function with an argument of floats, got (n: i64) -> (result: f64)",
    ),
    "several results": (
        ValueError,
        lambda: grad(PAIR),
        "grad of @pair: accepted is a function that returns one float, got (x: f64, y: f64) -> (result 0: f64, result "
        "1: i32, result 2: f64); vjp takes seeds for others",
    ),
    "no result": (
        ValueError,
        lambda: enzyme_mlir.value_and_grad(SQUARES),
        "value_and_grad of @squares: accepted is a function that returns one float, got (x: memref<3xf64>, out: "
        "memref<3xf64>) -> (); vjp takes seeds for others",
    ),
    "nothing computed": (
        ValueError,
        lambda: vjp(COUNT),
        "vjp of @count: accepted is a function that computes floats, got (x: f64) -> (result: i64)",
    ),
    "the same of a jacobian": (
        ValueError,
        lambda: enzyme_mlir.jacobian(COUNT),
        "jacobian of @count: accepted is a function that computes floats, got (x: f64) -> (result: i64)",
    ),
    "a type without a Python value": (
        ValueError,
        lambda: grad(VECTOR),
        "grad: argument x of @vector has the type vector<4xf64>; pass memrefs or tensors of a known rank instead",
    ),
    "an unknown mode": (
        ValueError,
        lambda: enzyme_mlir.jacobian(PRODUCT, mode="sideways"),
        "jacobian of @product: mode is 'sideways' (str), accepted is one of forward, reverse",
    ),
    "an unknown stage": (
        ValueError,
        lambda: grad(PRODUCT).ir("compiled"),
        "grad of @product: stage is 'compiled', accepted is one of given, built, lowered",
    ),
    "an unknown care": (
        ValueError,
        lambda: grad(PRODUCT, unsound="ignore"),
        "grad: unsound is 'ignore' (str), accepted is one of refuse, warn, allow",
    ),
    "too many axes": (
        ValueError,
        lambda: enzyme_mlir.vmap(PRODUCT, in_axes=[0, 0, 0]),
        "vmap of @product: in_axes is 3 axes, accepted is an axis for all arguments, or one, or None, for each "
        "of (x, y)",
    ),
    "an axis of another kind": (
        TypeError,
        lambda: enzyme_mlir.vmap(PRODUCT, in_axes=["x", 0]),  # type: ignore[list-item]
        "vmap of @product: in_axes is 'x' (str) for x, accepted is an axis, or None",
    ),
    "axes of another kind": (
        TypeError,
        lambda: enzyme_mlir.vmap(PRODUCT, in_axes="x"),  # type: ignore[arg-type]
        "vmap of @product: in_axes is 'x' (str), accepted is an axis for all arguments, or one, or None, for "
        "each of (x, y)",
    ),
    "an axis that is not there": (
        ValueError,
        lambda: enzyme_mlir.vmap(PRODUCT, in_axes=1),
        "vmap of @product: in_axes is 1 for x, accepted is -1 to 0: over a batch it has 1 axis",
    ),
    "no axis at all": (
        ValueError,
        lambda: enzyme_mlir.vmap(PRODUCT, in_axes=None),
        "vmap of @product: in_axes is None for all arguments, accepted is at least one axis",
    ),
    "shared memory that is written to": (
        ValueError,
        lambda: enzyme_mlir.vmap(SQUARES, in_axes=(0, None)),
        "vmap of @squares: in_axes is None for out, which the function may write to, accepted is an axis: elements of "
        "the batch cannot share it",
    ),
    "memory and tensors": (
        ValueError,
        lambda: enzyme_mlir.vmap(MIXED),
        "vmap of @mixed: the function takes memory and a tensor (tensor<2xf64>), accepted is one or the other",
    ),
    "a size of another kind": (
        TypeError,
        lambda: enzyme_mlir.vmap(PRODUCT, size=2.0),  # type: ignore[arg-type]
        "vmap of @product: size is 2.0 (float), accepted is the number of elements of a batch",
    ),
    "a size of nothing": (
        ValueError,
        lambda: enzyme_mlir.vmap(PRODUCT, size=0),
        "vmap of @product: size is 0, accepted is at least 1",
    ),
    "a derivative of a batch without a size": (
        ValueError,
        lambda: enzyme_mlir.jacobian(enzyme_mlir.vmap(PRODUCT)),
        "vmap of @product: the size of the batch is not known before the first call, accepted is vmap(..., size=...)",
    ),
    "a derivative of a batch along another axis": (
        ValueError,
        lambda: enzyme_mlir.jacobian(enzyme_mlir.vmap(POLYNOMIAL, in_axes=(1, 0), size=2)),
        "vmap of @polynomial: in_axes is (1, 0), accepted are 0 and None where another function is made of it",
    ),
}

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
