# The host's stubs leave some type arguments open, and these files check what users pass.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnnecessaryIsInstance=false

"""What was read from attributes of one context, kept until another context comes along.

Attributes keep their context alive, so a cache that outlived its context would keep all of them.
"""

from __future__ import annotations

import atexit
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from .host import ir

__all__ = ["ContextCache"]

_T = TypeVar("_T")


class ContextCache(Generic[_T]):
    """Remembers what `read` makes of attributes."""

    def __init__(self, read: Callable[[Any], _T]) -> None:
        self._read = read
        self._context: ir.Context | None = None
        self._known: dict[Any, _T] = {}
        atexit.register(self.clear)

    def __call__(self, attribute: ir.Attribute) -> _T:
        """What `read` makes of the attribute."""
        context = attribute.context
        if context is not self._context:
            self._known = {}
            self._context = context
        known = self._known
        if attribute not in known:
            known[attribute] = self._read(attribute)
        return known[attribute]

    def clear(self) -> None:
        """Forget everything, and let the context go."""
        self._context = None
        self._known = {}
