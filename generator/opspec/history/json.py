"""A history for programs."""

from __future__ import annotations

import json

from opspec.diagnostics import is_visible
from opspec.diff.changes import Level
from opspec.history.facts import Chapter, Detail, Event, History

__all__ = ["render_json"]


def _level(level: Level | None) -> str | None:
    return level.word if level is not None else None


def _detail(detail: Detail) -> dict[str, object]:
    levels = {"source": _level(detail.in_source), "ir": _level(detail.in_ir)}
    return {"rule": detail.rule, "words": detail.words, "old": detail.old, "new": detail.new, "levels": levels}


def _event(event: Event) -> dict[str, object]:
    return {
        "kind": event.kind.value,
        "verb": event.verb.value,
        "name": event.name,
        "other": event.other,
        "level": event.level.word,
        "breaks_calls": event.breaks_calls,
        "changes": [_detail(detail) for detail in event.details],
    }


def _chapter(chapter: Chapter) -> dict[str, object]:
    return {
        "version": chapter.version,
        "day": chapter.day,
        "origin": chapter.origin,
        "has": {has.kind.section: list(has.names) for has in chapter.has},
        "events": [_event(event) for event in chapter.events],
    }


def render_json(history: History) -> str:
    """The history as JSON; of every story each version, whether it differs from the one before or not."""
    stories = [{"dialect": s.dialect, "versions": [_chapter(c) for c in s.chapters]} for s in history.stories]
    text = json.dumps({"stories": stories, "notes": list(history.notes)}, indent=2, ensure_ascii=False)
    return "".join(c if c == "\n" or is_visible(c) else json.dumps(c)[1:-1] for c in text)
