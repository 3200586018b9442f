"""`opspec init`."""

from __future__ import annotations

import os
from pathlib import Path

import click

from opspec.commands.options import check_package, warn
from opspec.diagnostics import Diagnostics
from opspec.extraction import SCHEMA_PATH, Tools, facts_text
from opspec.helping import examples
from opspec.scaffold import draft_facts, project_files, write_new
from opspec.terminal import note

__all__ = ["init"]


@click.command(epilog=examples("opspec init --td Toy.td --dialect toy", "opspec init --dialect toy -o toy_project"))
@click.option("--td", type=click.Path(path_type=Path), help="The .td file with the operations, if there is one.")
@click.option("--dialect", required=True, help="The dialect.")
@click.option("-I", "includes", multiple=True, type=click.Path(path_type=Path), help="A folder of included .td files.")
@click.option("--include-mlir", "mlir", multiple=True, type=click.Path(path_type=Path), help="MLIR's own .td files.")
@click.option("--prelude", type=click.Path(path_type=Path), help="A .td file to read first.")
@click.option("--package", help="The Python package to generate [DIALECT_bindings].")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), default=Path(), help="The project's folder [this one]."
)
def init(
    td: Path | None,
    dialect: str,
    includes: tuple[Path, ...],
    mlir: tuple[Path, ...],
    prelude: Path | None,
    package: str | None,
    output: Path,
) -> None:
    """Start a project for a dialect of your own: facts, an empty overlay, bindings.yaml, lines for make.

    Without --td the facts are an example of each kind of thing, to be changed by hand.
    """
    name = package or f"{dialect}_bindings"
    check_package(name)
    facts, source = draft_facts(dialect), None
    if td is not None:
        tools, warnings = Tools(includes, prelude, None, mlir), Diagnostics()
        facts = facts_text(str(td), dialect, None, tools, (), SCHEMA_PATH, warnings, words=True).text
        warn(warnings)
        source = Path(os.path.relpath(td, output)).as_posix()
    folders = tuple(Path(os.path.relpath(folder, output)).as_posix() for folder in includes)
    files = project_files(dialect, name, facts, source, folders)
    write_new(output, files)
    lines = [f"wrote {(output / file.path).as_posix()}" for file in files]
    lines.append("next: opspec generate, then pip install './generated/python[mlir]', or put that folder on PYTHONPATH")
    lines.append(f"and import {name}.dialects.{dialect}")
    note("\n".join(lines))
