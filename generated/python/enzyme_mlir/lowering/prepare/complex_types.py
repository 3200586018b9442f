"""Types of complex numbers, and those of their parts."""

from __future__ import annotations

from typing import Any

from ..._runtime.host import ir
from .building import walk
from .shapes import shape_of

__all__ = ["is_complex", "parts_of", "uses_complex"]

_IR: Any = ir


def is_complex(kind: Any) -> bool:
    """Whether values of a type hold complex numbers."""
    return "complex<" in str(kind)


def parts_of(kind: Any) -> list[Any] | None:
    """The types that take the place of a type: two where it is complex, itself otherwise; None where there are none."""
    if not is_complex(kind):
        return [kind]
    if isinstance(kind, _IR.ComplexType):
        return [kind.element_type] * 2
    if isinstance(kind, _IR.RankedTensorType) and _is_number(kind.element_type):
        part = kind.element_type.element_type
        return [_IR.RankedTensorType.get(shape_of(kind), part, kind.encoding)] * 2
    if isinstance(kind, _IR.MemRefType) and _is_number(kind.element_type):
        part = kind.element_type.element_type
        return [
            _IR.MemRefType.get(shape_of(kind), part, kind.layout, kind.memory_space)
        ] * 2
    return None


def _is_number(kind: Any) -> bool:
    return isinstance(kind, _IR.ComplexType)


def uses_complex(function: Any) -> bool:
    """Whether complex numbers are among the arguments and results of a function, or in it."""
    if is_complex(function.attributes["function_type"]):
        return True
    return any(
        is_complex(value.type)
        for operation in walk(function)
        for value in (*operation.operands, *operation.results)
    )
