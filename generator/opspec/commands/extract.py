"""`opspec extract`."""

from __future__ import annotations

from pathlib import Path

import click

from opspec.choices import open_choices
from opspec.commands.options import pairs_of, warn
from opspec.diagnostics import Diagnostics
from opspec.disk.files import write_file
from opspec.exits import CONFIG
from opspec.extraction import SCHEMA_PATH, Tools, facts_text, update_facts
from opspec.helping import examples
from opspec.spec.bindings import read_bindings
from opspec.terminal import note as print_note

__all__ = ["extract"]


@click.command(
    epilog=examples(
        "opspec extract https://github.com/EnzymeAD/Enzyme --ref main",
        "opspec extract Toy.td --dialect toy -o opspecs/toy/dialect.yaml",
    )
)
@click.argument("source")
@click.option("--dialect", help="The dialect to extract; without it, every dialect of the project that SOURCE has.")
@click.option("-I", "includes", multiple=True, type=click.Path(path_type=Path), help="A folder of included .td files.")
@click.option("--include-mlir", "mlir", multiple=True, type=click.Path(path_type=Path), help="MLIR's own .td files.")
@click.option(
    "--prelude", type=click.Path(path_type=Path), help="A .td file to read first [prelude.td beside the spec]."
)
@click.option("--tblgen", type=click.Path(path_type=Path), help="The llvm-tblgen to run [the environment's].")
@click.option("--ref", help="The commit, branch or tag to read where SOURCE is a git repository.")
@click.option("--provenance", multiple=True, metavar="KEY=VALUE", help="Where the facts come from; may be repeated.")
@click.option("--schema-path", default=SCHEMA_PATH, help="The JSON Schema that the file names for editors.")
@click.option("--config", type=click.Path(path_type=Path), help=f"The project's bindings.yaml [{CONFIG}].")
@click.option("--words", is_flag=True, help="Take the summaries and descriptions of the definitions over.")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The dialect.yaml to write [standard output].")
def extract(
    source: str,
    dialect: str | None,
    includes: tuple[Path, ...],
    mlir: tuple[Path, ...],
    prelude: Path | None,
    tblgen: Path | None,
    ref: str | None,
    provenance: tuple[str, ...],
    schema_path: str,
    config: Path | None,
    words: bool,
    output: Path | None,
) -> None:
    """Write a dialect's facts.

    SOURCE is a .td file, the JSON of llvm-tblgen --dump-json, a folder or checkout that holds .td files, or the URL of
    a git repository, of which only the .td files are fetched.
    """
    pairs = pairs_of(provenance)
    tools, warnings = Tools(includes, prelude, tblgen, mlir), Diagnostics()
    if dialect is None:
        if output is not None or Path(source).suffix in (".json", ".td"):
            raise click.UsageError("Missing option '--dialect': a file or -o is about one dialect")
        bindings, diagnostics = read_bindings(config or CONFIG)
        diagnostics.raise_if_any()
        for line in update_facts(bindings, source, ref, tools, pairs, warnings):
            print_note(line)
        warn(warnings)
        return
    facts = facts_text(source, dialect, ref, tools, pairs, schema_path, warnings, words=words)
    for line in facts.left_out:
        click.echo(f"opspec: {line}", err=True)
    warn(warnings)
    click.echo(facts.text, nl=False) if output is None else write_file(output, facts.text)
    for note in (*facts.notes, *open_choices(facts.text, output)):
        print_note(note, err=True)
