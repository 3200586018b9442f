"""`opspec names`."""

from __future__ import annotations

import sys

import click

from opspec.commands.completing import complete_convention
from opspec.commands.options import format_option, on_bindings
from opspec.diagnostics import Diagnostics, near_match
from opspec.exits import FINDINGS, FINE
from opspec.helping import examples
from opspec.name_fixes import fix_names
from opspec.name_report import known_conventions, name_changes, name_list
from opspec.pipeline import load_project
from opspec.reports import print_report, report
from opspec.spec.bindings import Bindings

__all__ = ["names"]


@click.command(epilog=examples("opspec names", "opspec names --against rust"))
@on_bindings
@click.option(
    "--against",
    shell_complete=complete_convention,
    help="A convention: list what would change from it to the one in use.",
)
@click.option("--fix", is_flag=True, help="Write another name into the overlay for each that is taken.")
@format_option
def names(bindings: Bindings, diagnostics: Diagnostics, against: str | None, fix: bool, style: str) -> None:
    """List the public names, or what another convention changes.

    A change is breaking where the old name is gone; where the overlay keeps it, it is deprecated or compatible.
    """
    if fix:
        diagnostics.raise_if_any()
        for line in fix_names(bindings):
            click.echo(line)
    project = load_project(bindings, diagnostics)
    if fix:
        return
    if against is None:
        click.echo(report(*name_list(project, style), style))
        return
    known = known_conventions(project)
    if against not in known:
        raise click.BadParameter(
            f"there is no convention {against!r}; {near_match(against, known)}", param_hint="--against"
        )
    title, findings = name_changes(project, against)
    print_report(title, findings, style)
    sys.exit(FINDINGS if any(finding.level == "error" for finding in findings) else FINE)
