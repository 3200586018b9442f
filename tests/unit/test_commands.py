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
HELP = Path(__file__).parent / "expected" / "help.txt"
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
    assert found == {
        "opspec.cli",
        "opspec.dataclass",
        "opspec.diagnostics",
        "opspec.exits",
        "opspec.helping",
        "opspec.progress",
        "opspec.terminal",
        "opspec.watching",
    }


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


def test_each_command_is_in_one_group() -> None:
    assert sorted(name for names in main.groups.values() for name in names) == sorted(main.commands)


@pytest.mark.parametrize("width", ["60", "80", "100"])
def test_the_list_of_commands_says_all_of_their_first_words(width: str) -> None:
    done = opspec("--help", cwd=ROOT, COLUMNS=width)
    shown = " ".join(done.stdout.split())
    assert "..." not in shown.replace("[ARGS]...", "")
    for name, command in main.commands.items():
        assert f" {name} {command.help} " in f"{shown} "


def test_the_list_of_commands() -> None:
    shown = opspec("--help", cwd=ROOT, COLUMNS="80").stdout
    assert shown == HELP.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(main.commands))
def test_help_has_examples_that_the_command_takes(name: str) -> None:
    with click.Context(main, info_name="opspec") as parent:
        command = loaded(name)
        shown = command.get_help(click.Context(command, parent, name))
        calls = [line.split()[1:] for line in shown.splitlines() if line.startswith("    opspec ")]
        assert calls
        for called, *arguments in calls:
            assert called == name
            words = arguments[: arguments.index(">")] if ">" in arguments else arguments
            parser = command.make_parser(click.Context(command, parent, name))
            parser.parse_args(args=[*words])


@pytest.mark.parametrize(("given", "hint"), [("chek", "did you mean 'check'?"), ("upgrad", "did you mean 'upgrade'?")])
def test_a_mistyped_command_names_the_closest(given: str, hint: str) -> None:
    done = opspec(given, cwd=ROOT)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1] == f"Error: No such command '{given}'; {hint}"
