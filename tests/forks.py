"""What a program prints, run in a fork of this process: a process of its own that need not import everything again."""

from __future__ import annotations

import gc
import io
import os
import signal
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable
from typing import NoReturn

__all__ = ["in_fork"]


def in_fork(run: Callable[[], object], *, timeout: float = 300.0) -> subprocess.CompletedProcess[str]:
    """The exit code of what `run` does, and what it printed; an exception ends it with code 1, as it does a program.

    Args:
        run: What to do; it must not use contexts of MLIR that exist already, whose threads a fork lacks.
        timeout: Seconds after which the system ends it.
    """
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as error:
        sys.stdout.flush()
        sys.stderr.flush()
        child = os.fork()
        if child == 0:
            _be_child(run, out.fileno(), error.fileno(), timeout)
        code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        for file in (out, error):
            file.seek(0)
        return subprocess.CompletedProcess([], code, out.read().decode(), error.read().decode())


def _be_child(run: Callable[[], object], out: int, error: int, timeout: float) -> NoReturn:
    gc.freeze()  # what the parent has made is not freed here
    code = 1
    try:
        signal.alarm(int(timeout))
        os.dup2(out, 1)
        os.dup2(error, 2)
        sys.stdout = io.TextIOWrapper(io.FileIO(1, "w", closefd=False), encoding="utf-8")
        sys.stderr = io.TextIOWrapper(io.FileIO(2, "w", closefd=False), encoding="utf-8", write_through=True)
        run()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
        if isinstance(end.code, str):
            print(end.code, file=sys.stderr)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
