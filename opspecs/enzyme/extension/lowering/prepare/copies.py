"""Copies of memory as loops over its elements, which Enzyme differentiates in both modes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ..._runtime.host import ir
from .building import add_operation, float_constant, index_constant, walk

__all__ = [
    "clear",
    "copy_by_elements",
    "copy_elements",
    "dynamic_sizes",
    "for_each_element",
    "new_memory",
    "size_of",
]

_IR: Any = ir


def copy_by_elements(function: Any) -> None:
    """Rewrite every `memref.copy` of a function as loops that load and store."""
    for operation in list(walk(function)):
        if operation.name == "memref.copy":
            with operation.location, _IR.InsertionPoint(operation):
                copy_elements(operation.operands[0], operation.operands[1])
            operation.erase()


def copy_elements(source: Any, target: Any) -> None:
    """Copy all elements, at the current insertion point."""
    element = source.type.element_type

    def copy(indices: Sequence[Any]) -> None:
        loaded = add_operation("memref.load", [source, *indices], [element])
        add_operation("memref.store", [loaded.results[0], target, *indices])

    for_each_element(source, copy)


def size_of(memory: Any, dimension: int) -> Any:
    """The size of a memref along a dimension, as a value at the current insertion point."""
    if not memory.type.is_dynamic_dim(dimension):
        return index_constant(memory.type.get_dim_size(dimension))
    position = index_constant(dimension)
    kind = _IR.IndexType.get()
    return add_operation("memref.dim", [memory, position], [kind]).results[0]


def dynamic_sizes(memory: Any) -> list[Any]:
    """Those sizes of a memref that its type does not tell."""
    return [
        size_of(memory, dimension)
        for dimension in range(memory.type.rank)
        if memory.type.is_dynamic_dim(dimension)
    ]


def new_memory(kind: Any, sizes: Sequence[Any]) -> Any:
    """Memory of the shape and elements of a type, stored row by row; `sizes` are those that the type does not tell."""
    plain = _IR.MemRefType.get(kind.shape, kind.element_type)
    segments = {"operandSegmentSizes": _IR.DenseI32ArrayAttr.get([len(sizes), 0])}
    return add_operation("memref.alloc", sizes, [plain], segments).results[0]


def clear(memory: Any) -> None:
    """Make every element zero."""
    element = memory.type.element_type

    def store(indices: Sequence[Any]) -> None:
        if isinstance(element, _IR.FloatType):
            zero = float_constant(element, 0.0)
        else:
            number = _IR.IntegerAttr.get(element, 0)
            made = add_operation("arith.constant", (), [element], {"value": number})
            zero = made.results[0]
        add_operation("memref.store", [zero, memory, *indices])

    for_each_element(memory, store)


def for_each_element(memory: Any, work: Callable[[Sequence[Any]], None]) -> None:
    """Loops over the elements of a memref at the current insertion point; `work` fills the innermost one."""
    rank = memory.type.rank
    sizes = [size_of(memory, dimension) for dimension in range(rank)]
    bounds = [index_constant(each) for each in (0, 1)] if rank else []

    def nest(indices: list[Any]) -> None:
        if len(indices) == rank:
            work(indices)
            return
        first, step = bounds
        operands = [first, sizes[len(indices)], step]
        loop = add_operation("scf.for", operands, (), None, regions=1)
        here = _IR.Location.current
        block = _IR.Block.create_at_start(
            loop.regions[0], [_IR.IndexType.get()], [here]
        )
        with _IR.InsertionPoint(block):
            nest([*indices, block.arguments[0]])
            add_operation("scf.yield")

    nest([])
