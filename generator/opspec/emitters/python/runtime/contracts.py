# The host's stubs leave some type arguments open, and these files check what users pass.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnnecessaryIsInstance=false

"""Contracts: how operands and results follow from a function and from the activities of its arguments and results.

A contract is a table. For each activity it says which values one argument (or result) of the function adds to the
operands of the operation, and which to its results. Operands come in the order of the arguments, then of the results;
results in the order of the results, then of the arguments, then of the pairs of both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from .caches import ContextCache
from .host import ir
from .types import ANY, TypeRule

__all__ = [
    "Callee",
    "Contract",
    "ContractRule",
    "Flow",
    "Report",
    "Slot",
    "Slots",
    "case_of_definition",
    "case_of_number",
]

Report: TypeAlias = Callable[[str, str, str], None]
"""Takes a finding: the parameter, what was given, what is accepted."""


@dataclass(frozen=True, slots=True)
class Flow:
    """What one argument or result of the function adds: roles among the operands, roles among the results.

    `accepts` says for which types of the argument or result that is possible.
    """

    operands: tuple[str, ...]
    results: tuple[str, ...]
    accepts: TypeRule = ANY


@dataclass(frozen=True, slots=True)
class Callee:
    """The function that an operation is about: the types of its arguments and results."""

    inputs: tuple[ir.Type, ...]
    results: tuple[ir.Type, ...]


@dataclass(frozen=True, slots=True)
class Slot:
    """One expected operand or result: its role, what it belongs to, its type where that is known.

    `source` is `argument` or `result`, and `key` its index; or `pair`, and `key` the index of the result and of the
    argument.
    """

    role: str
    source: str
    key: Any
    type: Any

    def __str__(self) -> str:
        """Words for messages, e.g. `shadow of argument 0 (f64)`."""
        typed = "" if self.type is None else f" ({self.type})"
        if self.source == "pair":
            return (
                f"{self.role} of result {self.key[0]} by argument {self.key[1]}{typed}"
            )
        return f"{self.role} of {self.source} {self.key}{typed}"


@dataclass(frozen=True, slots=True)
class Slots:
    """All operands and all results that are expected, in order."""

    operands: tuple[Slot, ...]
    results: tuple[Slot, ...]


def _listed(slots: Sequence[Slot]) -> str:
    count = f"{len(slots)} value{'s' * (len(slots) != 1)}"
    return f"{count}: {', '.join(map(str, slots))}" if slots else "no values"


def widened(given: ir.Type, prefix: Sequence[int]) -> ir.Type | None:
    """The type with dimensions in front: `f64` and `[2]` give `tensor<2xf64>`; None where there is no such type."""
    if not prefix:
        return given
    if isinstance(given, ir.RankedTensorType):
        return ir.RankedTensorType.get([*prefix, *given.shape], given.element_type)
    if isinstance(given, ir.ShapedType):
        return None
    return _tensor(prefix, given)


def _tensor(shape: Sequence[int], element: ir.Type) -> ir.Type | None:
    with element.context, ir.Location.unknown():
        try:
            return ir.RankedTensorType.get(list(shape), element)
        except Exception:  # not an element of tensors; hosts raise errors of their own
            return None


def product(result: ir.Type, argument: ir.Type) -> ir.Type | None:
    """The type of the derivative of a result by an argument: the result's shape, then the argument's."""
    shapes: list[int] = []
    for given in (result, argument):
        if isinstance(given, ir.RankedTensorType):
            shapes += given.shape
    element = result.element_type if isinstance(result, ir.RankedTensorType) else result
    return _tensor(shapes, element) if shapes else result


@dataclass(frozen=True, slots=True)
class ContractRule:
    """A rule that several operations keep.

    `roles` says of each role how its type follows: `same`, `widened`, or `product`. `arguments` and `returns` hold what
    an argument or a result of the function adds, for each activity; under `""` where there are none. `pairs` are roles
    among the results for each pair of a result and an argument.
    """

    roles: Mapping[str, str]
    arguments: Mapping[str, Flow]
    returns: Mapping[str, Flow]
    pairs: tuple[str, ...] = ()


def case_of_definition(cls: Any, parameter: str) -> Callable[[ir.Attribute], str]:
    """Reads the text of the enum case that an attribute of this class holds as a parameter."""
    return lambda attribute: getattr(cls(attribute), parameter).text


def case_of_number(cases: Any) -> Callable[[ir.Attribute], str]:
    """Reads the text of the enum case whose number an attribute is."""
    return lambda attribute: cases(ir.IntegerAttr(attribute).value).text


class Contract:
    """The contract of an operation."""

    def __init__(
        self,
        rule: ContractRule,
        *,
        operands: str,
        results: str,
        callee: str,
        activity: str = "",
        ret_activity: str = "",
        width: str = "",
        case: Callable[[ir.Attribute], str] = str,
    ) -> None:
        """A rule, and the parts of the operation that it speaks of.

        Args:
            rule: The rule.
            operands: The operands, by name.
            results: The results, by name.
            callee: The symbol attribute, or the region, that holds the function.
            activity: The attribute with one activity for each argument, empty where there is none.
            ret_activity: The attribute with one activity for each result.
            width: The attribute whose value stands in front of the shapes of widened values.
            case: Gives the text of the activity that an attribute holds.
        """
        self.operands = operands
        self.results = results
        self.callee = callee
        self._activity = activity
        self._ret_activity = ret_activity
        self._width = width
        self._roles = rule.roles
        self._arguments = rule.arguments
        self._returns = rule.returns
        self._pairs = rule.pairs
        self._cases = ContextCache(
            lambda attribute: tuple(case(item) for item in attribute)
        )

    def check(
        self,
        attributes: Mapping[str, Any],
        operands: Sequence[ir.Type],
        results: Sequence[ir.Type] | None,
        callee: Callee | None,
        report: Report,
    ) -> Slots | None:
        """Report what is wrong with the types of an operation's operands and results.

        Args:
            attributes: The operation's attributes.
            operands: Types of the operands.
            results: Types of the results, None where they shall be inferred.
            callee: The function, where it is in sight.
            report: Takes each finding.

        Returns:
            What is expected, with every type that is known; None where that could not be found out.
        """
        prefix = self._prefix(attributes, report)
        inputs = self._known_types(callee and callee.inputs, self._arguments, operands)
        outputs = self._known_types(callee and callee.results, self._returns, results)
        taken = self._side(
            _Side("argument", self._activity, self._arguments),
            attributes,
            inputs,
            report,
        )
        given = self._side(
            _Side("result", self._ret_activity, self._returns),
            attributes,
            outputs,
            report,
        )
        if taken is None or given is None or prefix is None:
            return None
        if prefix and not self._widens(taken, given, prefix, report):
            return None
        slots = self._slots(taken, given, prefix)
        if len(operands) == len(slots.operands) and callee is None:
            _deduce(slots.operands, operands, taken, given, self._roles, prefix)
            slots = self._slots(taken, given, prefix)
        _compare(self.operands, operands, slots.operands, report)
        if results is not None:
            _compare(self.results, results, slots.results, report)
        return slots

    def locate(
        self, attributes: Mapping[str, Any], operands: int, results: int
    ) -> Slots | None:
        """Which role each of so many operands and results has; None where their numbers do not fit the contract."""
        slots = self.check(
            attributes, [None] * operands, [None] * results, None, _silent
        )
        if slots is None or len(slots.operands) != operands:
            return None
        return slots if len(slots.results) == results else None

    def inputs(
        self, attributes: Mapping[str, Any], operands: Sequence[ir.Type]
    ) -> list[ir.Type]:
        """The types of the function's arguments, as the operands give them; none where they do not."""
        slots = self.check(attributes, operands, None, None, _silent)
        if slots is None or len(slots.operands) != len(operands):
            return []
        found = {
            slot.key: given
            for slot, given in zip(slots.operands, operands, strict=True)
            if slot.source == "argument" and self._roles[slot.role] == "same"
        }
        return [found[index] for index in sorted(found)]

    def _known_types(
        self,
        types: Sequence[ir.Type] | None,
        flows: Mapping[str, Flow],
        values: Sequence[Any] | None,
    ) -> Sequence[Any] | None:
        """The types of arguments or results; as many unknown ones as there are values where each adds just one."""
        if types is not None or values is None or "" not in flows or self._activity:
            return types
        flow = flows[""]
        adds = len(flow.operands) + len(flow.results)
        return [None] * len(values) if adds == 1 else None

    def _prefix(
        self, attributes: Mapping[str, Any], report: Report
    ) -> list[int] | None:
        """The dimensions in front of widened values; None where they are wrong."""
        if not self._width or self._width not in attributes:
            return []
        attribute = attributes[self._width]
        if isinstance(attribute, ir.IntegerAttr):
            width = attribute.value
            if width < 1:
                report(self._width, str(width), "at least 1")
                return None
            return [] if width == 1 else [width]
        prefix = list(attribute)
        if any(extent < 0 for extent in prefix):
            report(self._width, str(prefix), "extents that are not negative")
            return None
        return prefix

    def _side(
        self,
        side: _Side,
        attributes: Mapping[str, Any],
        types: Sequence[ir.Type] | None,
        report: Report,
    ) -> _Values | None:
        """The arguments, or the results, of the function, with what each adds; None where that is wrong."""
        if not side.attribute:
            if types is None:
                return None
            return _Values([side.flows[""]] * len(types), list(types))
        if side.attribute not in attributes:
            return None
        cases = self._cases(attributes[side.attribute])
        if types is not None and len(types) != len(cases):
            accepted = f"{len(types)}, one for each {side.source} of the function"
            report(side.attribute, f"{len(cases)} entries", accepted)
            return None
        values = _Values([], list(types or [None] * len(cases)))
        for index, (case, given) in enumerate(zip(cases, values.types, strict=True)):
            flow = side.flows.get(case, side.flows.get(""))
            place = f"{side.attribute}[{index}]"
            if flow is None:
                report(place, case, f"one of {', '.join(side.flows)} here")
                return None
            if given is not None and not flow.accepts.accepts(given):
                what = f"{case} for the {side.source} {index} of type {given}"
                report(place, what, f"{case} for {flow.accepts.words} only")
                return None
            values.flows.append(flow)
        return values

    def _widens(
        self, taken: _Values, given: _Values, prefix: list[int], report: Report
    ) -> bool:
        """Report values that need a form with more dimensions and have none, such as memrefs."""
        missing = False
        for source, values in (("argument", taken), ("result", given)):
            for index, (flow, of) in enumerate(
                zip(values.flows, values.types, strict=True)
            ):
                roles = [*flow.operands, *flow.results]
                needed = any(self._roles[role] == "widened" for role in roles)
                if needed and of is not None and widened(of, prefix) is None:
                    what = f"{prefix} with the {source} {index} of type {of}"
                    accepted = "extents only for scalars and ranked tensors"
                    report(self._width, what, accepted)
                    missing = True
        return not missing

    def _slots(self, taken: _Values, given: _Values, prefix: list[int]) -> Slots:
        """What is expected, by the order of contracts."""
        operands: list[Slot] = []
        results: list[Slot] = []
        for source, values in (("argument", taken), ("result", given)):
            for index, (flow, of) in enumerate(
                zip(values.flows, values.types, strict=True)
            ):
                operands += [
                    self._slot(role, source, index, of, prefix)
                    for role in flow.operands
                ]
        for source, values in (("result", given), ("argument", taken)):
            for index, (flow, of) in enumerate(
                zip(values.flows, values.types, strict=True)
            ):
                results += [
                    self._slot(role, source, index, of, prefix) for role in flow.results
                ]
        for role in self._pairs:
            for row, result in enumerate(given.types):
                for column, argument in enumerate(taken.types):
                    known = result is not None and argument is not None
                    of = product(result, argument) if known else None
                    results.append(Slot(role, "pair", (row, column), of))
        return Slots(tuple(operands), tuple(results))

    def _slot(
        self, role: str, source: str, index: int, of: Any, prefix: list[int]
    ) -> Slot:
        is_widened = of is not None and self._roles[role] == "widened"
        return Slot(role, source, index, widened(of, prefix) if is_widened else of)


@dataclass(frozen=True, slots=True)
class _Side:
    """The arguments or the results of the function: what one is called, its activities, its flows."""

    source: str
    attribute: str
    flows: Mapping[str, Flow]


@dataclass(frozen=True, slots=True)
class _Values:
    """The flow and the type of each argument or result; a type is None where it is not known."""

    flows: list[Flow]
    types: list[Any]


def _silent(parameter: str, given: str, accepted: str) -> None:
    """Takes a finding that somebody else will report."""


def _deduce(
    slots: Sequence[Slot],
    operands: Sequence[ir.Type],
    taken: _Values,
    given: _Values,
    roles: Mapping[str, str],
    prefix: list[int],
) -> None:
    """Fill in the types of the function's arguments and results that an operand has."""
    for slot, operand in zip(slots, operands, strict=True):
        types = taken.types if slot.source == "argument" else given.types
        if types[slot.key] is None and (roles[slot.role] == "same" or not prefix):
            types[slot.key] = operand


def _compare(
    part: str, given: Sequence[ir.Type], slots: Sequence[Slot], report: Report
) -> None:
    if len(given) != len(slots):
        count = f"{len(given)} value{'s' * (len(given) != 1)}"
        report(part, count, _listed(slots))
        return
    for index, (found, slot) in enumerate(zip(given, slots, strict=True)):
        if slot.type is not None and found != slot.type:
            report(f"{part}[{index}]", f"of type {found}", f"the {slot}")
