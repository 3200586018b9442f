"""How help reads: commands in groups, each with all of its first words; examples; and the flags of every command."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import click

from opspec.progress import show_progress
from opspec.terminal import QUIET, draw_bar, is_watched
from opspec.watching import watch

__all__ = ["examples", "manner_options", "write_commands"]


def examples(*lines: str) -> str:
    """What stands below the flags of a command: how it is called, line for line."""
    return "\n".join(("\b", "Examples:" if len(lines) > 1 else "Example:", *(f"  {line}" for line in lines)))


def write_commands(
    formatter: click.HelpFormatter, groups: Mapping[str, Sequence[str]], commands: Mapping[str, click.Command]
) -> None:
    """The commands of each group, with the first words of their help, which are wrapped and never cut."""
    longest = max(map(len, commands), default=0)
    for title, names in groups.items():
        with formatter.section(title):
            formatter.write_dl([(f"{name:<{longest}}", commands[name].help or "") for name in names])


def manner_options() -> Iterable[click.Option]:
    """The flags that say how much is printed; they stand before a command or behind it."""
    yield click.Option(
        ["-q", "--quiet"],
        is_flag=True,
        expose_value=False,
        callback=_be_quiet,
        help="Print only findings, errors, and what was asked for.",
    )
    yield click.Option(
        ["-v", "--verbose"],
        is_flag=True,
        expose_value=False,
        callback=_be_verbose,
        help="Say which files are read and written, on standard error.",
    )


def _be_quiet(context: click.Context, _: click.Parameter, is_asked: bool) -> None:
    context.meta[QUIET] = context.meta.get(QUIET, False) or is_asked
    show_progress(draw_bar if is_watched() and not context.meta[QUIET] else None)


def _be_verbose(context: click.Context, _: click.Parameter, is_asked: bool) -> None:
    if is_asked and not context.resilient_parsing:
        told: set[tuple[str, str]] = set()

        def say(what: str, path: Path) -> None:
            line = what, str(path)
            if line not in told:
                told.add(line)
                click.echo(f"opspec: {what} {path}", err=True)

        watch(say)
    elif context.parent is None:
        watch(None)
