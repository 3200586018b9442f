"""Modules through Enzyme: one as a module of the host, many as texts."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from .._runtime.host import HOST, ir
from .._runtime.respelling import respell
from ..releases import release_of
from .contexts import full_context
from .errors import EnzymeError, UnreadableResult
from .generic import UnknownSyntax, to_generic
from .inprocess import run_here
from .installed import find_enzyme
from .pipelines import Pipeline, name_of, read_pipeline
from .pool import POOL, count_processors
from .progress import Progress, Reminder
from .suspects import Place, Try, find_place
from .verdict import Verdict
from .worker import WorkerDied

__all__ = ["default_memory", "run", "run_all", "verdicts"]

_IR: Any = ir
MLIRError: type[Exception] = _IR.MLIRError

Passes = str | Pipeline | Sequence[str]
Watcher = Callable[[Progress], object]
LOCATE = 10.0
"""Seconds spent at most on finding the operation that Enzyme fell on."""


def default_memory() -> int | None:
    """Bytes that Enzyme may allocate unless it is said otherwise: three quarters of the machine's memory."""
    try:
        pages, size = os.sysconf("SC_PHYS_PAGES"), os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError):
        return None
    return pages * size * 3 // 4


def _run_tasks(
    tasks: Sequence[tuple[str, str]],
    timeout: float,
    memory: int | None,
    jobs: int | None,
    enzyme: str | os.PathLike[str] | None,
    progress: Watcher | None,
    share: int = 1,
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
    (verdict,) = _run_tasks([("module {}", name)], 60.0, None, 1, folder, None)
    return "does not refer to a registered pass" not in verdict.error


def _fit(pipeline: Passes, enzyme: str | os.PathLike[str] | None) -> Pipeline:
    """The pipeline without those optional passes that the Enzyme in use does not have."""
    wanted = read_pipeline(pipeline)
    optional = {name_of(each) for each in wanted.passes}.intersection(wanted.optional)
    if not optional:
        return wanted
    folder = find_enzyme(enzyme)
    return wanted.without({each for each in optional if not _has_pass(folder, each)})


def verdicts(
    modules: Sequence[str],
    pipeline: Passes = "differentiate",
    *,
    timeout: float = 300.0,
    memory: int | None = None,
    jobs: int | None = None,
    share: int = 1,
    enzyme: str | os.PathLike[str] | None = None,
    progress: Watcher | None = None,
) -> list[Verdict]:
    """What Enzyme makes of each of many modules, each in a fresh process, a few milliseconds each.

    Args:
        modules: The modules' texts.
        pipeline: One of `PIPELINES`, or a pipeline of Enzyme's passes.
        timeout: Seconds that each module may take.
        memory: Bytes that each module may allocate; by default three quarters of the machine's memory.
        jobs: How many processes may work at a time; by default as many as there are processors.
        share: How many modules may go through one process, one after the other, until it dies of one. With more than
            one it goes some times faster, and a module finds Enzyme as those before it have left it.
        enzyme: The folder of another Enzyme; see `find_enzyme`.
        progress: Called after each verdict, and twice a second while there is none.

    Returns:
        The verdicts in the order of the modules. No module can make this raise, or change another's verdict.

    Raises:
        EnzymeUnavailable: There is no Enzyme.
        WorkerDied: The worker was ended from outside, twice.
    """
    passes = _fit(pipeline, enzyme).text
    return _run_tasks(
        [(module, passes) for module in modules],
        timeout,
        default_memory() if memory is None else memory,
        jobs,
        enzyme,
        progress,
        share,
    )


def run_all(
    modules: Sequence[str],
    pipeline: Passes = "differentiate",
    *,
    timeout: float = 300.0,
) -> list[tuple[str | None, str]]:
    """`verdicts` in short: for each module the resulting text and an empty message, or None and what Enzyme said."""
    return [
        (verdict.text, verdict.message)
        for verdict in verdicts(modules, pipeline, timeout=timeout)
    ]


def run(
    module: ir.Module | str,
    pipeline: Passes = "differentiate",
    *,
    context: ir.Context | None = None,
    isolated: bool = True,
    timeout: float = 300.0,
    memory: int | None = None,
    enzyme: str | os.PathLike[str] | None = None,
    progress: Watcher | None = None,
    locate: float = LOCATE,
) -> ir.Module:
    """Run Enzyme over a module and give the result back as a module.

    Args:
        module: A module of the host, or its text; it stays as it is. It may be written for any release of Enzyme.
        pipeline: One of `PIPELINES`, or a pipeline of Enzyme's passes.
        context: Context of the result; that of `module`, or else the current one, or else a new one, by default.
        isolated: Whether Enzyme runs in a process of its own. In this one it saves some milliseconds; then a module
            may kill the program, and `timeout`, `memory`, `progress` and `locate` mean nothing.
        timeout: Seconds that Enzyme may take.
        memory: Bytes that Enzyme may allocate; by default three quarters of the machine's memory.
        enzyme: The folder of another Enzyme; see `find_enzyme`.
        progress: Called twice a second while Enzyme works. By default a run that takes more than ten seconds is
            announced in the log `enzyme_mlir.lowering`.
        locate: Seconds to spend, where Enzyme fails, on finding the operation and the pass; 0 for not looking.

    Returns:
        The module that Enzyme made. A function called `main` is as visible as it was, although Enzyme hides it.

    Raises:
        EnzymeUnavailable: There is no Enzyme.
        EnzymeRefusal: Enzyme did not take the module or the pipeline.
        EnzymeCrash: Enzyme died on the module.
        EnzymeTimeout: Enzyme took too long.
        EnzymeOutOfMemory: Enzyme wanted too much memory.
        UnreadableResult: The host cannot read what Enzyme made.
    """
    text = module if isinstance(module, str) else _text_of(module)
    release = release_of(find_enzyme(enzyme))
    if release is not None:  # it may be written for another one
        text = respell(text, release)
    passes = _fit(pipeline, enzyme)
    if not isolated:
        return _read_result(run_here(text, passes.text, enzyme), text, module, context)
    memory = default_memory() if memory is None else memory
    watcher = Reminder(passes.name) if progress is None else progress
    task = [(text, passes.text)]
    (verdict,) = _run_tasks(task, timeout, memory, 1, enzyme, watcher)
    if verdict.text is not None:
        return _read_result(verdict.text, text, module, context)

    def attempt(tasks: Sequence[tuple[str, str]], seconds: float) -> list[Verdict]:
        rounds = -(-len(tasks) // count_processors())
        each = min(timeout, seconds / rounds)
        return _run_tasks(tasks, each, memory, None, enzyme, None)

    raise _error(verdict, text, passes, attempt, locate)


def _error(
    verdict: Verdict, text: str, passes: Pipeline, attempt: Try, seconds: float
) -> EnzymeError:
    """The exception for a failure, with the place where that can be found."""
    kind = verdict.kind or EnzymeError
    place = (
        find_place(text, verdict, passes, attempt, seconds) if seconds > 0 else Place()
    )
    return kind(
        verdict.message,
        stderr=verdict.stderr,
        signal_number=verdict.signal,
        suspects=place.suspects,
        stage=place.stage,
    )


def _text_of(module: ir.Module) -> str:
    """The module as text, with its locations if it has any to speak of."""
    text = str(module.operation.get_asm(enable_debug_info=True))
    known = re.search(r"loc\((?!unknown\)|#)", text)
    return text if known is not None else str(module)


def _read_result(
    text: str, given: str, module: ir.Module | str, context: ir.Context | None
) -> ir.Module:
    if context is None:
        context = _context_for(module)
    try:
        result = ir.Module.parse(to_generic(text), context)
    except (MLIRError, UnknownSyntax) as error:
        raise UnreadableResult(
            f"{HOST} cannot read what Enzyme made: {error}", text
        ) from None
    _restore_visibility(result, given)
    return result


def _context_for(module: ir.Module | str) -> ir.Context:
    if not isinstance(module, str):
        return module.context
    try:
        current: ir.Context | None = ir.Context.current
    except ValueError:
        return full_context()
    return full_context() if current is None else current


def _restore_visibility(result: ir.Module, given: str) -> None:
    """Enzyme makes `main` private; make it again what it was."""
    main = re.search(
        r"(?:func\.func (?P<word>public |private )?@main\b)|(?:sym_name = \"main\")",
        given,
    )
    if main is None or main["word"] == "private ":
        return
    for operation in result.body.operations:
        attributes = operation.operation.attributes
        if "sym_name" not in attributes or str(attributes["sym_name"]) != '"main"':
            continue
        if main["word"] == "public ":
            with result.context:
                attributes["sym_visibility"] = ir.StringAttr.get("public")
        elif main["word"] is None and "sym_visibility" in attributes:
            del attributes["sym_visibility"]
