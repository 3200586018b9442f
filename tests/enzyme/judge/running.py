"""Many cases in child processes: a case may kill its process, and that is its verdict."""

from __future__ import annotations

import faulthandler
import gc
import os
import pickle
import selectors
import signal
import struct
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from .judging import Settings, fork, judge
from .programs import Case
from .verdicts import Outcome

__all__ = ["Make", "Verdict", "run_cases"]

SHARE = 60
"""Cases that one process takes on, before another is started."""

Make = Callable[[], Case]
"""Makes a case, in the process that judges it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """A case with its outcome; no case where making it failed."""

    case: Case | None
    outcome: Outcome


@dataclass(slots=True)
class _Child:
    """A process with some of the cases."""

    pid: int
    end: int
    log: BinaryIO
    left: deque[int]
    received: bytearray = field(default_factory=bytearray)
    stage: str = "start"
    case: Case | None = None
    heard: float = field(default_factory=time.monotonic)


def run_cases(makers: Sequence[Make], settings: Settings, jobs: int = 2) -> Iterator[tuple[int, Verdict]]:
    """The verdicts on cases, with their positions, in the order in which they come."""
    waiting = deque(range(len(makers)))
    children: list[_Child] = []
    selector = selectors.DefaultSelector()
    try:
        while waiting or children:
            while waiting and len(children) < jobs:
                share = max(1, min(SHARE, -(-len(waiting) // jobs)))
                children.append(_start(makers, [waiting.popleft() for _ in range(min(share, len(waiting)))], settings))
                selector.register(children[-1].end, selectors.EVENT_READ, children[-1])
            for key, _ in selector.select(1.0):
                child: _Child = key.data
                data = os.read(child.end, 1 << 16)
                child.heard = time.monotonic()
                child.received += data
                for message in _messages(child):
                    if isinstance(message, Verdict):
                        child.case = None
                        child.stage = "start"
                        yield child.left.popleft(), message
                    elif isinstance(message, Case):
                        child.case = message
                    else:
                        child.stage = message
                if not data:
                    selector.unregister(child.end)
                    children.remove(child)
                    yield from _bury(child, waiting, None)
            for child in tuple(children):
                if time.monotonic() - child.heard > settings.limit:
                    os.kill(child.pid, signal.SIGKILL)
                    selector.unregister(child.end)
                    children.remove(child)
                    yield from _bury(child, waiting, f"no end within {settings.limit:g} seconds")
    finally:
        for child in children:
            with suppress(ProcessLookupError):
                os.kill(child.pid, signal.SIGKILL)
            os.waitpid(child.pid, 0)
            os.close(child.end)
            child.log.close()


def _bury(child: _Child, waiting: deque[int], why: str | None) -> Iterator[tuple[int, Verdict]]:
    """Take leave of a process: the case it was at, if any, has killed it; the others wait for another one."""
    os.close(child.end)
    code = os.waitstatus_to_exitcode(os.waitpid(child.pid, 0)[1])
    child.log.seek(0)
    printed = child.log.read().decode(errors="replace").strip()
    child.log.close()
    if child.left:
        position = child.left.popleft()
        how = why or (signal.Signals(-code).name if code < 0 else f"code {code}")
        yield (
            position,
            Verdict(child.case, Outcome("crash", f"{how}: {_reason(printed)}", child.stage, printed[-2000:])),
        )
        waiting.extendleft(reversed(child.left))


def _reason(printed: str) -> str:
    """The line that says most of what a process printed before it died."""
    lines = [line for line in printed.splitlines() if line.strip()]
    said = [line for line in lines if "Assertion" in line or "error:" in line or "Error:" in line]
    line = (said or lines or [""])[-1]
    return line.partition("Assertion ")[2] or line


def _start(makers: Sequence[Make], positions: list[int], settings: Settings) -> _Child:
    reading, writing = os.pipe()
    log = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the child
    sys.stdout.flush()
    sys.stderr.flush()
    pid = fork()
    if pid == 0:
        code = 1
        try:
            gc.freeze()  # what the parent has made is not freed here
            gc.enable()
            os.close(reading)
            os.dup2(log.fileno(), 1)
            os.dup2(log.fileno(), 2)
            faulthandler.disable()
            _serve([makers[position] for position in positions], settings, writing)
            code = 0
        finally:
            sys.stderr.flush()
            os._exit(code)
    os.close(writing)
    return _Child(pid, reading, log, deque(positions))


def _serve(makers: Sequence[Make], settings: Settings, end: int) -> None:
    from enzyme_mlir import lowering

    def send(message: Any) -> None:
        data = pickle.dumps(message)
        os.write(end, struct.pack("<I", len(data)))
        left = memoryview(data)
        while left:
            left = left[os.write(end, left) :]

    try:
        for make in makers:
            try:
                case = make()
            except LookupError as error:
                send(Verdict(None, Outcome("undecided", str(error), "generation")))
                continue
            send(case)
            send(Verdict(case, judge(case, settings, send)))
    except BaseException:
        import traceback

        traceback.print_exc()
        sys.stderr.flush()
        raise
    finally:
        lowering.POOL.close()


def _messages(child: _Child) -> Iterator[Any]:
    """The complete messages among what has come."""
    while len(child.received) >= 4:
        (size,) = struct.unpack_from("<I", child.received)
        if len(child.received) < 4 + size:
            return
        data = bytes(child.received[4 : 4 + size])
        del child.received[: 4 + size]
        yield pickle.loads(data)
