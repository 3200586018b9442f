"""The report for a terminal: the summary first, then each change, the worst first."""

from __future__ import annotations

from collections.abc import Iterator

from opspec.diagnostics import visible
from opspec.diff.changes import Change, Level
from opspec.diff.report.model import Report, tiers_of

__all__ = ["render_text"]

_LONGEST = 400


def _shown(facts: str) -> str:
    """Facts on one line, and not without end."""
    line = " ".join(facts.split())
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]} ..."


def _heading(report: Report) -> Iterator[str]:
    yield f"{report.old.label} -> {report.new.label}"
    if report.old.provenance != report.new.provenance:
        yield f"facts of {report.old.provenance or 'unknown origin'} -> {report.new.provenance or 'unknown origin'}"
    yield ""
    yield report.headline()
    for count in report.counts():
        yield f"  {count.words} ({count.level.word})"


def _change(report: Report, change: Change) -> Iterator[str]:
    variant = f", {change.variant}" if change.variant else ""
    yield f"  {change.rule}{variant}: {change.place}"
    if change.old is not None:
        yield f"    - {_shown(change.old.facts)}"
    if change.new is not None:
        yield f"    + {_shown(change.new.facts)}"
    if change.candidate is not None:
        yield f"    a guess, {change.candidate}"
    yield f"    {tiers_of(change)}"
    if change.level > Level.COMPATIBLE:
        yield f"    hint: {_shown(change.hint)}"
    yield f"    {report.location(change)} [{change.fingerprint}]"
    witness = report.witness(change)
    if witness:
        yield "    this was right, and is wrong now:"
        yield from (f"      {line}".rstrip() for line in witness.splitlines())


def _griffe(report: Report) -> Iterator[str]:
    check = report.griffe
    if check is None:
        return
    unexplained = [finding for finding in check.findings if not finding.explained_by]
    yield ""
    if not check.findings:
        yield "Python packages compared: griffe finds nothing that breaks"
    elif not unexplained:
        yield f"Python packages compared: {len(check.findings)} findings of griffe, all explained by the changes above"
    else:
        count = len(unexplained)
        yield f"Python packages compared: {count} of {len(check.findings)} findings of griffe have no explanation here"
        yield from (f"  {finding.path}: {finding.what}" for finding in unexplained)
    if check.unseen:
        yield f"  {len(check.unseen)} source-breaking changes show in no signature"


def render_text(report: Report) -> str:
    """The report as plain text; nothing in a spec begins a line of it, or changes how one looks."""
    lines = list(_heading(report))
    for level in sorted(Level, reverse=True):
        changes = report.at_level(level)
        if changes:
            lines += ["", level.word]
            for change in changes:
                lines += _change(report, change)
    if report.verdicts.accepted:
        lines += ["", "accepted"]
        for change, entry in report.verdicts.accepted:
            lines.append(
                f"  {change.rule}: {change.place} ({change.level.word}) on {entry.date}: {_shown(entry.reason)}"
            )
    if report.verdicts.stale:
        lines += ["", "accepted, but not found any more"]
        for entry in report.verdicts.stale:
            lines.append(f"  {entry.location}: {entry.rule}: {entry.place} [{entry.fingerprint}]")
    lines += _griffe(report)
    if report.notes:
        lines += ["", *report.notes]
    lines += ["", f"suggested version bump: {report.bump.word}"]
    return "\n".join(map(visible, lines))
