"""Result types that follow from operands."""

from __future__ import annotations

from opspec.model.constraints import AllTypesMatch, Multiplicity, ProjectionKind, TypesMatchWith
from opspec.model.dialect import Dialect, NamedValue, Operation
from opspec.naming.policy import NamingPolicy
from opspec.surface.layout import py_literal

__all__ = ["inferred_results"]


def inferred_results(dialect: Dialect, operation: Operation, naming: NamingPolicy) -> tuple[str, ...] | None:
    """A Python expression for the type of each result; None where one does not follow from traits.

    The expressions use the operands' parameters, which hold values by then.
    """
    if not operation.results or any(r.value.multiplicity is not Multiplicity.ONE for r in operation.results):
        return None
    found = [_inferred(dialect, operation, result, naming) for result in operation.results]
    return tuple(text for text in found if text is not None) if all(found) else None


def _inferred(dialect: Dialect, operation: Operation, result: NamedValue, naming: NamingPolicy) -> str | None:
    single = {o.name for o in operation.operands if o.value.multiplicity is Multiplicity.ONE}
    name = py_literal(f"{dialect.name}.{operation.mnemonic}")
    for trait in operation.traits:
        match trait:
            case AllTypesMatch(names) if result.name in names:
                sources = [source for source in names if source in single]
                if sources:
                    return f"{naming.part(sources[0])}.type"
            case TypesMatchWith(target, projection) if target == result.name and projection.source in single:
                source = naming.part(projection.source)
                if projection.kind is ProjectionKind.SAME:
                    return f"{source}.type"
                if projection.kind is ProjectionKind.ELEMENT_TYPE:
                    return f"_rt.element_type({source}, {name}, {py_literal(source)})"
                if projection.definition is not None:
                    definition = dialect.type(projection.definition.dialect, projection.definition.mnemonic)
                    if definition is not None:
                        cls = naming.definition_class(definition.class_name)
                        parameter = naming.parameter(projection.parameter)
                        return f"{cls}.of({source}, {name}, {py_literal(source)}).{parameter}"
            case _:
                pass
    if operation.has_trait("SameOperandsAndResultType"):
        sources = [operand.name for operand in operation.operands if operand.name in single]
        if sources:
            return f"{naming.part(sources[0])}.type"
    return None
