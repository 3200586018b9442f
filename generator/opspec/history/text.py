"""A history for a terminal: a paragraph for each version that differs from the one before."""

from __future__ import annotations

from collections.abc import Iterator

from opspec.diagnostics import visible
from opspec.history.facts import Chapter, Event, History, Kind, Story, Verb
from opspec.history.words import happened, headline, how_bad, origin, sizes, told_of

__all__ = ["render_text"]

_SIGNS = {Verb.ADDED: "+", Verb.ARRIVED: "+", Verb.LEFT: "-", Verb.REMOVED: "-", Verb.RENAMED: "~", Verb.CHANGED: "~"}


def render_text(history: History) -> str:
    """The history as plain text; nothing in a spec begins a line of it, or changes how one looks."""
    lines = [line for story in history.eventful for line in (*_story(story), "")]
    lines += [f"{story.dialect}: {headline(story)}" for story in history.quiet]
    lines += ["", *history.notes] if history.notes else []
    return "\n".join(visible(line).rstrip() for line in lines).strip("\n")


def _story(story: Story) -> Iterator[str]:
    yield f"{story.dialect}: {headline(story)}"
    for chapter in story.told:
        yield ""
        yield from _chapter(chapter, is_first=chapter is story.first)


def _chapter(chapter: Chapter, *, is_first: bool) -> Iterator[str]:
    known = origin(chapter)
    yield f"{chapter.version}{f' ({known})' if known else ''}: {sizes(chapter.has)}"
    if chapter.events:
        yield f"  {happened(chapter)}"
    elif not is_first:
        yield "  nothing changed"
    for event in chapter.events:
        yield from _event(event)


def _event(event: Event) -> Iterator[str]:
    kind = "" if event.kind is Kind.OPERATION else f"{event.kind.value} "
    what = "" if event.verb in (Verb.ADDED, Verb.CHANGED, Verb.REMOVED) else f" {told_of(event)}"
    bad = how_bad(event.own)
    yield f"  {_SIGNS[event.verb]} {kind}{event.name}{what}{f', {bad}' if bad else ''}"
    for detail in event.parts:
        bad = how_bad([detail])
        yield f"      {detail.words}{f', {bad}' if bad else ''}"
