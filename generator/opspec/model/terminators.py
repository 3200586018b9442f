"""Which operation ends the blocks of a region."""

from __future__ import annotations

from dataclasses import replace

from opspec.model.constraints import NamedTrait
from opspec.model.dialect import Dialect, Operation, Region

__all__ = ["find_terminators", "terminators_of"]


def _implicit(parent: Operation) -> str:
    """The full name of the operation that MLIR puts at the end of the region by itself; empty where it puts none."""
    for trait in parent.traits:
        if isinstance(trait, NamedTrait) and trait.name == "SingleBlockImplicitTerminator":
            return trait.arguments[0] if trait.arguments and "." in trait.arguments[0] else ""
    return ""


def terminators_of(dialect: Dialect, parent: Operation, region: Region) -> tuple[str, ...]:
    """The full names of the operations that may end the blocks of a region, first what ends it if nobody says.

    Empty where any operation may end them, or none does.
    """
    if parent.has_trait("NoTerminator"):
        return ()
    implicit = _implicit(parent)
    if implicit:
        return (implicit,)
    names = [region.terminator] if region.terminator else []
    return tuple(f"{dialect.name}.{name}" for name in dict.fromkeys([*names, *_ending(dialect, parent)]))


def _ending(dialect: Dialect, parent: Operation) -> list[str]:
    """The dialect's terminators that name the operation as their parent."""
    held = dialect.held_by(f"{dialect.name}.{parent.mnemonic}")
    return [operation.mnemonic for operation in held if operation.has_trait("Terminator")]


def _first(dialect: Dialect, parent: Operation) -> str:
    return next(iter(_ending(dialect, parent)), "")


def find_terminators(dialect: Dialect) -> Dialect:
    """The dialect with the terminator of every region that follows from traits; an overlay's word stands."""

    def region(operation: Operation, found: Region) -> Region:
        return found if found.terminator else replace(found, terminator=_first(dialect, operation))

    operations = tuple(
        replace(operation, regions=tuple(region(operation, found) for found in operation.regions))
        for operation in dialect.operations
    )
    return replace(dialect, operations=operations)
