"""`opspec diff`, `opspec explain` and `opspec upgrade`: their flags; what they do is loaded when it is asked for.

The other commands start without it.
"""

from __future__ import annotations

from pathlib import Path

import click

from opspec.extraction import Tools
from opspec.reports import FORMATS

__all__ = ["diff", "explain", "upgrade"]

_LEVELS = ("breaking", "dangerous", "compatible")
_FILE = click.Path(path_type=Path)


@click.command()
@click.argument("old")
@click.argument("new")
@click.option("--dialect", "dialects", multiple=True, help="Compare this dialect only; may be repeated.")
@click.option("--facts", "facts_only", is_flag=True, help="Compare facts alone, without overlays.")
@click.option(
    "--fail-on", type=click.Choice(_LEVELS), default="breaking", show_default=True, help="The level that fails."
)
@click.option("--accepted", type=_FILE, help="Changes that are accepted [opspecs/accepted.yaml].")
@click.option("--accept", metavar="REASON", help="Accept every change that fails, and write so to the accepted ones.")
@click.option("--surface/--no-surface", "griffe", default=True, help="Compare the generated Python packages too [yes].")
@click.option("--witness/--no-witness", "witness", default=None, help="Show calls that break [in json and html].")
@click.option("--format", "style", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("-o", "--output", type=_FILE, help="A file for the report [standard output].")
def diff(
    old: str,
    new: str,
    dialects: tuple[str, ...],
    facts_only: bool,
    fail_on: str,
    accepted: Path | None,
    accept: str | None,
    griffe: bool,
    witness: bool | None,
    style: str,
    output: Path | None,
) -> None:
    """Say what changed between two specs, whom it breaks, and what to do.

    OLD and NEW are spec files, folders of specs or of a project, REV:PATH of this git repository, or the JSON of
    llvm-tblgen --dump-json.

    Exit codes: 100 when a change that nobody accepted reaches --fail-on, 0 otherwise, 101 when either side could not
    be loaded or compared.
    """
    from opspec.diff.run import run_diff

    if accept is not None and not accept.strip():
        raise click.BadParameter("give a reason", param_hint="--accept")
    run_diff(
        old,
        new,
        dialects=dialects,
        facts_only=facts_only,
        fail_on=fail_on,
        accepted=accepted,
        accept=accept.strip() if accept is not None else None,
        griffe=griffe,
        witness=witness,
        style=style,
        output=output,
    )


@click.command()
@click.argument("rule", required=False)
@click.option("-o", "--output", type=_FILE, help="A folder to write the pages of all rules to.")
@click.option("--force", is_flag=True, help="Write over pages that were changed by hand; a copy of each is kept.")
def explain(rule: str | None, output: Path | None, force: bool) -> None:
    """Print the page of a rule of `opspec diff`, or the list of rules, or write all pages to a folder."""
    from opspec.diff.run import run_explain

    run_explain(rule, output, force=force)


@click.command()
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
    default=Path("opspecs/bindings.yaml"),
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

    SOURCE is a folder or checkout that holds .td files, or the URL of a git repository. The report is written to
    CHANGES.md among the generated files. Entries of overlays that lost what they speak of are reported, with what it is
    probably called now, and do not stop the generation. Overlays are changed with --prune alone, which moves such
    entries to overlays.patch among the generated files; `git apply --reverse` puts them back.

    Exit codes: 100 when overlays have such entries, 0 otherwise, 101 when the upgrade could not be done.
    """
    from opspec.diff.run import run_upgrade

    for item in provenance:
        if "=" not in item:
            raise click.BadParameter(f"{item!r} is not KEY=VALUE", param_hint="--provenance")
    pairs = [(key, value) for key, _, value in (item.partition("=") for item in provenance)]
    run_upgrade(
        config,
        source,
        ref,
        Tools(includes, None, tblgen, mlir),
        pairs,
        against,
        current_version,
        force=force,
        pruning=pruning,
    )
