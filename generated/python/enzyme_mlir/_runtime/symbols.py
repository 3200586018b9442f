# The host's stubs leave some type arguments open, and these files check what users pass.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnnecessaryIsInstance=false

"""Symbols in sight of an operation, by MLIR's rule: those of the nearest symbol table around it."""

from __future__ import annotations

import difflib
from typing import Any

from .host import ir, symbol_in
from .slots import Report

__all__ = [
    "function_type",
    "nearest_table",
    "owner_of",
    "parent_of",
    "resolve",
    "symbol_of",
    "symbol_path",
]


def symbol_path(attribute: Any) -> list[str]:
    """The names in a symbol reference, outermost first."""
    value = attribute.value
    return [value] if isinstance(value, str) else list(value)


_plain: set[str] = set()
"""Registered operations that are no symbol tables: asking a host costs an exception each time."""


def _table_of(operation: Any) -> Any:
    """The symbols that an operation defines; None where it is no symbol table."""
    name = operation.name
    if name in _plain:
        return None
    try:
        return ir.SymbolTable(operation.operation)
    except (TypeError, ValueError):
        if operation.context.is_registered_operation(name):
            _plain.add(name)
        return None


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


def resolve(attribute: Any, parameter: str, scope: Any, report: Report) -> Any:
    """The operation that a symbol reference means, in the symbol table that the operation `scope` is.

    None, with a report, where there is no such symbol.
    """
    table: Any = ir.SymbolTable(scope)
    path = symbol_path(attribute)
    found: Any = None
    owner: Any = scope
    for depth, name in enumerate(path):
        if found is not None:
            owner = found.operation
            table = _table_of(owner)
        try:
            found = symbol_in(table, owner, name)
        except (KeyError, TypeError):  # no such symbol; or the one before is no table
            _report_missing(path, depth, owner, parameter, report)
            return None
    return found


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
    """Report that the name at this depth of a path is none of the symbols of `owner`."""
    symbols = [
        name
        for region in owner.regions
        for block in region.blocks
        for view in block.operations
        if (name := symbol_of(view.operation)) is not None
    ]
    close = difflib.get_close_matches(path[depth], symbols, n=1)
    nearest = [*path[:depth], *close, *path[depth + 1 :]]
    hint = f"; did you mean '{_written(nearest)}'?" if close else ""
    shown = ", ".join(f"@{symbol}" for symbol in symbols[:8]) or "there is none"
    place = f"of {_written(path[:depth])}" if depth else "in sight"
    report(parameter, _written(path), f"a symbol {place}: {shown}{hint}")


def _written(path: list[str]) -> str:
    """A path as MLIR writes it, without quotes."""
    return "@" + "::@".join(path)


def function_type(symbol: Any) -> ir.TypeAttr | None:
    """The attribute that holds the type of a function; None where there is none.

    Its value is a `FunctionType`, or the type of another type system, such as LLVM's.
    """
    try:
        held: ir.TypeAttr = symbol.operation.attributes["function_type"]
    except KeyError:
        return None
    return held
