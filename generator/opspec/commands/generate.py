"""`opspec generate`."""

from __future__ import annotations

import click

from opspec.commands.options import on_bindings, output_option
from opspec.diagnostics import Diagnostics, near_match
from opspec.disk.locks import PATIENCE
from opspec.emitters.manifest import entries_of
from opspec.emitters.output import is_written, write_tree
from opspec.helping import examples
from opspec.reuse import Run, project_key, saved_results
from opspec.spec.bindings import TARGETS, Bindings
from opspec.terminal import note

__all__ = ["generate"]


def _targets(_: click.Context, __: click.Parameter, value: str | None) -> tuple[str, ...]:
    chosen = tuple(part.strip() for part in value.split(",")) if value else ()
    for target in chosen:
        if target not in TARGETS:
            raise click.BadParameter(f"there is no target {target!r}; {near_match(target, TARGETS)}")
    return chosen


@click.command(epilog=examples("opspec generate", "opspec generate --only python -o build"))
@on_bindings
@output_option
@click.option(
    "--only",
    "targets",
    callback=_targets,
    help=f"Some of {','.join(TARGETS)}, which the folder then holds alone [the project's].",
)
@click.option("--force", is_flag=True, help="Write over files that were changed by hand; a copy of each is kept.")
@click.option(
    "--patience",
    type=click.FloatRange(min=0),
    default=PATIENCE,
    show_default=True,
    help="How many seconds to wait for another run that writes to the same folder.",
)
@click.option("--cache/--no-cache", "with_cache", default=True, help="Take what earlier runs made of the same [yes].")
def generate(
    bindings: Bindings,
    diagnostics: Diagnostics,
    targets: tuple[str, ...],
    force: bool,
    patience: float,
    with_cache: bool,
) -> None:
    """Write the bindings, docs and snapshots of the specs.

    The folder has the old files or the new ones, whatever happens meanwhile. Where somebody changed one by hand,
    nothing is written. What was made of the same specs before is kept in the user's cache folder, or in OPSPEC_CACHE,
    which may say `off`.
    """
    targets = targets or bindings.targets
    saved = saved_results() if with_cache and not diagnostics.found else None
    key = project_key(bindings, targets) if saved is not None else None
    run = saved.run(key) if saved is not None and key is not None else None
    if run is not None and is_written(bindings.output, run.entries):
        note(_summary(run, 0))
        return
    from opspec.pipeline import generate as files_of
    from opspec.pipeline import load_project

    project = load_project(bindings, diagnostics)
    files = files_of(project, targets, saved)
    written = write_tree(bindings.output, files, force=force, patience=patience)
    count = sum(len(dialect.operations) for dialect, _ in project.dialects)
    run = Run(count, len(project.dialects), entries_of({file.path: file.text for file in files}))
    if saved is not None and key is not None and key == project_key(bindings, targets):
        saved.keep(key, run)
    note(_summary(run, len(written.touched)))
    for copy in written.copies:
        click.echo(f"kept what was changed by hand as {(bindings.output / copy).as_posix()}")


def _summary(run: Run, written: int) -> str:
    return f"{run.operations} operations of {run.dialects} dialects: {len(run.entries)} files, {written} written"
