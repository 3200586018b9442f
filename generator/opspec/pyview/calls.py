"""What a builder does: it passes what it is given to the runtime, in the order in which the rules declare the parts."""

from __future__ import annotations

from opspec.model.constraints import Multiplicity
from opspec.model.dialect import Dialect, Operation
from opspec.naming.policy import NamingPolicy
from opspec.pyview.inference import Inference
from opspec.pyview.python import (
    FALSE,
    Call,
    Expression,
    Return,
    Starred,
    Statement,
    call,
    list_of,
    own,
    rt,
    tuple_of,
)
from opspec.pyview.signature import has_body, results_by_keyword

__all__ = ["build_body"]


def _results(operation: Operation, naming: NamingPolicy, inference: Inference) -> Expression:
    """The types of the results: the one parameter for all of them, or a parameter for each."""
    if results_by_keyword(operation, inference, naming):
        return own("results")
    return tuple_of(own(name) for name, _ in naming.result_parameters(operation))


def _bodies(dialect: Dialect, operation: Operation, naming: NamingPolicy) -> Expression:
    """For each region that is there once: what fills it, the types of its arguments, what ends it by itself."""
    items = []
    for region in operation.regions:
        if has_body(region, naming):
            part = naming.argument(region.name)
            terminator = dialect.operation(region.terminator) if region.terminator else None
            ends = (own(naming.function(terminator)),) if terminator and terminator.passes_values_on else ()
            items.append(tuple_of((own(part), own(f"{part}_arguments"), *ends)))
    return tuple_of(items)


def _further(dialect: Dialect, operation: Operation, naming: NamingPolicy) -> dict[str, Expression]:
    """What only operations with regions or successors are built from."""
    given: dict[str, Expression] = {}
    if any(has_body(region, naming) for region in operation.regions):
        given["bodies"] = _bodies(dialect, operation, naming)
    variadic = [r for r in operation.regions if r.constraint.multiplicity is not Multiplicity.ONE]
    if variadic:
        given["counts"] = tuple_of(own(naming.region_count(region.name)[0]) for region in variadic)
    if operation.successors:
        blocks = [(s, own(naming.argument(s.name))) for s in operation.successors]
        given["successors"] = list_of(
            Starred(name) if s.multiplicity is Multiplicity.VARIADIC else name for s, name in blocks
        )
    return given


def _call(dialect: Dialect, operation: Operation, naming: NamingPolicy, inference: Inference) -> Call:
    results = operation.results
    given = (
        own(naming.rules(operation)),
        tuple_of(own(naming.argument(operand.name)) for operand in operation.operands),
        tuple_of(own(naming.argument(attribute.name)) for attribute in operation.attributes),
        _results(operation, naming, inference),
        tuple_of((own("loc"), own("ip"), FALSE if naming.is_drop_in else own("verify"))),
    )
    further = _further(dialect, operation, naming)
    if not results:
        return call(rt("build_operation"), own(naming.operation_class(operation)), *given, **further)
    is_one = len(results) == 1 and results[0].value.multiplicity is Multiplicity.ONE
    return call(rt("build_result" if is_one else "build_results"), *given, **further)


def build_body(
    dialect: Dialect, operation: Operation, naming: NamingPolicy, inference: Inference
) -> tuple[Statement, ...]:
    """The statements of an operation's builder."""
    return (Return(_call(dialect, operation, naming, inference)),)
