"""The way from MLIR's dialects to machine code, as pipelines of MLIR's own passes."""

from __future__ import annotations

__all__ = ["BUFFERIZE", "CHECK", "TO_LLVM"]

BUFFERIZE = (
    "func.func(convert-elementwise-to-linalg),"
    "convert-tensor-to-linalg,"
    "empty-tensor-to-alloc-tensor,"
    "one-shot-bufferize{bufferize-function-boundaries function-boundary-type-conversion=identity-layout-map},"
    "drop-equivalent-buffer-results,"
    "ownership-based-buffer-deallocation,canonicalize,buffer-deallocation-simplification,"
    "bufferization-lower-deallocations,cse,canonicalize,convert-bufferization-to-memref"
)
"""Tensors become memory, which is freed again; results belong to the caller."""

CHECK = "generate-runtime-verification"
"""Indices of loads, stores and views are compared with the sizes before use; a wrong one ends the process."""

TO_LLVM = (
    "func.func(convert-linalg-to-loops),"
    "func.func(affine-expand-index-ops),"
    "lower-affine,"
    "convert-scf-to-cf,"
    "expand-strided-metadata,"
    "lower-affine,"
    "convert-complex-to-standard,"
    "convert-complex-to-llvm,"
    "func.func(math-expand-ops{ops=clampf,fpowi}),"
    "convert-math-to-funcs,"
    "convert-math-to-llvm{approximate-log1p=false},"
    "convert-math-to-libm,"
    "convert-vector-to-llvm,"
    "finalize-memref-to-llvm,"
    "arith-expand,"
    "convert-arith-to-llvm,"
    "convert-index-to-llvm,"
    "convert-cf-to-llvm,"
    "convert-func-to-llvm,"
    "reconcile-unrealized-casts"
)
"""Everything becomes the `llvm` dialect."""
