"""Types of results that follow from an operand, but not without fail: functions that give them, or say why not."""

from __future__ import annotations

from opspec.dataclass import dataclass
from opspec.model.constraints import Projection, ProjectionKind
from opspec.model.dialect import Dialect
from opspec.model.projections import projections_of
from opspec.naming.rust import RsName, RustPolicy
from opspec.rsview.code import Chain, Expression, Function, Parameter, Tail, Try, atom, call, declared
from opspec.rsview.definitions import reads_back
from opspec.rsview.kinds import CONTEXT
from opspec.rsview.signature import TYPE, Signature
from opspec.rsview.text import docs

__all__ = ["Inferred", "build_inferred", "find_inferred"]


@dataclass(frozen=True, slots=True)
class Inferred:
    """A function that gives the type of the one result: its name, the operand, whether it takes the context."""

    name: RsName
    operand: str
    needs_context: bool
    value: Expression


def find_inferred(dialect: Dialect, signature: Signature, names: RustPolicy) -> Inferred | None:
    """The function for an operation whose result's type follows from a trait; None where none says so."""
    operation = signature.operation
    if signature.result_sources or len(operation.results) != 1:
        return None
    for projection in projections_of(operation, operation.results[0].name):
        value = _value(dialect, projection, signature.name(projection.source), names)
        if value is not None:
            name = names.related_function(operation, "result")
            return Inferred(name, projection.source, projection.kind is ProjectionKind.PARAMETER, value)
    return None


def _value(dialect: Dialect, projection: Projection, operand: RsName, names: RustPolicy) -> Expression | None:
    if projection.kind is ProjectionKind.ELEMENT_TYPE:
        return call(declared("element_of"), operand)
    if projection.kind is not ProjectionKind.PARAMETER or projection.definition is None:
        return None
    definition = dialect.type(projection.definition.dialect, projection.definition.mnemonic)
    if definition is None or not reads_back(definition):
        return None
    converted = Try(call(f"{names.definition(definition)}::try_from", operand))
    return Chain(converted, (call(names.parameters(definition)[projection.parameter], "context"),))


def build_inferred(dialect: Dialect, signature: Signature, names: RustPolicy) -> tuple[Function, ...]:
    """The function, where there is one."""
    found = find_inferred(dialect, signature, names)
    if found is None:
        return ()
    lifetime, generics = ("'c", "<'c>") if found.needs_context else ("'_", "")
    parameters = [Parameter("context", atom("&'c Context", CONTEXT))] if found.needs_context else []
    parameters.append(Parameter(signature.name(found.operand), atom(f"Type<{lifetime}>", TYPE)))
    shown = f"{dialect.name}.{signature.operation.mnemonic}"
    words = docs(f"Returns the type of the result of `{shown}`, which follows from that of `{found.operand}`")
    returns = atom(f"Result<Type<{lifetime}>, Error>", TYPE, declared("Error"))
    return (Function(found.name, tuple(parameters), returns, (Tail(found.value),), words, generics),)
