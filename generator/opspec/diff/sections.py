"""The sections of a spec: how their entries are found, called and declared, and what tells that two are the same."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from opspec.diff.changes import Candidate
from opspec.diff.facts import argument_facts, case_facts, definition_facts, enum_facts, operation_facts, rule_facts
from opspec.diff.guesses import (
    case_candidate,
    constraint_candidate,
    definition_candidate,
    enum_candidate,
    operation_candidate,
    part_candidate,
)
from opspec.model.contracts import ContractRule
from opspec.model.dialect import (
    Definition,
    Dialect,
    Enum,
    EnumCase,
    NamedAttribute,
    NamedConstraint,
    NamedParameter,
    NamedValue,
    Operation,
    Region,
    Successor,
)
from opspec.notation import print_parameter, print_region, print_successor, print_type, print_value

__all__ = [
    "ATTRIBUTE",
    "ATTRIBUTE_DEFINITION",
    "CASE",
    "CONSTRAINT",
    "CONTRACT",
    "ENUM",
    "OPERAND",
    "OPERATION",
    "PARAMETER",
    "REGION",
    "RESULT",
    "SUCCESSOR",
    "TYPE_DEFINITION",
    "Section",
    "contract_rules",
    "definition_key",
]

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, eq=False)
class Section(Generic[_T]):
    """A section of a dialect, operation, definition or enum; two sections are the same where they are one object.

    `key` is what specs call it. `entries` takes what has the section. `facts` is the declaration of an entry, on one
    line. `candidate` says how much speaks for two entries being one, given whether they stand at the same position.
    """

    key: str
    entries: Callable[[Any], tuple[_T, ...]]
    name: Callable[[_T], str]
    facts: Callable[[_T], str]
    candidate: Callable[[_T, _T, bool], Candidate]

    def entry(self, owner: object, name: str) -> _T:
        """The entry of that name, which exists."""
        return next(entry for entry in self.entries(owner) if self.name(entry) == name)


def definition_key(definition: Definition) -> str:
    """The key of a definition in its section."""
    return f"{definition.dialect}.{definition.mnemonic}" if definition.dialect else definition.mnemonic


def contract_rules(dialect: Dialect) -> tuple[ContractRule, ...]:
    """The rules that operations keep."""
    rules = (operation.contract.rule for operation in dialect.operations if operation.contract is not None)
    return tuple({rule.name: rule for rule in rules}.values())


def _name(part: NamedValue | NamedAttribute | Region | Successor | NamedParameter | NamedConstraint) -> str:
    return part.name


def _alike(
    declared: Callable[[Any], str], kept: Callable[[Any], str] = lambda _: ""
) -> Callable[[Any, Any, bool], Candidate]:
    """What speaks for two parts being one; `kept` is what of the declaration should be the same at least."""

    def candidate(old: Any, new: Any, same_position: bool) -> Candidate:
        first, second = ((part.name, declared(part), kept(part)) for part in (old, new))
        return part_candidate(first, second, same_position=same_position)

    return candidate


def _anywhere(candidate: Callable[[_T, _T], Candidate]) -> Callable[[_T, _T, bool], Candidate]:
    """What speaks for two things being one, wherever they stand."""
    return lambda old, new, _: candidate(old, new)


def _without_default(named: NamedAttribute) -> str:
    plain = replace(named.attribute, default=None, optional=False)
    return argument_facts(replace(named, attribute=plain))


def _region_facts(region: Region) -> str:
    return print_region(region.constraint)


def _parameter_facts(named: NamedParameter) -> str:
    return print_parameter(named.parameter)


OPERATION: Section[Operation] = Section(
    key="operations",
    entries=lambda dialect: dialect.operations,
    name=lambda operation: operation.mnemonic,
    facts=operation_facts,
    candidate=_anywhere(operation_candidate),
)
ENUM: Section[Enum] = Section(
    key="enums",
    entries=lambda dialect: dialect.enums,
    name=lambda enum: enum.name,
    facts=enum_facts,
    candidate=_anywhere(enum_candidate),
)
ATTRIBUTE_DEFINITION: Section[Definition] = Section(
    key="attributes",
    entries=lambda dialect: dialect.attributes,
    name=definition_key,
    facts=definition_facts,
    candidate=_anywhere(definition_candidate),
)
TYPE_DEFINITION = replace(ATTRIBUTE_DEFINITION, key="types", entries=lambda dialect: dialect.types)
CONSTRAINT: Section[NamedConstraint] = Section(
    key="constraints",
    entries=lambda dialect: dialect.constraints,
    name=_name,
    facts=lambda named: print_type(named.constraint),
    candidate=_anywhere(constraint_candidate),
)
CONTRACT: Section[ContractRule] = Section(
    key="contracts",
    entries=contract_rules,
    name=lambda rule: rule.name,
    facts=rule_facts,
    candidate=lambda old, new, _: Candidate(0, ()),
)
OPERAND: Section[NamedValue] = Section(
    key="arguments",
    entries=lambda operation: operation.operands,
    name=_name,
    facts=argument_facts,
    candidate=_alike(argument_facts, lambda named: print_type(named.value.type)),
)
ATTRIBUTE: Section[NamedAttribute] = Section(
    key="arguments",
    entries=lambda operation: operation.attributes,
    name=_name,
    facts=argument_facts,
    candidate=_alike(argument_facts, _without_default),
)
RESULT: Section[NamedValue] = Section(
    key="results",
    entries=lambda operation: operation.results,
    name=_name,
    facts=lambda named: print_value(named.value),
    candidate=_alike(lambda named: print_value(named.value), lambda named: print_type(named.value.type)),
)
REGION: Section[Region] = Section(
    key="regions",
    entries=lambda operation: operation.regions,
    name=_name,
    facts=_region_facts,
    candidate=_alike(_region_facts),
)
SUCCESSOR: Section[Successor] = Section(
    key="successors",
    entries=lambda operation: operation.successors,
    name=_name,
    facts=lambda successor: print_successor(successor.multiplicity),
    candidate=_alike(lambda successor: successor.multiplicity.value),
)
PARAMETER: Section[NamedParameter] = Section(
    key="parameters",
    entries=lambda definition: definition.parameters,
    name=_name,
    facts=_parameter_facts,
    candidate=_alike(_parameter_facts),
)
CASE: Section[EnumCase] = Section(
    key="cases",
    entries=lambda enum: enum.cases,
    name=lambda case: case.symbol,
    facts=lambda case: f"{case.symbol}: {case_facts(case)}",
    candidate=_anywhere(case_candidate),
)
