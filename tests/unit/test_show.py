"""`opspec show`: whole cards of a small dialect, what names find, and the program of a real card, run."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from opspec.emitters.markdown import bare, cell, code, plain, words
from tests.command import opspec
from tests.unit.test_reference import CHOICES, FACTS, RELEASES

ROOT = Path(__file__).parents[2]
EXPECTED = Path(__file__).parent / "expected"
CARDS = ("toy.turn", "toy.go", "#toy.span", "toy.Mode", "toy")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("show")
    (folder / "toy").mkdir()
    for name, text in (("dialect", FACTS), ("overlay", CHOICES), ("releases", RELEASES)):
        (folder / "toy" / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def show(project: Path, *arguments: str) -> str:
    done = opspec("show", *arguments, "--spec", "toy/dialect.yaml", "--package", "toys", cwd=project, COLUMNS="100")
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


@pytest.mark.parametrize("style", ["text", "markdown", "json"])
def test_whole_cards(style: str, project: Path) -> None:
    found = "".join(f"{'=' * 30} {name}\n{show(project, name, '--format', style)}" for name in CARDS)
    assert found == (EXPECTED / f"cards.{style}").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ("turn", "toy.turn"),
        ("toy.TurnOp", "toy.turn"),
        ("toy.run", "toy.go"),
        ("mode", "#toy.mode"),
        ("#mode", "#toy.mode"),
        ("#toy.mode<quick>", "#toy.mode"),
        ("toy.cell", "!toy.cell"),
        ("CellType", "!toy.cell"),
        ("Mode", "toy.Mode"),
    ],
)
def test_a_thing_is_found_by_each_of_its_names(given: str, name: str, project: Path) -> None:
    assert json.loads(show(project, given, "--format", "json"))["name"] == name


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("toy.trun", "there is no 'toy.trun'; did you mean 'toy.turn'?"),
        ("turm", "there is no 'turm'; did you mean 'turn'?"),
        ("#toy.mood", "there is no '#toy.mood'; did you mean '#toy.mode'?"),
        ("zzzzzz", "there is no 'zzzzzz'; known here: toy"),
        ("a\x1b[31m", "there is no 'a\\x1b[31m'; known here: toy"),
    ],
)
def test_what_nothing_is_called(given: str, message: str, project: Path) -> None:
    done = opspec("show", given, "--spec", "toy/dialect.yaml", cwd=project)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.splitlines()[-1] == f"Error: Invalid value for NAME: {message}"


def test_a_name_that_several_have_is_asked_about() -> None:
    done = opspec("show", "yield", cwd=ROOT)
    assert done.returncode == 2
    assert done.stderr.endswith("'yield' may be one of enzyme.yield, impulse.yield, perfify.yield: say which\n")


def test_lines_fit_the_terminal(project: Path) -> None:
    done = opspec("show", "enzyme.Activity", cwd=ROOT, COLUMNS="50")
    assert max(map(len, done.stdout.splitlines())) <= 50


def test_the_program_of_a_card_prints_the_ir_of_the_card() -> None:
    card = json.loads(opspec("show", "enzyme.autodiff", "--format", "json", cwd=ROOT).stdout)
    done = subprocess.run([sys.executable, "-c", card["example"]], capture_output=True, text=True, check=True)
    assert done.stdout.rstrip("\n") == card["ir"]


@pytest.mark.parametrize(
    "text", ["a | b", "# no heading", "1. not a list", "*a* [b](c) <d> &amp; {{x}}", "`a | b` c_d", r"a\b"]
)
def test_what_markdown_escapes_is_read_back(text: str) -> None:
    assert plain(cell(text)) == text
    assert plain(words(text)) == text
    assert bare(code("a | b")) == "a | b"


def test_the_calls_of_the_page_work() -> None:
    page = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    calls = [line.partition("#")[0].split()[1:] for line in page.splitlines() if line.startswith("opspec show")]
    assert len(calls) == 5
    for call in calls:
        assert opspec(*call, cwd=ROOT).returncode == 0
