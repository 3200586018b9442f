"""The one way in which benchmarks measure: processor time, in turns, without garbage collection."""

from __future__ import annotations

import gc
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

__all__ = ["ROOT", "in_turns", "processor_time", "quartiles", "ratios"]

ROOT = Path(__file__).parents[1]
ROUNDS = 21
SECONDS = 0.008
"""How long one way is run in one round."""


def _nothing() -> None:
    return


def in_turns(
    ways: Mapping[str, Callable[[], object]],
    *,
    between: Callable[[], object] = _nothing,
    rounds: int = ROUNDS,
    seconds: float = SECONDS,
) -> dict[str, list[float]]:
    """Seconds that a call takes, of each way in each round; every other round goes backwards.

    `between` runs after each way, and is not counted.
    """
    counts: dict[str, int] = {}
    for name, way in ways.items():
        way()
        started, count = time.process_time(), 0
        while time.process_time() - started < seconds:
            way()
            count += 1
        counts[name] = max(count, 1)
        between()
    taken: dict[str, list[float]] = {name: [] for name in ways}
    was_enabled = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        for number in range(rounds):
            for name in list(ways)[:: -1 if number % 2 else 1]:
                way, repeats = ways[name], range(counts[name])
                started = time.process_time()
                for _ in repeats:
                    way()
                taken[name].append((time.process_time() - started) / counts[name])
                between()
    finally:
        if was_enabled:
            gc.enable()
    return taken


def quartiles(values: Iterable[float]) -> tuple[float, float, float]:
    """The first quartile, the median and the third."""
    found = sorted(values)
    if len(found) < 2:
        return found[0], found[0], found[0]
    low, median, high = statistics.quantiles(found, n=4, method="inclusive")
    return low, median, high


def ratios(ours: Sequence[float], theirs: Sequence[float]) -> list[float]:
    """How many times the one took what the other took, round by round."""
    return [one / other for one, other in zip(ours, theirs, strict=True)]


def processor_time(
    command: Sequence[str], *, folder: Path = ROOT, environment: Mapping[str, str] | None = None
) -> float:
    """Seconds that a command takes, with all that it starts. Raises `CalledProcessError` where it fails.

    Python keeps the bytecode of what is imported, whatever it is told elsewhere: compiling is not what is measured.
    """
    kept = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(ROOT / "build" / "bytecode")}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env={**os.environ, **kept, **(environment or {})},
        check=True,
        stdout=subprocess.DEVNULL,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
