"""The rules of an operation: what its operands, attributes, results, regions and place have to be.

The rules are facts of a spec. Builders follow and check them before they create an operation, `verify` checks them on
operations that exist, and the documentation lists them.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeAlias

from .caches import Memory
from .contracts import Contract
from .declarations import ONE, AttributeRule, RegionRule, ValueRule, is_free
from .sources import Source
from .symbol_tables import note_symbol_table
from .traits import TraitRule

__all__ = ["Counts", "OperationRules", "known_rules", "rules_of"]

_known: dict[str, OperationRules] = {}

Counts: TypeAlias = "Mapping[str, tuple[int, int | None]]"
"""Of `operands`, `results`, `regions`... the least and the greatest number."""

_AS_DECLARED: Mapping[str, Counts] = {}


def rules_of(name: str) -> OperationRules | None:
    """The rules of an operation, by its full name; None where no module that is loaded has any."""
    return _known.get(name)


def known_rules(dialect: str) -> list[str]:
    """The operations of a dialect that have rules."""
    return [name for name in _known if name.partition(".")[0] == dialect]


@dataclass(frozen=True, eq=False)
class OperationRules:
    """The rules of one operation, which `rules_of` finds from then on.

    Args:
        name: The operation, e.g. `enzyme.autodiff`.
        operands: Its declared operands.
        attributes: Its declared attributes.
        results: Its declared results.
        regions: Its declared regions.
        successors: How many successors it has at least, and whether it may have more.
        parents: The operations it may stand in; empty for any.
        traits: Its traits that relate types to each other.
        contract: How operands and results follow from a function.
        resolves: The attributes whose symbols have to exist.
        is_terminator: Whether it ends a block.
        is_symbol_table: Whether symbols are defined in it.
        sized_operands: Whether an attribute holds the sizes of its operands.
        sized_results: Whether an attribute holds the sizes of its results.
        counts: The least and the greatest number of parts, by release, where one wants another number of them.
        relations: What its parts have to do with each other, in the notation of specs.
        sources: Where the type of each result comes from if nobody gives it; empty where the host infers them, None
            where they have to be given or follow from the contract.
        counted: The numbers of parts that the release wants for which the rules are.
        lacking: The parts that the release lacks for which the rules are.
        is_declared: Whether these are the rules of the spec, and not of one release.
    """

    name: str
    operands: tuple[ValueRule, ...] = ()
    attributes: tuple[AttributeRule, ...] = ()
    results: tuple[ValueRule, ...] = ()
    regions: tuple[RegionRule, ...] = ()
    successors: tuple[int, bool] = (0, False)
    parents: tuple[str, ...] = ()
    traits: tuple[TraitRule, ...] = ()
    contract: Contract | None = None
    resolves: tuple[str, ...] = ()
    is_terminator: bool = False
    is_symbol_table: bool = False
    sized_operands: bool = False
    sized_results: bool = False
    counts: Mapping[str, Counts] = field(default_factory=lambda: _AS_DECLARED)
    relations: tuple[str, ...] = ()
    sources: tuple[Source, ...] | None = None
    counted: Counts = field(default_factory=dict)
    lacking: frozenset[str] = frozenset()
    is_declared: bool = True
    varies: bool = field(init=False)
    """Whether releases have other rules."""
    varies_in_parts: bool = field(init=False)
    """Whether releases have other operands, results or regions."""
    takes_all: bool = field(init=False)
    """Whether the numbers and types of operands and results cannot be wrong."""
    memory: Memory = field(init=False)
    """The last calls of the operation's builder."""

    def __post_init__(self) -> None:
        varies_in_parts = self.is_declared and (
            any(rule.having is not None for rule in (*self.operands, *self.results))
            or any(rule.having is not None for rule in self.regions)
        )
        varies = self.is_declared and (
            varies_in_parts
            or bool(self.counts)
            or any(rule.releases for rule in (*self.operands, *self.results))
            or any(rule.releases is not None for rule in self.attributes)
        )
        # One list of any values cannot have a wrong number or type of them.
        free = is_free(self.operands) and is_free(self.results)
        takes_all = free and not self.traits and not self.relations and not self.counted
        object.__setattr__(self, "varies", varies)
        object.__setattr__(self, "varies_in_parts", varies_in_parts)
        object.__setattr__(self, "takes_all", takes_all)
        object.__setattr__(self, "memory", Memory())
        if self.is_declared:
            _known[self.name] = self
            note_symbol_table(self.name, self.is_symbol_table)

    @property
    def operand_sizes(self) -> str:
        """The attribute that holds the sizes of operands; empty where none does."""
        return "operandSegmentSizes" if self.sized_operands else ""

    @property
    def result_sizes(self) -> str:
        """The attribute that holds the sizes of results; empty where none does."""
        return "resultSegmentSizes" if self.sized_results else ""

    @property
    def callee(self) -> str:
        """The attribute or region that the contract is about; empty where there is no contract."""
        return "" if self.contract is None else self.contract.callee

    @property
    def follows_from_region(self) -> bool:
        """Whether the results follow from a region, which is there when the operation is."""
        return any(rule.name == self.callee for rule in self.regions)

    @property
    def symbols(self) -> tuple[str, ...]:
        """The attributes whose symbols are looked up: that of the contract first."""
        names = dict.fromkeys(self.resolves)
        if any(rule.name == self.callee for rule in self.attributes):
            names = {self.callee: None, **names}
        return tuple(names)

    @property
    def defaults(self) -> Mapping[str, Any]:
        """What attributes are, to the relations, that are not there."""
        return {
            rule.name: str(default) if isinstance(default, enum.Enum) else default
            for rule in self.attributes
            if isinstance(default := rule.default, (int, str)) and not rule.is_flag
        }

    @property
    def single(self) -> frozenset[str]:
        """The operands and results that are one value."""
        parts = (*self.operands, *self.results)
        return frozenset(rule.name for rule in parts if rule.multiplicity == ONE)

    def in_release(self, release: str) -> OperationRules:
        """The rules as a release has them; as the spec has them for the empty text."""

        def has(rule: ValueRule | RegionRule) -> bool:
            return rule.having is None or release in rule.having

        values = (*self.operands, *self.results)
        lacking = {rule.name for rule in values if not has(rule)}
        lacking |= {rule.name for rule in self.regions if not has(rule)}
        regions = [rule for rule in self.regions if has(rule)]
        return replace(
            self,
            operands=tuple(r.in_release(release) for r in self.operands if has(r)),
            results=tuple(r.in_release(release) for r in self.results if has(r)),
            attributes=tuple(rule.in_release(release) for rule in self.attributes),
            regions=tuple(replace(rule, index=i) for i, rule in enumerate(regions)),
            traits=tuple(t for t in self.traits if lacking.isdisjoint(t.names)),
            counted=self.counts.get(release, {}),
            lacking=frozenset(lacking),
            is_declared=False,
        )
