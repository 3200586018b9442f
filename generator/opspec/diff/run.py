"""What `opspec diff` does, once its flags are read."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from opspec.diff.accept import accepted_text, divide, read_accepted
from opspec.diff.changes import Change, Level
from opspec.diff.compare import compare
from opspec.diff.failing import NOT_COMPARED, failing_closed
from opspec.diff.griffe_check import check_with_griffe
from opspec.diff.report import Report, render
from opspec.diff.sources import LoadedSide, load_sides
from opspec.disk.files import write_file
from opspec.terminal import is_quiet, note, paint_findings, say

__all__ = ["run_diff"]

_LEVELS = {level.word: level for level in Level}
_ACCEPTED = Path("opspecs/accepted.yaml")


def _notes(old: LoadedSide, new: LoadedSide) -> tuple[str, ...]:
    """What the reader has to know about how the sides were compared."""
    if old.with_overlay and new.with_overlay:
        return ()
    return ("Compared by facts alone: words, names and corrections of overlays do not count.",)


def run_diff(
    old: str,
    new: str,
    *,
    dialects: tuple[str, ...],
    facts_only: bool,
    fail_on: str,
    accepted: Path | None,
    accept: str | None,
    griffe: bool,
    witness: bool | None,
    style: str,
    output: Path | None,
) -> None:
    """Compare, print or write the report, and end with 100 where it fails."""
    path = accepted or _ACCEPTED
    with failing_closed(NOT_COMPARED):
        first, second = load_sides(old, new, dialects, facts_only=facts_only)
        entries = read_accepted(path) if accepted is not None or path.is_file() else ()
    changes = compare(first.project, second.project)
    level = _LEVELS[fail_on]
    if accept is not None:
        failing = [change for change in divide(changes, entries).open if change.level >= level]
        write_file(path, accepted_text(entries, failing, accept, datetime.date.today().isoformat()))
        entries = read_accepted(path)
    check = check_with_griffe(first.project, second.project, changes) if griffe else None
    wanted = style in ("json", "html") if witness is None else witness
    programs = _programs(first, second, changes) if wanted else ()
    report = Report(first, second, divide(changes, entries), check, level, _notes(first, second), programs)
    text = render(report, style)
    if output is None:
        if style != "text":
            click.echo(text)
        elif report.fails or not is_quiet():
            say(text, paint_findings)
    else:
        write_file(output, f"{text}\n")
        note(f"{report.headline()}; written to {output}", err=True)
    if report.fails:
        sys.exit(100)


def _programs(old: LoadedSide, new: LoadedSide, changes: Sequence[Change]) -> tuple[tuple[str, str], ...]:
    """A program for each change that breaks one, by the change's fingerprint."""
    from opspec.diff.witness import find_witness

    package = old.project.package or new.project.package or "bindings"
    found = ((change.fingerprint, find_witness(change, old.project, new.project)) for change in changes)
    return tuple((fingerprint, witness.program(package)) for fingerprint, witness in found if witness is not None)
