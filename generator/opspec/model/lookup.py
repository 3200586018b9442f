"""Things by their names, found without going through all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

__all__ = ["ByName"]

_T = TypeVar("_T")


class ByName(Generic[_T]):
    """The first thing of each name. Nothing changes it once it is made.

    Example: `ByName(operations, lambda operation: operation.mnemonic).get("run")`.
    """

    __slots__ = ("_things",)

    def __init__(self, things: Iterable[_T], name_of: Callable[[_T], object]) -> None:
        self._things: dict[object, _T] = {}
        for thing in things:
            self._things.setdefault(name_of(thing), thing)

    def get(self, name: object) -> _T | None:
        """The thing of that name, or None."""
        return self._things.get(name)

    def __getitem__(self, name: object) -> _T:
        return self._things[name]
