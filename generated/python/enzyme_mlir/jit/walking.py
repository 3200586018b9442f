"""The operations of a module, and where they stand, in words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .._runtime.host import ir

__all__ = ["place_of", "symbol_of", "walk"]


def walk(operation: Any) -> Iterator[Any]:
    """All operations in an operation, in the order of the text."""
    for region in operation.regions:
        for block in region.blocks:
            for inner in block.operations:
                yield inner.operation
                yield from walk(inner.operation)


def symbol_of(operation: Any) -> str:
    """The name that an operation defines, or nothing."""
    if "sym_name" not in operation.attributes:
        return ""
    return str(ir.StringAttr(operation.attributes["sym_name"]).value)


def place_of(operation: Any) -> str:
    """The function around an operation: ` in @f`, or nothing."""
    while operation is not None:
        if symbol_of(operation):
            return f" in @{symbol_of(operation)}"
        operation = operation.parent
    return ""
