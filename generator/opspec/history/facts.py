"""What a history says: stories of dialects, of chapters, of events."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import Enum

from opspec.dataclass import dataclass
from opspec.diff.changes import Level

__all__ = ["Chapter", "Detail", "Event", "Has", "History", "Kind", "Story", "Verb"]


class Kind(Enum):
    """What something happens to; in the order of stories, by its name in them."""

    DIALECT = "dialect"
    OPERATION = "operation"
    ENUM = "enum"
    ATTRIBUTE = "attribute"
    TYPE = "type"

    @property
    def section(self) -> str:
        """What specs call the section, e.g. `operations`."""
        return f"{self.value}s"


class Verb(Enum):
    """What happens; in the order of stories."""

    ADDED = "added"
    ARRIVED = "moved in"
    RENAMED = "renamed"
    CHANGED = "changed"
    LEFT = "moved out"
    REMOVED = "removed"


@dataclass(frozen=True, slots=True)
class Detail:
    """One change of a thing: the rule that found it, words, what specs said and say, and how bad it is.

    `in_source` is its level for calls in Python, `in_ir` its level for modules; None where they do not notice.
    `is_whole` says that it is what happened to the thing, and not a change of what the thing has.
    """

    rule: str
    words: str
    old: str
    new: str
    in_source: Level | None
    in_ir: Level | None
    is_whole: bool = False


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to one thing.

    `name` is its name, or the last it had. `other` is the name before of what was renamed, and with the dialect where
    it moved to or from. `details` are all of its changes, being added among them; what moved has them where it left.
    """

    kind: Kind
    verb: Verb
    name: str
    other: str
    details: tuple[Detail, ...]

    @property
    def breaks_calls(self) -> bool:
        """Whether a call in Python that was right is refused."""
        return any(detail.in_source is Level.BREAKING for detail in self.details)

    @property
    def level(self) -> Level:
        """The worst of all changes."""
        levels = (level for detail in self.details for level in (detail.in_source, detail.in_ir) if level is not None)
        return max(levels, default=Level.COMPATIBLE)

    @property
    def own(self) -> tuple[Detail, ...]:
        """The changes that are what happened to the thing."""
        return tuple(detail for detail in self.details if detail.is_whole)

    @property
    def parts(self) -> tuple[Detail, ...]:
        """The changes of what the thing has."""
        return tuple(detail for detail in self.details if not detail.is_whole)


@dataclass(frozen=True, slots=True)
class Has:
    """The names of one kind that a version has, in the order of the spec."""

    kind: Kind
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A version: its name, the day and the origin of its facts as far as they are known, what it has, what happened."""

    version: str
    day: str
    origin: str
    has: tuple[Has, ...]
    events: tuple[Event, ...] = ()

    def count(self, *verbs: Verb) -> int:
        """How many events are of these verbs."""
        return sum(event.verb in verbs for event in self.events)

    @property
    def breaking(self) -> int:
        """How many events break calls in Python."""
        return sum(event.breaks_calls for event in self.events)

    def of(self, kinds: Collection[Kind]) -> Chapter:
        """The same version, with some kinds of things alone."""
        has = tuple(has for has in self.has if has.kind in kinds)
        return Chapter(self.version, self.day, self.origin, has, tuple(e for e in self.events if e.kind in kinds))


@dataclass(frozen=True, slots=True)
class Story:
    """A dialect through its versions, oldest first; the first chapter tells what there was."""

    dialect: str
    chapters: tuple[Chapter, ...]

    @property
    def first(self) -> Chapter:
        """The oldest version."""
        return self.chapters[0]

    @property
    def last(self) -> Chapter:
        """The newest version."""
        return self.chapters[-1]

    @property
    def is_eventful(self) -> bool:
        """Whether anything happens in it."""
        return any(chapter.events for chapter in self.chapters)

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of things that are told of."""
        return tuple(has.kind for has in self.first.has)

    @property
    def told(self) -> tuple[Chapter, ...]:
        """The versions that differ from the one before, with the first and the last."""
        ends = (self.first, self.last)
        return tuple(c for c in self.chapters if c.events or any(c is end for end in ends))


@dataclass(frozen=True, slots=True)
class History:
    """Stories of dialects, and remarks on how they were made."""

    stories: tuple[Story, ...]
    notes: tuple[str, ...] = ()

    @property
    def eventful(self) -> tuple[Story, ...]:
        """The stories in which something happens."""
        return tuple(story for story in self.stories if story.is_eventful)

    @property
    def quiet(self) -> tuple[Story, ...]:
        """The stories of one version, or of versions that are all the same."""
        return tuple(story for story in self.stories if not story.is_eventful)

    def only(self, kinds: Sequence[Kind]) -> History:
        """The same history of some kinds of things alone, and of dialects as wholes."""
        kept = {Kind.DIALECT, *kinds}
        stories = (
            Story(story.dialect, tuple(chapter.of(kept) for chapter in story.chapters)) for story in self.stories
        )
        return History(tuple(stories), self.notes)
