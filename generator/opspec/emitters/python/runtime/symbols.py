"""Symbols in sight of an operation, by MLIR's rule: those of the nearest symbol table around it."""

from __future__ import annotations

from typing import Any

from .complaints import Complaint, Report
from .host import ir
from .quoting import symbol_text
from .symbol_tables import (
    definitions_of,
    is_hosts_table,
    is_symbol_table,
    symbol_of,
)

__all__ = [
    "function_type",
    "nearest_table",
    "owner_of",
    "parent_of",
    "resolve",
    "symbol_path",
]


_LONGEST = 200
"""How much of a symbol's name is shown."""


def symbol_path(attribute: Any) -> list[str]:
    """The names in a symbol reference, outermost first."""
    value = attribute.value
    return [value] if isinstance(value, str) else list(value)


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
        if is_hosts_table(scope):
            return scope
        around = parent_of(scope)
    return None


def _scope_of(around: Any, name: str) -> Any:
    """The table that a name is looked up in, from the operation `around` outwards; None where there is none."""
    while around is not None:
        scope = around.operation
        is_table = is_symbol_table(scope)
        if is_table or (is_table is None and definitions_of(scope, name)):
            return scope
        around = parent_of(scope)
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
        known = () if is_symbol_table(owner) is False else definitions_of(owner, name)
        if not known:
            _report_missing(path, depth, owner, parameter, report)
            return None
        if len(known) > 1:
            shown = (
                f"{_written(path[: depth + 1])}, which {len(known)} operations define"
            )
            report(Complaint(parameter, shown, "a symbol that one operation defines"))
            return None
        found = known[0]
    return found


def _report_missing(
    path: list[str], depth: int, owner: Any, parameter: str, report: Report
) -> None:
    """Report that the name at this depth of a path is none of the symbols of `owner`, which may be no table."""
    symbols = [
        name
        for region in owner.regions
        if is_symbol_table(owner) is not False
        for block in region.blocks
        for view in block.operations
        if (name := symbol_of(view.operation)) is not None
    ]
    from difflib import get_close_matches

    close = get_close_matches(path[depth], symbols, n=1)
    nearest = [*path[:depth], *close, *path[depth + 1 :]]
    hint = f"did you mean '{_written(nearest)}'?" if close else ""
    shown = ", ".join(map(symbol_text, symbols[:8])) or "there is none"
    place = f"of {_written(path[:depth])}" if depth else "in sight"
    accepted = f"a symbol {place}: {shown}"
    report(Complaint(parameter, _written(path), accepted, hint))


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
