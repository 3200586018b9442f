"""Contracts: how operands and results follow from a function and from the activities of its arguments and results.

A contract is a table. For each activity it says which values one argument (or result) of the function adds to the
operands of the operation, and which to its results. Operands come in the order of the arguments, then of the results;
results in the order of the results, then of the arguments, then of the pairs of both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from .caches import reading
from .complaints import Complaint, Report, silent
from .dataclass import dataclass
from .expected import Expected, ExpectedValue, compare, product, widened
from .host import ir
from .types import ANY, TypeRule

__all__ = [
    "Callee",
    "Contract",
    "ContractRule",
    "Flow",
    "case_of_definition",
    "case_of_number",
]


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
        self._cases = reading(lambda attribute: tuple(case(item) for item in attribute))

    def check(
        self,
        attributes: Mapping[str, Any],
        operands: Sequence[Any],
        results: Sequence[Any] | None,
        callee: Callee | None,
        report: Report,
    ) -> Expected | None:
        """Report what is wrong with the types of an operation's operands and results.

        Args:
            attributes: The operation's attributes.
            operands: Types of the operands; None stands for a type that is not known.
            results: Types of the results likewise; None in place of all where they shall be inferred.
            callee: The function, where it is in sight.
            report: Takes each finding.

        Returns:
            What is expected, with every type that is known; None where that could not be found out.
        """
        fits, prefix = self._prefix(attributes, report)
        inputs = self._known_types(
            None if callee is None else callee.inputs, self._arguments, operands
        )
        outputs = self._known_types(
            None if callee is None else callee.results, self._returns, results
        )
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
        if taken is None or given is None or not fits:
            return None
        expected = self._expected(taken, given, prefix)
        if callee is None and len(operands) == len(expected.operands):
            _deduce(expected.operands, operands, taken, given, self._roles, prefix)
            expected = self._expected(taken, given, prefix)
        if not self._fit(taken, prefix, report) or not self._fit(given, prefix, report):
            return None
        compare(self.operands, operands, expected.operands, report)
        if results is not None:
            compare(self.results, results, expected.results, report)
        return expected

    def locate(
        self, attributes: Mapping[str, Any], operands: int, results: int
    ) -> Expected | None:
        """Which role each of so many operands and results has; None where their numbers do not fit the contract."""
        expected = self.check(
            attributes, [None] * operands, [None] * results, None, silent
        )
        if expected is None or len(expected.operands) != operands:
            return None
        return expected if len(expected.results) == results else None

    def inputs(
        self, attributes: Mapping[str, Any], operands: Sequence[ir.Type]
    ) -> list[ir.Type]:
        """The types of the function's arguments, as the operands give them; none where they do not."""
        expected = self.check(attributes, operands, None, None, silent)
        if expected is None or len(expected.operands) != len(operands):
            return []
        found = {
            wanted.key: given
            for wanted, given in zip(expected.operands, operands, strict=True)
            if wanted.source == "argument" and self._roles[wanted.role] == "same"
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
    ) -> tuple[bool, list[int] | None]:
        """Whether the dimensions in front of widened values are right, and which these are, if any."""
        if not self._width or self._width not in attributes:
            return True, None
        attribute = attributes[self._width]
        if isinstance(attribute, ir.IntegerAttr):
            width = attribute.value
            if width < 1:
                report(Complaint(self._width, str(width), "at least 1"))
                return False, None
            return True, None if width == 1 else [width]
        prefix = list(attribute)
        if any(extent < 0 for extent in prefix):
            report(Complaint(self._width, str(prefix), "extents that are not negative"))
            return False, None
        return True, prefix

    def _side(
        self,
        side: _Side,
        attributes: Mapping[str, Any],
        types: Sequence[Any] | None,
        report: Report,
    ) -> _Values | None:
        """The arguments, or the results, of the function, with what each adds; None where that is wrong."""
        if not side.attribute:
            if types is None:
                return None
            count = len(types)
            return _Values(side, [""] * count, [side.flows[""]] * count, list(types))
        if side.attribute not in attributes:
            return None
        cases = self._cases(attributes[side.attribute])
        if types is not None and len(types) != len(cases):
            accepted = f"{len(types)}, one for each {side.source} of the function"
            found = "1 entry" if len(cases) == 1 else f"{len(cases)} entries"
            report(Complaint(side.attribute, found, accepted))
            return None
        flows: list[Flow] = []
        for index, case in enumerate(cases):
            flow: Flow | None = side.flows.get(case) or side.flows.get("")
            if flow is None:
                place = f"{side.attribute}[{index}]"
                report(Complaint(place, case, f"one of {', '.join(side.flows)} here"))
                return None
            flows.append(flow)
        return _Values(side, cases, flows, list(types or [None] * len(cases)))

    def _fit(self, values: _Values, prefix: list[int] | None, report: Report) -> bool:
        """Report types that an activity cannot have, or that have no form with dimensions in front."""
        fits = True
        source = values.side.source
        for index, (case, flow, of) in enumerate(
            zip(values.cases, values.flows, values.types, strict=True)
        ):
            if of is None:
                continue
            if not flow.accepts.accepts(of):
                place = f"{values.side.attribute}[{index}]" if case else self.operands
                what = f"{case} for the {source} {index} of type {of}".strip()
                report(
                    Complaint(
                        place, what, f"{case} for {flow.accepts.words} only".strip()
                    )
                )
                fits = False
            elif prefix is not None and widened(of, prefix) is None:
                roles = (*flow.operands, *flow.results)
                if any(self._roles[role] == "widened" for role in roles):
                    what = f"{prefix} with the {source} {index} of type {of}"
                    accepted = "extents only for scalars, ranked tensors and memory without a layout"
                    report(Complaint(self._width, what, accepted))
                    fits = False
        return fits

    def _expected(
        self, taken: _Values, given: _Values, prefix: list[int] | None
    ) -> Expected:
        """What is expected, by the order of contracts."""
        operands: list[ExpectedValue] = []
        results: list[ExpectedValue] = []
        for values in (taken, given):
            for index, flow in enumerate(values.flows):
                operands += [
                    self._value(role, values, index, prefix) for role in flow.operands
                ]
        for values in (given, taken):
            for index, flow in enumerate(values.flows):
                results += [
                    self._value(role, values, index, prefix) for role in flow.results
                ]
        for role in self._pairs:
            for row, result in enumerate(given.types):
                for column, argument in enumerate(taken.types):
                    type = product(result, argument)
                    results.append(ExpectedValue(role, "pair", (row, column), type))
        return Expected(tuple(operands), tuple(results))

    def _value(
        self, role: str, values: _Values, index: int, prefix: list[int] | None
    ) -> ExpectedValue:
        type: Any = values.types[index]
        is_widened = self._roles[role] == "widened"
        if type is not None and prefix is not None and is_widened:
            type = widened(type, prefix)
        return ExpectedValue(role, values.side.source, index, type)


@dataclass(frozen=True, slots=True)
class _Side:
    """The arguments or the results of the function: what one is called, its activities, its flows."""

    source: str
    attribute: str
    flows: Mapping[str, Flow]


@dataclass(frozen=True, slots=True)
class _Values:
    """The activity, the flow and the type of each argument or result; a type is None where it is not known."""

    side: _Side
    cases: Sequence[str]
    flows: Sequence[Flow]
    types: list[Any]


def _deduce(
    expected: Sequence[ExpectedValue],
    operands: Sequence[Any],
    taken: _Values,
    given: _Values,
    roles: Mapping[str, str],
    prefix: list[int] | None,
) -> None:
    """Fill in the types of the function's arguments and results that an operand has."""
    for wanted, operand in zip(expected, operands, strict=True):
        types = taken.types if wanted.source == "argument" else given.types
        if types[wanted.key] is None and (
            roles[wanted.role] == "same" or prefix is None
        ):
            types[wanted.key] = operand
