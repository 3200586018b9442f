"""Creation of operations, and what a builder returns."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any

from .attributes import flat_symbol_ref
from .calls import check_call, infer_types
from .checking import checks_of
from .complaints import Complaint, complaining, raising
from .declarations import existing
from .detaching import detach
from .errors import (
    foreign,
    gone,
    is_gone,
    nothing_current,
    refused,
    wrong_type,
)
from .host import (
    OpResult,
    Value,
    current_context,
    current_location,
    ir,
    traces_locations,
)
from .region_rules import check_region
from .rules import OperationRules
from .surroundings import check_contexts, check_place, current_place
from .symbols import function_type, owner_of, parent_of, resolve
from .verification import is_verifying

__all__ = [
    "building",
    "check_creation",
    "constant",
    "create",
    "function_in_sight",
    "in_context",
    "infer",
    "results_of",
    "with_results",
]


class _Nothing:
    """A context manager that changes nothing: the current location stays."""

    def __enter__(self) -> None: ...

    def __exit__(self, *_: object) -> None: ...


_NOTHING = _Nothing()


def _current_surroundings() -> ir.Context | None:
    """The context of what is built without a location: that of the current one, which tracebacks can stand in for.

    None where the host has no location for an operation.
    """
    where = current_location()
    if where is not None:
        return where.context
    return current_context() if traces_locations() else None


def building(name: str, loc: ir.Location | None) -> AbstractContextManager[Any]:
    """The surroundings in which the operation `name` is built: `loc` where it is given, else the current location.

    Inside `loc_tracebacks()` there need be neither. Raises `ValueError` where there is no location, or where the
    context would abort the process because it takes no unregistered operations.
    """
    if loc is None:
        context = _current_surroundings()
        if context is None:
            raise nothing_current(
                name,
                "location",
                "loc is not given and there is no current location, accepted is a Location: "
                "pass loc=, or enter a context and a location (`with Context(), Location.unknown():`)",
            )
    elif not isinstance(loc, ir.Location):
        raise wrong_type(name, "loc", loc, "a Location")
    else:
        context = loc.context
    if not context.allow_unregistered_dialects and not context.is_registered_operation(
        name
    ):
        accepted = "a context with `allow_unregistered_dialects = True`"
        complaint = Complaint("the context", "of registered operations only", accepted)
        text = f"the context takes registered operations only, accepted is {accepted}"
        raise complaining(ValueError, name, complaint, text)
    return _NOTHING if loc is None else loc


def check_creation(
    rules: OperationRules,
    results: Sequence[ir.Type] | None,
    operands: Sequence[Value],
    attributes: dict[str, ir.Attribute],
    ip: ir.InsertionPoint | None,
    successors: Sequence[ir.Block] | None,
    *,
    verify: bool,
) -> bool:
    """Refuse an operation that must not be created. Returns whether a call like this one need not be checked again."""
    name = rules.name
    if ip is not None and not isinstance(ip, ir.InsertionPoint):
        raise wrong_type(name, "ip", ip, "an InsertionPoint")
    if successors is not None:
        for index, block in enumerate(successors):
            if not isinstance(block, ir.Block):
                raise wrong_type(name, f"successors[{index}]", block, "a Block")
    if not verify or not is_verifying():
        return False
    if results is not None:
        return check_call(rules, operands, attributes, results, ip, successors)
    context = ir.Context.current
    types = [operand.type for operand in operands]
    check_contexts(rules, types, (), attributes, context)
    check_place(name, current_place() if ip is None else ip, context)
    return True


def create(
    name: str,
    results: Sequence[ir.Type] | None,
    operands: Sequence[Value],
    attributes: dict[str, ir.Attribute],
    loc: ir.Location | None,
    ip: ir.InsertionPoint | None,
    *,
    regions: int = 0,
    successors: Sequence[ir.Block] | None = None,
) -> ir.Operation:
    """The operation, created at the insertion point if there is one. Call it inside `building`.

    Its location is `loc`, or what the host takes where that is None: the current one, or the traceback.
    """
    if results is None:  # the host infers them
        context = ir.Context.current
        if context is None or not context.is_registered_operation(name):
            why = "the host does not know this operation and cannot infer them"
            raise _no_results(name, why)
    inferred = results is None
    try:
        return ir.Operation.create(
            name, results, operands, attributes, successors, regions, loc, ip, inferred
        )
    except (RuntimeError, IndexError) as error:  # there is no such place
        given = f"no place for it ({error})"
        accepted = "an insertion point in a block that exists, before its terminator"
        raise refused(name, "ip", given, accepted) from None


def infer(
    rules: OperationRules,
    operands: Sequence[Value],
    attributes: dict[str, ir.Attribute],
    ip: ir.InsertionPoint | None,
) -> list[ir.Type]:
    """The result types that follow from a function; raises `ValueError` where it is not in sight or does not fit."""
    place = current_place() if ip is None else ip
    types = infer_types(rules, operands, attributes, place)
    if types is None:
        raise _not_inferred(rules)
    return types


def function_in_sight(
    name: str, fn: Any, ip: ir.InsertionPoint | None
) -> ir.TypeAttr | None:
    """The attribute with the type of a function that is given as its operation, or by the name of its symbol.

    None where it is no function, or no symbol table is in sight; a symbol that the table lacks raises `ValueError`.
    """
    if isinstance(fn, (ir.OpView, ir.Operation)):
        if is_gone(fn):
            raise gone(name, "fn")
        if fn.operation.context is not ir.Context.current:
            raise foreign(name, "fn")
        return function_type(fn)
    reference = flat_symbol_ref(fn, name, "fn")
    around = owner_of(current_place() if ip is None else ip)
    found = resolve(reference, "fn", around, raising(name))
    return None if found is None else function_type(found)


def constant(
    type: ir.Type,
    value: ir.Attribute,
    loc: ir.Location | None,
    ip: ir.InsertionPoint | None,
) -> OpResult:
    """The result of an `arith.constant`; call it inside `building`."""
    made = ir.Operation.create(
        "arith.constant", [type], [], {"value": value}, None, 0, loc, ip
    )
    return made.results[0]


def _not_inferred(rules: OperationRules) -> ValueError:
    assert rules.contract is not None, "asked only where there is a contract"
    why = f"they follow from {rules.contract.callee}, which is not in sight here"
    return _no_results(rules.name, why)


def _no_results(name: str, why: str) -> ValueError:
    accepted = f"a Type or a sequence of types: {why}"
    return refused(name, "results", "not given", accepted)


def with_results(operation: ir.Operation, rules: OperationRules) -> ir.Operation:
    """The operation again, with the results that follow from its region, which has been built by now.

    The region's blocks move over; the operation without results is erased, also where it does not fit (`ValueError`).
    """
    parts = existing(operation, parent_of(operation))
    try:
        report = raising(rules.name)
        for rule in rules.regions:
            region: Any = operation.regions[rule.index]
            if len(list(region.blocks)):  # else the results are what is missed
                check_region(rule, region, report)
        checks = checks_of(rules)
        function = checks.look_up(parts.attributes, parts.around, report)
        types = checks.result_types(parts, function, report)
        if types is None:
            raise _not_inferred(rules)
        made = ir.Operation.create(
            rules.name,
            types,
            list(operation.operands),
            dict(parts.attributes.items()),
            None,
            len(operation.regions),
            operation.location,
            ir.InsertionPoint(operation),
        )
        for source, target in zip(operation.regions, made.regions, strict=True):
            for block in list(source.blocks):
                block.append_to(target)
    finally:
        detach(operation)
    return made


def results_of(operation: ir.Operation) -> Any:
    """The one result; the list of several; or the operation itself where there are none."""
    results = operation.results
    if len(results) == 1:
        return results[0]
    return results if len(results) else operation.opview


def in_context(name: str, context: ir.Context | None) -> AbstractContextManager[Any]:
    """The given context, or nothing where there is a current one.

    Raises `ValueError` where there is neither.
    """
    if context is None:
        if current_context() is None:
            raise nothing_current(
                name,
                "context",
                "context is not given and there is no current one, accepted is a "
                "Context: pass context=, or enter one (`with Context():`)",
            )
        return _NOTHING
    if not isinstance(context, ir.Context):
        raise wrong_type(name, "context", context, "a Context")
    return context
