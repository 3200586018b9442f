"""One case from text to verdict, in the process that runs this."""

from __future__ import annotations

import gc
import os
import pickle
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from enzyme_mlir import ir, jit, lowering, new_context

from .bases import difference_base, jet_base
from .builders import build_caller
from .calling import Overrun, call, perturb
from .modes import MAIN, Batch, Builder, Forward, Primal, Reverse, caller_text, layers, signature
from .printing import print_program
from .programs import Case, draw
from .reference import evaluate, outputs_of
from .scalars import Unfit
from .syntax import element_of, walk
from .verdicts import Outcome, compare, flaw_of, references_agree, shown

__all__ = ["Settings", "fork", "judge", "module_text"]

POINTS = 5
MLIRError: type[Exception] = ir.MLIRError  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Settings:
    """How cases are judged."""

    enzyme: str | None = None
    """The folder of another Enzyme."""
    unsound: str = ""
    """What `lowering.run` does about derivatives known to be wrong; empty for its default."""
    checked: bool = True
    """Whether right derivatives are run again with indices checked."""
    tamper: float = 0.0
    """Added to what is expected, to show that the judge finds what is wrong."""
    only_references: bool = False
    """Whether only the two references are compared, without Enzyme: a test of the judge."""
    seconds: float = 20.0
    """What Enzyme may take."""
    limit: float = 90.0
    """Seconds that a stage of a case may take before its process is ended."""


Notice = Callable[[str], object]
"""Told of each stage before it begins."""


def module_text(case: Case) -> str:
    """The case as a module; what a builder builds is not in it."""
    return print_program(case.program) + caller_text(case.mode, case.program)


def pipeline_of(case: Case) -> str:
    """The pipeline that the mode needs."""
    found = list(layers(case.mode))
    batches = [position for position, layer in enumerate(found) if isinstance(layer, Batch)]
    if not batches:
        return "differentiate"
    if len(found) == 1:
        return "batch"
    return "differentiate-then-batch" if batches[0] == 0 else "batch-then-differentiate"


def judge(case: Case, settings: Settings, notice: Notice = lambda _: None) -> Outcome:
    """The verdict on a case; a death of the process is for the caller to tell."""
    if settings.only_references:
        return _compare_references(case, notice)
    notice("parse")
    with new_context(), ir.Location.unknown():
        try:
            module = ir.Module.parse(module_text(case))
        except MLIRError as error:
            return Outcome("invalid", str(error)[:400], "parse")
        if isinstance(case.mode, Builder):
            try:
                build_caller(module, case)
            except (TypeError, ValueError) as error:
                return Outcome("refused", f"{type(error).__name__}: {first_line(error)}", "build")
        notice("lower")
        before = str(module)
        options: dict[str, Any] = {"unsound": settings.unsound} if settings.unsound else {}
        try:
            lowered = lowering.run(
                module, pipeline_of(case), enzyme=settings.enzyme, timeout=settings.seconds, locate=0, **options
            )
        except lowering.EnzymeError as error:
            return Outcome("refused", f"{type(error).__name__}: {first_line(error)}", "lower")
        if str(module) != before:
            return Outcome("wrong", "the module that was given has changed", "lower")
        notice("compile")
        try:
            derivative = jit.compile(lowered, MAIN)
        except jit.JitError as error:
            verdict = "left over" if " is left" in str(error) and "enzyme." in str(error) else "refused"
            return Outcome(verdict, f"JitError: {first_line(error)}", "compile")
        notice("compile the primal")
        try:
            primal = jit.compile(print_program(case.program, wide=True), case.program.entry.name)
        except jit.JitError:
            primal = None
        notice("call")
        outcome = _in_fork(lambda: _measure(case, settings, derivative, primal))
        if outcome.verdict == "right" and settings.checked and "memref." in str(lowered):
            notice("check")
            outcome = _check(case, lowered, outcome)
        return outcome


def first_line(error: Exception) -> str:
    """The line of a message that says what happened."""
    lines = str(error).splitlines() or [""]
    told = [line.rpartition("error: ")[2] for line in lines if "error: " in line]
    return f"{lines[0].partition(':')[0]}: {told[0]}" if lines[0].endswith("pass pipeline:") and told else lines[0]


def _measure(case: Case, settings: Settings, derivative: Any, primal: Any) -> Outcome:
    """Call the derivative at the first point where the references agree, and compare."""
    order = sum(isinstance(layer, Reverse | Forward | Builder) for layer in layers(case.mode)) or 1
    shape = signature(case.mode, case.program)
    base_shape = signature(Primal(), case.program)
    is_single = any(element_of(value.type) == "f32" for value in _values(case))
    for number in range(POINTS):
        at = replace(case, point=case.point + number)
        arguments = draw(at)
        try:
            wanted = evaluate(case.mode, case.program, arguments, 0, jet_base(case.program))
        except Unfit:
            continue
        if primal is not None:
            run = difference_base(case.program, lambda given: call(primal, base_shape, _widened(given)))
            try:
                second = evaluate(case.mode, case.program, arguments, 0, run)
            except Overrun:
                return Outcome("wrong", "the primal writes next to an array", "call")
            if not references_agree(wanted, second, min(order, 2)):
                continue
        wanted = replace(wanted, values=wanted.values + settings.tamper)
        perturb(0x5A)
        try:
            got = call(derivative, shape, arguments)
            perturb(0x33)
            again = call(derivative, shape, arguments)
        except Overrun:
            return Outcome("wrong", "it writes next to an array", "call", points=number)
        ports = outputs_of(shape)
        flaw = flaw_of(ports, got, wanted, min(order, 2), is_single)
        if flaw is not None:
            if primal is None:
                return Outcome("undecided", f"without a second reference: {flaw[0]}", "call", flaw[1], number)
            return Outcome("wrong", flaw[0], "call", f"{flaw[1]}; arguments {_shown(arguments)}", number)
        kept = [i for i, port in enumerate(ports) if port.keeps]
        if not compare([got[i] for i in kept], [again[i] for i in kept]):
            return Outcome("wrong", "a second call gives something else", "call", points=number)
        return Outcome("right", points=number)
    return Outcome("undecided", "the references do not agree", "call", points=POINTS)


def _compare_references(case: Case, notice: Notice) -> Outcome:
    """Whether the interpreter and compiled code agree on the program itself and on its first derivatives."""
    plain = replace(case, mode=Primal())
    notice("compile")
    try:
        primal = jit.compile(print_program(case.program, wide=True), case.program.entry.name)
    except jit.JitError as error:
        return Outcome("refused", f"JitError: {first_line(error)}", "compile")
    shape = signature(Primal(), case.program)

    def run() -> Outcome:
        for number in range(POINTS):
            arguments = draw(replace(plain, point=case.point + number))
            try:
                wanted = jet_base(case.program)(arguments, 1)
            except Unfit:
                continue
            found = difference_base(case.program, lambda given: call(primal, shape, _widened(given)))(arguments, 1)
            assert wanted.jacobian is not None
            assert found.jacobian is not None
            far = np.abs(wanted.jacobian - found.jacobian) > 1e-5 * (1 + np.abs(wanted.jacobian))
            if references_agree(wanted, found, 1) and not far.any():
                return Outcome("right", points=number)
        return Outcome("undecided", "the references do not agree", "call", points=POINTS)

    notice("call")
    return _in_fork(run)


def _widened(given: Sequence[Any]) -> list[Any]:
    """Arguments in double precision, for the primal in double precision."""
    return [
        value.astype(np.float64) if isinstance(value, np.ndarray) and value.dtype == np.float32 else value
        for value in given
    ]


def _values(case: Case) -> list[Any]:
    return [
        value
        for function in case.program.functions
        for value in (
            *function.block.arguments,
            *(result for each in walk(function.block.body) for result in each.results),
        )
    ]


def _shown(arguments: Sequence[Any]) -> str:
    return ", ".join(shown(np.ravel(value)) if isinstance(value, np.ndarray) else f"{value:.6g}" for value in arguments)


def _check(case: Case, lowered: Any, outcome: Outcome) -> Outcome:
    """Run a right derivative with its indices compared with the sizes: a wrong one ends the process."""
    try:
        function = jit.compile(lowered, MAIN, checked=True, opt_level=0)
    except jit.JitError:
        return outcome
    shape = signature(case.mode, case.program)
    arguments = draw(replace(case, point=case.point + outcome.points))

    def run() -> Outcome:
        call(function, shape, arguments)
        return outcome

    found = _in_fork(run)
    if found.verdict == "crash":
        return Outcome("wrong", "an index is out of bounds", "check", found.why)
    return found


def fork() -> int:
    """A fork in which nothing is freed by the way: MLIR's contexts wait for their threads then, and a fork has none."""
    gc.disable()
    try:
        pid = os.fork()
    except BaseException:
        gc.enable()
        raise
    if pid:
        gc.enable()
    return pid


def _in_fork(run: Callable[[], Outcome]) -> Outcome:
    """The outcome of something that may die, in a fork of the process."""
    reading, writing = os.pipe()
    pid = fork()
    if pid == 0:
        code = 1
        try:
            os.close(reading)
            with os.fdopen(writing, "wb") as file:
                pickle.dump(run(), file)
            code = 0
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading, "rb") as file:
        data = file.read()
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if code or not data:
        how = signal.Signals(-code).name if code < 0 else f"code {code}"
        return Outcome("crash", how, "call")
    outcome: Outcome = pickle.loads(data)
    return outcome
