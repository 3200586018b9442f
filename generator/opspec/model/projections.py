"""Which types follow from parameters that Python can read."""

from __future__ import annotations

from dataclasses import replace

from opspec.model.constraints import ParameterKind, Projection, ProjectionKind, Trait, TypesMatchWith
from opspec.model.definitions import is_opaque
from opspec.model.dialect import Dialect, Operation

__all__ = ["check_projections"]


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
