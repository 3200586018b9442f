"""Result types that need not be given: computed here from operands, or left to the host."""

from __future__ import annotations

from opspec.dataclass import dataclass
from opspec.model.constraints import Multiplicity, Projection, ProjectionKind
from opspec.model.definitions import is_opaque
from opspec.model.dialect import Dialect, NamedValue, Operation
from opspec.model.parts import varying_parts
from opspec.model.projections import held_types, projections_of
from opspec.naming.policy import NamingPolicy
from opspec.pyview.python import Expression, call, literal, own, rt
from opspec.pyview.style import style_of

__all__ = ["Inference", "infer_results"]


@dataclass(frozen=True, slots=True)
class Inference:
    """How the result types of an operation come about when nobody gives them.

    `sources` say where the types come from, one a result: from operands; `by_host` says that the host
    infers them, which works for operations that it has registered; `by_contract` that they follow from the function
    that the operation is about, where it is in sight. With none of these the types must be given.
    """

    sources: tuple[Expression, ...] = ()
    by_host: bool = False
    by_contract: bool = False

    @property
    def is_possible(self) -> bool:
        """Whether the types can be left out."""
        return bool(self.sources) or self.by_host or self.by_contract


def _upstream_infers(operation: Operation) -> bool:
    """Whether mlir-tblgen's builder lets the result types be left out."""
    fixed = not any(result.value.multiplicity is not Multiplicity.ONE for result in operation.results)
    if fixed and (
        operation.has_trait("SameOperandsAndResultType") or operation.has_trait("FirstAttrDerivedResultType")
    ):
        return True
    return "InferTypeOpInterface" in operation.interfaces and not operation.regions


def infer_results(dialect: Dialect, operation: Operation, naming: NamingPolicy) -> Inference:
    """How an operation's result types come about."""
    if any(kind == "results" for kind, _, _ in varying_parts(dialect, operation)):
        return Inference()  # which there are, only a release knows
    upstream, infers_all = _upstream_infers(operation), style_of(naming).infers_all
    if operation.contract is not None and infers_all:
        return Inference(by_contract=True)
    if not infers_all and not upstream:
        return Inference()
    sources: tuple[Expression, ...] = ()
    if operation.result_sources:
        return Inference(tuple(_type_of(source) for _, source in operation.result_sources))
    if operation.results and all(r.value.multiplicity is Multiplicity.ONE for r in operation.results):
        found = [_inferred(dialect, operation, result, naming) for result in operation.results]
        if all(found):
            sources = tuple(each for each in found if each is not None)
    by_host = upstream and ("InferTypeOpInterface" in operation.interfaces or not infers_all)
    return Inference(sources, by_host and not sources)


def _type_of(operand: str) -> Expression:
    return call(rt("type_from"), literal(operand))


def _inferred(dialect: Dialect, operation: Operation, result: NamedValue, naming: NamingPolicy) -> Expression | None:
    for projection in projections_of(operation, result.name):
        found = _projected(dialect, projection, naming)
        if found is not None and projection.kind is ProjectionKind.ELEMENT_TYPE:
            held = (_projected(dialect, each, naming) for each in held_types(dialect, operation, projection.source))
            others = [each for each in held if each is not None]
            return call(rt("either_from"), found, *others) if others else found
        if found is not None:
            return found
    return None


def _projected(dialect: Dialect, projection: Projection, naming: NamingPolicy) -> Expression | None:
    source, reference = projection.source, projection.definition
    if projection.kind is ProjectionKind.SAME:
        return _type_of(source)
    if projection.kind is ProjectionKind.ELEMENT_TYPE:
        return call(rt("element_from"), literal(source))
    definition = dialect.type(reference.dialect, reference.mnemonic) if reference is not None else None
    if definition is None or is_opaque(definition):
        return None
    accessor = naming.parameter_named(definition, projection.parameter)
    return call(rt("parameter_from"), literal(source), own(naming.definition_class(definition)), literal(accessor))
