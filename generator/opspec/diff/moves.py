"""From two projects to the pairs of their dialects, and of what moved from one dialect to another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from opspec.dataclass import dataclass
from opspec.diff.changes import Candidate
from opspec.diff.matching import THRESHOLD, Match, Matching
from opspec.diff.old_names import Renames, in_old_names
from opspec.diff.pairing import SECTIONS, pair_parts, renames_of
from opspec.diff.pairs import DialectPair, Parts
from opspec.diff.sections import ATTRIBUTE_DEFINITION, ENUM, OPERATION, TYPE_DEFINITION, Section
from opspec.diff.sides import ProjectSide
from opspec.model.dialect import Dialect
from opspec.naming.words import split_words

__all__ = ["pair_projects"]

_SAME_NAME = 0.4
"""The score from which two things of one name count as one that moved: the name speaks for itself."""

_TELLING = 50
"""What more new things than these have in common says nothing of any of them."""

_MOVING: tuple[Section[Any], ...] = (ENUM, ATTRIBUTE_DEFINITION, TYPE_DEFINITION, OPERATION)
"""What can move, operations last: their parts are compared in the old names of all others."""


@dataclass(frozen=True, slots=True)
class _Loose:
    """A thing of one side that its own dialect lacks on the other, or has under another name with a score.

    `compared` is the thing in the old side's words.
    """

    dialect: str
    thing: Any
    compared: Any
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class _Move:
    """A thing that moved: the dialects it was in and is in."""

    section: Section[Any]
    old: str
    new: str
    match: Match[Any]


def pair_projects(old: ProjectSide, new: ProjectSide) -> tuple[DialectPair, ...]:
    """The pairs of dialects that both sides have, and of two dialects for what moved between them, in the old order."""
    later = {dialect.name: dialect for dialect in new.dialects}
    own = {d.name: pair_parts(d, later[d.name]) for d in old.dialects if d.name in later}
    moves: list[_Move] = []
    if len({*old.names(), *new.names()}) > 1:
        for section in _MOVING:
            gone, come = (tuple(_loose(section, side, own, side is old)) for side in (old, new))
            if section is OPERATION and gone and come:
                words = _Words(old, new, own, moves)
                renamed = {name: words.of(dialect, name) for name, dialect in later.items()}
                come = tuple(replace(each, compared=_same(section, each, renamed)) for each in come)
            moves += _moves(section, gone, come)
        own = {name: _without(parts, moves, name) for name, parts in own.items()}
    words = _Words(old, new, own, moves)
    return tuple(
        DialectPair(
            dialect,
            later[target],
            words.of(later[target], dialect.name),
            old.policy(dialect),
            new.policy(later[target]),
            own[target] if target == dialect.name else _moved_parts(moves, dialect.name, target),
        )
        for dialect in old.dialects
        for target in (dialect.name, *(name for name in later if name != dialect.name))
        if target in later and (target == dialect.name or any((m.old, m.new) == (dialect.name, target) for m in moves))
    )


class _Words:
    """The new dialects in the old side's words, as far as is known what was renamed and moved."""

    def __init__(self, old: ProjectSide, new: ProjectSide, own: dict[str, Parts], moves: Sequence[_Move]) -> None:
        self._made: dict[tuple[str, str], Dialect] = {}
        before = {dialect.name: dialect for dialect in old.dialects}
        later = {dialect.name: dialect for dialect in new.dialects}
        self._renames = {(name, name): renames_of(before[name], later[name], parts) for name, parts in own.items()}
        for pair in dict.fromkeys((move.old, move.new) for move in moves):
            self._renames[pair] = renames_of(before[pair[0]], later[pair[1]], _moved_parts(moves, *pair))
        self._everywhere = {
            key: tuple(rename for found in self._renames.values() for rename in getattr(found, key))
            for key in ("operations", "attributes", "types", "parameters")
        }

    def of(self, dialect: Dialect, old: str) -> Dialect:
        """A new dialect in the words of an old one."""
        key = (old, dialect.name)
        if key not in self._made:
            found = replace(self._renames.get(key, Renames()), **self._everywhere)
            self._made[key] = in_old_names(dialect, found)
        return self._made[key]


def _without(parts: Parts, moves: Sequence[_Move], dialect: str) -> Parts:
    """What is matched within a dialect, without what moved out of it and into it."""

    def left(section: Section[Any], matching: Matching[Any]) -> Matching[Any]:
        old = {section.name(m.match.old) for m in moves if m.section is section and m.old == dialect}
        new = {section.name(m.match.new) for m in moves if m.section is section and m.new == dialect}
        return matching.without(old, new) if old or new else matching

    return Parts(tuple((section, left(section, matching)) for section, matching in parts.matchings))


def _moved_parts(moves: Sequence[_Move], old: str, new: str) -> Parts:
    """What moved from one dialect to another."""
    found = [
        (section, tuple(m.match for m in moves if m.section is section and (m.old, m.new) == (old, new)))
        for section in SECTIONS
    ]
    return Parts(tuple((section, Matching(section.name, pairs)) for section, pairs in found))


def _loose(section: Section[Any], side: ProjectSide, own: dict[str, Parts], is_old: bool) -> Iterator[_Loose]:
    """What may have moved: of dialects that the other side lacks everything, of others what is not on both sides."""
    for dialect in side.dialects:
        matching = own[dialect.name].of(section) if dialect.name in own else None
        if matching is None:
            yield from (_Loose(dialect.name, thing, thing) for thing in section.entries(dialect))
            continue
        yield from (_Loose(dialect.name, one, one) for one in (matching.removed if is_old else matching.added))
        for pair in matching.pairs:
            if pair.candidate is not None:
                thing = pair.old if is_old else pair.new
                yield _Loose(dialect.name, thing, thing, pair.candidate.score)


def _same(section: Section[Any], loose: _Loose, dialects: dict[str, Dialect]) -> Any:
    """The thing as a dialect of its name has it."""
    return section.entry(dialects[loose.dialect], section.name(loose.thing))


def _moves(section: Section[Any], old: Sequence[_Loose], new: Sequence[_Loose]) -> list[_Move]:
    """What moved to another dialect: under its name where one of that name is like it at all, else by likeness."""
    gone, come = list(old), list(new)
    found: dict[int, _Move] = {}
    for least, traits in ((_SAME_NAME, _names), (THRESHOLD, _hints)):
        index: defaultdict[str, list[_Loose]] = defaultdict(list)
        for two in come:
            for trait in traits(section, two):
                index[trait].append(two)
        scored = []
        for one in gone:
            telling = (those for trait in traits(section, one) if len(those := index.get(trait, [])) <= _TELLING)
            near = {id(two): two for those in telling for two in those}
            scored += [(section.candidate(one.thing, t.compared, False), one, t) for t in near.values()]
        scored = [
            (candidate, one, two)
            for candidate, one, two in scored
            if one.dialect != two.dialect and candidate.score >= least and candidate.score > max(one.score, two.score)
        ]
        taken = set()
        for move, one, two in _best(section, scored):
            found[id(one)] = move
            taken |= {id(one), id(two)}
        gone, come = ([loose for loose in side if id(loose) not in taken] for side in (gone, come))
    return [found[id(one)] for one in old if id(one) in found]


def _names(section: Section[Any], loose: _Loose) -> set[str]:
    return {section.name(loose.thing)}


def _hints(section: Section[Any], loose: _Loose) -> set[str]:
    """What two things of different names have in common where they may be one: a word of the name, or all parts."""
    facts = section.facts(loose.compared)
    return {*split_words(section.name(loose.thing)), facts.partition("(")[2] or facts}


def _best(
    section: Section[Any], scored: list[tuple[Candidate, _Loose, _Loose]]
) -> Iterator[tuple[_Move, _Loose, _Loose]]:
    """The likeliest moves, each thing once; of two that are as likely, the first by name, which the reasons say."""

    def place(loose: _Loose) -> str:
        return f"{loose.dialect}.{section.name(loose.thing)}"

    scored.sort(key=lambda found: (-found[0].score, sorted((place(found[1]), place(found[2])))))
    rivals: defaultdict[tuple[str, float], list[str]] = defaultdict(list)
    for candidate, one, two in scored:
        rivals[place(one), candidate.score].append(place(two))
    taken: set[str] = set()
    for candidate, one, two in scored:
        before, now = place(one), place(two)
        if f"- {before}" in taken or f"+ {now}" in taken:
            continue
        taken |= {f"- {before}", f"+ {now}"}
        others = [f"as much speaks for {rival}" for rival in rivals[before, candidate.score] if rival != now]
        guess = Candidate(candidate.score, (*candidate.why, *others))
        yield _Move(section, one.dialect, two.dialect, Match(one.thing, two.thing, guess)), one, two
