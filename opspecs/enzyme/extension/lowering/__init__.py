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
    FailingOperation,
    IncompleteExpansion,
    UnreadableResult,
)
from .hazard_kinds import HAZARD_KINDS, HazardKind
from .hazards import Hazard, Hazards, UnsoundDerivative, UnsoundWarning
from .installed import find_enzyme, is_available
from .parsing import parse, parse_file
from .pipelines import PIPELINES, Pipeline, PipelineName
from .pool import POOL, Pool
from .printing import pretty
from .progress import Progress
from .running import hazards, run, run_all, verdicts
from .tasks import default_memory
from .verdict import Verdict
from .worker import Worker, WorkerDied

__all__ = [
    "HAZARD_KINDS",
    "PIPELINES",
    "POOL",
    "EnzymeCrash",
    "EnzymeError",
    "EnzymeOutOfMemory",
    "EnzymeRefusal",
    "EnzymeTimeout",
    "EnzymeUnavailable",
    "FailingOperation",
    "Hazard",
    "HazardKind",
    "Hazards",
    "IncompleteExpansion",
    "Pipeline",
    "PipelineName",
    "Pool",
    "Progress",
    "UnreadableResult",
    "UnsoundDerivative",
    "UnsoundWarning",
    "Verdict",
    "Worker",
    "WorkerDied",
    "default_memory",
    "find_enzyme",
    "hazards",
    "is_available",
    "parse",
    "parse_file",
    "pretty",
    "run",
    "run_all",
    "verdicts",
]
