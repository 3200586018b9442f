"""Where the operations of a module come from, kept through Enzyme and back as locations.

Each operation gets its number as its location while Enzyme works. What Enzyme says of a location is then about an
operation that the caller knows, and what it makes of an operation gets that operation's own location in the end.
"""

from __future__ import annotations

import re
from typing import Any

from .._runtime.host import ir
from .errors import FailingOperation
from .prepare.building import symbol_of, walk
from .reading import print_module
from .resources import restore_names

__all__ = ["Origins"]

_IR: Any = ir
_FILE = "operation of the caller"
_MARK = re.compile(rf'"{_FILE}":(\d+):0')
_DIAGNOSTIC = re.compile(r"^loc\((?:[^()]|\([^()]*\))*\): (?=error|warning|note)", re.M)
SHOWN = 200
"""Characters of an operation's text that are kept."""


class Origins:
    """The operations of a module as it was given, by number."""

    def __init__(self, given: Any) -> None:
        """Take a module, which stays as it is and has to."""
        self._module = given
        self._operations = list(walk(given.operation))

    def mark(self) -> Any:
        """A copy of the module whose operations have their numbers as their locations."""
        copy = _IR.Module.parse("module {}", self._module.context)
        whole = self._module.operation.clone()
        for number, operation in enumerate(walk(whole)):
            operation.location = _IR.Location.file(
                _FILE, number, 0, self._module.context
            )
        copy.operation.location = whole.operation.location
        for name in whole.attributes:
            copy.operation.attributes[name] = whole.attributes[name]
        for operation in list(whole.regions[0].blocks[0].operations):
            copy.body.append(operation.operation)
        return copy

    def restore(self, text: str) -> str:
        """A module's text with its own locations in place of numbers, and its own names of resources."""
        located = _MARK.sub(lambda match: self._location(int(match[1])), text)
        if "dense_resource<" not in located:
            return located
        return restore_names(located, print_module(self._module))

    def find(self, text: str) -> FailingOperation | None:
        """The operation that a text first speaks of by its number."""
        found = _MARK.search(text)
        return None if found is None else self.describe(int(found[1]))

    def explain(self, message: str) -> str:
        """What Enzyme says, with the operations' own locations, and none where they have none."""
        shown = _DIAGNOSTIC.sub(self._diagnostic, message)
        return self.restore(shown)

    def _diagnostic(self, match: re.Match[str]) -> str:
        number = _MARK.search(match[0])
        if number is None:
            return match[0]
        inner = self._location(int(number[1]))
        return "" if inner == "unknown" else f"loc({inner}): "

    def describe(self, number: int) -> FailingOperation:
        """An operation in words."""
        operation = self._operations[number]
        text = " ".join(str(operation).split())
        location = self._location(number)
        return FailingOperation(
            name=operation.name,
            index=sum(
                each.name.startswith("enzyme.") for each in self._operations[:number]
            ),
            function=function_around(operation),
            text=text if len(text) <= SHOWN else f"{text[:SHOWN]}...",
            location="" if location == "unknown" else f"loc({location})",
        )

    def _location(self, number: int) -> str:
        return str(self._operations[number].location)[len("loc(") : -1]


def function_around(operation: Any) -> str:
    """The symbol of the nearest operation around an operation that has one; empty where none has."""
    parent = operation.parent
    while parent is not None:
        if symbol_of(parent):
            return symbol_of(parent)
        parent = parent.parent
    return ""
