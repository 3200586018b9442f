"""What a builder does: it passes what it is given to the runtime, in the order in which the rules declare the parts."""

from __future__ import annotations

from opspec.model.constraints import Multiplicity
from opspec.pyview.context import OperationContext
from opspec.pyview.python import (
    FALSE,
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

__all__ = ["build_body"]


def _results(context: OperationContext) -> Expression:
    """The types of the results: the one parameter for all of them, or a parameter for each."""
    if context.results_by_keyword:
        return own("results")
    return tuple_of(own(name) for name, _ in context.naming.result_parameters(context.operation))


def _bodies(context: OperationContext) -> Expression:
    """For each region that is there once: what fills it, the types of its arguments, what ends it by itself."""
    naming = context.naming
    items = []
    for region in filter(context.has_body, context.operation.regions):
        part = naming.argument(region.name)
        terminator = context.passing_on(region)
        ends = (own(naming.function(terminator)),) if terminator is not None else ()
        items.append(tuple_of((own(part), own(f"{part}_arguments"), *ends)))
    return tuple_of(items)


def _further(context: OperationContext) -> dict[str, Expression]:
    """What only operations with regions or successors are built from."""
    operation, naming = context.operation, context.naming
    given: dict[str, Expression] = {}
    if any(map(context.has_body, operation.regions)):
        given["bodies"] = _bodies(context)
    variadic = [r for r in operation.regions if r.constraint.multiplicity is not Multiplicity.ONE]
    if variadic:
        given["counts"] = tuple_of(own(naming.region_count(region.name)[0]) for region in variadic)
    if operation.successors:
        blocks = [(s, own(naming.argument(s.name))) for s in operation.successors]
        given["successors"] = list_of(
            Starred(name) if s.multiplicity is Multiplicity.VARIADIC else name for s, name in blocks
        )
    return given


def build_body(context: OperationContext) -> tuple[Statement, ...]:
    """The statements of an operation's builder."""
    operation, naming = context.operation, context.naming
    verify = own("verify") if context.style.checks_rules else FALSE
    given = (
        own(naming.rules(operation)),
        tuple_of(own(naming.argument(operand.name)) for operand in operation.operands),
        tuple_of(own(naming.argument(attribute.name)) for attribute in operation.attributes),
        _results(context),
        tuple_of((own("loc"), own("ip"), verify)),
    )
    further = _further(context)
    if context.returns_operation:
        return (Return(call(rt("build_operation"), own(naming.operation_class(operation)), *given, **further)),)
    build = rt("build_result" if context.returns_one else "build_results")
    return (Return(call(build, *given, **further)),)
