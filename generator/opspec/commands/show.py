"""`opspec show`."""

from __future__ import annotations

import shutil

import click

from opspec.commands.completing import complete_name
from opspec.commands.options import on_project
from opspec.emitters.docs.cards import Card, render_card
from opspec.helping import examples
from opspec.pipeline import Project
from opspec.show.data import card_json
from opspec.show.find import UnknownNameError, find_card
from opspec.show.text import HEADING, card_text
from opspec.terminal import paint_code, say

__all__ = ["show"]

_WIDEST = 100


@click.command(epilog=examples("opspec show enzyme.autodiff", "opspec show enzyme.Activity --format json"))
@click.argument("name", shell_complete=complete_name)
@on_project
@click.option("--format", "style", type=click.Choice(("text", "json", "markdown")), default="text", show_default=True)
def show(project: Project, name: str, style: str) -> None:
    """Show a card of an operation, attribute, type, enum or dialect: signature, parts, rules, example.

    NAME is what the IR or Python says: `enzyme.autodiff`, `#enzyme.activity`, `!enzyme.Cache`, `enzyme.Activity`,
    `enzyme.yield_`, `enzyme`; or its last part, where only one thing is called so.
    """
    try:
        card = find_card(project, name)
    except UnknownNameError as error:
        raise click.BadParameter(str(error), param_hint="NAME") from error
    if style == "json":
        click.echo(card_json(card))
    elif style == "markdown":
        click.echo(render_card(card), nl=False)
    else:
        say(_text(card), _painted)


def _text(card: Card) -> str:
    return card_text(card, max(40, min(_WIDEST, shutil.get_terminal_size((_WIDEST, 24)).columns)))


def _painted(text: str) -> str:
    return paint_code(HEADING.sub(lambda found: click.style(found[0], bold=True), text))
