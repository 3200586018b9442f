"""`opspec upgrade`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from opspec.commands.options import pairs_of
from opspec.diff.changes import Bump
from opspec.diff.failing import failing_closed
from opspec.diff.release_upgrade import upgrade_to_release
from opspec.diff.upgrade import bumped
from opspec.diff.upgrade import upgrade as run
from opspec.exits import CONFIG, FINDINGS
from opspec.extraction import Tools
from opspec.helping import examples
from opspec.probe.installation import is_installation
from opspec.terminal import note

__all__ = ["upgrade"]

_FILE = click.Path(path_type=Path)


@click.command(
    epilog=examples(
        "opspec upgrade ../Enzyme",
        "opspec upgrade https://github.com/EnzymeAD/Enzyme --ref main --prune",
        "opspec upgrade 0.0.16",
    )
)
@click.argument("source")
@click.option("--ref", help="The commit, branch or tag to read where SOURCE is a git repository.")
@click.option("-I", "includes", multiple=True, type=_FILE, help="A folder of included .td files.")
@click.option("--include-mlir", "mlir", multiple=True, type=_FILE, help="MLIR's own .td files [the environment's].")
@click.option("--tblgen", type=_FILE, help="The llvm-tblgen to run [the environment's].")
@click.option("--provenance", multiple=True, metavar="KEY=VALUE", help="Where the facts come from; may be repeated.")
@click.option("--against", help="What to compare with [the specs as committed, or as they were].")
@click.option("--current-version", default="", help="The version so far, to suggest the next one.")
@click.option(
    "--config",
    type=_FILE,
    default=CONFIG,
    show_default=True,
    help="The project's bindings.yaml.",
)
@click.option("--force", is_flag=True, help="Write over files that were changed by hand; a copy of each is kept.")
@click.option(
    "--prune", "pruning", is_flag=True, help="Move what overlays say of things that are gone to overlays.patch."
)
def upgrade(
    source: str,
    ref: str | None,
    includes: tuple[Path, ...],
    mlir: tuple[Path, ...],
    tblgen: Path | None,
    provenance: tuple[str, ...],
    against: str | None,
    current_version: str,
    config: Path,
    force: bool,
    pruning: bool,
) -> None:
    """Extract the facts of a project anew, say what changed, and regenerate.

    SOURCE is a folder or checkout that holds .td files, or the URL of a git repository; or an installed Enzyme: its
    folder, or the number of a release that pip can get. Of a binary, what the facts lack is learnt (learned.yaml) and
    what it has otherwise is asked (releases.yaml); the report is about this release and the one before it. The report
    is written to
    CHANGES.md among the generated files. Entries of overlays that lost what they speak of are reported, with what it is
    probably called now, and do not stop the generation. Overlays are changed with --prune alone, which moves such
    entries to overlays.patch among the generated files; `git apply --reverse` puts them back.

    Exit codes: 100 when overlays have such entries, or modules of yours import names that are gone; 0 otherwise; 101
    when the upgrade could not be done.
    """
    pairs = pairs_of(provenance)
    if current_version:
        bumped(current_version, Bump.NONE)
    tools = Tools(includes, None, tblgen, mlir)
    is_release = is_installation(source)
    if is_release and (ref or includes or mlir or tblgen or against or pruning or pairs):
        raise click.UsageError("an installed release has no .td files: only --config and --force are for it")
    with failing_closed("the upgrade was not done"):
        if is_release:
            done = upgrade_to_release(config, source, force=force)
        else:
            done = run(config, source, ref, tools, pairs, against, force=force, pruning=pruning)
    summary = "\n".join(done.summary(current_version))
    if done.is_done:
        note(summary)
    else:
        click.echo(summary)
        sys.exit(FINDINGS)
