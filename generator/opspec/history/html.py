"""A history as one page that needs nothing else: no network, no script, no other file."""

from __future__ import annotations

from markupsafe import Markup

from opspec.dataclass import dataclass
from opspec.diagnostics import visible_lines
from opspec.emitters.templating import environment
from opspec.history.facts import Chapter, Event, History, Kind, Story
from opspec.history.svg import render_svg
from opspec.history.words import (
    columns,
    counts,
    happened,
    headline,
    how_bad,
    origin,
    quiet_rows,
    sizes,
    told_of,
)

__all__ = ["render_html"]

_TEMPLATES = environment("opspec.history")


@dataclass(frozen=True, slots=True)
class _Detail:
    """A change of a thing, with what specs said and say."""

    words: str
    bad: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class _Event:
    """What happened to a thing; `look` is the class of its badge."""

    kind: str
    name: str
    told: str
    bad: str
    look: str
    details: tuple[_Detail, ...]


@dataclass(frozen=True, slots=True)
class _Chapter:
    """A version; `row` are its numbers in the table of its dialect."""

    anchor: str
    version: str
    origin: str
    sizes: str
    happened: str
    row: tuple[int, ...]
    events: tuple[_Event, ...]


@dataclass(frozen=True, slots=True)
class _Story:
    """A dialect."""

    anchor: str
    dialect: str
    headline: str
    columns: tuple[str, ...]
    chapters: tuple[_Chapter, ...]


@dataclass(frozen=True, slots=True)
class _Page:
    """Everything the template places."""

    title: str
    timeline: Markup
    stories: tuple[_Story, ...]
    quiet: tuple[tuple[str, str, str], ...]
    notes: tuple[str, ...]


def _event(event: Event) -> _Event:
    return _Event(
        "" if event.kind is Kind.OPERATION else event.kind.value,
        event.name,
        told_of(event),
        how_bad(event.own),
        "breaking" if event.breaks_calls else event.level.word,
        tuple(_Detail(d.words, how_bad([d]), d.old, d.new) for d in event.parts),
    )


def _chapter(chapter: Chapter, row: tuple[int, ...], anchor: str) -> _Chapter:
    events = tuple(map(_event, chapter.events))
    known = origin(chapter)
    return _Chapter(anchor, chapter.version, known, sizes(chapter.has), happened(chapter), row, events)


def _story(story: Story, number: int) -> _Story:
    anchor = f"dialect-{number}"
    chapters = tuple(_chapter(c, row, f"{anchor}-{i}") for i, (c, row) in enumerate(counts(story)))
    return _Story(anchor, story.dialect, headline(story), columns(story), chapters)


def render_html(history: History) -> str:
    """The history as a page: the timeline, then each version of each dialect."""
    stories = tuple(_story(story, number) for number, story in enumerate(history.eventful))
    page = _Page(
        f"The history of {', '.join(story.dialect for story in history.eventful or history.quiet)}",
        Markup(render_svg(history)),
        stories,
        quiet_rows(history),
        history.notes,
    )
    return visible_lines(_TEMPLATES.get_template("history.html.jinja").render(page=page)).rstrip("\n")
