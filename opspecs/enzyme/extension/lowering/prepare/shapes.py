"""Types with leading dimensions, and the elements and slices of tensors and memory along these."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..._runtime.host import ir
from .building import add_operation, index_constant

__all__ = [
    "DYNAMIC",
    "element_at",
    "insert_at",
    "is_dynamic",
    "shape_of",
    "size_at",
    "view_at",
]

_IR: Any = ir
DYNAMIC: int = -(2**63)
"""How MLIR writes a size, an offset or a stride that is not known before the program runs."""


def is_dynamic(kind: Any) -> bool:
    """Whether a size of a tensor or of memory is not known; numbers have none."""
    has_shape = isinstance(kind, (_IR.RankedTensorType, _IR.MemRefType))
    return has_shape and DYNAMIC in shape_of(kind)


def shape_of(kind: Any) -> list[int]:
    """The sizes of a tensor or of memory, unknown ones as `DYNAMIC`."""
    return [
        DYNAMIC if kind.is_dynamic_dim(each) else kind.get_dim_size(each)
        for each in range(kind.rank)
    ]


def strides_of(kind: Any) -> list[int] | None:
    """The distances between the elements of memory along each dimension; None where they are not so simple."""
    try:
        strides, _ = kind.get_strides_and_offset()
    except (ValueError, RuntimeError):
        return None
    return list(strides)


def size_at(value: Any, dimension: int) -> Any:
    """The size of a tensor or of memory along a dimension, as a value at the current insertion point."""
    if not value.type.is_dynamic_dim(dimension):
        return index_constant(value.type.get_dim_size(dimension))
    is_memory = isinstance(value.type, _IR.MemRefType)
    name = "memref.dim" if is_memory else "tensor.dim"
    operands = [value, index_constant(dimension)]
    return add_operation(name, operands, [_IR.IndexType.get()]).results[0]


def element_at(value: Any, indices: Sequence[Any], kind: Any) -> Any:
    """The element of type `kind` of a tensor: a number, or a tensor of fewer dimensions."""
    if not indices:
        return value if value.type == kind else _only(value, kind)
    if not isinstance(kind, _IR.RankedTensorType):
        return add_operation("tensor.extract", [value, *indices], [kind]).results[0]
    operands, attributes = _window(value, indices, kind, [])
    return add_operation("tensor.extract_slice", operands, [kind], attributes).results[
        0
    ]


def _only(value: Any, kind: Any) -> Any:
    return add_operation("tensor.extract", [value], [kind]).results[0]


def insert_at(element: Any, target: Any, indices: Sequence[Any]) -> Any:
    """A tensor with an element in the place of what it has there."""
    if not indices and element.type == target.type:
        return element
    if not isinstance(element.type, _IR.RankedTensorType):
        return add_operation(
            "tensor.insert", [element, target, *indices], [target.type]
        ).results[0]
    operands, attributes = _window(element, indices, element.type, [target], leading=1)
    return add_operation(
        "tensor.insert_slice", operands, [target.type], attributes
    ).results[0]


def view_at(memory: Any, indices: Sequence[Any], kind: Any) -> Any:
    """The part of memory behind leading indices, without a copy; its type tells where it begins only at run time."""
    if not indices:
        return memory
    strides = strides_of(memory.type)
    assert strides is not None
    layout = _IR.StridedLayoutAttr.get(DYNAMIC, strides[len(indices) :])
    view = _IR.MemRefType.get(
        shape_of(kind), kind.element_type, layout, memory.type.memory_space
    )
    operands, attributes = _window(memory, indices, kind, [])
    return add_operation("memref.subview", operands, [view], attributes).results[0]


def _window(
    value: Any,
    indices: Sequence[Any],
    kind: Any,
    targets: Sequence[Any],
    leading: int = 0,
) -> tuple[list[Any], dict[str, Any]]:
    """Operands and attributes of an operation on a slice: the element of type `kind` behind leading indices."""
    count = len(indices)
    shape = shape_of(kind)
    first = 0 if leading else count
    sizes = [
        size_at(value, first + position)
        for position, size in enumerate(shape)
        if size == DYNAMIC
    ]
    segments = [1, *(1 for _ in targets), count, len(sizes), 0]
    numbers = _IR.DenseI64ArrayAttr.get
    return [value, *targets, *indices, *sizes], {
        "operandSegmentSizes": _IR.DenseI32ArrayAttr.get(segments),
        "static_offsets": numbers([DYNAMIC] * count + [0] * len(shape)),
        "static_sizes": numbers([1] * count + shape),
        "static_strides": numbers([1] * (count + len(shape))),
    }
