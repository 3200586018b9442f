"""What a batch calls for each element: the function itself, or a copy that takes views of memory."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..._runtime.host import ir
from .building import add_operation, body_of, symbol_of
from .derivatives import functions_of
from .normalise import module_around, run_passes
from .preparing import free_name
from .shapes import DYNAMIC, shape_of, size_at, strides_of

__all__ = ["Element", "element_of"]

_IR: Any = ir
SUFFIX = ".element"
INLINE = ("inline",)
ANY_LAYOUT = frozenset(
    {
        "affine.load",
        "affine.store",
        "memref.atomic_rmw",
        "memref.copy",
        "memref.dim",
        "memref.load",
        "memref.store",
        "vector.load",
        "vector.store",
        "vector.transfer_read",
        "vector.transfer_write",
    }
)
"""Operations that take memory of every layout, as those of `linalg` do."""


@dataclass(frozen=True, slots=True)
class Element:
    """A function to call for each element."""

    name: str
    """Its name."""
    copied: frozenset[int] = frozenset()
    """The arguments that it needs in memory of their own: they are copied there and back."""

    def call(self, arguments: Sequence[Any], results: Sequence[Any]) -> list[Any]:
        """The function's results for arguments whose memory is a view, at the current insertion point."""
        given = list(arguments)
        for position in sorted(self.copied):
            given[position] = _own(arguments[position])
            add_operation("memref.copy", [arguments[position], given[position]])
        callee = {"callee": _IR.FlatSymbolRefAttr.get(self.name)}
        call = add_operation("func.call", given, results, callee)
        for position in sorted(self.copied):
            add_operation("memref.copy", [given[position], arguments[position]])
            add_operation("memref.dealloc", [given[position]])
        return list(call.results)


def _own(view: Any) -> Any:
    """New memory for what a view shows."""
    kind = view.type
    plain = _IR.MemRefType.get(
        shape_of(kind), kind.element_type, memory_space=kind.memory_space
    )
    sizes = [
        size_at(view, position)
        for position in range(kind.rank)
        if kind.is_dynamic_dim(position)
    ]
    segments = _IR.DenseI32ArrayAttr.get([len(sizes), 0])
    return add_operation(
        "memref.alloc", sizes, [plain], {"operandSegmentSizes": segments}
    ).results[0]


def element_of(module: Any, function: Any, has_views: bool) -> Element:
    """What to call for each element.

    Args:
        module: The module, which may get a copy of the function.
        function: The function that is batched.
        has_views: Whether memory is given as views.
    """
    name = symbol_of(function)
    kind = _IR.TypeAttr(function.attributes["function_type"]).value
    memory = [
        position
        for position, each in enumerate(kind.inputs)
        if isinstance(each, _IR.MemRefType)
    ]
    if not memory or not has_views:
        return Element(name)
    if not list(function.regions[0].blocks):
        return Element(name, frozenset(memory))
    around = module_around(module, name)
    run_passes(around, INLINE)
    copy = functions_of(around)[name]
    arguments = list(body_of(copy).arguments)
    viewed = [each for each in memory if _takes_any_layout(arguments[each])]
    copied = frozenset(memory).difference(viewed)
    if not viewed:
        return Element(name, copied)
    for position in viewed:
        arguments[position].set_type(_view_of(arguments[position].type))
    inputs = [argument.type for argument in arguments]
    settled = _IR.FunctionType.get(inputs, kind.results)
    copy.attributes["function_type"] = _IR.TypeAttr.get(settled)
    name = free_name(name + SUFFIX, functions_of(module))
    copy.attributes["sym_name"] = _IR.StringAttr.get(name)
    copy.attributes["sym_visibility"] = _IR.StringAttr.get("private")
    with _IR.InsertionPoint(module.body):
        copy.clone()
    return Element(name, copied)


def _takes_any_layout(argument: Any) -> bool:
    """Whether all uses of memory accept a view of other memory."""
    return all(
        use.owner.operation.name in ANY_LAYOUT
        or use.owner.operation.name.startswith("linalg.")
        for use in argument.uses
    )


def _view_of(kind: Any) -> Any:
    """The type of a view of memory that begins anywhere."""
    layout = _IR.StridedLayoutAttr.get(DYNAMIC, strides_of(kind))
    return _IR.MemRefType.get(
        shape_of(kind), kind.element_type, layout, kind.memory_space
    )
