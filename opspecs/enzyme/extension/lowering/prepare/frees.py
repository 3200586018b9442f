"""Memory that a differentiated function frees: its reverse pass still reads it.

Enzyme has no derivative of `memref.dealloc`. Without it the memory lives as long as whatever runs the derivative says:
`enzyme_mlir.jit` frees it after each call.
"""

from __future__ import annotations

from typing import Any

from .building import walk

__all__ = ["keep_memory"]


def keep_memory(function: Any) -> None:
    """Take every `memref.dealloc` out of a function."""
    for operation in list(walk(function)):
        if operation.name == "memref.dealloc":
            operation.erase()
