"""Colours: on a terminal alone, and nowhere else a byte that was not there; quiet and verbose commands."""

from __future__ import annotations

import io
import os
import pty
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import pytest

from opspec.progress import progress, show_progress
from opspec.terminal import is_watched, paint_findings
from tests.command import opspec

ROOT = Path(__file__).parents[2]
WRONG = "schema: opspec/dialect/1\ndialect: toy\noperations:\n  run: {clas: RunOp}\n"
RIGHT = "schema: opspec/dialect/1\ndialect: toy\noperations:\n  run: {class: RunOp}\n"
BARS = re.compile(r"(\r\x1b\[\?25l[^\r\n]*)+\x1b\[\?25h\n")
LINT = ("lint", "--spec", "toy/dialect.yaml")


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    (tmp_path / "toy").mkdir()
    (tmp_path / "toy" / "dialect.yaml").write_text(WRONG, encoding="utf-8")
    return tmp_path


@pytest.fixture
def right(tmp_path: Path) -> Path:
    (tmp_path / "toy").mkdir()
    (tmp_path / "toy" / "dialect.yaml").write_text(RIGHT, encoding="utf-8")
    return tmp_path


def on_terminal(*arguments: str, cwd: Path, bars: bool = False, **environment: str) -> str:
    """What a terminal shows of a command, standard error among it; without bars, which a slow machine shows sooner."""
    plain = {key: text for key, text in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR", "CI", "TERM")}
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "opspec", *arguments],
        cwd=cwd,
        env={**plain, "TERM": "xterm", **environment},
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=theirs,
    ):
        os.close(theirs)
        shown = b""
        while True:
            try:
                part = os.read(ours, 4096)
            except OSError:  # the other side was closed
                break
            if not part:
                break
            shown += part
    os.close(ours)
    text = shown.decode().replace("\r\n", "\n")
    return text if bars else BARS.sub("", text)


def test_a_terminal_shows_diagnostics_in_colours(wrong: Path) -> None:
    shown = on_terminal(*LINT, cwd=wrong)
    piped = opspec(*LINT, cwd=wrong)
    assert click.unstyle(shown) == piped.stderr
    assert "\x1b[1mtoy/dialect.yaml:4:9:\x1b[0m \x1b[31m\x1b[1merror:\x1b[0m" in shown
    assert "\x1b[36m\x1b[1m  hint:\x1b[0m" in shown


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {"CI": "true"}])
def test_a_terminal_that_wants_no_colours_gets_none(environment: dict[str, str], wrong: Path) -> None:
    shown = on_terminal(*LINT, cwd=wrong, **environment)
    assert shown == opspec(*LINT, cwd=wrong).stderr


def test_a_card_on_a_terminal() -> None:
    shown = on_terminal("show", "enzyme.placeholder", cwd=ROOT, COLUMNS="100")
    assert shown.startswith("\x1b[1menzyme.placeholder, an operation;")
    assert click.unstyle(shown) == opspec("show", "enzyme.placeholder", cwd=ROOT, COLUMNS="100").stdout


def test_a_page_on_a_terminal() -> None:
    shown = on_terminal("explain", "operation-removed", cwd=ROOT)
    assert shown.startswith("\x1b[1m# ")
    assert click.unstyle(shown) == opspec("explain", "operation-removed", cwd=ROOT).stdout


def test_colours_can_be_forced_and_no_colour_counts_more(wrong: Path) -> None:
    assert "\x1b[" in opspec(*LINT, cwd=wrong, FORCE_COLOR="1").stderr
    assert "\x1b[" not in opspec(*LINT, cwd=wrong, FORCE_COLOR="1", NO_COLOR="1").stderr
    assert "\x1b[" not in opspec(*LINT, "--format", "json", cwd=wrong, FORCE_COLOR="1").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("nonsense",),
        ("show", "enzyme.autodiff"),
        ("show", "enzyme", "--format", "markdown"),
        ("show", "nonsense"),
        ("lint",),
        ("explain", "operation-removed"),
        ("diff", "opspecs/enzyme", "opspecs/comm", "--no-surface"),
    ],
)
def test_what_goes_through_a_pipe_has_no_escape_characters(arguments: tuple[str, ...]) -> None:
    done = opspec(*arguments, cwd=ROOT)
    assert done.stdout + done.stderr
    assert "\x1b" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    "text",
    [
        "a.yaml:1:2: error: no `x` [unknown-key]\n  1 | a: b\n    |    ^\nb.yaml:1:1: note: it is here\n  hint: do",
        "a.yaml:1:2: warning: odd\n\n1 error",
        "changed: a.py\n--- a\n+++ b\n@@ -1 +1 @@\n-old\n+new\n same\n\n1 of 2 files out of sync",
        "breaking\n  operation-removed: toy.run\n    - run\n    + go\n    hint: call go\n\nno errors",
        "",
        "9 files in sync",
    ],
)
def test_painting_adds_colours_alone(text: str) -> None:
    painted = paint_findings(text)
    assert click.unstyle(painted) == text
    assert bool(re.search("\x1b", painted)) == bool(text)


@pytest.mark.parametrize("arguments", [("-q", *LINT), (*LINT, "--quiet")])
def test_quiet_prints_nothing_where_nothing_is_wrong(arguments: tuple[str, ...], right: Path) -> None:
    done = opspec(*arguments, cwd=right)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_quiet_prints_findings_without_the_summary(wrong: Path) -> None:
    loud, quiet = opspec(*LINT, cwd=wrong), opspec(*LINT, "-q", cwd=wrong)
    assert (quiet.returncode, quiet.stdout) == (loud.returncode, loud.stdout) == (100, "")
    assert loud.stderr == f"{quiet.stderr}\n2 errors\n"


def test_quiet_prints_what_was_asked_for() -> None:
    assert opspec("show", "comm", "-q", cwd=ROOT).stdout == opspec("show", "comm", cwd=ROOT).stdout
    assert opspec("-q", "schema", "overlay", cwd=ROOT).stdout.startswith("{")


def test_verbose_says_what_is_read_and_written(right: Path) -> None:
    arguments = ("generate", "--spec", "toy/dialect.yaml", "-o", "out", "--only", "snapshots", "--no-cache")
    done = opspec(*arguments, "-v", cwd=right)
    assert done.returncode == 0
    lines = done.stderr.splitlines()
    assert lines[0] == "opspec: read toy/dialect.yaml"
    assert sorted(lines[1:]) == [
        f"opspec: wrote {right / 'out' / path}"
        for path in (".opspec-files", "snapshots/toy/run.mlir", "tests/test_toy.py")
    ]
    assert opspec(*arguments, cwd=right).stderr == ""


MANY = "schema: opspec/dialect/1\ndialect: d{number}\noperations:\n" + "".join(
    f"  run{each}: {{{{class: Run{each}Op}}}}\n" for each in range(2000)
)


@pytest.fixture
def long(tmp_path: Path) -> Path:
    """Specs that take a while to generate from."""
    for number in range(3):
        (tmp_path / f"d{number}").mkdir()
        (tmp_path / f"d{number}" / "dialect.yaml").write_text(MANY.format(number=number), encoding="utf-8")
    return tmp_path


LONG = ("generate", *(f"--spec=d{number}/dialect.yaml" for number in range(3)), "--only=python", "--no-cache")


def test_a_terminal_shows_how_far_long_work_is(long: Path) -> None:
    shown = on_terminal(*LONG, cwd=long, bars=True)
    assert re.search(r"\rgenerating  \[#+-*\]  [123]/3", shown.replace("\x1b[?25l", ""))
    assert re.search(r"\n6000 operations of 3 dialects: \d+ files, \d+ written\n$", shown)


def test_a_quiet_command_and_a_pipe_do_not_show_how_far_work_is(long: Path) -> None:
    assert "generating" not in on_terminal("-q", *LONG, cwd=long, bars=True)
    done = opspec(*LONG, cwd=long)
    assert (done.stderr, done.stdout.count("\n")) == ("", 1)


@pytest.mark.parametrize(
    ("is_terminal", "environment", "watched"),
    [
        (True, {}, True),
        (True, {"TERM": "xterm", "NO_COLOR": "1"}, True),
        (True, {"CI": "true"}, False),
        (True, {"TERM": "dumb"}, False),
        (False, {}, False),
    ],
)
def test_who_looks_is_somebody_at_a_terminal(
    monkeypatch: pytest.MonkeyPatch, is_terminal: bool, environment: dict[str, str], watched: bool
) -> None:
    class Stream(io.StringIO):
        def isatty(self) -> bool:
            return is_terminal

    for name in ("CI", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, text in environment.items():
        monkeypatch.setenv(name, text)
    monkeypatch.setattr(sys, "stderr", Stream())
    assert is_watched() == watched


def test_work_inside_of_work_is_not_shown() -> None:
    told: list[str] = []

    @contextmanager
    def show(doing: str, steps: int) -> Iterator[Callable[[int], None]]:
        yield lambda count: told.append(f"{doing} {count}/{steps}")

    show_progress(show)
    try:
        with progress("outer", 2) as done:
            done(1)
            with progress("inner", 1) as inner:
                inner(1)
            done(2)
        with progress("next", 1) as done:
            done(1)
    finally:
        show_progress(None)
    assert told == ["outer 1/2", "outer 2/2", "next 1/1"]
