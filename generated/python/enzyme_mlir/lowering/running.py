"""Modules through Enzyme: one as a module of the host, many as texts."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from .._given import (
    UNSOUND,
    Unsound,
    check_count,
    check_enzyme,
    check_flag,
    check_memory,
    check_module,
    check_progress,
    check_seconds,
    check_texts,
)
from .._runtime.complaints import Complaint, complaining
from .._runtime.host import HOST, ir
from .._runtime.respelling import respell
from ..releases import release_of
from .contexts import context_for, full_context
from .errors import (
    EnzymeCrash,
    EnzymeRefusal,
    IncompleteExpansion,
    UnreadableResult,
)
from .expanding import (
    check_complete,
    expand_at_once,
    expand_in_stages,
    expands_derivatives,
)
from .failing import failure_of
from .hazards import Hazard, Hazards, find_hazards, meet
from .inprocess import run_here
from .installed import find_enzyme
from .origins import Origins
from .parsing import read_text
from .pipelines import Pipeline, check_pipeline
from .pool import count_processors
from .prepare.derivatives import Derivative, functions_of
from .progress import Reminder
from .reading import Unread, parse_text, print_module, read_module, read_own
from .refusing import refusals
from .sending import enzyme_reads, fit_for_enzyme
from .tasks import Passes, Watcher, default_memory, fit_pipeline, run_tasks
from .verdict import Verdict

__all__ = ["default_memory", "hazards", "run", "run_all", "verdicts"]

_IR: Any = ir
MLIRError: type[Exception] = _IR.MLIRError

LOCATE = 10.0
"""Seconds spent at most on finding the operation that Enzyme fell on."""


def _check(
    who: str,
    pipeline: object,
    timeout: object,
    memory: object,
    enzyme: object,
) -> None:
    """Refuse what no run of Enzyme takes; raises `TypeError` and `ValueError`."""
    check_pipeline(pipeline, who)
    check_seconds(timeout, who)
    check_memory(memory, who)
    check_enzyme(enzyme, who)


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
        TypeError: An argument is of a wrong type.
        ValueError: A number is out of range, or the pipeline is almost one of `PIPELINES`.
    """
    who = "lowering.verdicts"
    check_texts(modules, who)
    _check(who, pipeline, timeout, memory, enzyme)
    check_progress(progress, who)
    check_count(jobs, who, "jobs")
    check_count(share, who, "share")
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
    unsound: Unsound = "refuse",
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
        unsound: What to do about derivatives that Enzyme is known to get wrong without a word: `refuse`, `warn` or
            `allow` them. `hazards` lists them.
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
        UnsoundDerivative: Enzyme is known to get a derivative wrong.
        EnzymeRefusal: Enzyme did not take the module or the pipeline.
        EnzymeCrash: Enzyme died on the module.
        EnzymeTimeout: Enzyme took too long.
        EnzymeOutOfMemory: Enzyme wanted too much memory.
        IncompleteExpansion: Enzyme left operations of its dialect behind.
        UnreadableResult: The host cannot read what Enzyme made.
        TypeError: An argument is of a wrong type.
        ValueError: A number is out of range, `unsound` is none of the three words, or the pipeline is almost one of
            `PIPELINES`.
    """
    check_module(module, "lowering.run")
    _check("lowering.run", pipeline, timeout, memory, enzyme)
    check_seconds(locate, "lowering.run", "locate", least_is_zero=True)
    check_flag(prepare, "lowering.run", "prepare")
    check_flag(isolated, "lowering.run", "isolated")
    check_progress(progress, "lowering.run")
    if unsound not in UNSOUND:
        raise complaining(
            ValueError,
            "lowering.run",
            Complaint("unsound", f"{unsound!r}", f"one of {', '.join(UNSOUND)}"),
        )
    settings = _Settings(
        prepare=prepare,
        isolated=isolated,
        timeout=timeout,
        memory=default_memory() if memory is None else memory,
        enzyme=enzyme,
        progress=progress,
        locate=locate,
    )
    text = _work(module, pipeline, settings, lambda found: meet(found, unsound))
    return _read_result(text, context_for(module, context))


def hazards(
    module: ir.Module | str,
    pipeline: Passes = "differentiate",
    *,
    prepare: bool = True,
    enzyme: str | os.PathLike[str] | None = None,
) -> Hazards:
    """The derivatives in a module that the release in use is known to get wrong without a word.

    Args:
        module: A module of the host, or its text.
        pipeline: The pipeline that expands them, as for `run`.
        prepare: Whether functions are prepared first, as `run` does; without that, what the preparation mends is
            listed as well.
        enzyme: The folder of another Enzyme; see `find_enzyme`.

    Returns:
        What is known, in the order in which derivatives are expanded; as far as Enzyme gets, where it refuses one.

    Raises:
        EnzymeUnavailable: There is no Enzyme.
        EnzymeRefusal: The module cannot be read.
    """
    check_module(module, "lowering.hazards")
    check_pipeline(pipeline, "lowering.hazards")
    check_flag(prepare, "lowering.hazards", "prepare")
    check_enzyme(enzyme, "lowering.hazards")
    found: list[Hazard] = []
    settings = _Settings(prepare=prepare, memory=default_memory(), enzyme=enzyme)
    try:
        _work(module, pipeline, settings, found.extend)
    except (EnzymeCrash, EnzymeRefusal, IncompleteExpansion):
        if not found:
            raise
    return Hazards(found)


@dataclass(frozen=True, slots=True)
class _Settings:
    """How Enzyme is run; the fields are the parameters of `run`."""

    prepare: bool = True
    isolated: bool = True
    timeout: float = 300.0
    memory: int | None = None
    enzyme: str | os.PathLike[str] | None = None
    progress: Watcher | None = None
    locate: float = LOCATE


def _work(
    module: ir.Module | str,
    pipeline: Passes,
    settings: _Settings,
    meet_hazards: Callable[[tuple[Hazard, ...]], None],
) -> str:
    """What Enzyme makes of a module, in generic form; `meet_hazards` is told what is wrong before Enzyme goes on."""
    enzyme = find_enzyme(settings.enzyme)
    passes = fit_pipeline(pipeline, enzyme)
    release = release_of(enzyme)
    watcher = settings.progress or Reminder(passes.name)

    def attempt(
        tasks: Sequence[tuple[str, str]], seconds: float, form: str = "custom"
    ) -> list[Verdict]:
        rounds = -(-len(tasks) // count_processors())
        each = min(settings.timeout, seconds / rounds)
        memory = settings.memory
        return run_tasks(tasks, each, memory, None, enzyme, watcher, form=form)

    def send(current: Any, stage: Pipeline) -> Any:
        text = work(current, stage)
        again = enzyme_reads(enzyme, settings.isolated)
        try:
            return read_module(text, current.context, again, str(enzyme))
        except Unread as error:
            raise UnreadableResult(
                f"{HOST} cannot read what Enzyme made: {origins.explain(str(error))}",
                origins.restore(text),
            ) from None

    def work(current: Any, stage: Pipeline) -> str:
        text = fit_for_enzyme(print_module(current), enzyme, settings.isolated)
        if not settings.isolated:
            return run_here(text, stage.text, enzyme)
        (verdict,) = attempt([(text, stage.text)], settings.timeout, "generic")
        if verdict.text is None:
            raise failure_of(verdict, text, stage, attempt, settings.locate, origins)
        return verdict.text

    def beware(derivatives: Sequence[Derivative], stage: Any) -> None:
        meet_hazards(find_hazards(derivatives, stage, release, origins))

    with full_context() as own, _IR.Location.unknown():
        given = _read_given(module, own, enzyme, release)
        origins = Origins(given)
        with refusals(origins):
            expand = expand_in_stages if settings.prepare else expand_at_once
            current = expand(origins.mark(), passes, send, beware, release)
        if settings.prepare and expands_derivatives(passes):
            check_complete(current, given, origins)
        _restore_visibility(current, given)
        return origins.restore(print_module(current))


def _read_given(
    module: ir.Module | str,
    context: Any,
    enzyme: str | os.PathLike[str] | None,
    release: str | None,
) -> Any:
    """The module that was given, in a context of its own, as the release in use writes attributes and types."""
    if isinstance(module, str):
        return read_text(module, context, enzyme, release)
    text = print_module(module)
    try:
        return read_own(respell(text, release) if release else text, context)
    except MLIRError:
        return read_text(text, context, enzyme, release)


def _read_result(text: str, context: ir.Context) -> ir.Module:
    try:
        module: ir.Module = parse_text(text, context)
    except MLIRError as error:
        raise UnreadableResult(
            f"{HOST} cannot read what Enzyme made: {error}", text
        ) from None
    return module


def _restore_visibility(result: Any, given: Any) -> None:
    """Enzyme makes `main` private; make it again what it was."""
    before, after = (functions_of(each).get("main") for each in (given, result))
    if before is None or after is None:
        return
    if "sym_visibility" in before.attributes:
        after.attributes["sym_visibility"] = before.attributes["sym_visibility"]
    elif "sym_visibility" in after.attributes:
        del after.attributes["sym_visibility"]
