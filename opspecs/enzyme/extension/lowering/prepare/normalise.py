"""The functions that a derivative needs, in the few forms that Enzyme differentiates well.

This is done by the host's own passes, on a module that holds nothing but these functions. A host that lacks a pass goes
without it: the operations that it would have taken away stay, and `hazards` speaks of them if they matter.
"""

from __future__ import annotations

import importlib
from functools import cache
from typing import Any

from ..._runtime.host import HOST, ir
from .building import symbol_of, walk
from .derivatives import callees_of
from .unsupported import Unsupported

__all__ = [
    "BRANCHES",
    "CALLS",
    "LOOPS",
    "PASSES",
    "TENSORS",
    "has_branches",
    "module_around",
    "run_passes",
]

_IR: Any = ir
MLIRError: type[Exception] = _IR.MLIRError

BRANCHES = ("lift-cf-to-scf",)
"""Functions of several blocks become structured."""

CALLS = ("lower-affine", "inline")
"""Calls become what they call; operations of `affine` would keep a function from being one with its caller."""

LOOPS = (
    *CALLS,
    "func.func(convert-linalg-to-loops)",
    "lower-affine",
    "scf-forall-to-for",
)
"""Structured operations on memory become loops as well."""

PASSES = (
    "fold-memref-alias-ops",
    "func.func(buffer-loop-hoisting)",
    "canonicalize",
    "cse",
)
"""Views of memory become its elements, memory that a loop takes anew each time is taken once."""

TENSORS = (
    "func.func(convert-elementwise-to-linalg)",
    "convert-tensor-to-linalg",
    "empty-tensor-to-alloc-tensor",
    "eliminate-empty-tensors",
    "one-shot-bufferize",
    "canonicalize",
    "cse",
)
"""Tensors become memory."""


@cache
def _has_pass(name: str) -> bool:
    manager: Any = importlib.import_module(f"{HOST}.passmanager").PassManager
    with _IR.Context():
        try:
            manager.parse(f"builtin.module({name})")
        except (ValueError, MLIRError):
            return False
    return True


def run_passes(module: Any, passes: tuple[str, ...]) -> None:
    """Run those of the host's passes that it has.

    Raises:
        Unsupported: A pass failed.
    """
    manager: Any = importlib.import_module(f"{HOST}.passmanager").PassManager
    known = ",".join(each for each in passes if _has_pass(each))
    pipeline = manager.parse(f"builtin.module({known})", module.context)
    try:
        pipeline.run(module.operation)
    except MLIRError as error:
        said: Any = error
        first = said.error_diagnostics[0]
        raise Unsupported(
            f"this cannot become loops over memory: {first.message}", first
        ) from None


def module_around(module: Any, name: str) -> Any:
    """A module with a copy of a function, which is public there, and copies of all that it refers to."""
    symbols = {
        symbol_of(operation): operation.operation
        for operation in module.body.operations
    }
    needed: dict[str, None] = {}
    waiting = [name]
    while waiting:
        current = waiting.pop()
        if current in symbols and current not in needed:
            needed[current] = None
            waiting += sorted(callees_of(symbols[current]))
    around = _IR.Module.create(module.operation.location)
    with _IR.InsertionPoint(around.body):
        for current in symbols:
            if current not in needed:
                continue
            copy = symbols[current].clone().operation
            if copy.name == "func.func":
                visibility = "public" if current == name else "private"
                copy.attributes["sym_visibility"] = _IR.StringAttr.get(visibility)
    return around


def has_branches(module: Any) -> bool:
    """Whether a function has several blocks."""
    return any(
        len(list(region.blocks)) > 1
        for operation in walk(module.operation)
        for region in operation.regions
    )
