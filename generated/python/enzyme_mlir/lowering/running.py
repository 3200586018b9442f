"""Modules through Enzyme: one as a module of the host, many as texts."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

from .._runtime.host import HOST, ir
from .._runtime.respelling import respell
from ..releases import release_of
from .contexts import full_context
from .errors import EnzymeRefusal, UnreadableResult
from .expanding import check_complete, expand_derivatives, expands_derivatives
from .failing import failure_of
from .inprocess import run_here
from .installed import find_enzyme
from .origins import Origins
from .pipelines import Pipeline, expands_batches
from .pool import count_processors
from .prepare.batches import expand_all_batches
from .prepare.derivatives import functions_of
from .progress import Reminder
from .reading import print_module, read_module
from .refusing import refusals
from .tasks import Passes, Watcher, default_memory, fit_pipeline, run_tasks
from .verdict import Verdict

__all__ = ["default_memory", "run", "run_all", "verdicts"]

_IR: Any = ir
MLIRError: type[Exception] = _IR.MLIRError

LOCATE = 10.0
"""Seconds spent at most on finding the operation that Enzyme fell on."""


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
    passes = fit_pipeline(pipeline, enzyme).text
    return run_tasks(
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
    prepare: bool = True,
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
        prepare: Whether functions are prepared before they are differentiated, and derivatives of derivatives expanded
            from the inside outwards. Without that, Enzyme gets the module as it is, all at once.
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
    passes = fit_pipeline(pipeline, enzyme)
    release = release_of(find_enzyme(enzyme))
    memory = default_memory() if memory is None else memory
    watcher = Reminder(passes.name) if progress is None else progress

    def attempt(
        tasks: Sequence[tuple[str, str]], seconds: float, generic: bool = False
    ) -> list[Verdict]:
        rounds = -(-len(tasks) // count_processors())
        each = min(timeout, seconds / rounds)
        return run_tasks(tasks, each, memory, None, enzyme, watcher, generic=generic)

    def send(current: Any, stage: Pipeline) -> str:
        text = print_module(current)
        if not isolated:
            return run_here(text, stage.text, enzyme)
        (verdict,) = attempt([(text, stage.text)], timeout, True)
        if verdict.text is None:
            raise failure_of(verdict, text, stage, attempt, locate, origins)
        return verdict.text

    with full_context() as own, _IR.Location.unknown():
        given = _read_given(module, release, attempt, own)
        origins = Origins(given)
        current = origins.mark()
        if prepare and expands_derivatives(passes):
            with refusals(origins):
                current = expand_derivatives(current, passes, send, release)
            check_complete(current, given, origins)
        else:
            if prepare and expands_batches(passes):
                with refusals(origins):
                    expand_all_batches(current)
            current = read_module(send(current, passes), own)
        _restore_visibility(current, given)
        text = origins.restore(print_module(current))
    return _read_result(text, _context_for(module) if context is None else context)


def _read_given(
    module: ir.Module | str, release: str | None, attempt: Any, context: Any
) -> Any:
    """The module that was given, in a context of its own; text that only Enzyme reads goes through Enzyme first."""
    text = module if isinstance(module, str) else print_module(module)
    if release is not None:  # it may be written for another one
        text = respell(text, release)
    try:
        return read_module(print_module(_IR.Module.parse(text, context)), context)
    except MLIRError as error:
        (verdict,) = attempt([(text, "")], 300.0, True)
        if verdict.text is None:
            raise EnzymeRefusal(verdict.message, stderr=verdict.stderr) from None
        try:
            return read_module(verdict.text, context)
        except MLIRError:
            raise UnreadableResult(
                f"{HOST} cannot read the module: {error}", text
            ) from None


def _read_result(text: str, context: ir.Context) -> ir.Module:
    try:
        return ir.Module.parse(text, context)
    except MLIRError as error:
        raise UnreadableResult(
            f"{HOST} cannot read what Enzyme made: {error}", text
        ) from None


def _context_for(module: ir.Module | str) -> ir.Context:
    if not isinstance(module, str):
        return module.context
    try:
        current: ir.Context | None = ir.Context.current
    except ValueError:
        return full_context()
    return full_context() if current is None else current


def _restore_visibility(result: Any, given: Any) -> None:
    """Enzyme makes `main` private; make it again what it was."""
    before, after = (functions_of(each).get("main") for each in (given, result))
    if before is None or after is None:
        return
    if "sym_visibility" in before.attributes:
        after.attributes["sym_visibility"] = before.attributes["sym_visibility"]
    elif "sym_visibility" in after.attributes:
        del after.attributes["sym_visibility"]
