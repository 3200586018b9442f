"""The words of a comparison: tiers, levels, places, changes."""

from __future__ import annotations

import hashlib
import json
from enum import Enum, IntEnum

from opspec.dataclass import dataclass

__all__ = ["STATED", "Bump", "Candidate", "Change", "Level", "Place", "Side", "Tier", "Verdict", "bump_of", "worst"]


class Tier(Enum):
    """Who notices a change."""

    SOURCE = "source"
    """Python programs: a call that worked fails, or means something else."""
    IR = "ir"
    """Modules: what the old Enzyme took the new one refuses or reads differently, or the reverse."""
    TYPES = "types"
    """Type checkers: only hints change."""
    DOCS = "docs"
    """Readers: only words change, or how a fact is written."""
    RUST = "rust"
    """Rust programs, where a project generates Rust: a call that compiled does not, or means something else."""


STATED = (Tier.SOURCE, Tier.IR, Tier.TYPES, Tier.DOCS)
"""The tiers that rules state levels for; that of Rust is measured."""


class Level(IntEnum):
    """How bad a change is; a greater one is worse."""

    COMPATIBLE = 1
    """What was right stays right."""
    DANGEROUS = 2
    """Nothing fails at once, but something may come out otherwise."""
    BREAKING = 3
    """Something that was right is refused."""

    @property
    def word(self) -> str:
        """The level as reports and flags write it, e.g. `breaking`."""
        return self.name.lower()


class Bump(IntEnum):
    """Which number of a version a change calls for."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3

    @property
    def word(self) -> str:
        """The number's name, e.g. `major`."""
        return self.name.lower()


@dataclass(frozen=True, slots=True)
class Verdict:
    """The level of a change in one tier."""

    tier: Tier
    level: Level


def worst(verdicts: tuple[Verdict, ...]) -> Level:
    """The worst level of any tier."""
    return max(verdict.level for verdict in verdicts)


def bump_of(verdicts: tuple[Verdict, ...]) -> Bump:
    """Breaking asks for a major version; what users can see or use otherwise for a minor one; words for a patch."""
    if worst(verdicts) is Level.BREAKING:
        return Bump.MAJOR
    is_visible = any(v.tier in (Tier.SOURCE, Tier.IR, Tier.RUST) for v in verdicts)
    return Bump.MINOR if is_visible else Bump.PATCH


@dataclass(frozen=True, slots=True)
class Place:
    """A thing of a dialect, as the path of keys in its spec: `operations`, `autodiff`, `arguments`, `width`."""

    dialect: str
    path: tuple[str, ...] = ()

    def __str__(self) -> str:
        return ".".join((self.dialect, *self.path[1::2]))

    @property
    def key(self) -> str:
        """The whole path, which names one thing only: `enzyme/operations/autodiff/arguments/width`."""
        return "/".join((self.dialect, *self.path))

    @property
    def owner(self) -> tuple[str, str]:
        """The section and name of the thing that this is or belongs to; empty for the dialect itself."""
        return (self.path[0], self.path[1]) if len(self.path) > 1 else ("", "")

    @property
    def name(self) -> str:
        """The last name on the path, or the dialect's."""
        return self.path[-1] if self.path else self.dialect


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a change: where, and what the spec says there, in its notation.

    `given` is how a call gives the value of a default, in Python; of one that only C++ knows it is empty.
    """

    place: Place
    facts: str
    given: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """Why two things with different names are taken for one: `score` from 0 to 1, and the reasons in words."""

    score: float
    why: tuple[str, ...]

    def __str__(self) -> str:
        return f"score {self.score:.2f}: {', '.join(self.why)}"


@dataclass(frozen=True, slots=True)
class Change:
    """One change, found by one rule.

    What was added has no old side, what was removed no new one. `variant` names the circumstances that give it other
    levels than its rule has by default. `candidate` is set where the change rests on a rename being guessed.
    """

    rule: str
    old: Side | None
    new: Side | None
    verdicts: tuple[Verdict, ...]
    hint: str
    variant: str = ""
    candidate: Candidate | None = None

    @property
    def place(self) -> Place:
        """Where the change is: the place on the old side, as far as there is one."""
        side = self.old or self.new
        assert side is not None, "a change has a side"
        return side.place

    @property
    def level(self) -> Level:
        """The worst level of any tier."""
        return worst(self.verdicts)

    @property
    def bump(self) -> Bump:
        """The version number that the change calls for."""
        return bump_of(self.verdicts)

    def level_in(self, tier: Tier) -> Level | None:
        """The level in one tier; None where the tier does not notice."""
        return next((verdict.level for verdict in self.verdicts if verdict.tier is tier), None)

    @property
    def fingerprint(self) -> str:
        """What an accepted change is known by: rule, places and facts; no prose, so that words may improve."""
        sides = [[side.place.key, side.facts] if side else None for side in (self.old, self.new)]
        text = json.dumps([self.rule, *sides], ensure_ascii=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()[:16]
