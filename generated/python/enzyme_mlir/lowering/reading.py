"""Modules between the host and Enzyme: MLIR's generic form, which both read."""

from __future__ import annotations

from typing import Any

from .._runtime.host import ir
from .properties import merge_properties

__all__ = ["print_module", "read_module"]

_IR: Any = ir


def print_module(module: Any) -> str:
    """A module in generic form, with all locations."""
    text: str = module.operation.get_asm(
        enable_debug_info=True, print_generic_op_form=True
    )
    return text


def read_module(text: str, context: Any) -> Any:
    """A module in generic form, as the host has it; attributes of operations that it does not know are in sight.

    Raises:
        MLIRError: The host cannot read it.
    """
    merged = merge_properties(text, context.is_registered_operation)
    return _IR.Module.parse(merged, context)
