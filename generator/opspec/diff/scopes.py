"""What rules look at: pairs of dialects, operations, parts, enums, definitions, constraints.

In every pair `old` and `new` are what the two sides say; `aligned` is the new one in the old side's words, which is
what `old` is to be compared with.
"""

from __future__ import annotations

from dataclasses import dataclass

from opspec.diff.changes import Candidate, Place
from opspec.diff.matching import Matching
from opspec.model.constraints import HasParent, Trait
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
from opspec.naming.conventions import Convention
from opspec.naming.policy import NamingPolicy, policy_for

__all__ = [
    "AttributePair",
    "CasePair",
    "ConstraintPair",
    "ContractPair",
    "DefinitionPair",
    "DialectPair",
    "EnumPair",
    "OperandPair",
    "OperationPair",
    "ParameterPair",
    "ProjectPair",
    "ProjectSide",
    "RegionPair",
    "ResultPair",
    "SuccessorPair",
    "TraitChange",
]


@dataclass(frozen=True, slots=True)
class DialectPair:
    """A dialect on both sides, with what it defines paired."""

    old: Dialect
    new: Dialect
    aligned: Dialect
    old_naming: NamingPolicy
    new_naming: NamingPolicy
    operations: Matching[Operation]
    enums: Matching[Enum]
    attributes: Matching[Definition]
    types: Matching[Definition]
    constraints: Matching[NamedConstraint]

    def old_place(self, *path: str) -> Place:
        """A place on the old side."""
        return Place(self.old.name, path)

    def new_place(self, *path: str) -> Place:
        """A place on the new side."""
        return Place(self.new.name, path)


@dataclass(frozen=True, slots=True)
class TraitChange:
    """A trait that one side lacks, or that has other arguments now. `new` is as the new side writes it."""

    old: Trait | None
    new: Trait | None


@dataclass(frozen=True, slots=True)
class OperationPair:
    """An operation on both sides, with its parts paired.

    `swapped` are the names of arguments that were operands and are attributes now, or the reverse. `traits` are the
    changes of its traits, `inferring` those that are the reason why its results are inferred now, or no longer.
    """

    within: DialectPair
    old: Operation
    new: Operation
    aligned: Operation
    candidate: Candidate | None
    operands: Matching[NamedValue]
    attributes: Matching[NamedAttribute]
    results: Matching[NamedValue]
    regions: Matching[Region]
    successors: Matching[Successor]
    swapped: tuple[str, ...]
    traits: tuple[TraitChange, ...]
    inferring: tuple[TraitChange, ...]
    inferring_interface: bool
    old_results: str
    new_results: str

    @property
    def contract_decides(self) -> bool:
        """Whether results are inferred on one side because of a contract that the other side lacks."""
        differs = (self.old.contract is None) != (self.new.contract is None)
        return differs and self.old_results != self.new_results

    def old_place(self, *path: str) -> Place:
        """A place in the operation on the old side."""
        return self.within.old_place("operations", self.old.mnemonic, *path)

    def new_place(self, *path: str) -> Place:
        """A place in the operation on the new side."""
        return self.within.new_place("operations", self.new.mnemonic, *path)

    @property
    def old_parents(self) -> tuple[str, ...]:
        """The operations it may stand in; empty where that is not restricted."""
        return next((t.operations for t in self.old.traits if isinstance(t, HasParent)), ())

    @property
    def new_parents(self) -> tuple[str, ...]:
        """The same on the new side, in the old side's words."""
        return next((t.operations for t in self.aligned.traits if isinstance(t, HasParent)), ())


@dataclass(frozen=True, slots=True)
class ContractPair:
    """A rule for contracts on both sides, which operations refer to."""

    within: DialectPair
    old: ContractRule
    new: ContractRule
    aligned: ContractRule


@dataclass(frozen=True, slots=True)
class OperandPair:
    """An operand on both sides."""

    within: OperationPair
    old: NamedValue
    new: NamedValue
    aligned: NamedValue
    candidate: Candidate | None


@dataclass(frozen=True, slots=True)
class ResultPair:
    """A result on both sides."""

    within: OperationPair
    old: NamedValue
    new: NamedValue
    aligned: NamedValue
    candidate: Candidate | None


@dataclass(frozen=True, slots=True)
class AttributePair:
    """An attribute of an operation on both sides."""

    within: OperationPair
    old: NamedAttribute
    new: NamedAttribute
    aligned: NamedAttribute
    candidate: Candidate | None


@dataclass(frozen=True, slots=True)
class RegionPair:
    """A region on both sides."""

    within: OperationPair
    old: Region
    new: Region
    aligned: Region
    candidate: Candidate | None


@dataclass(frozen=True, slots=True)
class SuccessorPair:
    """A successor on both sides."""

    within: OperationPair
    old: Successor
    new: Successor
    aligned: Successor
    candidate: Candidate | None


@dataclass(frozen=True, slots=True)
class EnumPair:
    """An enum on both sides, with its cases paired."""

    within: DialectPair
    old: Enum
    new: Enum
    candidate: Candidate | None
    cases: Matching[EnumCase]

    def old_place(self, *path: str) -> Place:
        """A place in the enum on the old side."""
        return self.within.old_place("enums", self.old.name, *path)

    def new_place(self, *path: str) -> Place:
        """A place in the enum on the new side."""
        return self.within.new_place("enums", self.new.name, *path)


@dataclass(frozen=True, slots=True)
class CasePair:
    """A case of an enum on both sides."""

    within: EnumPair
    old: EnumCase
    new: EnumCase
    candidate: Candidate | None


@dataclass(frozen=True, slots=True)
class DefinitionPair:
    """An attribute or type definition on both sides; `section` is `attributes` or `types`."""

    within: DialectPair
    section: str
    old: Definition
    new: Definition
    aligned: Definition
    candidate: Candidate | None
    parameters: Matching[NamedParameter]

    def old_place(self, *path: str) -> Place:
        """A place in the definition on the old side."""
        return self.within.old_place(self.section, definition_key(self.old), *path)

    def new_place(self, *path: str) -> Place:
        """A place in the definition on the new side."""
        return self.within.new_place(self.section, definition_key(self.new), *path)


@dataclass(frozen=True, slots=True)
class ParameterPair:
    """A parameter of a definition on both sides."""

    within: DefinitionPair
    old: NamedParameter
    new: NamedParameter
    aligned: NamedParameter
    candidate: Candidate | None


@dataclass(frozen=True, slots=True)
class ConstraintPair:
    """A named constraint on both sides; `is_used` says whether any part refers to it, on either side."""

    within: DialectPair
    old: NamedConstraint
    new: NamedConstraint
    aligned: NamedConstraint
    candidate: Candidate | None
    is_used: bool


def definition_key(definition: Definition) -> str:
    """The key of a definition in its section."""
    return f"{definition.dialect}.{definition.mnemonic}" if definition.dialect else definition.mnemonic


@dataclass(frozen=True, slots=True)
class ProjectSide:
    """What one side is made of: its dialects, the convention of its Python names, its package where it has one.

    `conventions` are the project's own, `is_naming_forced` says that no overlay may choose another.
    """

    dialects: tuple[Dialect, ...]
    naming: str
    package: str = ""
    conventions: tuple[Convention, ...] = ()
    is_naming_forced: bool = False

    def policy(self, dialect: Dialect) -> NamingPolicy:
        """How the things of one of the dialects are called in Python."""
        return policy_for(dialect, self.naming, self.conventions, forced=self.is_naming_forced)

    def names(self) -> tuple[str, ...]:
        """The names of the dialects."""
        return tuple(dialect.name for dialect in self.dialects)


@dataclass(frozen=True, slots=True)
class ProjectPair:
    """Both sides as wholes."""

    old: ProjectSide
    new: ProjectSide
