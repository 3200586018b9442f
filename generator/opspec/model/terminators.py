"""Which operation ends the blocks of a region."""

from __future__ import annotations

from dataclasses import replace

from opspec.model.constraints import HasParent, NamedTrait
from opspec.model.dialect import Dialect, Operation, Region

__all__ = ["find_terminators", "terminator_of"]


def _implicit(parent: Operation) -> str:
    """The full name of the operation that MLIR puts at the end of the region by itself; empty where it puts none."""
    for trait in parent.traits:
        if isinstance(trait, NamedTrait) and trait.name == "SingleBlockImplicitTerminator":
            return trait.arguments[0] if trait.arguments and "." in trait.arguments[0] else ""
    return ""


def terminator_of(dialect: Dialect, parent: Operation, region: Region) -> str:
    """The full name of the operation that has to end the blocks of a region; empty where any may, or none."""
    if parent.has_trait("NoTerminator"):
        return ""
    return _implicit(parent) or (f"{dialect.name}.{region.terminator}" if region.terminator else "")


def _terminator(dialect: Dialect, parent: Operation) -> str:
    """The dialect's terminator that names the operation as its parent; empty where there is none."""
    full_name = f"{dialect.name}.{parent.mnemonic}"
    for operation in dialect.operations:
        if not operation.has_trait("Terminator"):
            continue
        if any(isinstance(trait, HasParent) and full_name in trait.operations for trait in operation.traits):
            return operation.mnemonic
    return ""


def find_terminators(dialect: Dialect) -> Dialect:
    """The dialect with the terminator of every region that follows from traits; an overlay's word stands."""

    def region(operation: Operation, found: Region) -> Region:
        return found if found.terminator else replace(found, terminator=_terminator(dialect, operation))

    operations = tuple(
        replace(operation, regions=tuple(region(operation, found) for found in operation.regions))
        for operation in dialect.operations
    )
    return replace(dialect, operations=operations)
