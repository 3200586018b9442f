"""From versions to stories: neighbours are compared, and each change is told of the thing it belongs to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from opspec.dataclass import dataclass
from opspec.diff.changes import Change, Place, Side, Tier
from opspec.diff.compare import compare
from opspec.diff.rules import rule_of
from opspec.diff.sections import ATTRIBUTE_DEFINITION, ENUM, OPERATION, TYPE_DEFINITION, Section
from opspec.diff.sources import origin_of
from opspec.history.facts import Chapter, Detail, Event, Has, History, Kind, Story, Verb
from opspec.history.versions import Line, Version
from opspec.model.dialect import Dialect

__all__ = ["tell"]

_SECTIONS: dict[Kind, Section[Any]] = {
    Kind.OPERATION: OPERATION,
    Kind.ENUM: ENUM,
    Kind.ATTRIBUTE: ATTRIBUTE_DEFINITION,
    Kind.TYPE: TYPE_DEFINITION,
}
_KINDS = {section.key: kind for kind, section in _SECTIONS.items()}
_VERBS = {verb.value: verb for verb in (Verb.ADDED, Verb.REMOVED, Verb.RENAMED)} | {"moved": Verb.LEFT}
_WHOLE = ("dialect", "operation", "enum", "definition")
"""What rules call what has a line of its own in a story."""
_ORDER = {key: place for enum in (Kind, Verb) for place, key in enumerate(enum)}


@dataclass(frozen=True, slots=True)
class _Thing:
    """A thing that changes are told of, as the old side calls it, or the new one where only that has it."""

    dialect: str
    kind: Kind
    name: str


def tell(lines: Sequence[Line], notes: Sequence[str] = ()) -> History:
    """The history of all dialects of some lines of versions."""
    return History(tuple(story for line in lines for story in _stories(line)), tuple(notes))


def _stories(line: Line) -> Iterator[Story]:
    names = list(dict.fromkeys(name for version in line for name in version.side.project.names()))
    chapters: dict[str, list[Chapter]] = {name: [] for name in names}
    happened: dict[str, list[Event]] = {}
    for version, following in zip(line, (*line[1:], None), strict=True):
        for name in names:
            dialect = version.side.project.dialect(name)
            events = _sorted(happened.get(name, ()))
            if dialect is not None or events:
                chapters[name].append(_chapter(version, dialect, events))
        happened = _events(version, following) if following is not None else {}
    yield from (Story(name, tuple(found)) for name, found in chapters.items())


def _chapter(version: Version, dialect: Dialect | None, events: tuple[Event, ...]) -> Chapter:
    has = tuple(
        Has(kind, tuple(map(section.name, section.entries(dialect))) if dialect is not None else ())
        for kind, section in _SECTIONS.items()
    )
    return Chapter(version.name, version.day, origin_of(dialect) if dialect is not None else "", has, events)


def _sorted(events: Sequence[Event]) -> tuple[Event, ...]:
    return tuple(sorted(events, key=lambda event: (_ORDER[event.kind], _ORDER[event.verb])))


def _events(old: Version, new: Version) -> dict[str, list[Event]]:
    """What happened from one version to the next, by dialect."""
    changes = [c for c in compare(old.side.project, new.side.project) if _is_told(c)]
    wholes = {_thing(change.place): change for change in changes if _is_whole(change)}
    before = {_thing(c.new.place): thing for thing, c in wholes.items() if c.new is not None}
    found: dict[_Thing, list[Change]] = {}
    for change in changes:
        thing = _thing(change.place)
        found.setdefault(thing if change.old is not None else before.get(thing, thing), []).append(change)
    told: dict[str, list[Event]] = {}
    for thing, those in found.items():
        if thing.dialect == "":  # the project's
            for name in set(old.side.project.names()) & set(new.side.project.names()):
                told.setdefault(name, []).append(_event(_Thing(name, Kind.DIALECT, name), None, those))
            continue
        whole = wholes.get(thing)
        told.setdefault(thing.dialect, []).append(_event(thing, whole, those))
        if whole is not None and whole.new is not None and whole.new.place.dialect != thing.dialect:
            told.setdefault(whole.new.place.dialect, []).append(_arrival(thing, whole.new.place))
    return told


def _is_told(change: Change) -> bool:
    """Whether anyone notices who writes calls or IR."""
    return any(change.level_in(tier) is not None for tier in (Tier.SOURCE, Tier.IR))


def _is_whole(change: Change) -> bool:
    """Whether a whole thing was added, removed, renamed or moved."""
    rule = rule_of(change.rule)
    return rule.subject in _WHOLE and rule.verb in _VERBS


def _thing(place: Place) -> _Thing:
    section, name = place.owner
    if section == "project":
        return _Thing("", Kind.DIALECT, "")
    kind = _KINDS.get(section, Kind.DIALECT)
    return _Thing(place.dialect, kind, name if kind is not Kind.DIALECT else place.dialect)


def _event(thing: _Thing, whole: Change | None, changes: Sequence[Change]) -> Event:
    details = tuple(_detail(change, thing) for change in changes)
    if whole is None:
        return Event(thing.kind, Verb.CHANGED, thing.name, "", details)
    verb = _VERBS[rule_of(whole.rule).verb]
    if verb is Verb.RENAMED and whole.new is not None:
        return Event(thing.kind, verb, _thing(whole.new.place).name, thing.name, details)
    to = whole.new.place if whole.new is not None and verb is Verb.LEFT else None
    return Event(thing.kind, verb, thing.name, f"{to.dialect}.{to.name}" if to is not None else "", details)


def _arrival(thing: _Thing, place: Place) -> Event:
    """What moved, as the dialect tells it that has it now."""
    return Event(thing.kind, Verb.ARRIVED, _thing(place).name, f"{thing.dialect}.{thing.name}", ())


def _detail(change: Change, thing: _Thing) -> Detail:
    rule = rule_of(change.rule)
    is_whole, words = _is_whole(change), rule.title
    if not is_whole and change.place.name != thing.name:
        words = f"{change.place.name}: {words}"
        if change.old is not None and change.new is not None and change.old.place.name != change.new.place.name:
            words = f"{words} to {change.new.place.name}"
    old, new = (_facts(side) for side in (change.old, change.new))
    return Detail(change.rule, words, old, new, change.level_in(Tier.SOURCE), change.level_in(Tier.IR), is_whole)


def _facts(side: Side | None) -> str:
    return side.facts if side is not None else ""
