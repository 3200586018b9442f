"""What all commands share: the project that is meant, exit codes, and messages in place of tracebacks."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import click

from opspec.diagnostics import SpecError, ToolError

__all__ = ["CONFIG", "FAILED", "FINDINGS", "FINE", "INTERRUPTED", "Commands"]

CONFIG = Path("opspecs/bindings.yaml")
"""The project that is meant where none is named."""
FINE, FINDINGS, FAILED, INTERRUPTED = 0, 100, 101, 130
_MANY = 3
"""How many names that are taken are too many to give others by hand."""


class Commands(click.Group):
    """Turns our exceptions into messages and exit codes."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was named."""
        try:
            return super().invoke(ctx)
        except SpecError as error:
            _report_errors(error, ctx.meta.get("style", "text"))
            sys.exit(FINDINGS)
        except ToolError as error:
            click.echo(f"opspec: {error}", err=True)
            sys.exit(FAILED)
        except KeyboardInterrupt:
            click.echo("opspec: interrupted", err=True)
            sys.exit(INTERRUPTED)

    def main(self, *arguments: Any, **options: Any) -> Any:
        """Run the command line."""
        try:
            return super().main(*arguments, **options)
        except OSError as error:  # the file system's word about something that nobody looked at before
            if error.filename is None:
                os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what is left to print goes nowhere
            place = f"cannot use {error.filename}" if error.filename is not None else "cannot print"
            click.echo(f"opspec: {place}: {error.strerror or error}", err=True)
            sys.exit(FAILED)


def _report_errors(error: SpecError, style: str) -> None:
    """Print what is wrong with the specs; what that takes is loaded only now."""
    from opspec.name_fixes import NAME_CODES
    from opspec.reports import diagnostic_findings, report

    findings = diagnostic_findings(error.diagnostics)
    title = f"{len(findings)} error{'s' if len(findings) != 1 else ''}"
    click.echo(report(title, findings, style), err=style == "text")
    taken = [f for f in findings if f.code in NAME_CODES and not f.location.path.endswith("overlay.yaml")]
    if style == "text" and len(taken) >= _MANY:
        click.echo("`opspec names --fix` writes the names that the hints propose", err=True)
