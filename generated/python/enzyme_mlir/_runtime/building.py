"""From the arguments of a generated builder to its operation, by the facts in the operation's rules.

A builder passes its operands, its attributes and its result types in the order in which the rules declare them. What
these are called in messages, what they default to and what they become is in the rules alone.
"""

from __future__ import annotations

import atexit
from collections.abc import Sequence
from typing import Any, TypeAlias, TypeVar

from .._release_table import OPERATIONS
from ..releases import check_released
from .caches import keep_in_forks
from .creation import (
    building,
    check_creation,
    create,
    infer,
    result_of,
    results_of,
    view_of,
    with_results,
)
from .declarations import ONE, OPTIONAL, VARIADIC, AttributeRule, equally_many
from .host import OpResult, Value, ir
from .regions import build_region
from .released import set_released
from .repeating import Repetition, can_repeat
from .rules import OperationRules
from .values import (
    Results,
    count,
    optional_type,
    optional_value,
    result_type,
    result_types,
    value,
    values,
)

__all__ = [
    "build_operation",
    "build_result",
    "build_results",
]

_V = TypeVar("_V", bound="ir.OpView")

Place: TypeAlias = "tuple[ir.Location | None, ir.InsertionPoint | None, bool]"
"""Location and insertion point of an operation, None for the current ones; and whether its rules are checked."""


class _Plan:
    """How the arguments of a builder become an operation: what the rules say, in the form that a call needs."""

    __slots__ = (
        "attributes",
        "each_result",
        "follows_from_region",
        "has_none",
        "is_flat",
        "is_partial",
        "keeps_groups",
        "last",
        "only_result",
        "operands",
        "regions",
        "rules",
        "sources",
        "wanted",
    )

    def __init__(self, rules: OperationRules) -> None:
        self.rules = rules
        self.last: Repetition | None = None
        self.is_partial = rules.name in OPERATIONS
        self.operands = [
            (_called(rule), _READERS[rule.multiplicity]) for rule in rules.operands
        ]
        several = sum(rule.multiplicity != ONE for rule in rules.operands)
        self.is_flat = not several
        self.keeps_groups = bool(rules.operand_sizes) or several > 1
        called = {rule.name: _called(rule) for rule in rules.operands}
        self.sources = [
            (list(called).index(source.operand), source.of, called[source.operand])
            for source in rules.sources or ()
        ]
        # Those that have to be there first, by name: so the IR lists them.
        order = sorted(
            enumerate(rules.attributes),
            key=lambda pair: (0, pair[1].name) if _is_demanded(pair[1]) else (1, ""),
        )
        self.attributes = [
            (index, rule, rule.name, rule.coerce, _called(rule), _is_demanded(rule))
            for index, rule in order
        ]
        declared = rules.results
        self.has_none = not declared
        self.each_result = bool(declared and declared[0].parameter)
        is_only = len(declared) == 1 and declared[0].multiplicity == ONE
        self.only_result = declared[0].parameter if is_only else ""
        is_fixed = declared and all(rule.multiplicity == ONE for rule in declared)
        self.wanted = len(declared) if is_fixed else None
        self.regions = len(rules.regions)
        self.follows_from_region = rules.follows_from_region


_READERS = {ONE: value, OPTIONAL: optional_value, VARIADIC: values}
_plans: dict[OperationRules, _Plan] = {}


def _forget() -> list[Any]:
    """Let go of the last calls, and return them."""
    found = [plan.last for plan in _plans.values()]
    for plan in _plans.values():
        plan.last = None
    return found


atexit.register(_forget)
keep_in_forks(_forget)


def _called(rule: Any) -> str:
    """What builders call a part."""
    return rule.parameter or rule.name  # type: ignore[no-any-return]


def _is_demanded(rule: AttributeRule) -> bool:
    """Whether every call gives the attribute."""
    return rule.required and rule.releases is None


def build_result(
    rules: OperationRules,
    operands: tuple[Any, ...],
    attributes: tuple[Any, ...],
    results: Any,
    place: Place,
    **regions: Any,
) -> OpResult:
    """Build an operation with one result; returns it. The arguments are those of `_build`."""
    return result_of(_build(rules, operands, attributes, results, place, **regions))


def build_results(
    rules: OperationRules,
    operands: tuple[Any, ...],
    attributes: tuple[Any, ...],
    results: Any,
    place: Place,
    **regions: Any,
) -> Results:
    """Build an operation; returns its one result, or a list of several. The arguments are those of `_build`."""
    return results_of(_build(rules, operands, attributes, results, place, **regions))


def build_operation(
    cls: type[_V],
    rules: OperationRules,
    operands: tuple[Any, ...],
    attributes: tuple[Any, ...],
    results: Any,
    place: Place,
    **regions: Any,
) -> _V:
    """Build an operation without results; returns it as its class. The other arguments are those of `_build`."""
    return view_of(_build(rules, operands, attributes, results, place, **regions), cls)


def _build(
    rules: OperationRules,
    operands: tuple[Any, ...],
    attributes: tuple[Any, ...],
    results: Any,
    place: Place,
    bodies: tuple[tuple[Any, ...], ...] = (),
    counts: tuple[object, ...] = (),
    successors: Sequence[ir.Block] | None = None,
) -> ir.Operation:
    """The operation that a call of a builder stands for.

    Args:
        rules: What the operation is.
        operands: A value, a sequence of values or None for each declared operand.
        attributes: What is given for each declared attribute.
        results: A tuple with the types of each declared result where the rules name a parameter for each; else types in
            one, or None where they follow from other arguments.
        place: The location and the insertion point, None for the current ones, and whether the rules are checked.
        bodies: For each region that is there once, what builds its block and the types of the block's arguments, and
            the builder of the operation that passes the body's values on, where there is one.
        counts: For each variadic region, how many there are.
        successors: The successors.
    """
    loc, ip, verify = place
    name = rules.name
    plan = _plans.get(rules)
    if plan is None:
        plan = _plans[rules] = _Plan(rules)
    is_plain = not bodies and not counts and successors is None
    last = plan.last
    if is_plain and last is not None:
        again = last.again(operands, attributes, results, loc, ip, verify)
        if again is not None:
            return again
    with building(name, loc):
        if plan.is_partial:
            check_released(name)
        made: dict[str, ir.Attribute] = {}
        parts: list[Any] = []
        for (parameter, read), part in zip(plan.operands, operands, strict=True):
            parts.append(read(part, name, parameter))
        if plan.keeps_groups:
            _count_operands(plan, parts, made, verify)
        given = parts if plan.is_flat else _together(parts)
        if attributes:
            _attributes(plan, attributes, made)
        types: list[ir.Type] | None
        if plan.only_result:
            types = [result_type(results[0], name, plan.only_result)]
        elif plan.each_result:
            types = _given_types(rules, results, made, verify)
        elif results is None:
            types = _followed(plan, given, parts, made, ip)
        elif plan.has_none and results == ():
            types = []
        else:
            types = result_types(results, name, "results", plan.wanted)
        number = plan.regions
        if counts:
            number += _counted(rules, counts) - len(counts)
        # Results that follow from a region come when the region is there.
        is_open = results is None and plan.follows_from_region
        verify = verify and not is_open
        is_right = check_creation(
            rules, types, given, made, ip, successors, verify=verify
        )
        operation = create(
            name,
            types,
            given,
            made,
            loc,
            ip,
            regions=number,
            successors=successors,
        )
        if is_plain and types is not None and can_repeat((*attributes, results)):
            plan.last = Repetition(
                name=name,
                operands=rules.operands,
                attributes=attributes,
                results=results,
                made=made,
                types=types,
                values=given,
                groups=[len(part) if part.__class__ is list else 1 for part in parts],
                regions=number,
                block=operation.block if is_right else None,
            )
        if bodies:
            _fill(rules, operation, bodies, verify)
        return with_results(operation, rules) if is_open else operation


def _together(parts: list[Any]) -> list[Any]:
    """The values of all parts in one list, e.g. `[x, [y, z]]` gives `[x, y, z]`."""
    found: list[Any] = []
    for part in parts:
        if part.__class__ is list:
            found += part
        else:
            found.append(part)
    return found


def _count_operands(
    plan: _Plan, parts: list[Any], attributes: dict[str, ir.Attribute], verify: bool
) -> None:
    """Write the sizes of operands where an attribute holds them; else refuse those that differ in number."""
    rules = plan.rules
    if rules.operand_sizes:
        attributes[rules.operand_sizes] = _sizes(parts)
    elif verify:
        _check_sizes(rules.name, "value", [name for name, _ in plan.operands], parts)


def _sizes(parts: list[Any]) -> ir.Attribute:
    """The attribute that says how many values belong to each declared part."""
    sizes = [len(part) if isinstance(part, list) else 1 for part in parts]
    return ir.DenseI32ArrayAttr.get(sizes)


def _check_sizes(name: str, what: str, called: list[str], parts: list[Any]) -> None:
    """Refuse parts of a variable size that differ in number, where nothing holds their sizes."""
    variable = {
        parameter: part
        for parameter, part in zip(called, parts, strict=True)
        if isinstance(part, list)
    }
    if len(variable) > 1:
        equally_many(name, what, variable)


def _attributes(
    plan: _Plan, given: tuple[Any, ...], made: dict[str, ir.Attribute]
) -> None:
    """Write the attributes: those that have to be there, then those that differ from what holds without them."""
    name = plan.rules.name
    for index, rule, key, coerce, parameter, is_demanded in plan.attributes:
        part = given[index]
        if not is_demanded:
            if rule.releases is not None:
                set_released(made, name, rule, part)
                continue
            default = rule.default
            # True equals 1, and 1.0 equals 1: neither is the default.
            if part is default or (
                part.__class__ is default.__class__ and part == default
            ):
                continue
        attribute = coerce(part, name, parameter)
        if attribute is not None:
            made[key] = attribute


def _followed(
    plan: _Plan,
    operands: list[Value],
    parts: list[Any],
    attributes: dict[str, ir.Attribute],
    ip: ir.InsertionPoint | None,
) -> list[ir.Type] | None:
    """The types of results that nobody gave; None where the host infers them."""
    rules = plan.rules
    if plan.sources:
        return [of(parts[i], rules.name, called) for i, of, called in plan.sources]
    if rules.sources is not None:
        return None
    if plan.follows_from_region:
        return []
    if rules.contract is not None:
        return infer(rules, operands, attributes, ip)
    return result_types(None, rules.name, "results", plan.wanted)


_TYPE_READERS = {ONE: result_type, OPTIONAL: optional_type, VARIADIC: result_types}


def _given_types(
    rules: OperationRules,
    results: tuple[Any, ...],
    attributes: dict[str, ir.Attribute],
    verify: bool,
) -> list[ir.Type]:
    """The types of the results, of which each has a parameter; `attributes` takes their sizes where it holds them."""
    parts: list[Any] = [
        _TYPE_READERS[rule.multiplicity](part, rules.name, rule.parameter)
        for rule, part in zip(rules.results, results, strict=True)
    ]
    if rules.result_sizes:
        attributes[rules.result_sizes] = _sizes(parts)
    elif verify and len(parts) > 1:
        called = [rule.parameter for rule in rules.results]
        _check_sizes(rules.name, "type", called, parts)
    return _together(parts)


def _counted(rules: OperationRules, counts: tuple[object, ...]) -> int:
    """How many regions the variadic ones stand for."""
    variadic = [rule for rule in rules.regions if rule.is_variadic]
    return sum(
        count(wanted, rules.name, _called(rule))
        for rule, wanted in zip(variadic, counts, strict=True)
    )


def _fill(
    rules: OperationRules,
    operation: ir.Operation,
    bodies: tuple[tuple[Any, ...], ...],
    verify: bool,
) -> None:
    """Build the bodies of the regions that are there once."""
    single = [rule for rule in rules.regions if not rule.is_variadic]
    for rule, (body, arguments, *terminator) in zip(single, bodies, strict=True):
        build_region(
            operation,
            rule.index,
            _called(rule),
            body,
            arguments,
            *terminator,
            rules=rules,
            verify=verify,
        )
