"""The cases in child processes: a line when a case has ended; one that ends the process is told of."""

from __future__ import annotations

import faulthandler
import json
import os
import subprocess
import sys
from pathlib import Path

from enzyme_mlir import HOST

from .case import CASES, end_of

ROOT = Path(__file__).parents[3]
TRY_CASES = ["-m", "tests.executed.misuses.children"]
PATTERN = "90"
"""What freed memory is filled with, where the C library does so: whoever follows a pointer out of it dies at once."""


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
    ends = [json.loads(line.removeprefix("end ")) for line in done.stdout.splitlines() if line.startswith("end ")]
    last = done.stderr.strip().splitlines()[-1:]
    return ends, f"the process ended with {done.returncode} {last}\n" * (done.returncode != 0)


def all_ends(command: list[str], count: int) -> list[str]:
    """How each case ends.

    A child that dies does so in the case behind the last one that ended; another child goes on behind that.
    """
    everything: list[str] = []
    while len(everything) < count:
        ends, death = ends_from(command, len(everything))
        everything += ends
        if len(everything) < count:
            everything.append(death or "the process left it out\n")
        elif death:  # behind the last case: nobody's in particular
            everything[-1] += death
    return everything


if __name__ == "__main__":
    faulthandler.disable()
    for each in CASES[int(sys.argv[1]) :]:
        print("end", json.dumps(end_of(each)), flush=True)
