"""The frozen model of a dialect: what every emitter, check and comparison reads.

Facts (names, constraints, traits) come from `dialect.yaml`, words and choices from `overlay.yaml`; `location`
says where a thing stands and takes no part in comparison. `correction` says why an overlay departs from the facts.
"""

from __future__ import annotations

import re
from dataclasses import field

from opspec.dataclass import dataclass
from opspec.diagnostics import Location
from opspec.model.constraints import (
    Attribute,
    AttributeConstraint,
    Confined,
    DefinitionReference,
    EnumReference,
    Multiplicity,
    Parameter,
    ParameterConstraint,
    RegionConstraint,
    Trait,
    TypeConstraint,
    Value,
)
from opspec.model.contracts import Contract
from opspec.model.indexes import Referring, ending, held
from opspec.model.lookup import ByName
from opspec.model.names import NO_DIALECT_NAMES, NO_NAMES, DialectNames, Names
from opspec.model.releases import DialectReleases
from opspec.model.sample import Sample
from opspec.notation.relation_terms import Relation

__all__ = [
    "Argument",
    "AttributeDefinition",
    "Definition",
    "Dialect",
    "Doc",
    "Enum",
    "EnumCase",
    "Extras",
    "NamedAttribute",
    "NamedConstraint",
    "NamedParameter",
    "NamedValue",
    "Operation",
    "Region",
    "Successor",
    "TypeDefinition",
    "is_unnamed",
]

_NOWHERE = Location("<unknown>")
_UNNAMED = re.compile(r"_(?:arg|region|successor)?\d+")


def is_unnamed(name: str) -> bool:
    """Whether `name` (`_0` of a result, `_arg1`, `_region0`) only numbers a part that has no name upstream."""
    return _UNNAMED.fullmatch(name) is not None


@dataclass(frozen=True, slots=True)
class Doc:
    """Words about one thing: a line, and paragraphs in Markdown."""

    summary: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class EnumCase:
    """A case: its symbol (`enzyme_dup`), number (1), and text in the IR (`enzyme_dup`)."""

    symbol: str
    value: int
    text: str
    doc: Doc = Doc()
    names: Names = NO_NAMES
    location: Location = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Enum:
    """An enum, e.g. `Activity`, stored as `i32`; `dialect` is set where another dialect defines it."""

    name: str
    storage: str
    cases: tuple[EnumCase, ...]
    dialect: str = ""
    bits: bool = False
    separator: str = ""
    doc: Doc = Doc()
    names: Names = NO_NAMES
    location: Location = field(default=_NOWHERE, compare=False)
    shared_word: str = field(init=False, repr=False, compare=False)
    """What the symbols of all cases begin with, up to an underscore (`enzyme_`); empty where they share nothing."""
    _by_symbol: ByName[EnumCase] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        symbols = [case.symbol for case in self.cases]
        first = symbols[0].partition("_")[0] + "_" if symbols else ""
        shared = all(symbol.startswith(first) and symbol != first for symbol in symbols)
        object.__setattr__(self, "shared_word", first if len(symbols) > 1 and shared else "")
        object.__setattr__(self, "_by_symbol", ByName(self.cases, lambda case: case.symbol))

    def cases_in(self, text: str) -> tuple[EnumCase, ...]:
        """The cases that a text names, by text or symbol: one, or several bits; none where one part is none."""
        parts = text.split(self.separator) if self.bits and self.separator else [text]
        known = {word: case for case in reversed(self.cases) for word in (case.symbol, case.text)}
        found = [known.get(part.strip()) for part in parts]
        return tuple(case for case in found if case is not None and None not in found)

    def case(self, symbol: str) -> EnumCase | None:
        """The case with that symbol, or None."""
        return self._by_symbol.get(symbol)


@dataclass(frozen=True, slots=True)
class NamedParameter:
    """A named parameter of a definition, e.g. `argNumber: uint32`."""

    name: str
    parameter: Parameter
    doc: Doc = Doc()
    names: Names = NO_NAMES
    location: Location = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Definition:
    """What attribute and type definitions share; `format` is `custom` where C++ prints and parses them.

    Without a format there is nothing behind the mnemonic.
    """

    mnemonic: str
    class_name: str
    parameters: tuple[NamedParameter, ...]
    format: str | None
    dialect: str = ""
    doc: Doc = Doc()
    correction: str = ""
    names: Names = NO_NAMES
    location: Location = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class AttributeDefinition(Definition):
    """An attribute definition, e.g. `#enzyme.activity`."""


@dataclass(frozen=True, slots=True)
class TypeDefinition(Definition):
    """A type definition, e.g. `!enzyme.Cache<f64>`."""


@dataclass(frozen=True, slots=True)
class NamedValue:
    """A named operand or result, e.g. `inputs: variadic any`."""

    name: str
    value: Value
    doc: Doc = Doc()
    names: Names = NO_NAMES
    location: Location = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class NamedAttribute:
    """A named attribute of an operation, e.g. `width: attr i64 = 1`. An `is_extra` one only releases have, no spec."""

    name: str
    attribute: Attribute
    doc: Doc = Doc()
    names: Names = NO_NAMES
    is_extra: bool = False
    location: Location = field(default=_NOWHERE, compare=False)


Argument = NamedValue | NamedAttribute


@dataclass(frozen=True, slots=True)
class Region:
    """A named region, e.g. `body: any`; `terminator` is the mnemonic of the operation that ends its blocks."""

    name: str
    constraint: RegionConstraint
    terminator: str = ""
    doc: Doc = Doc()
    names: Names = NO_NAMES
    location: Location = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Successor:
    """A named successor block."""

    name: str
    multiplicity: Multiplicity = Multiplicity.ONE
    doc: Doc = Doc()
    names: Names = NO_NAMES
    location: Location = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class Extras:
    """The operands, results and regions of an operation that only releases have, no spec."""

    operands: tuple[NamedValue, ...] = ()
    results: tuple[NamedValue, ...] = ()
    regions: tuple[Region, ...] = ()


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation. `arguments` holds operands and attributes in source order.

    `result_sources` are results that have the type of an operand where none is given, e.g. `(("output", "input"),)`.
    """

    mnemonic: str
    class_name: str
    arguments: tuple[Argument, ...] = ()
    results: tuple[NamedValue, ...] = ()
    regions: tuple[Region, ...] = ()
    successors: tuple[Successor, ...] = ()
    traits: tuple[Trait, ...] = ()
    interfaces: tuple[str, ...] = ()
    format: str | None = None
    doc: Doc = Doc()
    results_by_keyword: bool = False
    result_sources: tuple[tuple[str, str], ...] = ()
    names: Names = NO_NAMES
    sample: Sample | None = None
    contract: Contract | None = None
    relations: tuple[Relation, ...] = ()
    extras: Extras = Extras()
    correction: str = ""
    location: Location = field(default=_NOWHERE, compare=False)

    @property
    def operands(self) -> tuple[NamedValue, ...]:
        """The operands, in source order."""
        return tuple(argument for argument in self.arguments if isinstance(argument, NamedValue))

    @property
    def attributes(self) -> tuple[NamedAttribute, ...]:
        """The attributes, in source order."""
        return tuple(argument for argument in self.arguments if isinstance(argument, NamedAttribute))

    def has_trait(self, name: str) -> bool:
        """Whether the operation has the trait of that name."""
        return any(getattr(trait, "name", "") == name for trait in self.traits)

    @property
    def passes_values_on(self) -> bool:
        """Whether all that the operation takes is a list of values, so that what a body returns can be given to it."""
        required = [a for a in self.arguments if isinstance(a, NamedValue) or a.attribute.required]
        return (
            len(required) == 1
            and isinstance(required[0], NamedValue)
            and required[0].value.is_list
            and not (self.results or self.regions or self.successors)
        )

    def is_about(self, region: Region) -> bool:
        """Whether a region is the function that the operation's contract is about, so that it may not be empty."""
        return self.contract is not None and self.contract.callee == region.name


@dataclass(frozen=True, slots=True)
class NamedConstraint:
    """A type constraint that operations refer to by name, e.g. `HLO_Tensor`."""

    name: str
    constraint: TypeConstraint
    location: Location = field(default=_NOWHERE, compare=False)


@dataclass(frozen=True, slots=True)
class OperationGroup:
    """Operations that the reference shows together, e.g. `OperationGroup("Batch", ("batch", "concat"))`."""

    title: str
    operations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dialect:
    """A dialect: everything that one `dialect.yaml` and its overlay say."""

    name: str
    enums: tuple[Enum, ...] = ()
    attributes: tuple[AttributeDefinition, ...] = ()
    types: tuple[TypeDefinition, ...] = ()
    operations: tuple[Operation, ...] = ()
    constraints: tuple[NamedConstraint, ...] = ()
    provenance: tuple[tuple[str, str], ...] = ()
    doc: Doc = Doc()
    names: DialectNames = NO_DIALECT_NAMES
    groups: tuple[OperationGroup, ...] = ()
    releases: DialectReleases | None = field(default=None, compare=False)
    location: Location = field(default=_NOWHERE, compare=False)
    _constraints: ByName[NamedConstraint] = field(init=False, repr=False, compare=False)
    _enums: ByName[Enum] = field(init=False, repr=False, compare=False)
    _attributes: ByName[AttributeDefinition] = field(init=False, repr=False, compare=False)
    _types: ByName[TypeDefinition] = field(init=False, repr=False, compare=False)
    _operations: ByName[Operation] = field(init=False, repr=False, compare=False)
    _held: Referring[Operation] = field(init=False, repr=False, compare=False)
    _ending: Referring[Operation] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for key, found in (
            ("_constraints", ByName(self.constraints, lambda named: named.name)),
            ("_enums", ByName(self.enums, lambda enum: enum.name)),
            ("_attributes", ByName(self.attributes, self._key)),
            ("_types", ByName(self.types, self._key)),
            ("_operations", ByName(self.operations, lambda operation: operation.mnemonic)),
            ("_held", Referring(held(self.operations))),
            ("_ending", Referring(ending(self.name, self.operations))),
        ):
            object.__setattr__(self, key, found)

    def _key(self, definition: Definition) -> tuple[str, str]:
        return definition.dialect or self.name, definition.mnemonic

    def constraint(self, name: str) -> TypeConstraint:
        """The type constraint of that name; the model is checked, so it exists."""
        return self._constraints[name].constraint

    @property
    def definitions(self) -> tuple[Definition, ...]:
        """The attribute definitions, then the type definitions."""
        return (*self.attributes, *self.types)

    @property
    def has_words(self) -> bool:
        """Whether a line or paragraph is written about anything in it."""
        parts: list[Enum | Definition | Operation] = [*self.enums, *self.definitions, *self.operations]
        return Doc() != self.doc or any(part.doc != Doc() for part in parts)

    def enum(self, name: str) -> Enum:
        """The enum of that name; the model is checked, so it exists."""
        return self._enums[name]

    def enum_of(self, constraint: AttributeConstraint | ParameterConstraint) -> Enum | None:
        """The enum whose case an attribute or a parameter holds, directly or as the one parameter of its definition."""
        match constraint:
            case Confined(base, _):
                return self.enum_of(base)
            case EnumReference(name):
                return self._enums.get(name)
            case DefinitionReference(dialect, mnemonic):
                definition = self.attribute(dialect, mnemonic)
                if definition is not None and len(definition.parameters) == 1:
                    inner = definition.parameters[0].parameter.constraint
                    return self.enum_of(inner)
            case _:
                pass
        return None

    def attribute(self, dialect: str, mnemonic: str) -> AttributeDefinition | None:
        """The attribute definition `#dialect.mnemonic`, or None where this spec does not hold it."""
        return self._attributes.get((dialect, mnemonic))

    def type(self, dialect: str, mnemonic: str) -> TypeDefinition | None:
        """The type definition `!dialect.mnemonic`, or None where this spec does not hold it."""
        return self._types.get((dialect, mnemonic))

    def held_by(self, parent: str) -> tuple[Operation, ...]:
        """The operations that name `parent`, by its full name, as what they stand in."""
        return self._held.get(parent)

    def ended_by(self, terminator: str) -> tuple[Operation, ...]:
        """The operations that name `terminator`, by its full name, as what ends their blocks."""
        return self._ending.get(terminator)

    def operation_called(self, mnemonic: str) -> Operation | None:
        """The operation of that mnemonic, or None."""
        return self._operations.get(mnemonic)

    def operation(self, mnemonic: str) -> Operation:
        """The operation of that mnemonic; the model is checked, so it exists."""
        return self._operations[mnemonic]

    @property
    def grouped(self) -> tuple[tuple[str, tuple[Operation, ...]], ...]:
        """The operations as the reference shows them: each group under its title, then those that are in none."""
        by_mnemonic = {operation.mnemonic: operation for operation in self.operations}
        found = [
            (group.title, tuple(by_mnemonic.pop(name) for name in group.operations if name in by_mnemonic))
            for group in self.groups
        ]
        if by_mnemonic:
            found.append(("Others" if found else "", tuple(by_mnemonic.values())))
        return tuple(found)
