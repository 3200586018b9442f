"""Which operations refer to which: what stands in an operation, and what an operation's blocks may end with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Generic, TypeVar

from opspec.model.constraints import HasParent, NamedTrait

__all__ = ["Referring", "ending", "held"]

_T = TypeVar("_T")


class Referring(Generic[_T]):
    """The operations that refer to a name, each once, in the order in which they are given."""

    __slots__ = ("_operations",)

    def __init__(self, references: Iterable[tuple[str, _T]]) -> None:
        found: dict[str, dict[int, _T]] = {}
        for name, operation in references:
            found.setdefault(name, {})[id(operation)] = operation
        self._operations = {name: tuple(operations.values()) for name, operations in found.items()}

    def get(self, name: str) -> tuple[_T, ...]:
        """The operations that refer to the name; empty for none."""
        return self._operations.get(name, ())


def held(operations: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    """The full name of each operation that something stands in, and what stands in it."""
    for operation in operations:
        for trait in operation.traits:
            for parent in trait.operations if isinstance(trait, HasParent) else ():
                yield parent, operation


def ending(dialect: str, operations: Iterable[Any]) -> Iterator[tuple[str, Any]]:
    """The full name of each operation that is said to end blocks, and whose blocks."""
    for operation in operations:
        for region in operation.regions:
            if region.terminator:
                yield f"{dialect}.{region.terminator}", operation
        for trait in operation.traits:
            if isinstance(trait, NamedTrait) and trait.name == "SingleBlockImplicitTerminator":
                yield from ((argument, operation) for argument in trait.arguments)
