"""Scratch memory of loops: `memref.alloca` in a loop takes from the stack in each turn, until there is none left.

It goes in front of all loops, where it is taken once, if nothing in it can be looked at in a later turn under the same
name: if neither it nor a view of it leaves the turn.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .._runtime.host import ir

__all__ = ["hoist_scratch"]

LOOPS = frozenset(
    {
        "affine.for",
        "affine.parallel",
        "scf.for",
        "scf.forall",
        "scf.parallel",
        "scf.while",
    }
)
SCOPES = frozenset({"func.func", "memref.alloca_scope"})
"""What gives the stack back when it ends."""

DIALECTS = frozenset({"affine", "linalg", "memref", "vector"})
"""Dialects whose operations use memory and do not hand it on, unless as a result."""


def hoist_scratch(operations: Sequence[Any]) -> None:
    """Take scratch memory of known size out of loops."""
    for operation in operations:
        if operation.name != "memref.alloca" or len(operation.operands):
            continue
        block = _outermost(operation)
        if block is not None and _stays(operation.result):
            operation.move_before(block.operations[0])


def _outermost(operation: Any) -> Any:
    """The block of a function, or of another scope, that the loops around an operation stand in; None without loops."""
    inside, above = operation, operation.parent
    is_in_loop = False
    while above is not None and above.name not in SCOPES:
        is_in_loop = is_in_loop or above.name in LOOPS
        inside, above = above, above.parent
    return inside.block if is_in_loop and above is not None else None


def _stays(memory: Any) -> bool:
    """Whether memory is only used where it is known by its own name or a view's."""
    left = [memory]
    while left:
        value = left.pop()
        for use in value.uses:
            user = use.owner.operation
            name = user.name
            if name in ("memref.store", "affine.store", "memref.atomic_rmw"):
                if use.operand_number == 0:  # its address would be kept
                    return False
            elif name == "func.call":
                if any(_is_memory(result) for result in user.results):
                    return False
            elif name.partition(".")[0] not in DIALECTS:
                return False
            left += [result for result in user.results if _is_memory(result)]
    return True


def _is_memory(value: Any) -> bool:
    return isinstance(value.type, ir.MemRefType | ir.UnrankedMemRefType)
