"""A history as a part of a page: a table of numbers and a list for each version."""

from __future__ import annotations

from collections.abc import Iterator

from opspec.emitters.markdown import cell, code, words
from opspec.history.facts import Event, History, Kind, Story
from opspec.history.words import columns, counts, headline, how_bad, origin, quiet_rows, told_of

__all__ = ["render_markdown"]


def render_markdown(history: History) -> str:
    """The history, with a heading of the second rank for each dialect."""
    blocks = [block for story in history.eventful for block in _story(story)]
    if history.quiet:
        rows = [f"| {code(dialect)} | {cell(those)} | {has} |" for dialect, those, has in quiet_rows(history)]
        blocks += ["## Without changes", "\n".join(["| Dialect | Versions | Has |", "| --- | --- | --- |", *rows])]
    return "\n\n".join([*blocks, *map(words, history.notes)])


def _story(story: Story) -> Iterator[str]:
    yield f"## {words(story.dialect)}"
    yield words(f"{headline(story)[:1].upper()}{headline(story)[1:]}.")
    rows = [f"| {code(c.version)} | {' | '.join(map(str, numbers))} |" for c, numbers in counts(story)]
    head = " | ".join(("| Version", *columns(story)))
    yield "\n".join([f"{head} |", "| --- | --: | --: | --: | --: | --: |", *rows])
    for chapter in story.told[1:]:
        known = origin(chapter)
        yield f"### {words(chapter.version)}"
        if known:
            yield f"{words(known)}:"
        yield "\n".join(line for event in chapter.events for line in _event(event)) or "Nothing changed."


def _event(event: Event) -> Iterator[str]:
    kind = "" if event.kind is Kind.OPERATION else f"{event.kind.value} "
    bad = how_bad(event.own)
    yield f"- {kind}{code(event.name, in_table=False)} {words(told_of(event))}{_bold(bad)}"
    for detail in event.parts:
        yield f"    - {words(detail.words)}{_bold(how_bad([detail]))}"


def _bold(bad: str) -> str:
    return f", **{bad}**" if bad.startswith("breaks") else f", {bad}" if bad else ""
