"""What is made of an answer of Enzyme's process, and when two failures are the same one."""

from __future__ import annotations

import copy
import pickle
import signal
from typing import Any

import pytest

pytest.importorskip("mlir", reason="the host `mlir` is not installed (xtc-mlir-python-bindings)")

from enzyme_mlir.lowering import (
    HAZARD_KINDS,
    EnzymeCrash,
    EnzymeError,
    EnzymeOutOfMemory,
    EnzymeRefusal,
    EnzymeTimeout,
    FailingOperation,
    Hazard,
    UnreadableResult,
    UnsoundDerivative,
)
from enzyme_mlir.lowering.reduction import _sign as sign_of
from enzyme_mlir.lowering.verdict import Verdict, read_verdict

ANSWER = {
    "text": None,
    "error": "",
    "stderr": "",
    "signal": None,
    "code": 0,
    "timed_out": False,
    "out_of_memory": False,
    "seconds": 0.5,
    "peak": 0,
}
DEAD = {"signal": int(signal.SIGSEGV)}
MEGA = 2**20


def verdict(memory: int | None = None, **answer: Any) -> Verdict:
    return read_verdict({**ANSWER, **answer}, 2.5, memory)


OUTCOMES: tuple[tuple[dict[str, Any], int | None, Any, str], ...] = (
    ({"text": "module {}"}, None, None, ""),
    ({"text": "module {}", "stderr": "warning"}, None, None, ""),
    ({"error": "no pass", "stderr": "1:2: error: no"}, None, EnzymeRefusal, "1:2: error: no\nno pass"),
    ({"error": "no pass"}, None, EnzymeRefusal, "no pass"),
    (DEAD, None, EnzymeCrash, "Enzyme died of SIGSEGV"),
    ({**DEAD, "stderr": "Stack dump"}, None, EnzymeCrash, "Enzyme died of SIGSEGV: Stack dump"),
    ({"code": 3}, None, EnzymeCrash, "Enzyme ended with code 3"),
    ({"timed_out": True, **DEAD}, None, EnzymeTimeout, "Enzyme did not end within 2.5 seconds"),
    (
        {"timed_out": True, "stderr": "std::bad_alloc"},
        5,
        EnzymeTimeout,
        "Enzyme did not end within 2.5 seconds: std::bad_alloc",
    ),
    ({"out_of_memory": True}, None, EnzymeOutOfMemory, "Enzyme wanted more memory than there is"),
    ({"out_of_memory": True}, 64 * MEGA, EnzymeOutOfMemory, "Enzyme wanted more memory than 64 MiB"),
    (
        {**DEAD, "stderr": "out of memory"},
        None,
        EnzymeOutOfMemory,
        "Enzyme wanted more memory than there is: out of memory",
    ),
    (
        {**DEAD, "stderr": "x std::bad_alloc"},
        None,
        EnzymeOutOfMemory,
        "Enzyme wanted more memory than there is: x std::bad_alloc",
    ),
    (
        {**DEAD, "stderr": "pthread_create failed"},
        None,
        EnzymeOutOfMemory,
        "Enzyme wanted more memory than there is: pthread_create failed",
    ),
    (
        {**DEAD, "stderr": "cannot allocate memory for thread-local data: ABORT"},
        None,
        EnzymeOutOfMemory,
        "Enzyme wanted more memory than there is: cannot allocate memory for thread-local data: ABORT",
    ),
    ({"error": "out", "stderr": "out of memory"}, None, EnzymeRefusal, "out of memory\nout"),
    ({**DEAD, "peak": 80 * MEGA}, 100 * MEGA, EnzymeOutOfMemory, "Enzyme wanted more memory than 100 MiB"),
    ({**DEAD, "peak": 80 * MEGA - 1}, 100 * MEGA, EnzymeCrash, "Enzyme died of SIGSEGV"),
    ({**DEAD, "peak": 80 * MEGA}, None, EnzymeCrash, "Enzyme died of SIGSEGV"),
    ({"error": "no", "peak": 99 * MEGA}, 100 * MEGA, EnzymeRefusal, "no"),
    ({"text": "module {}", "peak": 99 * MEGA}, 100 * MEGA, None, ""),
)


@pytest.mark.parametrize(("answer", "memory", "kind", "message"), OUTCOMES)
def test_what_became_of_a_module(answer: dict[str, Any], memory: int | None, kind: Any, message: str) -> None:
    found = verdict(memory, **answer)
    assert (found.kind, found.message) == (kind, message)
    assert (found.timeout, found.memory, found.seconds) == (2.5, memory, 0.5)


def test_a_module_that_ends_well_did_not_want_for_memory() -> None:
    full = verdict(100 * MEGA, text="module {}", stderr="out of memory", peak=99 * MEGA)
    assert not full.out_of_memory
    assert not verdict(100 * MEGA, timed_out=True, **DEAD, peak=99 * MEGA).out_of_memory
    assert verdict(100 * MEGA, **DEAD, peak=99 * MEGA).out_of_memory


def said(text: str) -> tuple[object, ...]:
    return tuple(sign_of(verdict(stderr=text)))


def test_failures_are_the_same_whatever_numbers_their_values_have() -> None:
    assert said("loc(7): error: cannot handle %12 in block 3") == said("loc(19): error: cannot handle %4 in block 81")
    assert said("error: cannot handle %arg0") == said("error: cannot handle %x")
    assert said("error: cannot handle a") != said("error: cannot handle b")
    assert said("error: first\nsecond 1") == said("error: first\nother")
    assert said("error: first\nsecond") != said("error: second\nfirst")
    assert said("error: " + "x" * 60 + "a") == said("error: " + "x" * 60 + "b")
    assert said("error: " + "x" * 59 + "a") != said("error: " + "x" * 59 + "b")
    assert said("no such word 1") == said("no such word 2") != said("another word")


def test_deaths_are_all_alike_and_like_no_other_failure() -> None:
    dead, aborted = verdict(**DEAD, stderr="a"), verdict(signal=int(signal.SIGABRT), stderr="b")
    assert sign_of(dead) == sign_of(aborted) == sign_of(verdict(code=1, stderr="c")) == (EnzymeCrash,)
    assert sign_of(verdict(out_of_memory=True)) == (EnzymeOutOfMemory,)
    assert sign_of(verdict(text="module {}")) == ()
    assert sign_of(verdict(timed_out=True)) != sign_of(verdict(error="no"))


WHERE = FailingOperation("enzyme.autodiff", 3, "main", "%0 = enzyme.autodiff @f(%x)", 'loc("f.py":1:2)')


@pytest.mark.parametrize(
    "error",
    [
        EnzymeError("not so", stderr="said", signal_number=11, operations=(WHERE,), stage="cse", fault=WHERE),
        UnreadableResult("not read", "module {}"),
        UnsoundDerivative((Hazard(HAZARD_KINDS["bits-of-a-number"], "reverse", WHERE, WHERE),)),
    ],
    ids=lambda error: type(error).__name__,
)
def test_errors_come_whole_out_of_other_processes(error: EnzymeError) -> None:
    for same in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert (type(same), same.args, same.__dict__) == (type(error), error.args, error.__dict__)
        assert str(same) == str(error)
    assert error.args == (error.message,)
