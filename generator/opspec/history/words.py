"""The words that all formats share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from opspec.diff.changes import Level
from opspec.history.facts import Chapter, Detail, Event, Has, History, Kind, Story, Verb

__all__ = [
    "columns",
    "counted",
    "counts",
    "happened",
    "headline",
    "how_bad",
    "origin",
    "quiet_rows",
    "sizes",
    "steps",
    "told_of",
    "versions",
]


def _counted(number: int, kind: Kind) -> str:
    return f"{number} {kind.value if number == 1 else kind.section}"


def sizes(has: Iterable[Has]) -> str:
    """What a version has: `8 operations, 1 enum`."""
    return ", ".join(_counted(len(each.names), each.kind) for each in has if each.names) or "nothing"


def versions(story: Story) -> str:
    """The versions of a story in which nothing happens."""
    if len(story.chapters) == 1:
        return f"one version, {story.first.version}"
    return f"no change in {len(story.chapters)} versions, {story.first.version} to {story.last.version}"


def headline(story: Story) -> str:
    """How many versions a story has, and what the first and the last of them have."""
    first, last = story.first, story.last
    if not story.is_eventful:
        return f"{versions(story)}, with {sizes(first.has)}"
    ends = f"from {first.version} with {sizes(first.has)} to {last.version} with {sizes(last.has)}"
    return f"{len(story.chapters)} versions, {ends}"


def happened(chapter: Chapter) -> str:
    """How much happened: `1 added, 4 changed, 2 removed; 3 break calls`."""
    parts = [f"{number} {verb.value}" for verb in Verb if (number := chapter.count(verb))]
    breaking = chapter.breaking
    return ", ".join(parts) + (f"; {breaking} break{'s' * (breaking == 1)} calls" if breaking else "")


def counted(story: Story) -> tuple[Kind, ...]:
    """What numbers in tables count: operations, or whatever is told of where they are not."""
    return (Kind.OPERATION,) if Kind.OPERATION in story.kinds else story.kinds


def columns(story: Story) -> tuple[str, ...]:
    """The titles of what `counts` gives."""
    kinds = counted(story)
    what = kinds[0].section.capitalize() if len(kinds) == 1 else "Things"
    return (what, "Added", "Changed", "Removed", "Break calls")


def counts(story: Story) -> Iterator[tuple[Chapter, tuple[int, ...]]]:
    """A row of numbers for each version that is told: how much it has, what was added, changed, removed, breaks calls.

    What was renamed counts as changed, what moved as added where it came to, and as removed where it left.
    """
    kinds = counted(story)
    for chapter in story.told:
        those = chapter.of(kinds)
        number = sum(len(has.names) for has in those.has)
        yield chapter, (number, *steps(those), those.breaking)


def steps(chapter: Chapter) -> tuple[int, int, int]:
    """How much came, changed and went."""
    came, went = chapter.count(Verb.ADDED, Verb.ARRIVED), chapter.count(Verb.REMOVED, Verb.LEFT)
    return came, chapter.count(Verb.RENAMED, Verb.CHANGED), went


def origin(chapter: Chapter) -> str:
    """Where the facts of a version come from, as far as its name does not say it."""
    found = [text for text in (chapter.day, chapter.origin) if text and text != chapter.version]
    return ", ".join(found)


def told_of(event: Event) -> str:
    """What happened, behind the name of the thing."""
    match event.verb:
        case Verb.RENAMED:
            return f"renamed from {event.other}"
        case Verb.ARRIVED:
            return f"moved here from {event.other}"
        case Verb.LEFT:
            return f"moved to {event.other}"
        case Verb.ADDED | Verb.CHANGED | Verb.REMOVED:
            return str(event.verb.value)


def how_bad(details: Sequence[Detail]) -> str:
    """Whom changes break: `breaks calls and IR`, `dangerous for IR`; empty where what was right stays right."""
    for level, words in ((Level.BREAKING, "breaks"), (Level.DANGEROUS, "dangerous for")):
        whom = [
            name
            for name, levels in (("calls", [d.in_source for d in details]), ("IR", [d.in_ir for d in details]))
            if level in levels
        ]
        if whom:
            return f"{words} {' and '.join(whom)}"
    return ""


def quiet_rows(history: History) -> tuple[tuple[str, str, str], ...]:
    """Of each dialect in which nothing happens: its name, its versions, and what they have."""
    return tuple((story.dialect, versions(story), sizes(story.first.has)) for story in history.quiet)
