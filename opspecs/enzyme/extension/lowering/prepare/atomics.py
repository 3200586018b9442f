"""Atomic updates of memory as loads and stores: what is differentiated runs in one thread.

`parallels` comes before.
"""

from __future__ import annotations

from typing import Any

from ..._runtime.host import ir
from .building import add_operation, body_of, last_of, walk
from .copying import copy_operations

__all__ = ["update_plainly"]

_IR: Any = ir
ASSIGN = ""
KINDS = (
    "arith.addf",
    "arith.addi",
    "arith.andi",
    ASSIGN,
    "arith.maximumf",
    "arith.maxnumf",
    "arith.maxsi",
    "arith.maxui",
    "arith.minimumf",
    "arith.minnumf",
    "arith.minsi",
    "arith.minui",
    "arith.mulf",
    "arith.muli",
    "arith.ori",
    "arith.xori",
)
"""What combines the element and the value, by the number of its kind in MLIR's `AtomicRMWKind`."""


def update_plainly(function: Any) -> None:
    """Rewrite `memref.atomic_rmw` and `memref.generic_atomic_rmw` of a function."""
    for operation in list(walk(function)):
        if operation.name == "memref.atomic_rmw":
            _rewrite(operation, list(operation.operands)[1:], _by_kind)
        elif operation.name == "memref.generic_atomic_rmw":
            _rewrite(operation, list(operation.operands), _by_region)


def _rewrite(operation: Any, place: list[Any], update: Any) -> None:
    (result,) = operation.results
    with operation.location, _IR.InsertionPoint(operation):
        old = add_operation("memref.load", place, [result.type]).results[0]
        add_operation("memref.store", [update(operation, old), *place])
    result.replace_all_uses_with(old)
    operation.erase()


def _by_kind(operation: Any, old: Any) -> Any:
    value = operation.operands[0]
    name = KINDS[int(_IR.IntegerAttr(operation.attributes["kind"]).value)]
    if name == ASSIGN:
        return value
    return add_operation(name, [old, value], [old.type]).results[0]


def _by_region(operation: Any, old: Any) -> Any:
    block = body_of(operation)
    values = {block.arguments[0]: old}
    copy_operations(list(block.operations)[:-1], values)
    (end,) = last_of(block).operands
    return values.get(end, end)
