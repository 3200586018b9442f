"""Global memory that a function writes to, as arguments with shadows.

Enzyme's reverse mode loses what passes through it without a word, its forward mode refuses it. As an argument with a
cleared shadow it is memory like any other: what it held before the call is constant.
"""

from __future__ import annotations

from typing import Any

from ..._runtime.host import ir
from .building import body_of, is_float, symbol_of, walk
from .derivatives import symbol_in

__all__ = ["pass_globals"]

_IR: Any = ir


def pass_globals(module: Any, function: Any) -> list[tuple[str, Any]]:
    """Replace the global memory of floats that a function reads and that can change by further last arguments.

    Returns:
        The symbols of the globals and their types, in the order of the arguments.
    """
    changing = {
        symbol_of(operation): operation.operation
        for operation in module.body.operations
        if operation.operation.name == "memref.global"
        and "constant" not in operation.attributes
    }
    passed: dict[str, Any] = {}
    for operation in list(walk(function)):
        if operation.name != "memref.get_global":
            continue
        symbol = symbol_in(operation.attributes["name"])
        kind = operation.results[0].type
        if symbol not in changing or not is_float(kind.element_type):
            continue
        if symbol not in passed:
            passed[symbol] = body_of(function).add_argument(
                kind, _IR.Location.unknown()
            )
        operation.results[0].replace_all_uses_with(passed[symbol])
        operation.erase()
    return [(symbol, argument.type) for symbol, argument in passed.items()]
