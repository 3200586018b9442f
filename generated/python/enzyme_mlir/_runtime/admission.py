# The host's stubs leave some type arguments open, and these files check what users pass.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnnecessaryIsInstance=false

"""What decides whether an operation may be created, and the memory of what was admitted before."""

from __future__ import annotations

import atexit
from collections.abc import Mapping, Sequence
from typing import Any

from .caches import PerContext
from .host import ir

__all__ = ["Admitted", "check_contexts"]


class Admitted:
    """Remembers for which types and attributes an operation was found right, and where it was built last.

    `keys` holds what was found right, with the type of the function; `last` is the last one, without it. The last block
    is kept, and with it what it is in, until another one takes its place.
    """

    def __init__(self) -> None:
        self.keys = PerContext()
        self.last: tuple[Any, ...] = ()
        self._block: ir.Block | None = None
        self._table: Any = None
        self._names: list[str] = []
        atexit.register(self._forget)

    def remember(
        self,
        key: tuple[Any, ...],
        place: ir.InsertionPoint | None,
        table: Any,
        names: list[str],
    ) -> None:
        """Note the last call: what it was like, where, and the names that it looked up in which symbol table."""
        self.last = key
        self._block = None if place is None else place.block
        self._table = table
        self._names = names

    def is_at(self, place: ir.InsertionPoint | None) -> bool:
        """Whether this is the block of the last call, and the symbols are still there."""
        if place is None or self._block is None or place.block != self._block:
            return False
        if self._table is None:
            return not self._names
        table = ir.SymbolTable(self._table)
        return all(name in table for name in self._names)

    def _forget(self) -> None:
        self.last, self._block, self._table = (), None, None


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
