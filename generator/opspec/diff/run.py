"""What `opspec diff`, `opspec explain` and `opspec upgrade` do, once their flags are read."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from opspec.diagnostics import SpecError, ToolError, near_match
from opspec.diagnostics import render as render_diagnostic
from opspec.diff.accept import accepted_text, divide, read_accepted
from opspec.diff.changes import Bump, Change, Level
from opspec.diff.compare import compare
from opspec.diff.griffe_check import check_with_griffe
from opspec.diff.pages import render_pages, rule_page
from opspec.diff.report import Report, render
from opspec.diff.rules import RULES
from opspec.diff.sources import LoadedSide, load_sides
from opspec.diff.upgrade import bumped, upgrade
from opspec.diff.witness import find_witness
from opspec.disk.files import write_file
from opspec.emitters.output import write_tree
from opspec.extraction import Tools

__all__ = ["run_diff", "run_explain", "run_upgrade"]

_NOT_COMPARED = "nothing was compared"
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
    with _failing_closed(_NOT_COMPARED):
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
        click.echo(text)
    else:
        write_file(output, f"{text}\n")
        click.echo(f"{report.headline()}; written to {output}", err=True)
    if report.fails:
        sys.exit(100)


def _programs(old: LoadedSide, new: LoadedSide, changes: Sequence[Change]) -> tuple[tuple[str, str], ...]:
    """A program for each change that breaks one, by the change's fingerprint."""
    package = old.project.package or new.project.package or "bindings"
    found = ((change.fingerprint, find_witness(change, old.project, new.project)) for change in changes)
    return tuple((fingerprint, witness.program(package)) for fingerprint, witness in found if witness is not None)


def _is_choice(path: str) -> bool:
    return Path(path).name == "overlay.yaml"


@contextmanager
def _failing_closed(consequence: str) -> Iterator[None]:
    """A file that is wrong was not loaded: mistakes in it are no findings of the command but its failure."""
    try:
        yield
    except SpecError as error:
        for found in error.diagnostics:
            click.echo(render_diagnostic(found), err=True)
        count = len(error.diagnostics)
        if consequence == _NOT_COMPARED and any(_is_choice(found.location.path) for found in error.diagnostics):
            consequence = f"{consequence}; --facts compares without overlays, which may be older than the facts"
        raise ToolError(
            f"there {'is' if count == 1 else 'are'} {count} error{'s' * (count != 1)}; {consequence}"
        ) from error


def run_explain(rule: str | None, output: Path | None, *, force: bool = False) -> None:
    """Print the page of a rule or the list of rules, or write all pages."""
    known = {each.id: each for each in RULES}
    if output is not None:
        write_tree(output, render_pages(), force=force)
    elif rule is None:
        click.echo("\n".join(f"{each.id}: {each.level.word}" for each in RULES))
    elif rule in known:
        click.echo(rule_page(known[rule]), nl=False)
    else:
        raise click.BadParameter(f"there is no rule '{rule}'; {near_match(rule, known)}", param_hint="RULE")


def run_upgrade(
    config: Path,
    source: str,
    ref: str | None,
    tools: Tools,
    provenance: list[tuple[str, str]],
    against: str | None,
    version: str,
    *,
    force: bool = False,
    pruning: bool = False,
) -> None:
    """Upgrade, sum up, and end with 100 where a person is needed, with 101 where it could not be done."""
    if version:
        bumped(version, Bump.NONE)
    with _failing_closed("the upgrade was not done"):
        done = upgrade(config, source, ref, tools, provenance, against, force=force, pruning=pruning)
    click.echo("\n".join(done.summary(version)))
    if not done.is_done:
        sys.exit(100)
