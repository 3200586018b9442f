"""`opspec history`."""

from __future__ import annotations

from pathlib import Path

import click

from opspec.commands.completing import complete_name
from opspec.diff.failing import failing_closed
from opspec.disk.files import write_file
from opspec.helping import examples
from opspec.history import FORMATS, render
from opspec.history.facts import Kind
from opspec.history.story import tell
from opspec.history.versions import read_lines
from opspec.terminal import note, paint_story, say

__all__ = ["history"]

_FILE = click.Path(path_type=Path)
_KINDS = {kind.value: kind for kind in Kind if kind is not Kind.DIALECT}


@click.command(
    epilog=examples(
        "opspec history versions",
        "opspec history v1.0.0..HEAD:opspecs --dialect enzyme",
        "opspec history v1.0.0:opspecs v2.0.0:opspecs opspecs --format html -o history.html",
        "opspec history records --order ae27aa0e,4cdb2246 --format svg -o history.svg",
    )
)
@click.argument("sources", nargs=-1, required=True, type=click.Path(), metavar="FOLDER|REVISIONS...")
@click.option(
    "--dialect",
    "dialects",
    multiple=True,
    shell_complete=complete_name,
    help="Tell of this dialect only; may be repeated.",
)
@click.option(
    "--only", "kinds", multiple=True, type=click.Choice([*_KINDS]), help="Tell of these things only; may be repeated."
)
@click.option("--order", default="", metavar="VERSION,...", help="Versions of a folder that come last, oldest first.")
@click.option("--facts", "facts_only", is_flag=True, help="Compare facts alone, without overlays.")
@click.option("--format", "style", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("-o", "--output", type=_FILE, help="A file for the story [standard output].")
def history(
    sources: tuple[str, ...],
    dialects: tuple[str, ...],
    kinds: tuple[str, ...],
    order: str,
    facts_only: bool,
    style: str,
    output: Path | None,
) -> None:
    """Tell the story of dialects: what each version added, changed and removed, and which calls that breaks.

    FOLDER holds versions: spec files, record dumps (the JSON of llvm-tblgen --dump-json), or folders of specs or of a
    project. They are told in the order of their names, numbers by size; names that are commits have no order, which
    --order gives. REVISIONS is FIRST..LAST:PATH, the first of them and each commit up to the last that changes PATH;
    or several of what `opspec diff` compares, oldest first: REV:PATH, files, folders.

    Changes that neither calls in Python nor modules notice are not told. The text and the pages leave out versions that
    change nothing.

    Exit codes: 0, or 101 where a version could not be read.
    """
    wanted = tuple(name for name in order.split(",") if name)
    with failing_closed("no story was told"):
        lines = read_lines(sources, dialects, wanted, facts_only=facts_only)
    has_overlays = all(version.side.with_overlay for line in lines for version in line)
    notes = () if has_overlays else ("Told by facts alone: words, names and corrections of overlays do not count.",)
    told = tell(lines, notes)
    text = render(told.only([_KINDS[kind] for kind in kinds]) if kinds else told, style)
    if output is not None:
        write_file(output, f"{text}\n")
        count = len(told.eventful)
        note(f"{count} {'story' if count == 1 else 'stories'} written to {output}", err=True)
    elif style == "text":
        say(text, paint_story)
    else:
        click.echo(text)
