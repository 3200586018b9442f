"""`opspec ir`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from opspec.exits import CONFIG
from opspec.helping import examples
from opspec.ir.run import run_ir
from opspec.reports import FORMATS

__all__ = ["ir"]

_FILE = click.Path(path_type=Path)


@click.command(epilog=examples("opspec ir model.mlir --verify", "opspec ir model.mlir --to 0.0.15 -o older.mlir"))
@click.argument("file")
@click.option("--custom", "form", flag_value="custom", help="Print Enzyme's custom syntax, or fail.")
@click.option("--generic", "form", flag_value="generic", help="Print MLIR's generic form, which everything reads.")
@click.option("--locations", is_flag=True, help="Print locations too; with --generic.")
@click.option("--verify", is_flag=True, help="Hold the modules against the rules of the specs, and print no module.")
@click.option("--release", help="The release of Enzyme that FILE is written for [the one in use].")
@click.option("--to", "target", metavar="RELEASE", help="The release of Enzyme to write for [that of FILE].")
@click.option(
    "--enzyme",
    "enzymes",
    multiple=True,
    type=_FILE,
    help="The folder of an Enzyme, as of `pip install --target` [the installed one]; may be repeated.",
)
@click.option("--config", type=_FILE, help=f"The project's bindings.yaml [{CONFIG}, where it exists].")
@click.option("--package", help="The generated package to use [the project's, else enzyme_mlir].")
@click.option("--format", "style", type=click.Choice(FORMATS), default="text", show_default=True)
@click.option("-o", "--output", type=_FILE, help="The file to write [standard output].")
def ir(
    file: str,
    form: str | None,
    locations: bool,
    verify: bool,
    release: str | None,
    target: str | None,
    enzymes: tuple[Path, ...],
    config: Path | None,
    package: str | None,
    style: str,
    output: Path | None,
) -> None:
    """Print the modules of FILE, verify them, or write them for another release of Enzyme.

    FILE is in MLIR's generic form, or in the syntax of Enzyme or of the MLIR bindings; lines `// -----` part modules
    from each other, and `-` is standard input. Without --generic and --custom, modules are printed as people read them:
    in Enzyme's custom syntax where there is an Enzyme that takes them, else in that of the MLIR bindings. With --to a
    release that there is no Enzyme of, they are in generic form, which all releases read. Nothing is written for a
    release that lacks a part of them.

    Exit codes: 100 when a module cannot be read, breaks a rule (--verify), or has what --to lacks; 101 when Enzyme or
    the MLIR bindings are missing or fail; 0 otherwise.
    """
    click.get_current_context().meta["style"] = style
    if locations and form != "generic":
        raise click.UsageError("--locations wants --generic: the custom syntax is printed without them")
    if verify and form is not None:
        raise click.UsageError(f"--verify and --{form} exclude each other: it prints findings, not modules")
    if package is not None and not package.isidentifier():
        raise click.BadParameter(f"{package!r} is not a Python identifier", param_hint="--package")
    sys.exit(
        run_ir(
            file,
            form=form,
            locations=locations,
            verify=verify,
            release=release,
            target=target,
            enzymes=enzymes,
            config=config or CONFIG,
            is_config_named=config is not None,
            package=package,
            style=style,
            output=output,
        )
    )
