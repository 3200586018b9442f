"""Texts through Enzyme's workers: what every way of running Enzyme comes down to."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from .installed import find_enzyme
from .pipelines import Pipeline, PipelineName, name_of, read_pipeline
from .pool import POOL, count_processors
from .progress import Progress
from .verdict import Verdict
from .worker import WorkerDied

__all__ = ["Passes", "Watcher", "default_memory", "fit_pipeline", "run_tasks"]

Passes = PipelineName | Pipeline | list[str] | tuple[str, ...]
"""A pipeline. Text in MLIR's notation is taken as well, and is for type checkers `Pipeline.read(text)`: so they find a
name that is misspelt."""
Watcher = Callable[[Progress], object]


def default_memory() -> int | None:
    """Bytes that Enzyme may allocate unless it is said otherwise: three quarters of the machine's memory."""
    try:
        pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError):
        return None
    return pages * size * 3 // 4


def run_tasks(
    tasks: Sequence[tuple[str, str]],
    timeout: float,
    memory: int | None,
    jobs: int | None,
    enzyme: str | os.PathLike[str] | None,
    progress: Watcher | None,
    share: int = 1,
    form: str = "custom",
) -> list[Verdict]:
    """The verdicts on modules with their pipelines; a worker that was ended from outside is replaced once."""
    found: dict[int, Verdict] = {}
    attempts = 2
    while len(found) < len(tasks):
        left = [position for position in range(len(tasks)) if position not in found]
        try:
            with POOL.lend(enzyme) as worker:
                for position, verdict in worker.run_each(
                    [tasks[position] for position in left],
                    timeout,
                    memory=memory,
                    jobs=jobs or count_processors(),
                    share=share,
                    form=form,
                    progress=progress,
                ):
                    found[left[position]] = verdict
        except WorkerDied:
            attempts -= 1
            if not attempts:
                raise
    return [found[position] for position in range(len(tasks))]


@cache
def _has_pass(folder: Path, name: str) -> bool:
    """Whether the Enzyme in a folder has a pass."""
    (verdict,) = run_tasks([("module {}", name)], 60.0, None, 1, folder, None)
    return "does not refer to a registered pass" not in verdict.error


def fit_pipeline(pipeline: Passes, enzyme: str | os.PathLike[str] | None) -> Pipeline:
    """The pipeline without those optional passes that the Enzyme in use does not have."""
    wanted = read_pipeline(pipeline)
    optional = {name_of(each) for each in wanted.passes}.intersection(wanted.optional)
    if not optional:
        return wanted
    folder = find_enzyme(enzyme)
    return wanted.without({each for each in optional if not _has_pass(folder, each)})
