"""`opspec explain`."""

from __future__ import annotations

from pathlib import Path

import click

from opspec.diagnostics import near_match
from opspec.diff.pages import render_pages, rule_page
from opspec.diff.rules import RULES
from opspec.emitters.output import write_tree
from opspec.helping import examples
from opspec.terminal import paint_page, say

__all__ = ["explain"]


def _complete(_: click.Context, __: click.Parameter, incomplete: str) -> list[str]:
    """The rules that begin so."""
    return [each.id for each in RULES if each.id.startswith(incomplete)]


@click.command(epilog=examples("opspec explain", "opspec explain operation-removed"))
@click.argument("rule", required=False, shell_complete=_complete)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="A folder to write the pages of all rules to.")
@click.option("--force", is_flag=True, help="Write over pages that were changed by hand; a copy of each is kept.")
def explain(rule: str | None, output: Path | None, force: bool) -> None:
    """Print the page of a rule of `opspec diff`, or the list of rules, or write all pages to a folder."""
    known = {each.id: each for each in RULES}
    if output is not None:
        write_tree(output, render_pages(), force=force)
    elif rule is None:
        click.echo("\n".join(f"{each.id}: {each.level.word}" for each in RULES))
    elif rule in known:
        say(rule_page(known[rule]).removesuffix("\n"), paint_page)
    else:
        raise click.BadParameter(f"there is no rule '{rule}'; {near_match(rule, known)}", param_hint="RULE")
