"""What Python prompts and notebooks show: IR as highlighted MLIR, and lists of what was found."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Protocol, TypeVar

from .declarations import counted
from .errors import gone, is_gone, wrong_type
from .highlighting import as_block, as_table
from .host import ir

__all__ = ["Listing", "Shown", "show"]


class _Row(Protocol):
    @property
    def cells(self) -> tuple[str, ...]: ...


_T_co = TypeVar("_T_co", bound=_Row, covariant=True)


class Shown:
    """A text of MLIR, which is what its `repr` is; in a notebook it is highlighted."""

    def __init__(self, text: str) -> None:
        self.text = text
        """The MLIR."""

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return as_block(self.text)


def show(target: ir.Module | ir.OpView | ir.Operation | str) -> Shown:
    """The IR as a prompt or a notebook shows it; it is what it was at the call.

    Args:
        target: A module, an operation, or MLIR as text: what `lowering.pretty` gives, or `grad(...).ir()`.

    Raises:
        TypeError: `target` is something else.
        ValueError: The operation was erased.
    """
    if isinstance(target, str):
        return Shown(target.rstrip("\n"))
    if not isinstance(target, (ir.Module, ir.OpView, ir.Operation)):
        accepted = "a Module, an operation, or MLIR as a str"
        raise wrong_type("show", "target", target, accepted)
    if is_gone(target.operation):
        raise gone("show", "target")
    return Shown(str(target).rstrip("\n"))


class Listing(tuple[_T_co, ...]):
    """A tuple of what was found, which shows one below the other; in a notebook it is a table."""

    __slots__ = ()

    NOUN: ClassVar[str] = ""
    """What each is called."""
    TITLES: ClassVar[Sequence[str]] = ()
    """The titles of the table."""

    @property
    def summary(self) -> str:
        """How many there are, in words."""
        return counted(len(self), self.NOUN) if self else f"no {self.NOUN}s"

    def __repr__(self) -> str:
        if not self:
            return self.summary
        return "\n".join([f"{self.summary}:", *map(str, self)])

    def _repr_html_(self) -> str:
        return self.html

    @property
    def html(self) -> str:
        """The table as HTML."""
        if not self:
            return as_block(self.summary)
        return as_table(self.summary, self.TITLES, (each.cells for each in self))
