# The stubs of the host leave some type arguments open.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

"""Updates of one element of memory, as a load, an operation on numbers, and a store.

Compiled code runs in one thread, so nothing comes between the load and the store, and LLVM can keep the element in a
register or take several at a time, which an atomic update forbids.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import Any

from .._runtime.host import HOST, ir

__all__ = ["can_update", "kind_of", "make_update"]

OPERATIONS = {
    "addf": "arith.addf",
    "addi": "arith.addi",
    "andi": "arith.andi",
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
"""What combines the element and the value, for each kind of MLIR's `AtomicRMWKind` but `assign`."""

COMPLEX_OPERATIONS = {"addf": "complex.add", "mulf": "complex.mul"}


def kind_of(operation: Any) -> Any:
    """The kind of an update, a member of MLIR's `AtomicRMWKind`."""
    arith: Any = importlib.import_module(f"{HOST}.dialects.arith")
    return arith.AtomicRMWKind(ir.IntegerAttr(operation.attributes["kind"]).value)


def can_update(kind: str, element: Any) -> bool:
    """Whether elements of a type can be updated in a way."""
    if kind == "assign":
        return True
    if isinstance(element, ir.ComplexType):
        return kind in COMPLEX_OPERATIONS
    is_float = OPERATIONS[kind].endswith("f")
    return is_float != isinstance(element, ir.IntegerType | ir.IndexType)


def make_update(kind: str, value: Any, memory: Any, indices: Sequence[Any]) -> Any:
    """Update an element at the insertion point, and give back what it was; `can_update` says whether it can be."""
    create: Any = ir.Operation.create
    type_ = value.type
    old = create("memref.load", results=[type_], operands=[memory, *indices]).result
    new = value
    if kind != "assign":
        is_complex = isinstance(type_, ir.ComplexType)
        name = (COMPLEX_OPERATIONS if is_complex else OPERATIONS)[kind]
        new = create(name, results=[type_], operands=[old, value]).result
    create("memref.store", operands=[new, memory, *indices])
    return old
