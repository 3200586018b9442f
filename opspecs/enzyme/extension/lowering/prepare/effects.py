"""Which memory that was there before a function changes: its arguments and global memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ..._runtime.host import ir
from .activity import ALLOCATIONS, LOADS, VIEWS, memory_of
from .building import body_of, operation_of, symbol_of, walk
from .derivatives import functions_of, symbol_in
from .normalise import module_around, run_passes

__all__ = ["Changes", "changes_of"]

_IR: Any = ir
INLINE = ("inline",)
READING = frozenset(
    {
        *LOADS,
        *VIEWS,
        "func.return",
        "memref.dealloc",
        "memref.dim",
        "memref.prefetch",
        "scf.condition",
        "scf.yield",
        "vector.load",
        "vector.transfer_read",
    }
)
"""Operations on memory that do not change it."""
SECOND = frozenset(
    {
        "affine.store",
        "memref.atomic_rmw",
        "memref.copy",
        "memref.store",
        "vector.store",
        "vector.transfer_write",
    }
)
"""Operations that change the memory of their second operand."""


@dataclass(frozen=True, slots=True)
class Changes:
    """What a function may change."""

    arguments: tuple[int, ...] = ()
    """The places of the arguments whose memory it may change."""
    globals: tuple[tuple[str, Any], ...] = ()
    """Global memory that it may change: symbols and types."""


def changes_of(module: Any, name: str) -> Changes:
    """What a function of a module may change, directly or in what it calls."""
    around = module_around(module, name)
    run_passes(around, INLINE)
    function = functions_of(around)[name]
    memories = [
        position
        for position, argument in enumerate(_arguments_of(function))
        if isinstance(argument, _IR.MemRefType)
    ]
    known = {
        symbol_of(each.operation): _IR.TypeAttr(each.operation.attributes["type"]).value
        for each in around.body.operations
        if each.operation.name == "memref.global"
        and "constant" not in each.operation.attributes
    }
    if not list(function.regions[0].blocks):
        return Changes(tuple(memories), tuple(known.items()))
    changed: set[int] = set()
    symbols: set[str] = set()
    arguments = body_of(function).arguments
    places = {argument: position for position, argument in enumerate(arguments)}
    for memory in _written(function):
        root = memory_of(memory)
        source = operation_of(root)
        if root in places:
            changed.add(places[root])
        elif source is not None and source.name == "memref.get_global":
            symbols.add(symbol_in(source.attributes["name"]))
        elif source is None or source.name not in ALLOCATIONS:
            return Changes(tuple(memories), tuple(known.items()))
    if known and _calls(function):
        symbols.update(known)
    changing = tuple((symbol, known[symbol]) for symbol in known if symbol in symbols)
    return Changes(tuple(sorted(changed)), changing)


def _arguments_of(function: Any) -> list[Any]:
    return list(_IR.TypeAttr(function.attributes["function_type"]).value.inputs)


def _calls(function: Any) -> bool:
    """Whether a function calls another one."""
    return any(
        operation.name in ("func.call", "func.call_indirect")
        for operation in walk(function)
    )


def _written(function: Any) -> Iterator[Any]:
    """The memory that the operations of a function may write to."""
    for operation in walk(function):
        if operation.name in SECOND:
            yield operation.operands[1]
        elif operation.name not in READING:
            for operand in operation.operands:
                if isinstance(operand.type, _IR.MemRefType):
                    yield operand
