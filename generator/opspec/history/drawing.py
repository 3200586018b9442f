"""The timeline of a history, as shapes at places: what `templates/timeline.svg.jinja` writes down."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from opspec.dataclass import dataclass
from opspec.diagnostics import visible
from opspec.history.facts import Chapter, Event, History, Story, Verb
from opspec.history.lives import Life, lives
from opspec.history.words import (
    columns,
    counted,
    counts,
    happened,
    headline,
    how_bad,
    origin,
    sizes,
    steps,
    told_of,
)

__all__ = ["Drawing", "draw"]

_MARGIN, _ROW, _HEAD, _GAP = 16, 20, 66, 28
_LETTER = 6.4
"""How wide a letter is taken to be, in units of the drawing: wider than most are."""
_LONGEST = 40
_NARROWEST, _LEAST_WIDTH = 88, 560
_SHAPES = {
    Verb.ADDED: "added",
    Verb.ARRIVED: "moved",
    Verb.RENAMED: "changed",
    Verb.CHANGED: "changed",
    Verb.LEFT: "moved",
    Verb.REMOVED: "removed",
}
_LEGEND = (
    ("added", "added"),
    ("changed", "changed"),
    ("breaking", "changed, breaks calls"),
    ("moved", "moved"),
    ("removed", "removed"),
)


@dataclass(frozen=True, slots=True)
class Text:
    """Words, with the middle or the beginning of their line at a place; `title` is what is said of them in full."""

    x: float
    y: float
    words: str
    look: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A sign at a place, and what it says."""

    x: float
    y: float
    shape: str
    title: str


@dataclass(frozen=True, slots=True)
class Bar:
    """A horizontal bar; its left end, the middle of its height, its length."""

    x: float
    y: float
    length: float


@dataclass(frozen=True, slots=True)
class Row:
    """The life of one thing."""

    title: str
    name: Text
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """One dialect: its heading, the names of versions with lines below them from `top` to `bottom`, groups of rows."""

    heading: Text
    about: Text
    versions: tuple[Text, ...]
    numbers: tuple[Text, ...]
    lines: tuple[float, ...]
    top: float
    bottom: float
    groups: tuple[Text, ...]
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """The whole timeline."""

    width: float
    height: float
    title: str
    about: str
    panels: tuple[Panel, ...]
    signs: tuple[Mark, ...]
    legend: tuple[Text, ...]
    rest: tuple[Text, ...]


def _room(words: str) -> float:
    """How wide words are at most; ideographs are as wide as two letters."""
    return _LETTER * sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in words)


def draw(history: History) -> Drawing:
    """The timeline: a panel for each dialect in which something happens, a line for each of the others."""
    top = float(_MARGIN)
    panels: list[Panel] = []
    width = float(_LEAST_WIDTH)
    rows = {story.dialect: lives(story) for story in history.eventful}
    left = _MARGIN + 12 + max((_room(_short(life.name)) for those in rows.values() for life in those), default=0.0)
    for story in history.eventful:
        grid = _Columns(left, story.told)
        panel = grid.panel(story, rows[story.dialect], top)
        panels.append(panel)
        width = max(width, grid.middle(len(story.told) - 1) + grid.size / 2 + _MARGIN)
        top = panel.bottom + _GAP
    signs, legend = _legend(top)
    top += _ROW
    rest = []
    for story in history.quiet:
        top += _ROW
        rest.append(Text(_MARGIN, top, visible(f"{story.dialect}: {headline(story)}"), "note"))
    names = ", ".join(visible(story.dialect) for story in history.eventful or history.quiet)
    about = " ".join(
        f"{visible(story.dialect)}: {visible(headline(story))}." for story in (*history.eventful, *history.quiet)
    )
    width = max([width, *(_MARGIN * 2 + _room(text.words) for text in rest)])
    return Drawing(width, top + _MARGIN, f"The history of {names}", about, tuple(panels), signs, legend, tuple(rest))


class _Columns:
    """The columns of a panel, one for each version that is told."""

    def __init__(self, left: float, chapters: Sequence[Chapter]) -> None:
        self.left = left
        self.chapters = chapters
        self.size = max(_NARROWEST, *(_room(_short(c.version)) + 16 for c in chapters))

    def middle(self, number: int) -> float:
        return self.left + self.size * (number + 0.5)

    def panel(self, story: Story, rows: Sequence[Life], top: float) -> Panel:
        """The panel of a story, `top` of which is free."""
        groups: list[Text] = []
        drawn: list[Row] = []
        bottom = top + _HEAD
        for number, life in enumerate(rows):
            if number == 0 or rows[number - 1].kind is not life.kind:
                groups.append(Text(_MARGIN, bottom + 15, life.kind.section, "group"))
                bottom += _ROW
            drawn.append(self._row(life, bottom + _ROW / 2))
            bottom += _ROW
        head = Text(_MARGIN, top + 14, visible(story.dialect), "heading")
        indent = _MARGIN + 12 + 1.5 * _room(head.words)
        versions = tuple(
            Text(self.middle(i), top + 40, _short(c.version), "version", _about_version(c))
            for i, c in enumerate(self.chapters)
        )
        counting = [chapter.of(counted(story)) for chapter in self.chapters]
        numbers = tuple(
            Text(self.middle(i), top + 56, _numbers(c), "number", visible(happened(c))) for i, c in enumerate(counting)
        )
        about = Text(indent, top + 14, _ends(story), "note")
        lines = tuple(self.middle(i) for i in range(len(self.chapters)))
        return Panel(head, about, versions, numbers, lines, top + _HEAD, bottom, tuple(groups), tuple(drawn))

    def _row(self, life: Life, y: float) -> Row:
        name = Text(_MARGIN, y + 4, _short(life.name), "name")
        since = " and ".join(self._span(*span) for span in life.spans)
        title = f"{life.kind.value} {life.name}, {since}" if since else f"{life.kind.value} {life.name}"
        return Row(visible(title), name, tuple(self._bars(life, y)), tuple(self._marks(life, y)))

    def _span(self, first: int, last: int) -> str:
        start, end = self.chapters[first].version, self.chapters[last].version
        return start if first == last else f"{start} to {end}"

    def _bars(self, life: Life, y: float) -> Iterator[Bar]:
        """From where it came, or the left edge, to where it went, or the right edge."""
        end = len(self.chapters) - 1
        for first, last in life.spans:
            left = self.middle(first) - (self.size / 2 if first == 0 else 0)
            right = self.middle(last) + self.size * (0.5 if last == end else 1)
            yield Bar(left, y, right - left)

    def _marks(self, life: Life, y: float) -> Iterator[Mark]:
        for number, event in life.marks:
            version = self.chapters[number].version
            yield Mark(self.middle(number), y, _shape(event), visible(f"{version}: {_told(event)}"))


def _shape(event: Event) -> str:
    shape = _SHAPES[event.verb]
    return "breaking" if shape == "changed" and event.breaks_calls else shape


def _told(event: Event) -> str:
    """What happened, with all details."""
    bad = how_bad(event.own)
    parts = [f"{event.name} {told_of(event)}{f', {bad}' if bad else ''}"]
    for detail in event.parts:
        bad = how_bad([detail])
        parts.append(f"{detail.words}{f', {bad}' if bad else ''}")
    return "; ".join(parts)


def _short(name: str) -> str:
    """A name that is not longer than its place."""
    shown = visible(name)
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 3]}..."


def _numbers(chapter: Chapter) -> str:
    """What came, changed and went, in short: `+20 ~7 -1`."""
    return " ".join(f"{sign}{number}" for sign, number in zip("+~-", steps(chapter), strict=True) if number)


def _about_version(chapter: Chapter) -> str:
    known = origin(chapter)
    return visible(f"{chapter.version}{f' ({known})' if known else ''}: {sizes(chapter.has)}")


def _ends(story: Story) -> str:
    """How much the first and the last version have."""
    numbers = [row[0] for _, row in counts(story)]
    return f"{len(story.chapters)} versions, from {numbers[0]} to {numbers[-1]} {columns(story)[0].lower()}"


def _legend(top: float) -> tuple[tuple[Mark, ...], tuple[Text, ...]]:
    signs, words = [], []
    x = float(_MARGIN) + 6
    for shape, text in _LEGEND:
        signs.append(Mark(x, top, shape, text))
        words.append(Text(x + 12, top + 4, text, "name"))
        x += 36 + _room(text)
    return tuple(signs), tuple(words)
