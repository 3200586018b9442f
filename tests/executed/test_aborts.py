"""No misuse ends the process: every case of `misuses` is tried in a child process, many in each."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from enzyme_mlir import HOST
from tests.executed.misuses import CASES

ROOT = Path(__file__).parents[2]
PATTERN = "90"
"""What freed memory is filled with, where the C library does so: whoever follows a pointer out of it dies at once."""

DEADLY = """
import os, sys
for index in range(int(sys.argv[1]), 5):
    print("begin", index, flush=True)
    if index in (1, 2, 4):
        os.abort()
    print("end", index, "", flush=True)
"""


def ends_from(command: list[str], first: int) -> tuple[list[str], str]:
    """How the cases from `first` on end in one child; and how that one ended before its time, or an empty text."""
    done = subprocess.run(
        [sys.executable, *command, str(first)],
        env={**os.environ, "ENZYME_MLIR_HOST": HOST, "MALLOC_PERTURB_": PATTERN},
        cwd=ROOT,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=120,
    )
    lines = [line.split(" ", 2) for line in done.stdout.splitlines() if line.startswith("end ")]
    last = done.stderr.strip().splitlines()[-1:]
    return [found for _, _, found in lines], f"the process ended with {done.returncode} {last}" * (done.returncode != 0)


def all_ends(command: list[str], count: int) -> list[str]:
    """What is wrong with how each case ends, empty where nothing is.

    A child that dies does so in the case behind the last one that ended; another child goes on behind that.
    """
    everything: list[str] = []
    while len(everything) < count:
        ends, death = ends_from(command, len(everything))
        everything += ends
        if len(everything) < count:
            everything.append(death or "the process left it out")
        elif death:  # behind the last case: nobody's in particular
            everything[-1] += death
    return everything


def test_every_misuse_ends_as_stated() -> None:
    """On the host of this run; `test_hosts` has it run on the others."""
    ends = all_ends(["-m", "tests.executed.misuses"], len(CASES))
    wrong = [f"{case.what}: {end}" for case, end in zip(CASES, ends, strict=True) if end]
    assert not wrong, "\n".join(wrong)


def test_the_cases_are_many_and_distinct() -> None:
    assert len({case.what for case in CASES}) == len(CASES) >= 400


def test_most_cases_state_the_operation_that_the_message_names() -> None:
    assert len([case for case in CASES if case.error is not None and "." in case.says]) >= 200


def test_a_death_is_told_of_its_case() -> None:
    ends = all_ends(["-c", DEADLY], 5)
    assert [bool(end) for end in ends] == [False, True, True, False, True]
    assert all("-6" in end for end in ends if end)
