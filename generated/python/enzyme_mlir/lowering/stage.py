"""The derivatives that are due, in a module of their own, which is all that Enzyme sees of the user's."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from .._runtime.host import ir
from .prepare.building import (
    add_entry,
    add_function,
    add_operation,
    body_of,
    last_of,
    symbol_of,
    walk,
)
from .prepare.copying import copy_operations
from .prepare.derivatives import functions_of, reached_functions, symbol_in
from .prepare.mathematics_flags import calm_arithmetic
from .prepare.preparing import SUFFIX, free_name

__all__ = ["Stage"]

_IR: Any = ir
DUE = "enzyme.due."
"""What the functions are called that hold one derivative each."""


class Stage:
    """A module that holds derivatives and the functions that they are derivatives of."""

    def __init__(self, module: Any) -> None:
        """Begin with an empty module.

        Args:
            module: The user's module, to which the derivatives belong.
        """
        self._module = module
        self._due: list[Any] = []
        self.inside = _IR.Module.create(module.operation.location)

    def add(self, operation: Any) -> None:
        """Take a derivative in, as a function of its own; it stays in the user's module as well."""
        operands = list(operation.operands)
        results = [result.type for result in operation.results]
        kinds = [operand.type for operand in operands]
        with operation.location, _IR.InsertionPoint(self.inside.body):
            name = f"{DUE}{len(self._due)}"
            block = add_entry(add_function(name, kinds, results, is_private=False))
            with _IR.InsertionPoint(block):
                values = dict(zip(operands, block.arguments, strict=True))
                copy_operations([operation], values)
                add_operation(
                    "func.return", [values[result] for result in operation.results]
                )
        self._due.append(operation)

    def come_back(self, expanded: Any) -> None:
        """Put what Enzyme has made in the place of the derivatives.

        Args:
            expanded: The module of this stage, as Enzyme gave it back.
        """
        calm_arithmetic(expanded.operation)
        functions = functions_of(expanded)
        held = {
            name: functions.pop(name)
            for name in list(functions)
            if name.startswith(DUE)
        }
        kept = reached_functions(functions, list(held.values()))
        made = [name for name in kept if list(functions[name].regions[0].blocks)]
        names = _free_names(made, functions_of(self._module))
        for function in (*held.values(), *(functions[name] for name in kept)):
            _rename(function, names)
        for number, operation in enumerate(self._due):
            _put_back(operation, held[f"{DUE}{number}"])
        self._adopt(expanded, {*names.values()}, kept)

    def _adopt(
        self, expanded: Any, functions: Collection[str], declared: Collection[str]
    ) -> None:
        """Add what the user's module does not have yet: functions, declarations that they need, memory."""
        known = {symbol_of(each.operation) for each in self._module.body.operations}
        with _IR.InsertionPoint(self._module.body):
            for each in expanded.body.operations:
                symbol = symbol_of(each.operation)
                is_function = each.operation.name == "func.func"
                is_needed = symbol in declared if is_function else True
                if symbol in functions or (symbol not in known and is_needed):
                    each.operation.clone()


def _free_names(names: Collection[str], known: Collection[str]) -> dict[str, str]:
    """Names that are free in the user's module, without a word of preparation; what is only declared keeps its own."""
    free: dict[str, str] = {}
    for name in names:
        plain = name.replace(SUFFIX, "")
        free[name] = free_name(plain, {*known, *free.values()})
    return free


def _rename(function: Any, names: dict[str, str]) -> None:
    name = symbol_of(function)
    if name in names:
        function.attributes["sym_name"] = _IR.StringAttr.get(names[name])
    for operation in walk(function):
        if operation.name == "func.call":
            callee = symbol_in(operation.attributes["callee"])
            if callee in names:
                called = _IR.FlatSymbolRefAttr.get(names[callee])
                operation.attributes["callee"] = called


def _put_back(operation: Any, function: Any) -> None:
    """Replace a derivative by what the function does that held it."""
    block = body_of(function)
    values = dict(zip(block.arguments, operation.operands, strict=True))
    end = last_of(block)
    with operation.location, _IR.InsertionPoint(operation):
        copy_operations(list(block.operations)[:-1], values)
    for old, new in zip(operation.results, end.operands, strict=True):
        old.replace_all_uses_with(values.get(new, new))
    operation.erase()
