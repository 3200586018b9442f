"""From the arguments of a generated builder to its operation, by the facts in the operation's rules.

A builder passes its operands, its attributes and its result types in the order in which the rules declare them. What
these are called in messages, what they default to and what they become is in the rules alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias, TypeVar

from .._release_table import OPERATIONS
from ..releases import check_released
from .creation import (
    building,
    check_creation,
    create,
    infer,
    results_of,
    with_results,
)
from .declarations import ONE, AttributeRule
from .host import OpResult, Value, ir
from .parts import in_use
from .regions import build_region
from .released import set_released
from .repeating import keep
from .rules import OperationRules
from .sizes import READERS, check_sizes, given_types, in_one, sizes_of
from .values import (
    Results,
    count,
    result_type,
    result_types,
)
from .views import stand_for, taken, wanted

__all__ = [
    "build_operation",
    "build_result",
    "build_results",
]

_V = TypeVar("_V", bound="ir.OpView")

Bodies: TypeAlias = "tuple[tuple[Any, ...], ...]"
Counts: TypeAlias = "tuple[object, ...]"
Successors: TypeAlias = "Sequence[ir.Block] | None"

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
        "only_result",
        "operands",
        "regions",
        "rules",
        "sources",
        "wanted",
    )

    def __init__(self, rules: OperationRules) -> None:
        self.rules = rules
        self.is_partial = rules.name in OPERATIONS
        self.operands = [
            (_called(rule), READERS[rule.multiplicity]) for rule in rules.operands
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


_plans: dict[OperationRules, _Plan] = {}


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
    bodies: Bodies = (),
    counts: Counts = (),
    successors: Successors = None,
) -> OpResult:
    """Build an operation with one result; returns it. The arguments are those of `_build`."""
    if not counts and successors is None and (not bodies or _are_empty(bodies)):
        made = rules.memory.first(operands, attributes, results, place)
        if made is not None:
            return made  # type: ignore[no-any-return]
    return _build(None, rules, operands, attributes, results, place, bodies, counts, successors)  # type: ignore[no-any-return]


def build_results(
    rules: OperationRules,
    operands: tuple[Any, ...],
    attributes: tuple[Any, ...],
    results: Any,
    place: Place,
    bodies: Bodies = (),
    counts: Counts = (),
    successors: Successors = None,
) -> Results:
    """Build an operation; returns its one result, or a list of several. The arguments are those of `_build`."""
    if not counts and successors is None and (not bodies or _are_empty(bodies)):
        made = rules.memory.first(operands, attributes, results, place)
        if made is not None:
            return made
    return _build(
        None, rules, operands, attributes, results, place, bodies, counts, successors
    )


def build_operation(
    cls: type[_V],
    rules: OperationRules,
    operands: tuple[Any, ...],
    attributes: tuple[Any, ...],
    results: Any,
    place: Place,
    bodies: Bodies = (),
    counts: Counts = (),
    successors: Successors = None,
) -> _V:
    """Build an operation without results; returns it as its class. The other arguments are those of `_build`."""
    if not counts and successors is None and (not bodies or _are_empty(bodies)):
        made = rules.memory.first(operands, attributes, results, place)
        if made is not None:
            return made  # type: ignore[no-any-return]
    return _build(cls, rules, operands, attributes, results, place, bodies, counts, successors)  # type: ignore[no-any-return]


def _are_empty(bodies: Bodies) -> bool:
    """Whether nothing is built in any region."""
    for body in bodies:
        if body[0] is not None or body[1] != ():
            break
    else:
        return True
    return False


def _build(
    cls: type[ir.OpView] | None,
    rules: OperationRules,
    operands: tuple[Any, ...],
    attributes: tuple[Any, ...],
    results: Any,
    place: Place,
    bodies: Bodies,
    counts: Counts,
    successors: Successors,
) -> Any:
    """What a call of a builder returns.

    Args:
        cls: The class of what is returned where that is the operation; None where it is its results.
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
    is_empty = not counts and successors is None and _are_empty(bodies)
    if is_empty:
        known = rules.memory.repeat(operands, attributes, results, place)
        if known is not None:
            return known
    view = wanted()
    if view is not None:
        view = taken(view, rules)
    given, further = (operands, attributes, results), (bodies, counts, successors)
    operation, made, is_right = _created(rules, given, place, *further)
    if made is not None and is_empty and rules.memory.is_worth_keeping():
        keep(rules, cls, given, operation, made, is_right)
    if view is None and cls is not None:
        view = cls.__new__(cls)
    return results_of(operation) if view is None else stand_for(view, operation)


def _created(
    rules: OperationRules,
    given: tuple[tuple[Any, ...], tuple[Any, ...], Any],
    place: Place,
    bodies: Bodies,
    counts: Counts,
    successors: Successors,
) -> tuple[ir.Operation, dict[str, ir.Attribute] | None, bool]:
    """The operation of a call, its attributes, None where they do not make it alone, and whether it was checked."""
    operands, attributes, results = given
    if rules.varies_in_parts:
        rules, operands, results, (bodies, counts) = in_use(
            rules, operands, results, (bodies, counts)
        )
    plan = _plans.get(rules)
    if plan is None:
        plan = _plans[rules] = _Plan(rules)
    loc, ip, verify = place
    name = rules.name
    with building(name, loc):
        if plan.is_partial:
            check_released(name)
        made: dict[str, ir.Attribute] = {}
        parts: list[Any] = []
        for (parameter, read), part in zip(plan.operands, operands, strict=True):
            parts.append(read(part, name, parameter))
        if plan.keeps_groups:
            _count_operands(plan, parts, made, verify)
        values = parts if plan.is_flat else in_one(parts)
        if attributes:
            _attributes(plan, attributes, made)
        types: list[ir.Type] | None
        if plan.only_result:
            types = [result_type(results[0], name, plan.only_result)]
        elif plan.each_result:
            types = given_types(rules, results, made, verify)
        elif results is None:
            types = _followed(plan, values, parts, made, ip)
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
            rules, types, values, made, ip, successors, verify=verify
        )
        operation = create(
            name,
            types,
            values,
            made,
            loc,
            ip,
            regions=number,
            successors=successors,
        )
        if bodies:
            _fill(rules, operation, bodies, verify)
        if is_open:
            return with_results(operation, rules), None, False
        return operation, made, is_right


def _count_operands(
    plan: _Plan, parts: list[Any], attributes: dict[str, ir.Attribute], verify: bool
) -> None:
    """Write the sizes of operands where an attribute holds them; else refuse those that differ in number."""
    rules = plan.rules
    if rules.operand_sizes:
        attributes[rules.operand_sizes] = sizes_of(parts)
    elif verify:
        check_sizes(rules.name, "value", [name for name, _ in plan.operands], parts)


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
