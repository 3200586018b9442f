# The host's stubs leave some type arguments open, and these files check what users pass.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnnecessaryIsInstance=false

"""Symbols in sight of an operation, by MLIR's rule: those of the nearest symbol table around it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from .host import ir

__all__ = ["SymbolScope", "function_type", "scope_around", "symbol_path"]


def symbol_path(attribute: Any) -> list[str]:
    """The names in a symbol reference, outermost first."""
    value = attribute.value
    return [value] if isinstance(value, str) else list(value)


def _table_of(operation: Any) -> Any:
    """The symbols that an operation defines; None where it is no symbol table."""
    try:
        return ir.SymbolTable(operation.operation)
    except (TypeError, ValueError):
        return None


@dataclass(frozen=True, slots=True)
class SymbolScope:
    """The operation that is the nearest symbol table, and its symbols."""

    operation: Any
    table: Any

    def find(self, path: list[str]) -> Any:
        """The operation that a reference means; None where one of its symbols does not exist."""
        table, found = self.table, None
        for name in path:
            if found is not None:
                table = _table_of(found)
            if table is None or name not in table:
                return None
            found = table[name]
        return found

    def names(self) -> list[str]:
        """The symbols of the table, in order."""
        return [
            ir.StringAttr(operation.attributes["sym_name"]).value
            for region in self.operation.regions
            for block in region.blocks
            for operation in (view.operation for view in block.operations)
            if "sym_name" in operation.attributes
        ]


def scope_around(operation: Any) -> SymbolScope | None:
    """The nearest symbol table of an operation or around it; None where there is none."""
    while operation is not None:
        inner = operation.operation
        table = _table_of(inner)
        if table is not None:
            return SymbolScope(inner, table)
        operation = inner.parent
    return None


def function_type(symbol: Any) -> ir.FunctionType | None:
    """The type of a function; None where the symbol is no function, or one of another type system."""
    attributes = symbol.operation.attributes
    if "function_type" not in attributes:
        return None
    held = ir.TypeAttr(attributes["function_type"]).value
    return held if isinstance(held, ir.FunctionType) else None
