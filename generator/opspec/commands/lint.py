"""`opspec lint`."""

from __future__ import annotations

import sys

import click

from opspec.commands.options import format_option, on_project, warn
from opspec.constraints.opaque_lines import opaque_lines
from opspec.diagnostics import Diagnostics
from opspec.exits import FINDINGS, FINE
from opspec.helping import examples
from opspec.naming.due import current_day, report_due
from opspec.pipeline import Project
from opspec.reports import diagnostic_findings, print_report
from opspec.spec.learned import warn_of_learned
from opspec.spec.trait_names import warn_of_traits

__all__ = ["lint"]


@click.command(epilog=examples("opspec lint", "opspec lint --spec toy/dialect.yaml"))
@on_project
@format_option
def lint(project: Project, style: str) -> None:
    """Check the specs, list what is opaque, and the old names that were to be gone by now."""
    lines: list[str] = []
    due, warnings = Diagnostics(), Diagnostics()
    for dialect, _ in project.dialects:
        warn_of_traits(dialect, warnings)
        report_due(dialect, project.bindings.version, current_day(), due)
        lines += opaque_lines(dialect)
    for facts in project.bindings.specs:
        warn_of_learned(facts, warnings)
    warn(warnings)
    findings = diagnostic_findings(due.found)
    lines.append(f"old names that are due to go: {len(findings)}" if findings else "no errors")
    print_report("\n".join(lines), findings, style)
    sys.exit(FINDINGS if findings else FINE)
