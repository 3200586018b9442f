"""`opspec diff`."""

from __future__ import annotations

from pathlib import Path

import click

from opspec.diff.run import run_diff
from opspec.helping import examples
from opspec.reports import FORMATS

__all__ = ["diff"]

_LEVELS = ("breaking", "dangerous", "compatible")
_FILE = click.Path(path_type=Path)


@click.command(
    epilog=examples(
        "opspec diff HEAD:opspecs opspecs", "opspec diff old/dialect.yaml new/dialect.yaml --format markdown"
    )
)
@click.argument("old")
@click.argument("new")
@click.option("--dialect", "dialects", multiple=True, help="Compare this dialect only; may be repeated.")
@click.option("--facts", "facts_only", is_flag=True, help="Compare facts alone, without overlays.")
@click.option(
    "--fail-on", type=click.Choice(_LEVELS), default="breaking", show_default=True, help="The level that fails."
)
@click.option("--accepted", type=_FILE, help="Changes that are accepted [opspecs/accepted.yaml].")
@click.option("--accept", metavar="REASON", help="Accept every change that fails, and write so to the accepted ones.")
@click.option("--surface/--no-surface", "griffe", default=True, help="Compare the generated Python packages too [yes].")
@click.option("--witness/--no-witness", "witness", default=None, help="Show calls that break [in json and html].")
@click.option("--format", "style", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("-o", "--output", type=_FILE, help="A file for the report [standard output].")
def diff(
    old: str,
    new: str,
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
    """Say what changed between two specs, whom it breaks, and what to do.

    OLD and NEW are spec files, folders of specs or of a project, REV:PATH of this git repository, or the JSON of
    llvm-tblgen --dump-json.

    Exit codes: 100 when a change that nobody accepted reaches --fail-on, 0 otherwise, 101 when either side could not
    be loaded or compared.
    """
    if accept is not None and not accept.strip():
        raise click.BadParameter("give a reason", param_hint="--accept")
    run_diff(
        old,
        new,
        dialects=dialects,
        facts_only=facts_only,
        fail_on=fail_on,
        accepted=accepted,
        accept=accept.strip() if accept is not None else None,
        griffe=griffe,
        witness=witness,
        style=style,
        output=output,
    )
