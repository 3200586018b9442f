"""Compiled code run in a fork of this process, for code that may not survive.

Machine code is as safe as the module it was made from: an index out of bounds, a division of integers by zero or a
recursion without end is undefined, and may end the process. In a fork it ends the fork.
"""

from __future__ import annotations

import faulthandler
import gc
import os
import pickle
import select
import signal
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from .compiler import Argument
from .errors import JitError

__all__ = ["run_in_fork"]

CHUNK = 1 << 20


def run_in_fork(
    name: str,
    run: Callable[[Sequence[Argument]], list[Any]],
    passed: Sequence[Argument],
    shared: Sequence[np.ndarray[Any, Any]],
    timeout: float | None,
) -> list[Any]:
    """The results of compiled code that runs in a fork; what it writes to memrefs is copied back.

    Args:
        name: The function, for errors.
        run: Runs the compiled code.
        passed: Its arguments.
        shared: The memrefs among them.
        timeout: Seconds that it may take; None for any time.

    Raises:
        JitError: It died, or took too long. The arguments are then as they were.
    """
    reading, writing = os.pipe()
    sys.stdout.flush()
    sys.stderr.flush()
    pid = _fork()
    if pid == 0:
        os.close(reading)
        _answer(run, passed, shared, writing)
    os.close(writing)
    late = False
    try:
        answer = _read(reading, timeout)
    except TimeoutError:
        late, answer = True, b""
    except BaseException:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        raise
    finally:
        os.close(reading)
    if late:
        os.kill(pid, signal.SIGKILL)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if late:
        raise JitError(f"@{name} did not end within {timeout:g} seconds")
    if code < 0:
        raise JitError(f"@{name} died of {signal.Signals(-code).name}")
    if code:
        raise JitError(f"@{name} ended with code {code}")
    message, values, arrays = pickle.loads(answer)
    if message:
        raise JitError(message)
    for one, array in zip(shared, arrays, strict=True):
        np.copyto(one, array)
    return list(values)


def _fork() -> int:
    """A fork in which nothing is freed by the way: MLIR's contexts wait for their threads then, and a fork has none."""
    was_enabled = gc.isenabled()
    gc.disable()
    pid = -1
    try:
        pid = os.fork()
    finally:
        if pid and was_enabled:
            gc.enable()
    return pid


def _answer(
    run: Callable[[Sequence[Argument]], list[Any]],
    passed: Sequence[Argument],
    shared: Sequence[np.ndarray[Any, Any]],
    end: int,
) -> None:
    """In the fork: run, write the results and the memrefs to the file `end`, and end."""
    code = 1
    faulthandler.disable()  # a death is told by the parent
    try:
        message, values = "", list[Any]()
        try:
            values = run(passed)
        except JitError as error:
            message = str(error)
        answer = pickle.dumps((message, values, list(shared)))
        with os.fdopen(end, "wb") as file:
            file.write(answer)
        code = 0
    finally:
        os._exit(code)


def _read(end: int, timeout: float | None) -> bytes:
    """All that comes through a pipe until it is closed."""
    deadline = None if timeout is None else time.monotonic() + timeout
    received = bytearray()
    while True:
        left = None if deadline is None else max(0.0, deadline - time.monotonic())
        ready, _, _ = select.select([end], [], [], left)
        if not ready:
            raise TimeoutError
        data = os.read(end, CHUNK)
        if not data:
            return bytes(received)
        received += data
