"""Which operation ends the blocks of a region."""

from __future__ import annotations

from dataclasses import replace

from opspec.model.constraints import HasParent
from opspec.model.dialect import Dialect, Operation, Region

__all__ = ["find_terminators"]


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
