"""The way from MLIR's dialects to machine code, as pipelines of MLIR's own passes."""

from __future__ import annotations

import importlib
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from .._runtime.host import HOST
from .errors import JitError

__all__ = [
    "BUFFERIZE",
    "CHECK",
    "FREE",
    "LIFT",
    "LOWER_AFFINE",
    "SETTLE",
    "TO_LLVM",
    "TO_LOOPS",
    "collect_errors",
    "run_passes",
]

LOWER_AFFINE = "lower-affine"
LIFT = "lift-cf-to-scf"
"""What bufferization knows no tensors in becomes loops and branches of `scf`."""

BUFFERIZE = (
    "func.func(convert-elementwise-to-linalg),"
    "convert-tensor-to-linalg,"
    "empty-tensor-to-alloc-tensor,"
    "one-shot-bufferize{allow-return-allocs-from-loops bufferize-function-boundaries "
    "function-boundary-type-conversion=identity-layout-map},"
    "drop-equivalent-buffer-results"
)
"""Tensors become memory; results belong to the caller."""

FREE = (
    "ownership-based-buffer-deallocation,canonicalize,buffer-deallocation-simplification,"
    "bufferization-lower-deallocations,cse"
)
"""Memory is freed as soon as it is of no use; not where a module frees some itself, which MLIR takes to be all."""

SETTLE = "canonicalize,convert-bufferization-to-memref"
"""What is left between tensors and memory becomes operations on memory."""

CHECK = "generate-runtime-verification"
"""Indices of loads, stores and views are compared with the sizes before use; a wrong one ends the process."""

TO_LOOPS = (
    "func.func(convert-linalg-to-loops),"
    "func.func(affine-expand-index-ops),"
    "lower-affine"
)
"""Structured operations on memory become loops with loads and stores."""

TO_LLVM = (
    TO_LOOPS + ","
    "expand-realloc,"
    "convert-scf-to-cf,"
    "expand-strided-metadata,"
    "lower-affine,"
    "convert-complex-to-standard,"
    "convert-complex-to-llvm,"
    "func.func(math-expand-ops{ops=fpowi}),"
    "convert-math-to-funcs,"
    "convert-math-to-llvm{approximate-log1p=false},"
    "convert-math-to-libm,"
    "convert-vector-to-llvm,"
    "finalize-memref-to-llvm,"
    "arith-expand,"
    "convert-arith-to-llvm,"
    "convert-index-to-llvm,"
    "convert-ub-to-llvm,"
    "convert-cf-to-llvm,"
    "convert-func-to-llvm,"
    "reconcile-unrealized-casts"
)
"""Everything becomes the `llvm` dialect."""


@contextmanager
def collect_errors(context: Any) -> Generator[list[str]]:
    """The errors that MLIR reports in a context, as texts.

    MLIR's bindings end the process over an error that is reported by something which succeeds all the same.
    """
    errors: list[str] = []

    def note(diagnostic: Any) -> bool:
        if str(diagnostic.severity).endswith("ERROR"):
            notes = [f"\n  {each.message}" for each in diagnostic.notes]
            errors.append(diagnostic.message + "".join(notes))
        return True

    handler = context.attach_diagnostic_handler(note)
    before = context.emit_error_diagnostics
    context.emit_error_diagnostics = True
    try:
        yield errors
    finally:
        context.emit_error_diagnostics = before
        handler.detach()


def run_passes(module: Any, passes: str, what: str) -> None:
    """Run a pipeline over a module, in place.

    Raises:
        JitError: The pipeline cannot be read, or one of its passes reports an error.
    """
    manager: Any = importlib.import_module(f"{HOST}.passmanager").PassManager
    try:
        pipeline = manager.parse(f"builtin.module({passes})", module.context)
    except ValueError as error:
        raise JitError(f"the pipeline for {what} cannot be read: {error}") from None
    with collect_errors(module.context) as errors:
        try:
            pipeline.run(module.operation)
        except Exception as error:
            errors = errors or [str(error)]
    if errors:
        raise JitError(f"{what} failed: " + "\n".join(errors))
