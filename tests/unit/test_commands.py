"""The table of commands: each is loaded when it is asked for, and is what the table says."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import click
import pytest

from opspec.cli import main
from tests.command import opspec

ROOT = Path(__file__).parents[2]
SPEC = "schema: opspec/dialect/1\ndialect: toy\noperations:\n  run: {class: RunOp}\n"


def loaded(name: str) -> click.Command:
    with main.commands[name].make_context(name, [], resilient_parsing=True) as context:
        return context.command


@pytest.mark.parametrize("name", sorted(main.commands))
def test_the_table_says_how_the_help_of_a_command_begins(name: str) -> None:
    command = loaded(name)
    assert command is not main.commands[name]
    assert command.name == name
    said = " ".join(inspect.cleandoc(command.help or "").split("\n\n")[0].split())
    assert said == main.commands[name].help


def modules_after(*arguments: str, cwd: Path | None = None) -> set[str]:
    program = (
        "import json, sys\nfrom opspec.cli import main\ntry: main(sys.argv[1:])\n"
        "except SystemExit: pass\nprint(json.dumps([*sys.modules]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=cwd,
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("no-such-command",)])
def test_what_needs_no_command_loads_none(arguments: tuple[str, ...], tmp_path: Path) -> None:
    found = {
        name
        for name in modules_after(*arguments, cwd=tmp_path)
        if name.startswith(("opspec.", "yaml", "jinja2", "griffe"))
    }
    assert found == {"opspec.cli", "opspec.dataclass", "opspec.diagnostics", "opspec.exits"}


def test_reading_specs_needs_no_json_schema_where_nothing_is_wrong() -> None:
    assert "jsonschema" not in modules_after("lint")


def test_the_version_outside_of_a_project_is_one_line(tmp_path: Path) -> None:
    done = opspec("--version", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"opspec, version {version('opspec')}\n", "")


def test_the_version_inside_of_a_project_says_what_the_facts_are_of() -> None:
    first, *lines = opspec("--version", cwd=ROOT).stdout.splitlines()
    assert first == f"opspec, version {version('opspec')}"
    assert "enzyme: EnzymeAD/Enzyme at ae27aa0e; enzyme-ad 0.0.14, 0.0.15, 0.0.16" in lines
    (shared,) = [line for line in lines if "EnzymeAD/Enzyme-JAX" in line]
    assert shared.startswith("enzymexla, comm, distributed, ")
    assert len(lines) == 4


@pytest.mark.parametrize(
    ("bindings", "lines"),
    [
        ("dialects: [toy]\n", ["toy: facts of no known place"]),
        ("dialects: [toy]\nodd: 1\n", ["toy: facts of no known place"]),
        ("dialects: [", ["opspecs/bindings.yaml: cannot be read; `opspec lint` says why"]),
    ],
    ids=["no provenance", "a mistake elsewhere", "no YAML"],
)
def test_a_project_that_says_little_does_not_hide_the_version(bindings: str, lines: list[str], tmp_path: Path) -> None:
    (tmp_path / "opspecs" / "toy").mkdir(parents=True)
    (tmp_path / "opspecs" / "toy" / "dialect.yaml").write_text(SPEC, encoding="utf-8")
    text = f"schema: opspec/bindings/1\npackage: toy_bindings\noutput: ../generated\n{bindings}"
    (tmp_path / "opspecs" / "bindings.yaml").write_text(text, encoding="utf-8")
    done = opspec("--version", cwd=tmp_path)
    assert (done.returncode, done.stdout.splitlines()[1:], done.stderr) == (0, lines, "")
