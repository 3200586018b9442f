"""A finished comparison: what every format reads."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from opspec.dataclass import dataclass
from opspec.diagnostics import Location
from opspec.diff.accept import Verdicts
from opspec.diff.changes import Bump, Change, Level, Tier
from opspec.diff.griffe_check import GriffeCheck
from opspec.diff.rules import RULES, rule_of
from opspec.diff.sources import LoadedSide

__all__ = ["Count", "Report", "tiers_of"]

_ORDER = {rule.id: index for index, rule in enumerate(RULES)}


@dataclass(frozen=True, slots=True)
class Count:
    """How often a rule found something, in words: `23 operations removed`; and the worst level it had."""

    rule: str
    number: int
    words: str
    level: Level


@dataclass(frozen=True, slots=True)
class Report:
    """Both sides, the changes as divided by what is accepted, the comparison of the Python packages, remarks.

    `witnesses` are programs by the fingerprints of the changes that break them.
    """

    old: LoadedSide
    new: LoadedSide
    verdicts: Verdicts
    griffe: GriffeCheck | None = None
    fail_on: Level = Level.BREAKING
    notes: tuple[str, ...] = ()
    witnesses: tuple[tuple[str, str], ...] = ()

    def witness(self, change: Change) -> str:
        """A program that the change breaks; empty where there is none."""
        return dict(self.witnesses).get(change.fingerprint, "")

    @property
    def changes(self) -> tuple[Change, ...]:
        """Every change, accepted or not, in the order of the specs."""
        return (*self.verdicts.open, *(change for change, _ in self.verdicts.accepted))

    @property
    def fails(self) -> bool:
        """Whether a change that nobody accepted reaches the level to fail on."""
        return any(change.level >= self.fail_on for change in self.verdicts.open)

    @property
    def bump(self) -> Bump:
        """The version number that all changes together call for."""
        return max((change.bump for change in self.changes), default=Bump.NONE)

    def counts(self) -> tuple[Count, ...]:
        """The summary: a line for each rule, the worst first."""
        return counted(self.changes)

    def at_level(self, level: Level) -> tuple[Change, ...]:
        """The changes of a level that nobody accepted, in the order of rules and specs."""
        found = [change for change in self.verdicts.open if change.level is level]
        return tuple(sorted(found, key=lambda change: _ORDER[change.rule]))

    def location(self, change: Change) -> Location:
        """Where to look: on the new side, or where the thing was."""
        if change.new is not None:
            return self.new.sheets.location(change.new.place)
        assert change.old is not None, "a change has a side"
        return self.old.sheets.location(change.old.place)

    def headline(self) -> str:
        """One line: how many changes of each level."""
        if not self.changes:
            return "no changes"
        numbers = Counter(change.level for change in self.changes)
        parts = [f"{numbers[level]} {level.word}" for level in sorted(Level, reverse=True) if numbers[level]]
        total = len(self.changes)
        return f"{total} change{'s' * (total != 1)}: {', '.join(parts)}"


def counted(changes: Sequence[Change]) -> tuple[Count, ...]:
    """How often each rule found something, the worst first."""
    numbers = Counter(change.rule for change in changes)
    found = [
        Count(rule, number, rule_of(rule).counted(number), max(c.level for c in changes if c.rule == rule))
        for rule, number in numbers.items()
    ]
    return tuple(sorted(found, key=lambda count: (-count.level, _ORDER[count.rule])))


def tiers_of(change: Change) -> str:
    """The levels in words: `source breaking, ir compatible`."""
    return ", ".join(f"{verdict.tier.value} {verdict.level.word}" for verdict in change.verdicts)


def tier_count(changes: Sequence[Change], tier: Tier, level: Level) -> int:
    """How many changes have a level in a tier."""
    return sum(change.level_in(tier) is level for change in changes)
