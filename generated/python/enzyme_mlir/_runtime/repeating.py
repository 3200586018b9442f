"""Calls of builders that are like an earlier one: what was made of its arguments is taken again.

Two calls are alike where they give the same or equal attributes, or lists of them, and equal result types. Where the
rules are checked, or results follow, the operands have equal types too, and what is around the operation is looked at
anew: the place and its context, the operation that it stands in, the functions that its symbols mean, and their types.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .checking import checks_of
from .comparing import Form, Kept, form_of, function_for, leaves, promote
from .complaints import raising
from .host import ir
from .rules import OperationRules
from .series import OPEN
from .sizes import in_one
from .symbol_tables import watching_symbols

__all__ = ["keep"]

_OUTCOMES = {0: "opview", 1: "result"}

_FAILURES = (AttributeError, LookupError, RuntimeError, TypeError, ValueError)


def keep(
    rules: OperationRules,
    cls: type[ir.OpView] | None,
    given: tuple[tuple[Any, ...], tuple[Any, ...], Any],
    operation: ir.Operation,
    attributes: dict[str, ir.Attribute],
    is_right: bool,
) -> None:
    """Keep a call of a builder, if nothing of what it was given can change.

    Args:
        rules: What the operation is.
        cls: The class of what the builder returned where that is the operation.
        given: The operands, the attributes and the result types of the call.
        operation: What came out of it.
        attributes: The attributes that were made for it.
        is_right: Whether it was checked, as far as its rules can be.
    """
    context = ir.Context.current
    operands, *others = given
    is_inferred = others[1] is None
    groups = tuple(map(_size, operands))
    forms = tuple(map(form_of, others[0]))
    results = form_of(others[1])
    if context is None or -2 in groups or None in forms or results is None:
        return
    if is_inferred and not is_right and rules.contract is not None:
        return
    holds: Callable[[Any], bool] | None = None
    if is_right and (rules.symbols or rules.parents):
        try:
            holds = _watching(rules, attributes, operation.parent)
        except _FAILURES:
            return  # it stands nowhere
    count, regions = len(operation.results), len(operation.regions)
    form = Form(
        operands=groups,
        attributes=forms,
        results=results,
        is_right=is_right,
        is_inferred=is_inferred,
        is_left_to_host=is_inferred
        and not is_right
        and _host_infers(operation, attributes),
        is_registered=context.is_registered_operation(rules.name),
        looks_around=holds is not None,
        has_regions=bool(regions),
        is_quick=False,
        outcome="view" if cls is not None else _OUTCOMES.get(count, "results"),
    )
    kept = Kept(
        form=form,
        name=rules.name,
        leaves=tuple(leaves(others)),
        operand_types=tuple(value.type for value in operation.operands),
        result_types=[result.type for result in operation.results],
        attributes=attributes,
        context=context,
        holds=holds,
        regions=regions,
        rules=rules,
        cls=cls,
    )
    again = function_for(kept)
    if again is not None:
        rules.memory.keep(context, again)
    if OPEN.count:
        promote(kept, in_one([part for part in operands if part is not None]))


def _host_infers(operation: ir.Operation, attributes: dict[str, ir.Attribute]) -> bool:
    """Whether the host finds the same result types by itself."""
    if not operation.context.is_registered_operation(operation.name):
        return False
    wanted = [result.type for result in operation.results]
    try:
        made = ir.Operation.create(
            operation.name,
            None,
            list(operation.operands),
            attributes,
            None,
            len(operation.regions),
            operation.location,
            ir.InsertionPoint(operation),
            True,
        )
    except (RuntimeError, TypeError, ValueError):
        return False
    found = [result.type for result in made.results]
    made.erase()
    return found == wanted


def _size(given: Any) -> int | None:
    """How many values a list has, -1 for None; None for a value, -2 for anything else."""
    if given.__class__ is list or given.__class__ is tuple:
        return len(given)
    if given is None:
        return -1
    return None if isinstance(given, ir.Value) else -2


def _watching(
    rules: OperationRules, attributes: dict[str, ir.Attribute], around: Any
) -> Callable[[Any], bool]:
    """Whether the same is found from inside another operation as from inside `around`; raises where that is nothing."""
    checks = checks_of(rules)
    symbols = [attributes[name] for name in rules.symbols if name in attributes]
    flat = [each for each in symbols if isinstance(each, ir.FlatSymbolRefAttr)]
    if len(flat) == len(symbols) and not rules.parents:
        watching = watching_symbols([each.value for each in flat], around)
        if watching is not None:
            return watching
    report = raising(rules.name)
    wanted = checks.look_around(attributes, around, report)

    def holds(around: Any) -> bool:
        try:
            return checks.look_around(attributes, around, report) == wanted
        except _FAILURES:
            return False  # the long way says why

    return holds
