# The host's stubs leave some type arguments open, and these files check what users pass.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnnecessaryIsInstance=false

"""What decides whether an operation may be created, and the memory of what was admitted before."""

from __future__ import annotations

import atexit
from collections.abc import Mapping, Sequence
from typing import Any

from .host import ir

__all__ = ["Admitted", "check_contexts"]

_MOST = 4096
"""How many different calls of one builder are remembered."""


class Admitted:
    """Remembers, for one context at a time, for which types and attributes an operation was found right.

    Types and attributes keep their context alive, so those of the context before are forgotten.
    """

    def __init__(self) -> None:
        self._context: ir.Context | None = None
        self._last: tuple[Any, ...] = ()
        self._keys: set[tuple[Any, ...]] = set()
        atexit.register(self._forget)

    def knows(self, context: ir.Context | None, key: tuple[Any, ...]) -> bool:
        """Whether the key was added in this context."""
        if context is not self._context:
            return False
        if key == self._last:  # cheaper than a hash of many attributes
            return True
        if key in self._keys:
            self._last = key
            return True
        return False

    def add(self, context: ir.Context | None, key: tuple[Any, ...]) -> None:
        """Remember the key."""
        if context is not self._context or len(self._keys) >= _MOST:
            self._keys = set()
            self._context = context
        self._keys.add(key)
        self._last = key

    def _forget(self) -> None:
        self._context, self._last, self._keys = None, (), set()


def check_contexts(
    name: str,
    operands: Sequence[ir.Type],
    results: Sequence[ir.Type],
    attributes: Mapping[str, ir.Attribute],
    context: ir.Context | None,
) -> None:
    """Refuse what belongs to another context, over which hosts abort; raises `ValueError`."""
    for index, given in enumerate(operands):
        if given.context is not context:
            raise _foreign(name, f"operand {index}")
    for index, given in enumerate(results):
        if given.context is not context:
            raise _foreign(name, f"the type of result {index}")
    for key, attribute in attributes.items():
        if attribute.context is not context:
            raise _foreign(name, key)


def _foreign(name: str, part: str) -> ValueError:
    return ValueError(
        f"{name}: {part} is of another context, accepted is what belongs to the context that the operation is built in"
    )
