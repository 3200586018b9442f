"""Operations that are symbol tables, and the operations in them that define a symbol.

Which operations are tables is what the host says of those it knows, and the specs of theirs. Of any other operation
nobody can say: it is a table for the names that operations in it define.

The host's own tables are not asked for names: making one ends the process on some hosts where two operations define the
same symbol, and takes as long as the table is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from .host import ir

__all__ = [
    "definitions_of",
    "is_hosts_table",
    "is_symbol_table",
    "note_symbol_table",
    "symbol_of",
]

_hosts: dict[str, bool] = {}
"""The registered operations, and whether they are symbol tables."""

_declared: dict[str, bool] = {}
"""The operations of specs, and whether they are symbol tables."""

_known: dict[int, _Places] = {}
"""Where symbols are defined, by the hash of the table; looked at again before it is believed."""

_MOST = 64
"""How many tables are remembered."""


class _Places:
    """At which places of a block which symbols are defined, read when it held `count` operations."""

    __slots__ = ("count", "places")

    def __init__(self) -> None:
        self.count = 0
        self.places: dict[str, list[int]] = {}

    def read(self, operations: Any, start: int, views: Iterable[Any]) -> bool:
        """Add what the operations from the place `start` on define; these are `views`. Whether all symbols are new."""
        are_new = True
        for place, view in enumerate(views, start):
            name = symbol_of(view)
            if name is not None:
                are_new = are_new and name not in self.places
                self.places.setdefault(name, []).append(place)
        self.count = len(operations)
        return are_new

    def views(self, operations: Any, name: str) -> list[Any] | None:
        """The operations that define a symbol; None where they do not do so any more."""
        views = [operations[place] for place in self.places.get(name, ())]
        return views if views and all(symbol_of(v) == name for v in views) else None


def note_symbol_table(name: str, is_table: bool) -> None:
    """Note whether an operation of a spec is a symbol table; hosts need not know it."""
    _declared[name] = is_table


def is_hosts_table(operation: Any) -> bool:
    """Whether an operation is a symbol table to the host."""
    name = operation.name
    is_table = _hosts.get(name)
    if is_table is None:
        found: list[Any] = []
        ir.SymbolTable.walk_symbol_tables(
            operation, True, lambda table, _: found.append(table.operation)
        )
        is_table = operation in found
        if operation.context.is_registered_operation(name):
            _hosts[name] = is_table
    return is_table


def is_symbol_table(operation: Any) -> bool | None:
    """Whether an operation is a symbol table; None where neither host nor specs know it."""
    name = operation.name
    if is_hosts_table(operation):
        return True
    return False if name in _hosts else _declared.get(name)


def symbol_of(operation: Any) -> str | None:
    """The name that an operation defines; None where it defines none."""
    attributes = operation.attributes
    if "sym_name" not in attributes:
        return None
    try:
        return ir.StringAttr(attributes["sym_name"]).value
    except (TypeError, ValueError):  # an attribute of another kind
        return None


def definitions_of(scope: Any, name: str) -> Sequence[Any]:
    """The operations in an operation that define a symbol: one where all is right."""
    if not is_hosts_table(scope):
        return [
            view
            for region in scope.regions
            for block in region.blocks
            for view in block.operations
            if symbol_of(view.operation) == name
        ]
    blocks = scope.regions[0].blocks
    if not len(blocks):
        return ()
    operations = blocks[0].operations
    key = hash(scope)
    known = _known.get(key)
    if known is None or known.count != len(operations):
        known = _read_again(key, known, operations)
    views = known.views(operations, name)
    if views is None:
        views = _read_again(key, None, operations).views(operations, name)
    return views or ()


def _read_again(key: int, known: _Places | None, operations: Any) -> _Places:
    """Read where symbols are defined; only behind what is `known`, where the block has grown there since."""
    if known is not None and 0 < known.count < len(operations):
        start = known.count
        behind = (operations[place] for place in range(start, len(operations)))
        if known.read(operations, start, behind):
            return known
    _known.pop(key, None)
    while len(_known) >= _MOST:
        del _known[next(iter(_known))]
    known = _known[key] = _Places()
    known.read(operations, 0, operations)
    return known
