"""What Enzyme is doing, for those who wait for it."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from .._runtime.host import PACKAGE

__all__ = ["LOGGER", "Progress", "Reminder", "look"]

LOGGER = logging.getLogger(f"{PACKAGE}.lowering")
"""Where long runs are announced; as a warning, which Python prints unless the program says otherwise."""

FIRST = 10.0
"""Seconds before a run is announced; it is again whenever its time has doubled."""


@dataclass(frozen=True, slots=True)
class Progress:
    """A look at Enzyme while it works.

    Example: `Progress(done=3, total=10, seconds=1.5, pids=(4711,), memory=52428800)`.
    """

    done: int
    """Modules that are finished."""
    total: int
    """Modules in all."""
    seconds: float
    """Seconds since the start."""
    pids: tuple[int, ...]
    """The processes at work."""
    memory: int
    """Bytes that those have in memory, those that they share counted for each; 0 where the system does not say."""


def look(done: int, total: int, seconds: float, pids: Iterable[int]) -> Progress:
    """How far the work is."""
    running = tuple(pids)
    return Progress(done, total, seconds, running, sum(map(_memory_of, running)))


def _memory_of(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    except OSError:
        return 0
    for line in status.splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) * 1024
    return 0


class Reminder:
    """Announces a run that takes long: a line in the log after ten seconds, after twenty, after forty."""

    def __init__(self, pipeline: str) -> None:
        self._pipeline = pipeline
        self._next = FIRST

    def __call__(self, progress: Progress) -> None:
        """Take a look, and say something if it is time."""
        if progress.seconds < self._next:
            return
        self._next *= 2
        LOGGER.warning(
            "Enzyme has been working for %.0f seconds (pipeline %s, %d of %d modules done, %d MiB, processes %s)",
            progress.seconds,
            self._pipeline,
            progress.done,
            progress.total,
            progress.memory >> 20,
            ", ".join(map(str, progress.pids)) or "none",
        )
