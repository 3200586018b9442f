"""Which types follow from others: those of results from operands, and those from parameters that can be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from opspec.model.constraints import (
    AllTypesMatch,
    DefinitionReference,
    Multiplicity,
    ParameterKind,
    Projection,
    ProjectionKind,
    Trait,
    TypesMatchWith,
    Value,
)
from opspec.model.definitions import is_opaque
from opspec.model.dialect import Dialect, Operation

__all__ = ["check_projections", "held_types", "projections_of", "with_held_types"]


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


def held_type(dialect: Dialect, value: Value, source: str) -> Projection | None:
    """What a value of a definition holds, which stands for its element type: its only parameter, where that is a type.

    None for values of any other type. `source` is the operand that the value is.
    """
    if not isinstance(value.type, DefinitionReference):
        return None
    definition = dialect.type(value.type.dialect, value.type.mnemonic)
    if definition is None or len(definition.parameters) != 1:
        return None
    found = Projection(ProjectionKind.PARAMETER, source, value.type, definition.parameters[0].name)
    return found if _is_readable(dialect, found) else None


def held_types(dialect: Dialect, operation: Operation, source: str) -> tuple[Projection, ...]:
    """What an operand holds in releases that have it of a definition, where the spec speaks of its element type."""
    releases = dialect.releases
    forms = {} if releases is None else releases.forms_of(operation.mnemonic, source)
    found = (held_type(dialect, form, source) for form in forms.values() if isinstance(form, Value))
    return tuple(dict.fromkeys(each for each in found if each is not None))


def with_held_types(dialect: Dialect, operation: Operation) -> Operation:
    """The operation with what operands hold in place of their element types, where they are of a definition."""
    values = {operand.name: operand.value for operand in operation.operands}

    def changed(trait: Trait) -> Trait:
        if isinstance(trait, TypesMatchWith) and trait.projection.kind is ProjectionKind.ELEMENT_TYPE:
            source = trait.projection.source
            held = held_type(dialect, values[source], source) if source in values else None
            return trait if held is None else TypesMatchWith(trait.target, held)
        return trait

    return replace(operation, traits=tuple(map(changed, operation.traits)))


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
