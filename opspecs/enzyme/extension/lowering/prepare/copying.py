"""Copies of operations whose operands are other values."""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping
from typing import Any

from .building import walk

__all__ = ["copy_operations", "replace_operands", "values_from_outside"]


def copy_operations(
    operations: Iterable[Any], values: MutableMapping[Any, Any]
) -> None:
    """Copy operations to the current insertion point.

    Args:
        operations: The operations, in their order.
        values: The values to take in place of others; those that the copies give are added for those of the originals.
    """
    for operation in list(operations):
        copy = operation.operation.clone().operation
        replace_operands(copy, values)
        for old, new in zip(operation.operation.results, copy.results, strict=True):
            values[old] = new


def replace_operands(operation: Any, values: MutableMapping[Any, Any]) -> None:
    """Let an operation, and those inside it, take other values."""
    for each in (operation, *walk(operation)):
        for position, operand in enumerate(each.operands):
            if operand in values:
                each.operands[position] = values[operand]


def values_from_outside(operation: Any) -> list[Any]:
    """The values that the regions of an operation use and that are defined outside of it, each once, in order."""
    inside: set[Any] = set()
    used: dict[Any, None] = {}
    for each in walk(operation):
        for region in each.regions:
            for block in region.blocks:
                inside.update(block.arguments)
        inside.update(each.results)
    for region in operation.regions:
        for block in region.blocks:
            inside.update(block.arguments)
    for each in walk(operation):
        used.update(
            (operand, None) for operand in each.operands if operand not in inside
        )
    return list(used)
