"""What rules look at: pairs of dialects, operations, parts, enums, definitions, constraints.

In every pair `old` and `new` are what the two sides say; `in_old_names` is the new one in the old side's words, which
is what `old` is to be compared with.
"""

from __future__ import annotations

from typing import Any, Generic, TypeAlias, TypeVar, cast

from opspec.dataclass import dataclass
from opspec.diff.changes import Candidate, Place, Side
from opspec.diff.matching import Matching
from opspec.diff.sections import Section
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
from opspec.naming.policy import NamingPolicy

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
    "Pair",
    "ParameterPair",
    "Parts",
    "RegionPair",
    "ResultPair",
    "SuccessorPair",
    "TraitChange",
]

_T = TypeVar("_T")
_W = TypeVar("_W", bound="DialectPair | Pair[Any, Any]")


@dataclass(frozen=True, slots=True)
class Parts:
    """The entries of each section of something, matched."""

    matchings: tuple[tuple[Section[Any], Matching[Any]], ...] = ()

    def of(self, section: Section[_T]) -> Matching[_T]:
        """The matching of one section, which is among them."""
        return cast("Matching[_T]", next(matching for own, matching in self.matchings if own is section))


@dataclass(frozen=True, slots=True)
class DialectPair:
    """A dialect on both sides, with what it defines paired."""

    old: Dialect
    new: Dialect
    in_old_names: Dialect
    old_naming: NamingPolicy
    new_naming: NamingPolicy
    parts: Parts

    def old_place(self, *path: str) -> Place:
        """A place on the old side."""
        return Place(self.old.name, path)

    def new_place(self, *path: str) -> Place:
        """A place on the new side."""
        return Place(self.new.name, path)


@dataclass(frozen=True, slots=True)
class Pair(Generic[_W, _T]):
    """An entry of a section on both sides, within the pair that has the section.

    `candidate` is set where it has another name now, so that the pair is a guess.
    """

    section: Section[_T]
    within: _W
    old: _T
    new: _T
    in_old_names: _T
    candidate: Candidate | None

    @property
    def dialects(self) -> DialectPair:
        """The dialects that both are from."""
        return self.within if isinstance(self.within, DialectPair) else self.within.dialects

    @property
    def has_moved(self) -> bool:
        """Whether it is an entry of a dialect itself, of another one on the new side."""
        return self.within is self.dialects and self.dialects.old.name != self.dialects.new.name

    @property
    def names(self) -> tuple[str, str]:
        """What the sides call it."""
        return self.section.name(self.old), self.section.name(self.new)

    def old_place(self, *path: str) -> Place:
        """Its place on the old side, or one in it."""
        return self.within.old_place(self.section.key, self.names[0], *path)

    def new_place(self, *path: str) -> Place:
        """Its place on the new side, or one in it."""
        return self.within.new_place(self.section.key, self.names[1], *path)

    def sides(self, old: str, new: str) -> tuple[Side, Side]:
        """Both sides of a change, with these facts."""
        return Side(self.old_place(), old), Side(self.new_place(), new)

    def declared(self) -> tuple[Side, Side]:
        """Both sides of a change, with the declarations."""
        return self.sides(self.section.facts(self.old), self.section.facts(self.new))


@dataclass(frozen=True, slots=True)
class TraitChange:
    """A trait that one side lacks, or that has other arguments now. `new` is as the new side writes it."""

    old: Trait | None
    new: Trait | None


@dataclass(frozen=True, slots=True)
class OperationPair(Pair[DialectPair, Operation]):
    """An operation on both sides, with its parts paired.

    `swapped` are the names of arguments that were operands and are attributes now, or the reverse. `traits` are the
    changes of its traits, `inferring` those that are the reason why its results are inferred now, or no longer.
    """

    parts: Parts
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

    @property
    def old_parents(self) -> tuple[str, ...]:
        """The operations it may stand in; empty where that is not restricted."""
        return next((t.operations for t in self.old.traits if isinstance(t, HasParent)), ())

    @property
    def new_parents(self) -> tuple[str, ...]:
        """The same on the new side, in the old side's words."""
        return next((t.operations for t in self.in_old_names.traits if isinstance(t, HasParent)), ())


@dataclass(frozen=True, slots=True)
class EnumPair(Pair[DialectPair, Enum]):
    """An enum on both sides, with its cases paired."""

    parts: Parts


@dataclass(frozen=True, slots=True)
class DefinitionPair(Pair[DialectPair, Definition]):
    """An attribute or type definition on both sides, with its parameters paired."""

    parts: Parts


@dataclass(frozen=True, slots=True)
class ConstraintPair(Pair[DialectPair, NamedConstraint]):
    """A named constraint on both sides; `is_used` says whether any part refers to it, on either side."""

    is_used: bool


OperandPair: TypeAlias = Pair[OperationPair, NamedValue]
ResultPair: TypeAlias = Pair[OperationPair, NamedValue]
AttributePair: TypeAlias = Pair[OperationPair, NamedAttribute]
RegionPair: TypeAlias = Pair[OperationPair, Region]
SuccessorPair: TypeAlias = Pair[OperationPair, Successor]
ParameterPair: TypeAlias = Pair[DefinitionPair, NamedParameter]
CasePair: TypeAlias = Pair[EnumPair, EnumCase]
ContractPair: TypeAlias = Pair[DialectPair, ContractRule]
