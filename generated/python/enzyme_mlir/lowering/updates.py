"""Atomic updates of an element of memory, as a load, an operation on numbers, and a store.

What is differentiated and what is compiled here runs in one thread, so nothing comes between the load and the store.
Enzyme knows their derivatives, and LLVM can keep the element in a register or take several at a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .._runtime.host import ir

__all__ = ["can_update", "kind_of", "update", "update_by_region"]

ASSIGN = "assign"
OPERATIONS = {
    "addf": "arith.addf",
    "addi": "arith.addi",
    "andi": "arith.andi",
    ASSIGN: "",
    "maximumf": "arith.maximumf",
    "maxnumf": "arith.maxnumf",
    "maxs": "arith.maxsi",
    "maxu": "arith.maxui",
    "minimumf": "arith.minimumf",
    "minnumf": "arith.minnumf",
    "mins": "arith.minsi",
    "minu": "arith.minui",
    "mulf": "arith.mulf",
    "muli": "arith.muli",
    "ori": "arith.ori",
    "xori": "arith.xori",
}
"""What combines the element and the value, for each kind, in the order of their numbers in `AtomicRMWKind` of MLIR."""

COMPLEX_OPERATIONS = {"addf": "complex.add", "mulf": "complex.mul"}


def kind_of(operation: Any) -> str:
    """The kind of an update."""
    return [*OPERATIONS][ir.IntegerAttr(operation.attributes["kind"]).value]


def can_update(kind: str, element: Any) -> bool:
    """Whether elements of a type can be updated in a way."""
    if kind == ASSIGN:
        return True
    if isinstance(element, ir.ComplexType):
        return kind in COMPLEX_OPERATIONS
    is_float = OPERATIONS[kind].endswith("f")
    return is_float != isinstance(element, ir.IntegerType | ir.IndexType)


def update(kind: str, value: Any, memory: Any, indices: Sequence[Any]) -> Any:
    """Update an element at the insertion point, and give back what it was; `can_update` says whether it can be."""
    create: Any = ir.Operation.create
    type_ = value.type
    old = create("memref.load", results=[type_], operands=[memory, *indices]).result
    new = value
    if kind != ASSIGN:
        is_complex = isinstance(type_, ir.ComplexType)
        name = (COMPLEX_OPERATIONS if is_complex else OPERATIONS)[kind]
        new = create(name, results=[type_], operands=[old, value]).result
    create("memref.store", operands=[new, memory, *indices])
    return old


def update_by_region(operation: Any) -> Any:
    """Update an element as `memref.generic_atomic_rmw` does, whose region is taken apart; gives back what it was.

    The insertion point has to be before the operation.
    """
    memory, *indices = operation.operands
    create: Any = ir.Operation.create
    old = create(
        "memref.load", results=[operation.result.type], operands=[memory, *indices]
    ).result
    block = operation.regions[0].blocks[0]
    block.arguments[0].replace_all_uses_with(old)
    *inside, end = block.operations
    for inner in inside:
        inner.operation.move_before(operation)
    create("memref.store", operands=[end.operation.operands[0], memory, *indices])
    return old
