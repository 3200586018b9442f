"""Atomic updates of memory as loads and stores: what is differentiated runs in one thread.

`parallels` comes before.
"""

from __future__ import annotations

from typing import Any

from ..._runtime.host import ir
from ..updates import kind_of, update, update_by_region
from .building import walk

__all__ = ["update_plainly"]

_IR: Any = ir


def update_plainly(function: Any) -> None:
    """Rewrite `memref.atomic_rmw` and `memref.generic_atomic_rmw` of a function."""
    for operation in list(walk(function)):
        if operation.name not in ("memref.atomic_rmw", "memref.generic_atomic_rmw"):
            continue
        with operation.location, _IR.InsertionPoint(operation):
            old = _rewrite(operation)
        operation.results[0].replace_all_uses_with(old)
        operation.erase()


def _rewrite(operation: Any) -> Any:
    if operation.name == "memref.generic_atomic_rmw":
        return update_by_region(operation)
    value, memory, *indices = operation.operands
    return update(kind_of(operation), value, memory, indices)
