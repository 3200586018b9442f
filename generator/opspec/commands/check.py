"""`opspec check`."""

from __future__ import annotations

import sys

import click

from opspec.commands.options import format_option, on_project, output_option
from opspec.diagnostics import ToolError
from opspec.emitters.output import compare_tree
from opspec.exits import FINDINGS, FINE
from opspec.helping import examples
from opspec.pipeline import Project, generate
from opspec.reports import drift_findings, print_report

__all__ = ["check"]


@click.command(epilog=examples("opspec check", "opspec check --format github"))
@on_project
@output_option
@format_option
def check(project: Project, style: str) -> None:
    """Say whether the generated files are what the specs would give now."""
    root = project.bindings.output
    if not root.is_dir():
        raise ToolError(f"there is no folder {root} to compare with; `opspec generate` makes it")
    files = generate(project)
    drifts = compare_tree(root, files)
    title = f"{len(files)} files in sync" if not drifts else f"{len(drifts)} of {len(files)} files out of sync"
    print_report(title, drift_findings(drifts, root.name), style)
    sys.exit(FINDINGS if drifts else FINE)
