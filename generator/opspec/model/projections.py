"""Which types follow from others: those of results from operands, and those from parameters that can be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from opspec.model.constraints import (
    AllTypesMatch,
    Multiplicity,
    ParameterKind,
    Projection,
    ProjectionKind,
    Trait,
    TypesMatchWith,
)
from opspec.model.definitions import is_opaque
from opspec.model.dialect import Dialect, Operation

__all__ = ["check_projections", "projections_of"]


def projections_of(operation: Operation, result: str) -> Iterator[Projection]:
    """Each way in which traits say how a result's type follows from that of a single operand, in their order."""
    single = [o.name for o in operation.operands if o.value.multiplicity is Multiplicity.ONE]
    for trait in operation.traits:
        match trait:
            case AllTypesMatch(names) if result in names:
                yield from (Projection(ProjectionKind.SAME, name) for name in names if name in single)
            case TypesMatchWith(target, projection) if target == result and projection.source in single:
                yield projection
            case _:
                pass
    if operation.has_trait("SameOperandsAndResultType"):
        yield from (Projection(ProjectionKind.SAME, name) for name in single)


def check_projections(dialect: Dialect) -> Dialect:
    """The dialect with `opaque` in place of a parameter that is no type, or of a type that only C++ reads."""

    def trait(found: Trait) -> Trait:
        if not isinstance(found, TypesMatchWith) or _is_readable(dialect, found.projection):
            return found
        return TypesMatchWith(found.target, Projection(ProjectionKind.OPAQUE, found.projection.source))

    def operation(found: Operation) -> Operation:
        return replace(found, traits=tuple(map(trait, found.traits)))

    return replace(dialect, operations=tuple(map(operation, dialect.operations)))


def _is_readable(dialect: Dialect, projection: Projection) -> bool:
    reference = projection.definition
    if projection.kind is not ProjectionKind.PARAMETER or reference is None:
        return True
    definition = dialect.type(reference.dialect, reference.mnemonic)
    if definition is None or is_opaque(definition):
        return False
    declared = [named.parameter for named in definition.parameters if named.name == projection.parameter]
    return any(each.constraint is ParameterKind.TYPE and not each.optional for each in declared)
