"""`opspec generate`."""

from __future__ import annotations

import click

from opspec.commands.options import on_project
from opspec.disk.locks import PATIENCE
from opspec.emitters.output import write_tree
from opspec.pipeline import TARGETS, Project
from opspec.pipeline import generate as files_of

__all__ = ["generate"]


def _targets(_: click.Context, __: click.Parameter, value: str | None) -> tuple[str, ...]:
    chosen = tuple(part.strip() for part in value.split(",")) if value else TARGETS
    for target in chosen:
        if target not in TARGETS:
            raise click.BadParameter(f"{target!r} is not one of {', '.join(TARGETS)}")
    return chosen


@click.command()
@on_project
@click.option("--only", "targets", callback=_targets, help=f"Some of {','.join(TARGETS)} [all].")
@click.option("--force", is_flag=True, help="Write over files that were changed by hand; a copy of each is kept.")
@click.option(
    "--patience",
    type=click.FloatRange(min=0),
    default=PATIENCE,
    show_default=True,
    help="How many seconds to wait for another run that writes to the same folder.",
)
def generate(project: Project, targets: tuple[str, ...], force: bool, patience: float) -> None:
    """Write the bindings, docs and snapshots of the specs.

    The folder has the old files or the new ones, whatever happens meanwhile. Where somebody changed one by hand,
    nothing is written.
    """
    files = files_of(project, targets)
    written = write_tree(project.bindings.output, files, force=force, patience=patience)
    count = sum(len(dialect.operations) for dialect, _ in project.dialects)
    click.echo(
        f"{count} operations of {len(project.dialects)} dialects: {len(files)} files, {len(written.touched)} written"
    )
    for copy in written.copies:
        click.echo(f"kept what was changed by hand as {(project.bindings.output / copy).as_posix()}")
