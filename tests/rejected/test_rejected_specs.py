"""Every rejected spec gives its whole expected text, the exit code for findings, and nothing on standard output.

After a wanted change of a message: `python -m tests.rejected.rewrite`, then read the diff.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import opspec
from tests.rejected.cases import CASES, EXPECTED, lint_arguments

every_case = pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)


@every_case
def test_the_whole_text_is_as_expected(case: Path) -> None:
    done = opspec(*lint_arguments(case), cwd=case.parent)
    assert done.stderr == (case / EXPECTED).read_text(encoding="utf-8")
    assert (done.returncode, done.stdout) == (100, "")


@every_case
def test_the_expectation_is_a_message_and_not_a_crash(case: Path) -> None:
    text = (case / EXPECTED).read_text(encoding="utf-8")
    count = sum(": error: " in line for line in text.splitlines())
    assert text.startswith(f"{case.name}/")
    assert text.endswith(f"\n{count} error{'s' * (count != 1)}\n")
    assert "Traceback" not in text


def test_three_mistakes_are_three_errors() -> None:
    (case,) = [case for case in CASES if case.name == "three_mistakes"]
    text = (case / EXPECTED).read_text(encoding="utf-8")
    codes = [line.rpartition("[")[2].rstrip("]") for line in text.splitlines() if ": error: " in line]
    assert sorted(codes) == ["duplicate-key", "notation", "unknown-name"]
