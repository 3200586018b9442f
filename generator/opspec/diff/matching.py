"""Which thing of the old side is which of the new: by name, and where names are gone, by likeness."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Sequence
from typing import Generic, TypeVar

from opspec.dataclass import dataclass
from opspec.diff.changes import Candidate
from opspec.naming.words import split_words

__all__ = ["THRESHOLD", "Evidence", "Match", "Matching", "match", "moved", "similarity", "weighed"]

THRESHOLD = 0.6
"""The score from which a removed and an added thing count as one that was renamed."""

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Match(Generic[_T]):
    """A thing on both sides. `candidate` is set where it has another name now, so that the pair is a guess."""

    old: _T
    new: _T
    candidate: Candidate | None = None


@dataclass(frozen=True, slots=True)
class Matching(Generic[_T]):
    """The things of two sides: those on both, in the order of the old side, and those on one."""

    name: Callable[[_T], str]
    pairs: tuple[Match[_T], ...] = ()
    removed: tuple[_T, ...] = ()
    added: tuple[_T, ...] = ()

    def renames(self) -> tuple[tuple[str, str], ...]:
        """New name and old name of everything that is taken to be renamed."""
        return tuple((self.name(p.new), self.name(p.old)) for p in self.pairs if p.candidate is not None)

    def without(self, old: Collection[str], new: Collection[str]) -> Matching[_T]:
        """The same, but for things of both sides that are paired elsewhere; what was taken for them is on one side."""
        kept, removed, added = [], list(self.removed), list(self.added)
        for pair in self.pairs:
            is_gone, is_come = self.name(pair.old) in old, self.name(pair.new) in new
            if not is_gone and not is_come:
                kept.append(pair)
                continue
            removed += [] if is_gone else [pair.old]
            added += [] if is_come else [pair.new]
        removed = [thing for thing in removed if self.name(thing) not in old]
        added = [thing for thing in added if self.name(thing) not in new]
        return Matching(self.name, tuple(kept), tuple(removed), tuple(added))

    def names(self) -> dict[str, str]:
        """The old names of what is on both sides, each with its new name."""
        return {self.name(pair.old): self.name(pair.new) for pair in self.pairs}


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for taking two things for one: its weight, how true it is (0 to 1), and words."""

    weight: float
    truth: float
    words: str


def similarity(first: str, second: str) -> float:
    """How alike two names are, from 0 to 1, the same in both directions; words count where letters differ in case."""
    one, two = "_".join(split_words(first)).lower(), "_".join(split_words(second)).lower()
    if one == two:
        return 1.0
    forth = difflib.SequenceMatcher(None, one, two, autojunk=False).ratio()
    back = difflib.SequenceMatcher(None, two, one, autojunk=False).ratio()
    return (forth + back) / 2


def weighed(*evidence: Evidence) -> Candidate:
    """The sum of all evidence; only what counts is given as a reason."""
    score = sum(e.weight * e.truth for e in evidence)
    reasons = sorted((e for e in evidence if e.truth >= 0.5), key=lambda e: -e.weight * e.truth)
    return Candidate(round(score, 4), tuple(e.words for e in reasons))


def match(
    old: Sequence[_T],
    new: Sequence[_T],
    name: Callable[[_T], str],
    candidate: Callable[[_T, _T, bool], Candidate],
) -> Matching[_T]:
    """Pair the things of two sides.

    Equal names are pairs. Of what remains, the most alike are taken first as long as they reach `THRESHOLD`; the order
    does not depend on which side is called old. `candidate` takes an old thing, a new one, and whether both stand at
    the same position.
    """
    of_new = {name(thing): thing for thing in new}
    names_of_old = {name(thing) for thing in old}
    removed = [(at, thing) for at, thing in enumerate(old) if name(thing) not in of_new]
    added = [(at, thing) for at, thing in enumerate(new) if name(thing) not in names_of_old]
    scored = [(candidate(one, two, i == j), one, two) for i, one in removed for j, two in added]
    likely = [found for found in scored if found[0].score >= THRESHOLD]
    likely.sort(key=lambda found: (-found[0].score, sorted((name(found[1]), name(found[2])))))
    renamed: dict[str, tuple[_T, Candidate]] = {}
    taken: set[str] = set()
    for reason, one, two in likely:
        if name(one) not in renamed and name(two) not in taken:
            renamed[name(one)] = (two, reason)
            taken.add(name(two))
    pairs: list[Match[_T]] = []
    for thing in old:
        key = name(thing)
        if key in of_new:
            pairs.append(Match(thing, of_new[key]))
        elif key in renamed:
            pairs.append(Match(thing, *renamed[key]))
    return Matching(
        name,
        tuple(pairs),
        tuple(thing for _, thing in removed if name(thing) not in renamed),
        tuple(thing for _, thing in added if name(thing) not in taken),
    )


def moved(old: Sequence[str], new: Sequence[str], weight: Callable[[str], int] = lambda _: 1) -> tuple[str, ...]:
    """The names that changed their place, as few and as light as possible, in the order of the old side.

    Both hold the same names. Of several ways to see it, one is taken that does not depend on which side is old.
    """
    if list(old) == list(new):
        return ()
    kept: list[list[tuple[int, tuple[str, ...]]]] = [[(0, ())] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            options = [kept[i + 1][j], kept[i][j + 1]]
            if old[i] == new[j]:
                cost, names = kept[i + 1][j + 1]
                options.append((cost - weight(old[i]), (old[i], *names)))
            kept[i][j] = min(options)
    stays = set(kept[0][0][1])
    return tuple(name for name in old if name not in stays)
