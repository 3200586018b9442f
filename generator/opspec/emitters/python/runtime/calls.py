"""Calls of builders, checked before they create an operation; of a call like an earlier one nothing again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from operator import attrgetter
from typing import Any

from ..releases import release_in_use
from .caches import PerContext
from .checking import checks_of
from .complaints import raising
from .declarations import Parts
from .host import ir
from .rules import OperationRules
from .surroundings import check_contexts, check_place, current_place
from .symbols import owner_of

__all__ = ["check_call", "infer_types"]

_type_of = attrgetter("type")


class _Calls:
    """The calls of one operation's builder in one release: what was right, and what was inferred."""

    def __init__(self, rules: OperationRules) -> None:
        self.name = rules.name
        self.checks = checks_of(rules)
        self.raise_first = raising(rules.name)
        self.right = PerContext()
        self.inferred = PerContext()


_plain: dict[OperationRules, _Calls] = {}
_varying: dict[tuple[OperationRules, str], _Calls] = {}


def _calls_of(rules: OperationRules) -> _Calls:
    """The calls of an operation's builder in the release in use."""
    if rules.varies:
        key = (rules, release_in_use())
        found = _varying.get(key)
        if found is None:
            found = _varying[key] = _Calls(rules)
        return found
    found = _plain.get(rules)
    if found is None:
        found = _plain[rules] = _Calls(rules)
    return found


def check_call(
    rules: OperationRules,
    operands: Sequence[Any],
    attributes: Mapping[str, Any],
    results: Sequence[ir.Type],
    ip: ir.InsertionPoint | None,
    successors: Sequence[ir.Block] | None,
) -> bool:
    """Raise `ValueError` if an operation must not be created; its attributes are coerced already.

    `ip` is where the operation is created, None for the current insertion point. Of a call like an earlier one, types
    and attributes are not checked again. Returns whether one like it may be taken for right.
    """
    calls = _calls_of(rules)
    types = list(map(_type_of, operands))
    place = current_place() if ip is None else ip
    count = 0 if successors is None else len(successors)
    context, checks, report = ir.Context.current, calls.checks, calls.raise_first
    check_place(calls.name, place, context)
    around = owner_of(place)
    checks.check_parent(around, report)
    meant: list[Any] = []
    function = checks.look_up(attributes, around, report, meant)
    key = (
        function,
        count,
        *meant,
        *types,
        *results,
        *attributes.values(),
        *attributes,
    )
    known = calls.right.of(context)
    if key not in known:
        check_contexts(calls.checks.rules, types, results, attributes, context)
        parts = Parts(attributes, types, results, around, count)
        checks.check_successors(parts, report)
        checks.check_types(parts, function, report)
        if checks.looks_further:
            return False
        known[key] = True
    return not count


def infer_types(
    rules: OperationRules,
    operands: Sequence[Any],
    attributes: Mapping[str, Any],
    place: ir.InsertionPoint | None,
) -> list[ir.Type] | None:
    """The result types that the contract gives an operation that is about to be created.

    None where what they follow from is not in sight; raises `ValueError` where the operation does not fit.
    """
    calls = _calls_of(rules)
    types = list(map(_type_of, operands))
    context, checks, report = ir.Context.current, calls.checks, calls.raise_first
    check_place(calls.name, place, context)
    around = owner_of(place)
    function = checks.look_up(attributes, around, report)
    known = calls.inferred.of(context)
    key = (function, *types, *attributes.values(), *attributes)
    if key not in known:
        check_contexts(calls.checks.rules, types, (), attributes, context)
        parts = Parts(attributes, types, (), around)
        known[key] = checks.result_types(parts, function, report)
    found: list[ir.Type] | None = known[key]
    return found
