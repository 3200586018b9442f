"""The real Enzyme, run in processes of its own: a wrong module may kill those, never the caller's.

`run` takes a module and gives one back. A failure is an `EnzymeError` that carries what Enzyme printed, the signal that
ended it, and the operation and the pass that it most likely fell on. `verdicts` takes many modules as texts, some
milliseconds each. A `Worker` is the process behind both.
"""

from __future__ import annotations

from .errors import (
    EnzymeCrash,
    EnzymeError,
    EnzymeOutOfMemory,
    EnzymeRefusal,
    EnzymeTimeout,
    EnzymeUnavailable,
    Suspect,
    UnreadableResult,
)
from .generic import to_generic
from .installed import find_enzyme, is_available
from .pipelines import PIPELINES, Pipeline
from .pool import POOL, Pool
from .progress import Progress
from .running import default_memory, run, run_all, verdicts
from .verdict import Verdict
from .worker import Worker, WorkerDied

__all__ = [
    "PIPELINES",
    "POOL",
    "EnzymeCrash",
    "EnzymeError",
    "EnzymeOutOfMemory",
    "EnzymeRefusal",
    "EnzymeTimeout",
    "EnzymeUnavailable",
    "Pipeline",
    "Pool",
    "Progress",
    "Suspect",
    "UnreadableResult",
    "Verdict",
    "Worker",
    "WorkerDied",
    "default_memory",
    "find_enzyme",
    "is_available",
    "run",
    "run_all",
    "to_generic",
    "verdicts",
]
