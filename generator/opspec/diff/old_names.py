"""The new side in the old side's words: where a thing was renamed, everything that names it is no change of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import TypeVar

from opspec.constraints.parts import Constraint, enum_in, is_about_types, rebuild
from opspec.dataclass import dataclass
from opspec.model.constraints import (
    AllTypesMatch,
    Attribute,
    ConstraintReference,
    DefinitionReference,
    EnumCases,
    EnumReference,
    HasParent,
    Literal,
    NamedTrait,
    Parameter,
    Projection,
    Trait,
    TypesMatchWith,
    Value,
)
from opspec.model.contracts import ActivityFlow, Contract, ContractRule
from opspec.model.dialect import (
    Argument,
    Definition,
    Dialect,
    Enum,
    NamedAttribute,
    NamedConstraint,
    NamedParameter,
    NamedValue,
    Operation,
    Region,
)
from opspec.model.sample import Sample

__all__ = ["Renames", "in_old_names", "parts_in_old_names", "variables_in_old_names"]

_VARIABLE = re.compile(r"`[^`]*`|\$(\w+)")
_C = TypeVar("_C", bound=Constraint)
_D = TypeVar("_D", bound=Definition)
_Names = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Renames:
    """New and old name of every thing that was renamed, or moved to another dialect.

    Operations and definitions are written `dialect.mnemonic`, parameters `dialect.mnemonic.name`, cases `Enum.case`.
    """

    operations: _Names = ()
    enums: _Names = ()
    cases: _Names = ()
    attributes: _Names = ()
    types: _Names = ()
    constraints: _Names = ()
    parameters: _Names = ()


class _Renamer:
    def __init__(self, dialect: Dialect, renames: Renames) -> None:
        self._dialect = dialect
        self._operations = dict(renames.operations)
        self._enums = dict(renames.enums)
        self._cases = dict(renames.cases)
        self._attributes = dict(renames.attributes)
        self._types = dict(renames.types)
        self._constraints = dict(renames.constraints)
        self._parameters = dict(renames.parameters)

    def constraint(self, constraint: _C, *, is_type: bool) -> _C:
        """A constraint of any kind with the old names in it."""
        made: object = constraint
        match constraint:
            case EnumReference(name):
                made = EnumReference(self._enums.get(name, name))
            case ConstraintReference(name):
                made = ConstraintReference(self._constraints.get(name, name))
            case DefinitionReference(dialect, mnemonic):
                names, full = self._types if is_type else self._attributes, f"{dialect}.{mnemonic}"
                owner, _, found = names.get(full, full).partition(".")
                made = DefinitionReference(owner, found)
            case _:
                inside = is_about_types(constraint, is_type)
                made = rebuild(constraint, lambda part: self.constraint(part, is_type=inside))
        return made  # type: ignore[return-value]

    def literal(self, literal: Literal | None, enum: Enum | None) -> Literal | None:
        if isinstance(literal, EnumCases) and enum is not None:
            return EnumCases(tuple(self._case(enum.name, name) for name in literal.names))
        if isinstance(literal, tuple):
            return tuple(self.literal(item, enum) for item in literal)  # type: ignore[misc]
        return literal

    def _case(self, enum: str | None, name: str) -> str:
        return self._cases.get(f"{enum}.{name}", name).rpartition(".")[2]

    def attribute(self, attribute: Attribute) -> Attribute:
        default = self.literal(attribute.default, enum_in(self._dialect, attribute.constraint))
        return replace(attribute, constraint=self.constraint(attribute.constraint, is_type=False), default=default)

    def value(self, value: Value) -> Value:
        return replace(value, type=self.constraint(value.type, is_type=True))

    def argument(self, argument: Argument) -> Argument:
        if isinstance(argument, NamedValue):
            return replace(argument, value=self.value(argument.value))
        return replace(argument, attribute=self.attribute(argument.attribute))

    def trait(self, trait: Trait) -> Trait:
        match trait:
            case HasParent(operations):
                return HasParent(tuple(self._operations.get(name, name) for name in operations))
            case NamedTrait(name, arguments):
                return NamedTrait(name, tuple(self._operations.get(argument, argument) for argument in arguments))
            case TypesMatchWith(target, projection) if projection.definition is not None:
                full = f"{projection.definition.dialect}.{projection.definition.mnemonic}.{projection.parameter}"
                parameter = self._parameters.get(full, full).rpartition(".")[2]
                definition = self.constraint(projection.definition, is_type=True)
                return TypesMatchWith(target, replace(projection, definition=definition, parameter=parameter))
            case _:
                return trait

    def _terminator(self, region: Region) -> str:
        old = self._operations.get(f"{self._dialect.name}.{region.terminator}")
        return region.terminator if old is None else old.partition(".")[2]

    def contract(self, contract: Contract) -> Contract:
        rule = contract.rule

        def flow(given: ActivityFlow, enum: str | None) -> ActivityFlow:
            accepts = self.constraint(given.flow.accepts, is_type=True)
            return ActivityFlow(self._case(enum, given.activity), replace(given.flow, accepts=accepts))

        enum = next((e.name for e in self._dialect.enums if _holds(e, rule)), None)
        made = replace(
            rule,
            arguments=tuple(flow(given, enum) for given in rule.arguments),
            results=tuple(flow(given, enum) for given in rule.results),
        )
        return replace(contract, rule=made)

    def operation(self, operation: Operation) -> Operation:
        return replace(
            operation,
            contract=self.contract(operation.contract) if operation.contract is not None else None,
            arguments=tuple(self.argument(argument) for argument in operation.arguments),
            results=tuple(replace(result, value=self.value(result.value)) for result in operation.results),
            regions=tuple(replace(region, terminator=self._terminator(region)) for region in operation.regions),
            traits=tuple(self.trait(trait) for trait in operation.traits),
        )

    def definition(self, definition: _D) -> _D:
        return replace(definition, parameters=tuple(self.parameter(named) for named in definition.parameters))

    def parameter(self, named: NamedParameter) -> NamedParameter:
        parameter: Parameter = named.parameter
        made = replace(
            parameter,
            constraint=self.constraint(parameter.constraint, is_type=False),
            default=self.literal(parameter.default, enum_in(self._dialect, parameter.constraint)),
        )
        return replace(named, parameter=made)

    def named_constraint(self, named: NamedConstraint) -> NamedConstraint:
        return replace(named, constraint=self.constraint(named.constraint, is_type=True))


def _holds(enum: Enum, rule: ContractRule) -> bool:
    """Whether the activities of a rule are cases of an enum."""
    cases = {case.symbol for case in enum.cases}
    return bool(rule.arguments) and all(flow.activity in cases for flow in rule.arguments)


def in_old_names(dialect: Dialect, renames: Renames) -> Dialect:
    """The dialect with the old names in every reference; the things themselves keep their new names."""
    if renames == Renames():
        return dialect
    renamer = _Renamer(dialect, renames)
    return replace(
        dialect,
        attributes=tuple(renamer.definition(definition) for definition in dialect.attributes),
        types=tuple(renamer.definition(definition) for definition in dialect.types),
        operations=tuple(renamer.operation(operation) for operation in dialect.operations),
        constraints=tuple(renamer.named_constraint(named) for named in dialect.constraints),
    )


def variables_in_old_names(text: str | None, renames: Mapping[str, str]) -> str | None:
    """An assembly format with the old names of parts or parameters."""
    if text is None or not renames:
        return text
    return _VARIABLE.sub(lambda found: f"${renames.get(found[1], found[1])}" if found[1] else found[0], text)


def parts_in_old_names(operation: Operation, renames: Mapping[str, str]) -> Operation:
    """The operation with the old names of its parts in format, traits, segments and sample."""
    if not renames:
        return operation

    def name(part: str) -> str:
        return renames.get(part, part)

    def trait(given: Trait) -> Trait:
        match given:
            case AllTypesMatch(names):
                return AllTypesMatch(tuple(name(part) for part in names))
            case TypesMatchWith(target, Projection(kind, source, definition, parameter)):
                return TypesMatchWith(name(target), Projection(kind, name(source), definition, parameter))
            case _:
                return given

    def argument(given: Argument) -> Argument:
        if isinstance(given, NamedAttribute) or not given.value.segments:
            return given
        return replace(given, value=replace(given.value, segments=name(given.value.segments)))

    def sample(given: Sample) -> Sample:
        return replace(
            given,
            operands=tuple((name(part), types) for part, types in given.operands),
            attributes=tuple((name(part), value) for part, value in given.attributes),
            results=tuple((name(part), types) for part, types in given.results),
            regions=tuple(replace(region, name=name(region.name)) for region in given.regions),
        )

    def contract(given: Contract) -> Contract:
        return replace(
            given,
            callee=name(given.callee),
            activity=name(given.activity),
            ret_activity=name(given.ret_activity),
            width=name(given.width),
        )

    return replace(
        operation,
        contract=contract(operation.contract) if operation.contract is not None else None,
        arguments=tuple(argument(given) for given in operation.arguments),
        traits=tuple(trait(given) for given in operation.traits),
        format=variables_in_old_names(operation.format, renames),
        sample=sample(operation.sample) if operation.sample is not None else None,
    )
