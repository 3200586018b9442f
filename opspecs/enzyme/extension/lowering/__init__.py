"""The real Enzyme, run in processes of its own: a wrong module may kill those, never the caller's."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from .._runtime.host import ir
from .errors import (
    EnzymeCrash,
    EnzymeError,
    EnzymeOutOfMemory,
    EnzymeRefusal,
    EnzymeTimeout,
    EnzymeUnavailable,
    Suspect,
)
from .installed import find_enzyme, is_available
from .pipelines import PIPELINES
from .pool import POOL, count_processors
from .verdict import Verdict
from .worker import Progress, Worker, WorkerDied

__all__ = [
    "PIPELINES",
    "EnzymeCrash",
    "EnzymeError",
    "EnzymeOutOfMemory",
    "EnzymeRefusal",
    "EnzymeTimeout",
    "EnzymeUnavailable",
    "Progress",
    "Suspect",
    "Verdict",
    "Worker",
    "WorkerDied",
    "find_enzyme",
    "is_available",
    "run",
    "run_all",
    "verdicts",
]


def verdicts(
    modules: Sequence[str],
    pipeline: str = "differentiate",
    *,
    timeout: float = 300.0,
    memory: int | None = None,
    jobs: int | None = None,
    enzyme: str | os.PathLike[str] | None = None,
    progress: Callable[[Progress], object] | None = None,
) -> list[Verdict]:
    """What Enzyme makes of each of many modules, each in a fresh process, a few milliseconds each.

    Args:
        modules: The modules' texts.
        pipeline: One of `PIPELINES`, or a pipeline of Enzyme's passes.
        timeout: Seconds that each module may take.
        memory: Bytes that each module may allocate; no limit by default.
        jobs: How many processes may work at a time; by default as many as there are processors.
        enzyme: The folder of another Enzyme; see `find_enzyme`.
        progress: Called after each verdict, and twice a second while there is none.

    Returns:
        The verdicts in the order of the modules. No module can make this raise, or change another's verdict.

    Raises:
        EnzymeUnavailable: There is no Enzyme.
        WorkerDied: The worker was ended from outside, twice.
    """
    passes = PIPELINES.get(pipeline, pipeline)
    found: dict[int, Verdict] = {}
    attempts = 2
    while len(found) < len(modules):
        left = [position for position in range(len(modules)) if position not in found]
        try:
            with POOL.lend(enzyme) as worker:
                for position, verdict in worker.run_each(
                    [modules[position] for position in left],
                    passes,
                    timeout,
                    memory=memory,
                    jobs=jobs or count_processors(),
                    progress=progress,
                ):
                    found[left[position]] = verdict
        except WorkerDied:
            attempts -= 1
            if not attempts:
                raise
    return [found[position] for position in range(len(modules))]


def run_all(
    modules: Sequence[str], pipeline: str = "differentiate", *, timeout: float = 300.0
) -> list[tuple[str | None, str]]:
    """`verdicts` in short: for each module the resulting text and an empty message, or None and what Enzyme said."""
    return [
        (verdict.text, verdict.message)
        for verdict in verdicts(modules, pipeline, timeout=timeout)
    ]


def run(
    module: ir.Module | str,
    pipeline: str = "differentiate",
    *,
    context: ir.Context | None = None,
    timeout: float = 300.0,
) -> ir.Module:
    """Run Enzyme over a module and give the result back as a module.

    Args:
        module: A module of the host, or its text; it stays as it is.
        pipeline: One of `PIPELINES`, or a pipeline of Enzyme's passes.
        context: Context of the result; that of `module`, or else the current one, by default.
        timeout: Seconds.

    Raises:
        EnzymeError: Enzyme refused the module, died on it, took too long, or is not installed.
    """
    text = module if isinstance(module, str) else str(module)
    if context is None and not isinstance(module, str):
        context = module.context
    (verdict,) = verdicts([text], pipeline, timeout=timeout)
    if verdict.text is None:
        kind = verdict.kind or EnzymeError
        raise kind(verdict.message, stderr=verdict.stderr, signal_number=verdict.signal)
    return ir.Module.parse(verdict.text, context)
