"""The types that the probe tries."""

from __future__ import annotations

__all__ = ["TRIED"]

TRIED = (
    *("f64", "f32", "i1", "i32", "i64", "ui32", "ui64", "index", "complex<f64>", "none"),
    *(f"tensor<{element}>" for element in ("f64", "f32", "i1", "i32", "i64", "ui64", "complex<f64>")),
    *(f"tensor<4x{element}>" for element in ("f64", "i1", "i32", "i64", "complex<f64>")),
    *(
        "tensor<4x4xf64>",
        "tensor<4x4xi32>",
        "tensor<2xui64>",
        "tensor<*xf64>",
        "tensor<*xi32>",
        "vector<4xf64>",
        "tuple<f64>",
    ),
    *("memref<4xf64>", "memref<4xi8>", "memref<?xf64>", "memref<4x4xf64>", "memref<i64>", "memref<*xf64>"),
    *("!llvm.ptr", "!async.token", "!stablehlo.token", "() -> ()"),
)
"""Types of many kinds."""
