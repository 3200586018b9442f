"""How long each thing of a dialect lives, and what happens to it on the way: the rows of a timeline."""

from __future__ import annotations

from dataclasses import field

from opspec.dataclass import dataclass
from opspec.history.facts import Event, Kind, Story, Verb

__all__ = ["Life", "lives"]


@dataclass(frozen=True, slots=True)
class Life:
    """A thing by its last name. `spans` are the numbers of the first and last versions that have it, among those that
    are told; `marks` what happened to it, each with the number of the version.
    """

    kind: Kind
    name: str
    spans: tuple[tuple[int, int], ...]
    marks: tuple[tuple[int, Event], ...]


@dataclass(slots=True)
class _Growing:
    kind: Kind
    name: str
    spans: list[tuple[int, int]] = field(default_factory=list)
    marks: list[tuple[int, Event]] = field(default_factory=list)


def lives(story: Story) -> tuple[Life, ...]:
    """The lives of all things of a dialect: by kind, and in the order in which they came."""
    known: dict[tuple[Kind, str], _Growing] = {}
    rows: list[_Growing] = []
    for number, chapter in enumerate(story.told):
        for event in chapter.events:
            if event.kind is Kind.DIALECT:
                continue
            name = event.other if event.verb is Verb.RENAMED else event.name
            row = known.pop((event.kind, name), None) or _Growing(event.kind, name)
            if all(row is not each for each in rows):
                rows.append(row)
            row.name = event.name
            known[event.kind, event.name] = row
            row.marks.append((number, event))
        for has in chapter.has:
            for name in has.names:
                row = known.get((has.kind, name)) or _Growing(has.kind, name)
                if (has.kind, name) not in known:
                    known[has.kind, name] = row
                    rows.append(row)
                if row.spans and row.spans[-1][1] == number - 1:
                    row.spans[-1] = row.spans[-1][0], number
                else:
                    row.spans.append((number, number))
    order = list(Kind)
    return tuple(
        Life(row.kind, row.name, tuple(row.spans), tuple(row.marks))
        for row in sorted(rows, key=lambda row: order.index(row.kind))
    )
