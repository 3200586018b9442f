"""The report as annotations of a change request."""

from __future__ import annotations

from opspec.annotations import message, parameter
from opspec.diff.changes import Change, Level
from opspec.diff.report.model import Report, tiers_of
from opspec.diff.rules import rule_of

__all__ = ["render_github"]

_COMMANDS = {Level.BREAKING: "error", Level.DANGEROUS: "warning", Level.COMPATIBLE: "notice"}


def _annotation(report: Report, change: Change) -> str:
    location = report.location(change)
    path = location.path.rpartition(":")[2]  # a revision is no part of a path
    facts = " -> ".join(side.facts for side in (change.old, change.new) if side is not None)
    words = f"{change.place}: {rule_of(change.rule).title}: {facts} ({tiers_of(change)}); {change.hint}"
    where = f"file={parameter(path)},line={location.line},col={location.column},title={parameter(change.rule)}"
    return f"::{_COMMANDS[change.level]} {where}::{message(words)}"


def render_github(report: Report) -> str:
    """An annotation for each change that nobody accepted, and one with the summary."""
    lines = [_annotation(report, change) for level in sorted(Level, reverse=True) for change in report.at_level(level)]
    summary = f"{report.headline()}; suggested version bump: {report.bump.word}"
    return "\n".join([*lines, f"::notice title=opspec diff::{message(summary)}"])
