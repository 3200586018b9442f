"""`opspec learn`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from opspec.diagnostics import Diagnostics, near_match
from opspec.disk.files import write_file
from opspec.exits import CONFIG, FINDINGS
from opspec.extraction import SCHEMA_PATH
from opspec.helping import examples
from opspec.learn.binaries import Binary, enzyme_binary, tool_binary
from opspec.learn.dialects import Wanted
from opspec.learn.project import learn_project
from opspec.learn.run import known_names, learn_from
from opspec.probe.installation import find_installation, in_order
from opspec.spec.bindings import read_bindings
from opspec.terminal import note

__all__ = ["learn"]

_FILE = click.Path(path_type=Path)


@click.command(
    epilog=examples(
        "opspec learn --enzyme enzyme-0.0.16",
        "opspec learn --enzyme enzyme-0.0.16 --dialect comm -o learned.yaml",
        "opspec learn --tool mlir-opt --dialect cf -o cf/dialect.yaml",
    )
)
@click.option(
    "--enzyme",
    "folders",
    multiple=True,
    type=_FILE,
    help="The folder of an Enzyme, as of `pip install --target`; may be repeated: the newest that has a thing tells.",
)
@click.option("--tool", help="A program that reads MLIR and prints diagnostics, with its options, such as mlir-opt.")
@click.option("--dialect", "dialects", multiple=True, help="A dialect to learn [those of the project, what they lack].")
@click.option("--operation", "operations", multiple=True, help="Only this operation, e.g. cf.br; may be repeated.")
@click.option("--beside", multiple=True, help="A dialect whose attributes and types the learnt one uses, e.g. arith.")
@click.option(
    "--minutes", type=click.FloatRange(min=0), help="How long to ask; what there is no time for is named [no limit]."
)
@click.option("--schema-path", default=SCHEMA_PATH, help="The JSON Schema that the file names for editors.")
@click.option("--config", type=_FILE, help=f"The project's bindings.yaml [{CONFIG}].")
@click.option("-o", "--output", type=_FILE, help="The file to write [standard output; learned.yaml beside each spec].")
def learn(
    folders: tuple[Path, ...],
    tool: str | None,
    dialects: tuple[str, ...],
    operations: tuple[str, ...],
    beside: tuple[str, ...],
    minutes: float | None,
    schema_path: str,
    config: Path | None,
    output: Path | None,
) -> None:
    """Write facts that a binary tells of itself, where no TableGen can be had.

    Without --dialect the dialects of the project are learnt, and of them what their facts lack. Names come from the
    strings of the binary; everything else is asked of it: questions that it answers with a complaint, or takes. An
    interrupted run goes on where it was. Exit codes: 100 where --minutes did not suffice, or a dialect or an operation
    is not there.
    """
    binaries = _binaries(folders, tool)
    seconds = float("inf") if minutes is None else 60 * minutes
    if not dialects and not operations:
        if output is not None:
            raise click.UsageError("Missing option '--dialect': -o is about one dialect")
        bindings, diagnostics = read_bindings(config or CONFIG)
        diagnostics.raise_if_any()
        left = False
        for path, found in learn_project(bindings, Diagnostics(), binaries, schema_path, seconds):
            write_file(path, found.text)
            note(f"wrote {path.as_posix()}: {len(found.dialect.operations)} operations")
            left |= _say_left(found.left)
        sys.exit(FINDINGS if left else 0)
    named = tuple(dict.fromkeys((*dialects, *(name.partition(".")[0] for name in operations))))
    if len(named) > 1:
        raise click.UsageError("a file is about one dialect: name one with --dialect")
    wanted = Wanted(named, operations, beside=beside, seconds=seconds)
    kept = (output or Path(f"{named[0]}.yaml")).with_suffix(".answers")
    (found,) = learn_from(binaries, wanted, schema_path, kept)
    if found.is_empty and not found.left:
        click.echo(f"{binaries[-1].title} has nothing of the dialect '{named[0]}'", err=True)
        sys.exit(FINDINGS)
    click.echo(found.text, nl=False) if output is None else write_file(output, found.text)
    absent = set(operations) - known_names((found.dialect,)) - set(found.left)
    for name in sorted(absent):
        known = {each for binary in binaries for each in binary.names(named).operations}
        click.echo(f"{binaries[-1].title} has no operation '{name}'; {near_match(name, known)}", err=True)
    sys.exit(FINDINGS if _say_left(found.left) or absent else 0)


def _binaries(folders: tuple[Path, ...], tool: str | None) -> list[Binary]:
    if bool(folders) == bool(tool):
        raise click.UsageError("name what to learn from: --enzyme FOLDER, or --tool COMMAND")
    if tool:
        return [tool_binary(tool)]
    return [enzyme_binary(found) for found in in_order([find_installation(folder) for folder in folders])]


def _say_left(left: tuple[str, ...]) -> bool:
    if left:
        note(f"there was no time for {len(left)} operations: {', '.join(left)}", err=True)
    return bool(left)
