"""Where the operations of a module come from, kept through Enzyme and back as locations.

Each operation gets its number as its location while Enzyme works. What Enzyme says of a location is then about an
operation that the caller knows, and what it makes of an operation gets that operation's own location in the end.
"""

from __future__ import annotations

import re
from typing import Any

from .._runtime.host import ir
from .errors import Suspect
from .prepare.building import symbol_of, walk

__all__ = ["Origins"]

_IR: Any = ir
_FILE = "operation of the caller"
_MARK = re.compile(rf'"{_FILE}":(\d+):0')
_DIAGNOSTIC = re.compile(r"^loc\((?:[^()]|\([^()]*\))*\): (?=error|warning|note)", re.M)
_MODULE = 2**31 - 1
"""The number of the module itself, which is more than operations have."""
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
        context = self._module.context
        copy = _IR.Module.create(_IR.Location.file(_FILE, _MODULE, 0, context))
        whole = self._module.operation.clone()
        for number, operation in enumerate(walk(whole)):
            operation.location = _IR.Location.file(_FILE, number, 0, context)
        for name in whole.attributes:
            copy.operation.attributes[name] = whole.attributes[name]
        for operation in list(whole.regions[0].blocks[0].operations):
            copy.body.append(operation.operation)
        return copy

    def restore(self, text: str) -> str:
        """A module's text with the operations' own locations in place of their numbers."""
        return _MARK.sub(lambda match: self._location(int(match[1])), text)

    def find(self, text: str) -> Suspect | None:
        """The operation that a text first speaks of by its number."""
        found = (int(match[1]) for match in _MARK.finditer(text))
        number = next((each for each in found if each != _MODULE), None)
        return None if number is None else self.describe(number)

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

    def describe(self, number: int) -> Suspect:
        """An operation in words."""
        operation = self._operations[number]
        text = " ".join(str(operation).split())
        location = self._location(number)
        return Suspect(
            name=operation.name,
            index=sum(
                each.name.startswith("enzyme.") for each in self._operations[:number]
            ),
            function=function_around(operation),
            text=text if len(text) <= SHOWN else f"{text[:SHOWN]}...",
            location="" if location == "unknown" else f"loc({location})",
        )

    def _location(self, number: int) -> str:
        whole: Any = self._module.operation
        operation = whole if number == _MODULE else self._operations[number]
        return str(operation.location)[len("loc(") : -1]


def function_around(operation: Any) -> str:
    """The symbol of the nearest operation around an operation that has one; empty where none has."""
    parent = operation.parent
    while parent is not None:
        if symbol_of(parent):
            return symbol_of(parent)
        parent = parent.parent
    return ""
