"""The report in Markdown: the text of a change request, and `CHANGES.md`."""

from __future__ import annotations

from collections.abc import Iterator

from opspec.diff.changes import Change, Level
from opspec.diff.report.model import Report, tiers_of
from opspec.emitters.markdown import cell, code, words

__all__ = ["render_markdown"]

_ABOUT = {
    Level.BREAKING: "Something that was right is refused.",
    Level.DANGEROUS: "Nothing fails at once, but something may come out otherwise.",
    Level.COMPATIBLE: "What was right stays right.",
}


def _summary(report: Report) -> Iterator[str]:
    yield f"{code(report.old.label)} to {code(report.new.label)}."
    if report.old.provenance != report.new.provenance:
        old, new = report.old.provenance or "unknown origin", report.new.provenance or "unknown origin"
        yield f"Facts of {code(old)}, before, and {code(new)}, now."
    yield f"**{report.headline()}.** Suggested version bump: **{report.bump.word}**."
    if report.changes:
        rows = [f"| {cell(c.words)} | {c.level.word} | {c.rule} |" for c in report.counts()]
        yield "\n".join(["| What | Level | Rule |", "| --- | --- | --- |", *rows])
        yield "`opspec explain RULE` tells more about a rule."


def _table(report: Report, changes: tuple[Change, ...]) -> str:
    rows = ["| Where | Rule | Before | Now | Who notices |", "| --- | --- | --- | --- | --- |"]
    for change in changes:
        guess = f" (a guess, {cell(str(change.candidate))})" if change.candidate else ""
        cells = (
            code(str(change.place)),
            f"{change.rule}{f', {change.variant}' if change.variant else ''}{guess}",
            code(change.old.facts) if change.old else "",
            code(change.new.facts) if change.new else "",
            tiers_of(change),
        )
        rows.append(f"| {' | '.join(cells)} |")
    return "\n".join(rows)


def _hints(changes: tuple[Change, ...]) -> str:
    lines = [f"- {code(str(change.place))}: {words(change.hint)}" for change in changes]
    return "\n".join(lines)


def _griffe(report: Report) -> Iterator[str]:
    check = report.griffe
    if check is None:
        return
    unexplained = [finding for finding in check.findings if not finding.explained_by]
    yield "## Python packages"
    if unexplained:
        yield f"{len(unexplained)} of {len(check.findings)} findings of griffe are not explained by a change above:"
        yield "\n".join(f"- {code(finding.path)}: {cell(finding.what)}" for finding in unexplained)
    else:
        yield f"All {len(check.findings)} findings of griffe are explained by the changes above."


def render_markdown(report: Report, title: str = "Changes of the specs") -> str:
    """The report in Markdown."""
    blocks = [f"# {title}", *_summary(report)]
    for level in sorted(Level, reverse=True):
        changes = report.at_level(level)
        if changes:
            blocks += [f"## {level.word.capitalize()}", _ABOUT[level], _table(report, changes)]
            if level > Level.COMPATIBLE:
                blocks += ["What to do:", _hints(changes)]
    if report.verdicts.accepted:
        blocks.append("## Accepted")
        lines = [
            f"- {code(str(change.place))}, {change.rule} ({change.level.word}), {entry.date}: {cell(entry.reason)}"
            for change, entry in report.verdicts.accepted
        ]
        blocks.append("\n".join(lines))
    if report.verdicts.stale:
        blocks.append("## Accepted, but not found any more")
        lines = [f"- {code(entry.place)}, {entry.rule}, {code(entry.fingerprint)}" for entry in report.verdicts.stale]
        blocks.append("\n".join(lines))
    blocks += _griffe(report)
    blocks += map(words, report.notes)
    return "\n\n".join(blocks)
