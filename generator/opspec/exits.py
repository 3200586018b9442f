"""What all commands share: the project that is meant, exit codes, and messages in place of tracebacks."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from opspec.diagnostics import SpecError, ToolError, near_match, visible
from opspec.helping import write_commands
from opspec.terminal import paint_errors, say

__all__ = ["CONFIG", "FAILED", "FINDINGS", "FINE", "INTERRUPTED", "Commands"]

CONFIG = Path("opspecs/bindings.yaml")
"""The project that is meant where none is named."""
FINE, FINDINGS, FAILED, INTERRUPTED = 0, 100, 101, 130
_MANY = 3
"""How many names that are taken are too many to give others by hand."""


class Commands(click.Group):
    """Turns our exceptions into messages and exit codes, and lists commands in groups."""

    groups: Mapping[str, Sequence[str]] = {}

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was named."""
        try:
            return super().invoke(ctx)
        except SpecError as error:
            _report_errors(error, ctx.meta.get("style", "text"))
            sys.exit(FINDINGS)
        except ToolError as error:
            say(f"opspec: {error}", paint_errors, err=True)
            sys.exit(FAILED)
        except KeyboardInterrupt:
            click.echo("opspec: interrupted", err=True)
            sys.exit(INTERRUPTED)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is meant; where there is none, the name of the closest is said."""
        name = args[0]
        if not ctx.resilient_parsing and name not in self.commands and not name.startswith("-"):
            raise click.UsageError(f"No such command '{visible(name)}'; {near_match(name, self.commands)}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The commands, in their groups."""
        write_commands(formatter, self.groups, self.commands)

    def main(self, *arguments: Any, **options: Any) -> Any:
        """Run the command line."""
        try:
            return super().main(*arguments, **options)
        except OSError as error:  # the file system's word about something that nobody looked at before
            if error.filename is None:
                os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what is left to print goes nowhere
            place = f"cannot use {error.filename}" if error.filename is not None else "cannot print"
            say(f"opspec: {place}: {error.strerror or error}", paint_errors, err=True)
            sys.exit(FAILED)


def _report_errors(error: SpecError, style: str) -> None:
    """Print what is wrong with the specs; what that takes is loaded only now."""
    from opspec.name_fixes import NAME_CODES
    from opspec.reports import diagnostic_findings, print_report

    findings = diagnostic_findings(error.diagnostics)
    title = f"{len(findings)} error{'s' if len(findings) != 1 else ''}"
    print_report(title, findings, style, err=style == "text")
    taken = [f for f in findings if f.code in NAME_CODES and not f.location.path.endswith("overlay.yaml")]
    if style == "text" and len(taken) >= _MANY:
        click.echo("`opspec names --fix` writes the names that the hints propose", err=True)
