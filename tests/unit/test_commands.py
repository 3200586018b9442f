"""The table of commands: each is loaded when it is asked for, and is what the table says."""

from __future__ import annotations

import inspect
import json
import subprocess
import sys

import click
import pytest

from opspec.cli import main


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


def modules_after(*arguments: str) -> set[str]:
    program = (
        "import json, sys\nfrom opspec.cli import main\ntry: main(sys.argv[1:])\n"
        "except SystemExit: pass\nprint(json.dumps([*sys.modules]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize("arguments", [("--help",), ("--version",), ("no-such-command",)])
def test_what_needs_no_command_loads_none(arguments: tuple[str, ...]) -> None:
    found = {name for name in modules_after(*arguments) if name.startswith(("opspec.", "yaml", "jinja2", "griffe"))}
    assert found == {"opspec.cli", "opspec.dataclass", "opspec.diagnostics", "opspec.exits"}


def test_reading_specs_needs_no_json_schema_where_nothing_is_wrong() -> None:
    assert "jsonschema" not in modules_after("lint")
