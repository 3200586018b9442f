"""mypy finds nothing in a right program, and a fault on every line of `negative/` that says so with `# E: message`."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("mypy")

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
NEGATIVE = sorted((HERE / "negative").glob("*.py"))
FOUND = re.compile(r"^(?P<path>[^:\n]+):(?P<line>\d+): error: (?P<message>.*)$", re.MULTILINE)
EXPECTED = re.compile(r"# E: (.*)$")

Faults = dict[int, list[str]]


def mypy(cache: Path, *paths: Path) -> subprocess.CompletedProcess[str]:
    """mypy, as strict as the project has it, on these files."""
    flags = ["--allow-untyped-decorators", "--no-error-summary", "--hide-error-codes", "--no-pretty"]
    return subprocess.run(
        [sys.executable, "-m", "mypy", *flags, f"--cache-dir={cache}", *(str(path) for path in paths)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.fixture(scope="module")
def done(tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    """One run over everything, since most of the time goes into reading the host's stubs."""
    return mypy(tmp_path_factory.mktemp("mypy"), HERE / "program.py", *NEGATIVE)


@pytest.fixture(scope="module")
def faults(done: subprocess.CompletedProcess[str]) -> dict[str, Faults]:
    """The messages, by file and line."""
    assert done.stderr == ""
    found: dict[str, Faults] = {}
    for match in FOUND.finditer(done.stdout):
        found.setdefault(Path(match["path"]).name, {}).setdefault(int(match["line"]), []).append(match["message"])
    return found


def expected(path: Path) -> dict[int, str]:
    """The message that each line asks for."""
    lines = enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
    return {number: match[1].strip() for number, line in lines if (match := EXPECTED.search(line))}


def test_a_right_program_has_no_faults(faults: dict[str, Faults]) -> None:
    assert "program.py" not in faults


def test_the_right_program_runs() -> None:
    ran = subprocess.run(
        [sys.executable, str(HERE / "program.py")], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert ran.returncode == 0, ran.stderr
    assert "enzyme.autodiff" in ran.stdout


@pytest.mark.parametrize("path", NEGATIVE, ids=lambda path: path.stem)
def test_every_wrong_line_is_found_and_no_other(path: Path, faults: dict[str, Faults]) -> None:
    wanted = expected(path)
    assert len(wanted) >= 5
    found = faults.get(path.name, {})
    missed = [f"{path.name}:{line}: {text}" for line, text in wanted.items() if line not in found]
    other = [
        f"{path.name}:{line}: {messages}"
        for line, messages in found.items()
        if not any(wanted.get(line, "\0") in message for message in messages)
    ]
    assert (missed, other) == ([], [])
