"""Symbols in sight of an operation, by MLIR's rule: those of the nearest symbol table around it.

Which operations are tables is what the host says of those it knows, and the specs of theirs. Of any other operation
nobody can say: it is a table for the names that operations in it define.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from typing import Any

from .complaints import Complaint, Report
from .host import ir, symbol_in
from .quoting import symbol_text

__all__ = [
    "function_type",
    "nearest_table",
    "note_symbol_table",
    "owner_of",
    "parent_of",
    "resolve",
    "symbol_of",
    "symbol_path",
    "watching_symbols",
]


_LONGEST = 200
"""How much of a symbol's name is shown."""


def symbol_path(attribute: Any) -> list[str]:
    """The names in a symbol reference, outermost first."""
    value = attribute.value
    return [value] if isinstance(value, str) else list(value)


_plain: set[str] = set()
"""Registered operations that are no symbol tables: asking a host costs an exception each time."""

_declared: dict[str, bool] = {}
"""The operations of specs, and whether they are symbol tables."""


def note_symbol_table(name: str, is_table: bool) -> None:
    """Note whether an operation of a spec is a symbol table; hosts need not know it."""
    _declared[name] = is_table


def _table_of(operation: Any) -> Any:
    """The host's table of the symbols that an operation defines; None where it is none to the host."""
    name = operation.name
    if name in _plain:
        return None
    try:
        return ir.SymbolTable(operation.operation)
    except (TypeError, ValueError):
        if operation.context.is_registered_operation(name):
            _plain.add(name)
        return None


def _is_table(operation: Any) -> bool | None:
    """Whether an operation is a symbol table; None where neither host nor specs know it."""
    if _table_of(operation) is not None:
        return True
    name = operation.name
    return False if name in _plain else _declared.get(name)


def owner_of(place: ir.InsertionPoint | None) -> Any:
    """The operation that an insertion point is inside of; None where there is none."""
    try:
        return None if place is None else place.block.owner
    except (ValueError, RuntimeError):  # a block that is nowhere yet
        return None


def parent_of(operation: Any) -> Any:
    """The operation around another one; None where there is none, which some hosts raise over."""
    try:
        return operation.parent
    except (ValueError, RuntimeError):
        return None


def nearest_table(around: Any) -> Any:
    """The nearest symbol table: the operation `around`, or one around it; None where there is none."""
    while around is not None:
        scope = around.operation
        if _table_of(scope) is not None:
            return scope
        around = parent_of(scope)
    return None


def _scope_of(around: Any, name: str) -> Any:
    """The table that a name is looked up in, from the operation `around` outwards; None where there is none."""
    while around is not None:
        scope = around.operation
        is_table = _is_table(scope)
        if is_table or (is_table is None and _defined(scope, name) is not None):
            return scope
        around = parent_of(scope)
    return None


def _defined(scope: Any, name: str) -> Any:
    """The operation that defines a name in an operation's regions; None where none does."""
    try:
        return symbol_in(_table_of(scope), scope, name)
    except KeyError:
        return None


def resolve(attribute: Any, parameter: str, around: Any, report: Report) -> Any:
    """The operation that a symbol reference means, seen from inside the operation `around`.

    None where no symbol table is in sight, and, with a report, where there is no such symbol.
    """
    path = symbol_path(attribute)
    owner = _scope_of(around, path[0])
    if owner is None:
        return None
    found: Any = None
    for depth, name in enumerate(path):
        if found is not None:
            owner = found.operation
        found = None if _is_table(owner) is False else _defined(owner, name)
        if found is None:
            _report_missing(path, depth, owner, parameter, report)
            return None
    return found


def watching_symbols(names: Sequence[str], around: Any) -> Callable[[Any], bool] | None:
    """Whether names mean the same from inside another operation as from inside `around`.

    What they mean is the class of an operation, and its type where that is a function. None where a class does not tell
    what it is; raises a `LookupError` or an `AttributeError` where a name means nothing.
    """

    def meanings(around: Any) -> list[tuple[type[Any], Any]]:
        while (known := around.name) in _plain or _declared.get(known) is False:
            around = around.parent
        table, found = ir.SymbolTable(around), []
        for name in names:
            meant: Any = table[name]
            attributes = meant.attributes
            is_function = "function_type" in attributes
            type = attributes["function_type"] if is_function else None
            found.append((meant.__class__, type))
        return found

    wanted = meanings(around)

    def holds(around: Any) -> bool:
        try:
            return meanings(around) == wanted
        except (AttributeError, LookupError, RuntimeError, TypeError, ValueError):
            return False  # the long way says why

    return None if any(cls is ir.Operation for cls, _ in wanted) else holds


def symbol_of(operation: Any) -> str | None:
    """The name that an operation defines; None where it defines none."""
    attributes = operation.attributes
    if "sym_name" not in attributes:
        return None
    try:
        return ir.StringAttr(attributes["sym_name"]).value
    except (TypeError, ValueError):  # an attribute of another kind
        return None


def _report_missing(
    path: list[str], depth: int, owner: Any, parameter: str, report: Report
) -> None:
    """Report that the name at this depth of a path is none of the symbols of `owner`, which may be no table."""
    symbols = [
        name
        for region in owner.regions
        if _is_table(owner) is not False
        for block in region.blocks
        for view in block.operations
        if (name := symbol_of(view.operation)) is not None
    ]
    close = difflib.get_close_matches(path[depth], symbols, n=1)
    nearest = [*path[:depth], *close, *path[depth + 1 :]]
    hint = f"; did you mean '{_written(nearest)}'?" if close else ""
    shown = ", ".join(map(symbol_text, symbols[:8])) or "there is none"
    place = f"of {_written(path[:depth])}" if depth else "in sight"
    report(Complaint(parameter, _written(path), f"a symbol {place}: {shown}{hint}"))


def _written(path: list[str]) -> str:
    """A path as MLIR writes it, unless it is very long."""
    text = "::".join(map(symbol_text, path))
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 3]}..."


def function_type(symbol: Any) -> ir.TypeAttr | None:
    """The attribute that holds the type of a function; None where there is none.

    Its value is a `FunctionType`, or the type of another type system, such as LLVM's.
    """
    try:
        held: ir.TypeAttr = symbol.operation.attributes["function_type"]
    except KeyError:
        return None
    return held
