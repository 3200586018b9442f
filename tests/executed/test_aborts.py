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
"""What freed memory is filled with, where the C library does so: whoever follows a pointer out of it dies at once.

The byte is one that makes a freed result look like a result: the host `mlir` looks before it says that it is gone.
"""


def _ends(first: int) -> tuple[dict[int, str], str]:
    """How the cases from `first` on end in one child; and how that one ended before its time, or an empty text."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.executed.misuses", str(first)],
        env={**os.environ, "ENZYME_MLIR_HOST": HOST, "MALLOC_PERTURB_": PATTERN},
        cwd=ROOT,
        capture_output=True,
        text=True,
        errors="replace",
        timeout=120,
    )
    ends: dict[int, str] = {}
    for line in done.stdout.splitlines():
        word, _, rest = line.partition(" ")
        if word == "end":
            index, _, found = rest.partition(" ")
            ends[int(index)] = found
    last = done.stderr.strip().splitlines()[-1:]
    return ends, f"the process ended with {done.returncode} {last}" if done.returncode else ""


def found() -> dict[int, str]:
    """What is wrong with how each case ends; a child that dies does so in the case behind the last that ended."""
    everything: dict[int, str] = {}
    first = 0
    while first < len(CASES):
        ends, death = _ends(first)
        everything |= ends
        first += len(ends)
        if first < len(CASES):
            everything[first] = death or "the process left it out"
            first += 1
        elif death:  # behind the last case: nobody's in particular
            everything[first - 1] += death
    return everything


def test_every_misuse_ends_as_stated() -> None:
    """On the host of this run; `test_hosts` runs it on the others."""
    ends = found()
    wrong = [f"{CASES[index].what}: {end}" for index, end in sorted(ends.items()) if end.strip()]
    assert not wrong, "\n".join(wrong)
    assert len(ends) == len(CASES)


def test_the_cases_are_many_and_distinct() -> None:
    assert len({case.what for case in CASES}) == len(CASES) >= 150


def test_what_stands_in_a_message_is_stated() -> None:
    """A case that builds an operation asks for its name; the others end in an error of their own or of the host."""
    named = [case for case in CASES if case.error is not None and "." in case.says]
    assert len(named) >= 150


def test_a_death_is_found_out() -> None:
    """The children's fate is seen: one that is killed on purpose has not ended well."""
    program = "import os, signal; print('begin 0', flush=True); os.kill(os.getpid(), signal.SIGABRT)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, timeout=60)
    assert done.returncode == -6
