"""`opspec diff`, `opspec explain` and `opspec upgrade`: flags, printing, exit codes; nothing else."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from opspec.diagnostics import SpecError, ToolError
from opspec.diagnostics import render as render_diagnostic
from opspec.diff.accept import accepted_text, divide, read_accepted, write_accepted
from opspec.diff.changes import Bump, Change, Level
from opspec.diff.compare import compare
from opspec.diff.pages import render_pages, rule_page
from opspec.diff.report import Report, render
from opspec.diff.rules import RULES, rule_of
from opspec.diff.sources import LoadedSide, load_sides
from opspec.diff.surface import check_surface
from opspec.diff.upgrade import bumped
from opspec.diff.upgrade import upgrade as run_upgrade
from opspec.diff.witness import Witnesses
from opspec.emitters.output import write_tree
from opspec.extraction import Tools
from opspec.reports import FORMATS

__all__ = ["diff", "explain", "upgrade"]

_LEVELS = {level.word: level for level in sorted(Level, reverse=True)}
_ACCEPTED = Path("opspecs/accepted.yaml")


def _notes(old: LoadedSide, new: LoadedSide) -> tuple[str, ...]:
    """What the reader has to know about how the sides were compared."""
    if old.with_overlay and new.with_overlay:
        return ()
    return ("Compared by facts alone: words, names and corrections of overlays do not count.",)


@click.command()
@click.argument("old")
@click.argument("new")
@click.option("--dialect", "dialects", multiple=True, help="Compare this dialect only; may be repeated.")
@click.option("--facts", "facts_only", is_flag=True, help="Compare facts alone, without overlays.")
@click.option(
    "--fail-on", type=click.Choice(tuple(_LEVELS)), default="breaking", show_default=True, help="The level that fails."
)
@click.option("--accepted", type=click.Path(path_type=Path), help=f"Changes that are accepted [{_ACCEPTED}].")
@click.option("--accept", metavar="REASON", help="Accept every change that fails, and write so to the accepted ones.")
@click.option("--surface/--no-surface", default=True, help="Compare the generated Python packages too [yes].")
@click.option("--witness/--no-witness", "witness", default=None, help="Show calls that break [in json and html].")
@click.option("--format", "style", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A file for the report [standard output].")
def diff(
    old: str,
    new: str,
    dialects: tuple[str, ...],
    facts_only: bool,
    fail_on: str,
    accepted: Path | None,
    accept: str | None,
    surface: bool,
    witness: bool | None,
    style: str,
    output: Path | None,
) -> None:
    """Say what changed between two specs, whom it breaks, and what to do.

    OLD and NEW are spec files, folders of specs or of a project, REV:PATH of this git repository, or the JSON of
    llvm-tblgen --dump-json.

    Exit codes: 100 when a change that nobody accepted reaches --fail-on, 0 otherwise, 101 when either side could not
    be loaded or compared.
    """
    path = accepted or _ACCEPTED
    with _failing_closed():
        first, second = load_sides(old, new, dialects, facts_only=facts_only)
        entries = read_accepted(path) if accepted is not None or path.is_file() else ()
    changes = compare(first.project, second.project)
    level = _LEVELS[fail_on]
    if accept is not None:
        if not accept.strip():
            raise click.BadParameter("give a reason", param_hint="--accept")
        failing = [change for change in divide(changes, entries).open if change.level >= level]
        write_accepted(path, accepted_text(entries, failing, accept.strip(), datetime.date.today().isoformat()))
        entries = read_accepted(path)
    check = check_surface(first.project, second.project, changes) if surface else None
    wanted = style in ("json", "html") if witness is None else witness
    programs = _programs(first, second, changes) if wanted else ()
    report = Report(first, second, divide(changes, entries), check, level, _notes(first, second), programs)
    text = render(report, style)
    if output is None:
        click.echo(text)
    else:
        _write(output, text)
        click.echo(f"{report.headline()}; written to {output}", err=True)
    if report.fails:
        sys.exit(100)


def _programs(old: LoadedSide, new: LoadedSide, changes: Sequence[Change]) -> tuple[tuple[str, str], ...]:
    """A program for each change that breaks one, by the change's fingerprint."""
    witnesses = Witnesses(old.project, new.project)
    package = old.project.package or new.project.package or "bindings"
    found = ((change.fingerprint, witnesses.find(change)) for change in changes)
    return tuple((fingerprint, witness.program(package)) for fingerprint, witness in found if witness is not None)


@contextmanager
def _failing_closed() -> Iterator[None]:
    """A file that is wrong was not loaded: mistakes in it are no findings of the comparison but its failure."""
    try:
        yield
    except SpecError as error:
        for found in error.diagnostics:
            click.echo(render_diagnostic(found), err=True)
        count = len(error.diagnostics)
        raise ToolError(
            f"there {'is' if count == 1 else 'are'} {count} error{'s' * (count != 1)}; nothing was compared"
        ) from error


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{text}\n", encoding="utf-8", newline="\n")
    except OSError as error:
        raise ToolError(f"cannot write {path}: {error.strerror}") from error


@click.command()
@click.argument("source")
@click.option("--ref", help="The commit, branch or tag to read where SOURCE is a git repository.")
@click.option("-I", "includes", multiple=True, type=click.Path(path_type=Path), help="A folder of included .td files.")
@click.option("--tblgen", type=click.Path(path_type=Path), help="The llvm-tblgen to run [the environment's].")
@click.option("--provenance", multiple=True, metavar="KEY=VALUE", help="Where the facts come from; may be repeated.")
@click.option("--against", help="What to compare with [the specs as committed, or as they were].")
@click.option("--current-version", default="", help="The version so far, to suggest the next one.")
@click.option(
    "--config",
    type=click.Path(path_type=Path),
    default=Path("opspecs/bindings.yaml"),
    show_default=True,
    help="The project's bindings.yaml.",
)
def upgrade(
    source: str,
    ref: str | None,
    includes: tuple[Path, ...],
    tblgen: Path | None,
    provenance: tuple[str, ...],
    against: str | None,
    current_version: str,
    config: Path,
) -> None:
    """Extract the facts of a project anew, say what changed, and regenerate.

    SOURCE is a folder or checkout that holds .td files, or the URL of a git repository. The report is written to
    CHANGES.md among the generated files. Overlays are never changed: entries that lost what they speak of are reported,
    with what it is probably called now, and do not stop the generation.

    Exit codes: 100 when overlays have such entries, 0 otherwise, 101 when the upgrade could not be done.
    """
    for item in provenance:
        if "=" not in item:
            raise click.BadParameter(f"{item!r} is not KEY=VALUE", param_hint="--provenance")
    pairs = [(key, value) for key, _, value in (item.partition("=") for item in provenance)]
    if current_version:
        bumped(current_version, Bump.NONE)
    done = run_upgrade(config, source, ref, Tools(includes, None, tblgen), pairs, against)
    click.echo("\n".join(done.summary(current_version)))
    if done.orphans:
        sys.exit(100)


@click.command()
@click.argument("rule", required=False, type=click.Choice([rule.id for rule in RULES]), metavar="[RULE]")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A folder to write the pages of all rules to.")
def explain(rule: str | None, output: Path | None) -> None:
    """Print the page of a rule of `opspec diff`, or the list of rules, or write all pages to a folder."""
    if output is not None:
        write_tree(output, render_pages())
    elif rule is not None:
        click.echo(rule_page(rule_of(rule)), nl=False)
    else:
        for known in RULES:
            click.echo(f"{known.id}: {known.level.word}")
