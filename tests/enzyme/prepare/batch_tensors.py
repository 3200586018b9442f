"""Functions over tensors, and shapes, that batches are made of: see `batch_cases`."""

from __future__ import annotations

import numpy as np

from .batch_cases import CUBE, GRID, ROWS, STORED, Case, X, rows

TENSORS = (
    rows(
        "arithmetic",
        "tensor<3xf64>",
        "%a = math.sin %x : tensor<3xf64> %r = arith.mulf %a, %x : tensor<3xf64>",
        ROWS * np.sin(ROWS),
    ),
    rows(
        "a constant",
        "tensor<3xf64>",
        "%a = arith.constant dense<[1.0, 2.0, 3.0]> : tensor<3xf64> %r = arith.mulf %a, %x : tensor<3xf64>",
        ROWS * [1, 2, 3],
    ),
    rows(
        "the same constant everywhere",
        "tensor<3xf64>",
        "%a = arith.constant dense<2.0> : tensor<3xf64> %r = arith.mulf %a, %x : tensor<3xf64>",
        2 * ROWS,
    ),
    rows(
        "an element", "f64", "%a = tensor.extract %x[%c1] : tensor<3xf64> %r = arith.mulf %a, %a : f64", ROWS[:, 1] ** 2
    ),
    rows(
        "a loop",
        "tensor<3xf64>",
        """%r = scf.for %i = %c0 to %c3 step %c1 iter_args(%a = %x) -> (tensor<3xf64>) {
          %e = tensor.extract %a[%i] : tensor<3xf64> %s = math.sin %e : f64
          %n = tensor.insert %s into %a[%i] : tensor<3xf64> scf.yield %n : tensor<3xf64> }""",
        np.sin(ROWS),
    ),
    rows(
        "a product with a matrix",
        "tensor<2xf64>",
        """%z = arith.constant 0.0 : f64 %e = tensor.empty() : tensor<2xf64>
        %f = linalg.fill ins(%z : f64) outs(%e : tensor<2xf64>) -> tensor<2xf64>
        %w = arith.constant dense<[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]> : tensor<2x3xf64>
        %r = linalg.matvec ins(%w, %x : tensor<2x3xf64>, tensor<3xf64>) outs(%f : tensor<2xf64>) -> tensor<2xf64>""",
        ROWS @ np.array([[1, 2, 3], [4, 5, 6]]).T,
    ),
    Case(
        "elements made a tensor",
        "%x: f64",
        "tensor<2xf64>",
        "%y = math.sin %x : f64 %r = tensor.from_elements %x, %y : tensor<2xf64>\nreturn %r : tensor<2xf64>",
        [X],
        [np.column_stack([X, np.sin(X)])],
    ),
    Case(
        "a tensor and a number",
        "%x: tensor<3xf64>, %y: f64",
        "tensor<3xf64>",
        "%r = tensor.insert %y into %x[%c1] : tensor<3xf64>\nreturn %r : tensor<3xf64>",
        [ROWS, X],
        [STORED],
    ),
    Case(
        "a tensor of one number",
        "%x: tensor<f64>",
        "tensor<f64>",
        """%e = tensor.extract %x[] : tensor<f64> %s = arith.mulf %e, %e : f64
        %r = tensor.from_elements %s : tensor<f64>\nreturn %r : tensor<f64>""",
        [X],
        [X * X],
    ),
    Case(
        "any size",
        "%x: tensor<?xf64>",
        "tensor<?xf64>",
        "%r = arith.mulf %x, %x : tensor<?xf64>\nreturn %r : tensor<?xf64>",
        [ROWS],
        [ROWS**2],
    ),
    Case(
        "any size, one element after the other",
        "%x: tensor<?xf64>",
        "tensor<?xf64>",
        """%e = tensor.extract %x[%c0] : tensor<?xf64> %s = arith.mulf %e, %e : f64
        %r = tensor.insert %s into %x[%c0] : tensor<?xf64>\nreturn %r : tensor<?xf64>""",
        [ROWS],
        [np.column_stack([ROWS[:, 0] ** 2, ROWS[:, 1:]])],
    ),
)

SHAPES = (
    Case(
        "two dimensions",
        "%x: f64",
        "f64",
        "%c = arith.constant 2.0 : f64 %r = arith.mulf %x, %c : f64\nreturn %r : f64",
        [GRID],
        [2 * GRID],
        shape=(2, 3),
    ),
    Case(
        "two dimensions of memory",
        "%m: memref<2xf64>",
        "f64",
        """%a = memref.load %m[%c0] : memref<2xf64> %b = memref.load %m[%c1] : memref<2xf64>
        %r = arith.mulf %a, %b : f64\nreturn %r : f64""",
        [CUBE],
        [CUBE.prod(-1)],
        shape=(2, 3),
    ),
    Case(
        "two dimensions of tensors",
        "%x: tensor<2xf64>",
        "tensor<3xf64>",
        """%a = tensor.extract %x[%c1] : tensor<2xf64>
        %r = tensor.from_elements %a, %a, %a : tensor<3xf64>\nreturn %r : tensor<3xf64>""",
        [CUBE],
        [np.repeat(CUBE[:, :, 1:], 3, -1)],
        shape=(2, 3),
    ),
    Case(
        "no dimension",
        "%x: f64",
        "f64",
        "%c = arith.constant 2.0 : f64 %r = arith.mulf %x, %c : f64\nreturn %r : f64",
        [np.array(3.0)],
        [np.array(6.0)],
        shape=(),
    ),
)
