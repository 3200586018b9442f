"""Programs in processes of their own that need not import everything again: forks of a process that has done so.

That process has nothing else in it, no contexts of MLIR with their threads above all, which a fork would lack.
"""

from __future__ import annotations

import io
import multiprocessing
import os
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path

from opspec.cli import main

__all__ = ["in_fork"]

_SERVER = multiprocessing.get_context("forkserver")
_COMMANDS = [f"opspec.commands.{name}" for name in main.commands]
_SERVER.set_forkserver_preload([*_COMMANDS, "enzyme_mlir.jit", "enzyme_mlir.functional", "pytest"])


def in_fork(run: Callable[..., object], *arguments: object) -> subprocess.CompletedProcess[str]:
    """The exit code of what `run` does, and what it printed; an exception ends it with code 1, as it does a program.

    Args:
        run: A function of a module.
        arguments: What it is called with; they are pickled.
    """
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / name for name in ("out", "error")]
        child = _SERVER.Process(target=_be_child, args=(dict(os.environ), Path.cwd(), files, run, arguments))
        child.start()
        child.join(300.0)
        if child.exitcode is None:
            child.kill()
            child.join()
        out, error = (file.read_text(encoding="utf-8") for file in files)
        code = child.exitcode
    assert code is not None
    return subprocess.CompletedProcess([], code, out, error)


def _be_child(
    environment: dict[str, str],
    folder: Path,
    files: list[Path],
    run: Callable[..., object],
    arguments: tuple[object, ...],
) -> None:
    code = 1
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for number, file in enumerate(files, 1):
        os.dup2(os.open(file, os.O_WRONLY | os.O_CREAT), number)
    sys.stdout = io.TextIOWrapper(io.FileIO(1, "w", closefd=False), encoding="utf-8")
    sys.stderr = io.TextIOWrapper(io.FileIO(2, "w", closefd=False), encoding="utf-8", write_through=True)
    try:
        run(*arguments)
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
