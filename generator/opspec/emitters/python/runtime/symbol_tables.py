"""Operations that are symbol tables, and the operations in them that define a symbol.

Which operations are tables is what the host says of those it knows, and the specs of theirs. Of any other operation
nobody can say: it is a table for the names that operations in it define.

The host's own tables are not asked for names: making one ends the process on some hosts where two operations define the
same symbol, and takes as long as the table is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from .host import ir

__all__ = [
    "definitions_of",
    "is_hosts_table",
    "is_symbol_table",
    "note_symbol_table",
    "symbol_of",
    "watching_symbols",
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

        def note(table: Any, _: bool) -> None:
            found.append(table.operation)

        ir.SymbolTable.walk_symbol_tables(operation, True, note)
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


def watching_symbols(names: Sequence[str], around: Any) -> Callable[[Any], bool] | None:
    """Whether names mean the same from inside another operation as from inside `around`.

    What they mean is an operation's class, and its type where that is a function. None where that cannot be found out
    quickly; raises an `AttributeError` where no table is around.
    """
    passed: set[str] = set()
    while not is_symbol_table(around):
        passed.add(around.name)
        around = around.parent
    known = [definitions_of(around, name) for name in names]
    if not is_hosts_table(around) or any(len(views) != 1 for views in known):
        return None
    table, views = around.name, [found[0] for found in known]
    if any(view.__class__ is ir.Operation for view in views):
        return None
    wanted = [_meaning(view) for view in views]
    block = around.regions[0].blocks[0]
    operations = block.operations
    begin: Any = ir.InsertionPoint.at_block_begin
    count, first_name = len(operations), begin(block).ref_operation.name
    places = [_known[hash(around)].places[name][0] for name in names]
    expected = [(place, *each) for place, each in zip(places, wanted, strict=True)]

    def holds(around: Any) -> bool:
        try:
            inside, name = None, around.name
            while name in passed:
                inside, around = around, around.parent
                name = around.name
            if name != table:
                return False
            # The block of what stands in the table is the table's, and is there.
            is_same = inside is not None and inside.block == block
            if not is_same or len(operations) != count:
                return _mean(names, around, wanted)
            for place, cls, symbol, type in expected:
                if place:
                    meant = operations[place]
                    is_same = meant.__class__ is cls
                else:  # without an object of its class, which costs most
                    meant = begin(block).ref_operation
                    is_same = meant.name == first_name
                attributes = meant.attributes
                fits = (
                    "function_type" not in attributes
                    if type is None
                    else attributes["function_type"] == type
                )
                if not (is_same and fits and attributes["sym_name"] == symbol):
                    return False
            return True
        except (AttributeError, LookupError, RuntimeError, TypeError, ValueError):
            return False  # the long way says why

    return holds


def _mean(names: Sequence[str], scope: Any, wanted: list[Any]) -> bool:
    """Whether names mean that in a table, each one operation."""
    known = [definitions_of(scope, name) for name in names]
    is_one = all(len(views) == 1 for views in known)
    return is_one and [_meaning(views[0]) for views in known] == wanted


def _meaning(view: Any) -> tuple[type[Any], Any, Any]:
    """An operation's class, name and type, the latter where it has one as a function."""
    attributes = view.attributes
    has_type = "function_type" in attributes  # not all hosts have `get`
    type = attributes["function_type"] if has_type else None
    return view.__class__, attributes["sym_name"], type
