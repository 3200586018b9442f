"""How exact the derivatives of the programs are, and how long they take beside the functions themselves.

`python examples/programs/measure.py` prints a table; `--write docs/programs.md` puts it into that page.
Names of programs restrict it to those.
"""

from __future__ import annotations

import argparse
import importlib
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from program import Program, compare, distance

FOLDER = Path(__file__).parent
OTHERS = ("measure", "program")
BEGIN, END = "<!-- measured -->\n", "<!-- /measured -->\n"
TITLES = (
    "program", "what it is", "modes", "numbers in", "derivatives", "error beside NumPy", "beside differences",
    "forward / function", "reverse / function",
)  # fmt: skip
ROUNDS, SECONDS = 9, 0.03


def seconds_of(calls: list[Callable[[], Any]]) -> list[float]:
    """The time of each call, the best of some rounds in which all take turns."""
    counts: list[int] = []
    for call in calls:
        call()
        before = time.perf_counter()
        call()
        counts.append(max(1, int(SECONDS / (time.perf_counter() - before))))
    rounds: list[list[float]] = [[] for _ in calls]
    for _ in range(ROUNDS):
        for call, count, found in zip(calls, counts, rounds, strict=True):
            before = time.perf_counter()
            for _ in range(count):
                call()
            found.append((time.perf_counter() - before) / count)
    return [min(found) for found in rounds]


def ratios(program: Program) -> tuple[int, int, float, float]:
    """How many numbers go in and how many derivatives there are; the times of both modes over that of the function."""
    from enzyme_mlir import jit, jvp, vjp

    at = replace(program, point=program.large or program.point)
    arguments, tangents = at.point(), at.tangents()
    seeds = dict(zip(at.names(), at.seeds(arguments), strict=True))
    function = jit.compile(at.mlir, at.entry)
    forward, reverse = jvp(at.mlir, at.entry, wrt=at.wrt), vjp(at.mlir, at.entry, wrt=at.wrt)
    written = {name: arguments[name].copy() for name in at.outputs}

    def anew(call: Callable[[], Any]) -> Callable[[], Any]:
        """The call, from the same arguments each time where the function writes to them."""

        def called() -> None:
            for name, array in written.items():
                np.copyto(arguments[name], array)
            call()

        return called

    plain, along, back = seconds_of(
        [
            anew(lambda: function(*arguments.values())),
            anew(lambda: forward(arguments, tangents)),
            anew(lambda: reverse(arguments, seeds)),
        ]
    )
    given = sum(np.size(each) for each in arguments.values())
    return given, sum(np.size(arguments[name]) for name in at.wrt), along / plain, back / plain


def row(name: str) -> tuple[str, ...]:
    """The row of a program."""
    from enzyme_mlir.testing import check_gradient

    program: Program = importlib.import_module(name).PROGRAM
    report = check_gradient(program.mlir, program.entry, at=program.point(), wrt=program.wrt, elements=40)
    off = max(distance(found, right) for _, found, right in compare(program))
    modes = ", ".join(sorted({each.mode for each in report.rows}))
    given, by, along, back = ratios(program)
    return (
        f"`{name}.py`", program.title, modes, f"{given:,}", f"{by:,}", f"{off:.0e}", f"{report.worst:.0e}",
        f"{along:.1f}", f"{back:.1f}",
    )  # fmt: skip


def main() -> int:
    """Measure, print, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("programs", nargs="*", help="names of programs; all by default")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="the page whose table is replaced")
    options = parser.parse_args()
    names = options.programs or sorted(path.stem for path in FOLDER.glob("*.py") if path.stem not in OTHERS)
    lines = [" | ".join(TITLES), " | ".join(["---"] * 3 + ["---:"] * (len(TITLES) - 3))]
    for line in lines:
        print(f"| {line} |")
    times: list[tuple[float, float]] = []
    for name in names:
        cells = row(name)
        times.append((float(cells[-2]), float(cells[-1])))
        lines.append(" | ".join(cells))
        print(f"| {lines[-1]} |", flush=True)
    forward, reverse = (statistics.median(each) for each in zip(*times, strict=True))
    summary = f"{len(names)} programs; the medians of the times are {forward:.1f} forward and {reverse:.1f} reverse."
    print(summary)
    if options.write:
        page = options.write.read_text()
        before, _, rest = page.partition(BEGIN)
        _, found, after = rest.partition(END)
        if not found:
            parser.error(f"{options.write} has no {BEGIN.strip()} ... {END.strip()}")
        table = "".join(f"| {line} |\n" for line in lines)
        options.write.write_text(f"{before}{BEGIN}\n{table}\n{summary}\n\n{END}{after}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
