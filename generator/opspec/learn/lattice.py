"""The types that a learner tries: enough to tell the constraints of the notation from each other."""

from __future__ import annotations

from itertools import product

from opspec.notation.words import FLOATS

__all__ = ["CORE", "LATTICE"]

_SCALARS = (
    *("f64", "f32", "f16", "bf16", "f80", "f128", "tf32", "f8E4M3FN", "f8E5M2"),
    *("i1", "i4", "i8", "i16", "i32", "i64", "i128", "si8", "si32", "ui8", "ui32", "ui64", "index"),
    *("complex<f64>", "complex<f32>", "complex<i32>", "none", "tuple<>", "tuple<f64>", "() -> ()"),
)
_ELEMENTS = (
    *("f64", "f32", "f16", "bf16", "i1", "i8", "i16", "i32", "i64", "si32", "ui8", "ui64", "index"),
    "complex<f64>",
)
_SHAPES = (
    *("tensor<{}>", "tensor<4x{}>", "tensor<?x{}>", "tensor<4x4x{}>", "tensor<*x{}>"),
    *("vector<{}>", "vector<4x{}>", "vector<[4]x{}>", "vector<4x4x{}>"),
    *("memref<{}>", "memref<4x{}>", "memref<*x{}>"),
)
_FURTHER = (
    *("tensor<?x?xf64>", "tensor<2x2x2xf64>", "tensor<2x2x2x2xf64>", "tensor<2x2x2x2x2xf64>", "tensor<2xui64>"),
    *("memref<?xf64>", "memref<4x4xf64>", "memref<?x?xf64>", "memref<2x2x2xf64>", "memref<4x4xi8>"),
    *("memref<4x4xf64, strided<[?, ?], offset: ?>>", "memref<4xf64, 3>", "memref<1xi32>", "memref<1xindex>"),
    *("vector<1xf64>", "vector<2xf64>", "vector<8xf32>", "vector<16xi8>", "vector<2x2x2xf64>", "vector<2xi1>"),
    *("tensor<1xi64>", "tensor<1xindex>", "tensor<2xi32>", "tensor<f80>", "tensor<4xf8E4M3FN>", "tensor<4xi4>"),
    *(f"tensor<4x{element}>" for element in ("i2", "ui2", "ui4", "ui16", "ui32", "si8", "complex<f32>", *FLOATS)),
    *("vector<4x[4]xf64>", "vector<4x[4]xi32>", "vector<4x[4]xindex>", "vector<4x[4]xi1>"),
    *("tensor<complex<i32>>", "vector<1xi1>", "tensor<tuple<f64>>", "tensor<4xnone>"),
    *("!llvm.ptr", "!llvm.struct<(i32)>", "!async.token", "!stablehlo.token", "!gpu.async.token", "!shape.shape"),
)

LATTICE = tuple(
    dict.fromkeys((*_SCALARS, *(shape.format(element) for element, shape in product(_ELEMENTS, _SHAPES)), *_FURTHER))
)
"""Types of every kind that the notation tells apart, plain ones first."""

CORE = (
    *_SCALARS,
    *(f"{container}<4x{element}>" for container in ("tensor", "vector") for element in ("f64", "i1", "i32", "index")),
    *(f"memref<4x{element}>" for element in ("f64", "i1", "i32", "index")),
    *("tensor<f64>", "tensor<?xf32>", "tensor<4x4xf64>", "tensor<*xf64>", "tensor<4xsi32>", "tensor<4xcomplex<f64>>"),
    *("vector<f64>", "vector<[4]xf64>", "vector<4x4xf64>", "vector<4xui8>", "memref<f64>", "memref<*xf64>"),
    *("memref<?xf64>", "memref<4x4xf64>", "memref<4x4xf64, strided<[?, ?], offset: ?>>", "tensor<2x2x2xf64>"),
    *("vector<2x2x2xf64>", "memref<2x2x2xf64>", "vector<1xf64>", "!llvm.ptr", "!async.token", "tensor<4xi8>"),
)
"""Types enough to confirm a constraint whose words are known."""
