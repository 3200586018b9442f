"""Whether ODS itself infers an operation's result types, by the rules that mlir-tblgen follows.

ODS adds `InferTypeOpInterface` to an operation whose result types all follow from buildable types and from traits
that match types. That is a fact of the operation although no `.td` file says it.
"""

from __future__ import annotations

from opspec.model.dialect import Operation
from opspec.tablegen.records import Record

__all__ = ["infers_results"]


def _types_known(record: Record, operation: Operation) -> set[str]:
    """The names whose types need no rule: operands and attributes, and results of buildable types."""
    known = {argument.name for argument in operation.arguments}
    for index, (value, name) in enumerate(record.dag("results")):
        if isinstance(value, Record) and _is_buildable(value):
            known.add(name or f"_{index}")
    return known


def _is_buildable(value: Record) -> bool:
    base = value.record("constraint") or value if value.isa("Arg", "Res", "OpVariable") else value
    if base.isa("AttrConstraint"):
        value_type = base.record("valueType")
        return value_type is not None and bool(value_type.text("builderCall"))
    return bool(base.text("builderCall"))


def infers_results(record: Record, operation: Operation) -> bool:
    """Whether ODS adds `InferTypeOpInterface` to the operation."""
    if not operation.results or any(result.value.multiplicity.value for result in operation.results):
        return False
    if record.records.get("InferTypeOpInterface") is None or "InferTypeOpInterface" in operation.interfaces:
        return False
    if operation.has_trait("SameOperandsAndResultType"):
        return any(not operand.value.multiplicity.value for operand in operation.operands)
    known = _types_known(record, operation)
    results = {result.name for result in operation.results}
    edges = _edges(record)
    grew = True
    while grew:
        grew = False
        for source, target in edges:
            if source in known and target in results and target not in known:
                known.add(target)
                grew = True
    return results <= known


def _edges(record: Record) -> list[tuple[str, str]]:
    """Which type follows from which."""
    edges: list[tuple[str, str]] = []
    for trait in record.list("traits"):
        if trait.isa("TypesMatchWith"):
            edges.append((trait.text("lhs"), trait.text("rhs")))
        elif trait.isa("AllTypesMatch"):
            names = trait.texts("values")
            edges += [(a, b) for a in names for b in names if a != b]
    return edges
