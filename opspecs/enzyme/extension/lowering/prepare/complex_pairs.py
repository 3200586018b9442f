"""Complex values taken apart and put together where a function of their parts is called."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ..._runtime.host import ir
from .building import add_operation
from .complex_types import parts_of
from .copies import dynamic_sizes, for_each_element, new_memory
from .shapes import shape_of, size_at

__all__ = [
    "fill_parts",
    "global_memory",
    "join",
    "merge_memory",
    "split",
    "split_memory",
]

_IR: Any = ir


def split(value: Any) -> list[Any]:
    """The parts of a complex number or of a tensor of them, at the current insertion point."""
    names = ("complex.re", "complex.im")
    parts = parts_of(value.type) or []
    if isinstance(value.type, _IR.ComplexType):
        return [
            add_operation(name, [value], [kind]).results[0]
            for name, kind in zip(names, parts, strict=True)
        ]

    def take(name: str, kind: Any) -> Any:
        def work(inside: Sequence[Any]) -> Any:
            return add_operation(name, inside, [kind.element_type]).results[0]

        return _elementwise([value], kind, work)

    return [take(name, kind) for name, kind in zip(names, parts, strict=True)]


def join(parts: Sequence[Any], kind: Any) -> Any:
    """The complex number, or the tensor of them, of two parts."""
    if isinstance(kind, _IR.ComplexType):
        return add_operation("complex.create", parts, [kind]).results[0]

    def work(inside: Sequence[Any]) -> Any:
        return add_operation("complex.create", inside, [kind.element_type]).results[0]

    return _elementwise(parts, kind, work)


def _elementwise(
    given: Sequence[Any], kind: Any, work: Callable[[Sequence[Any]], Any]
) -> Any:
    """A tensor of type `kind` whose elements are made of those of others."""
    rank = kind.rank
    sizes = [
        size_at(given[0], position)
        for position in range(rank)
        if kind.is_dynamic_dim(position)
    ]
    empty = add_operation("tensor.empty", sizes, [kind]).results[0]
    operands = [*given, empty]
    same = _IR.AffineMapAttr.get(_IR.AffineMap.get_identity(rank))
    parallel = _IR.Attribute.parse("#linalg.iterator_type<parallel>")
    made = add_operation(
        "linalg.generic",
        operands,
        [kind],
        {
            "indexing_maps": _IR.ArrayAttr.get([same] * len(operands)),
            "iterator_types": _IR.ArrayAttr.get([parallel] * rank),
            "operandSegmentSizes": _IR.DenseI32ArrayAttr.get([len(given), 1]),
        },
        regions=1,
    )
    elements = [each.type.element_type for each in operands]
    here = [_IR.Location.current] * len(elements)
    block = _IR.Block.create_at_start(made.regions[0], elements, here)
    with _IR.InsertionPoint(block):
        value = work(list(block.arguments)[: len(given)])
        add_operation("linalg.yield", [value])
    return made.results[0]


def split_memory(memory: Any) -> list[Any]:
    """Two new memories with the parts of what is in memory of complex numbers."""
    part = memory.type.element_type.element_type
    plain = _IR.MemRefType.get(shape_of(memory.type), part)
    sizes = dynamic_sizes(memory)
    parts = [new_memory(plain, sizes) for _ in range(2)]
    fill_parts(memory, parts)
    return parts


def fill_parts(memory: Any, parts: Sequence[Any]) -> None:
    """Copy what is in memory of complex numbers into two memories."""
    element = memory.type.element_type

    def copy(indices: Sequence[Any]) -> None:
        loaded = add_operation("memref.load", [memory, *indices], [element])
        for value, part in zip(split(loaded.results[0]), parts, strict=True):
            add_operation("memref.store", [value, part, *indices])

    for_each_element(memory, copy)


def global_memory(symbol: str, kind: Any) -> Any:
    """Global memory, by its name."""
    name = {"name": _IR.FlatSymbolRefAttr.get(symbol)}
    return add_operation("memref.get_global", (), [kind], name).results[0]


def merge_memory(parts: Sequence[Any], memory: Any) -> None:
    """Put the parts back into memory of complex numbers."""
    element = memory.type.element_type

    def copy(indices: Sequence[Any]) -> None:
        loaded = [
            add_operation(
                "memref.load", [part, *indices], [part.type.element_type]
            ).results[0]
            for part in parts
        ]
        add_operation("memref.store", [join(loaded, element), memory, *indices])

    for_each_element(memory, copy)
