"""Wrong ways to make a derivative, each with its whole message."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np

import enzyme_mlir
from tests.enzyme.functional.programs import (
    CHAIN,
    PAIR,
    POLYNOMIAL,
    PRODUCT,
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
