"""Many small modules to one Enzyme: one process for all of them, and a new one where a module kills it.

Modules are only parsed and verified, so that a process serves thousands; `lowering`, which runs passes over whole
programs, takes a process for each.
"""

from __future__ import annotations

import json
import selectors
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from opspec.diagnostics import ToolError
from opspec.probe.readings import Said

__all__ = ["Batch"]

_SCRIPT = Path(__file__).with_name("asker.py")
_START = 120.0
_SECONDS = 30.0


class Batch:
    """A running Enzyme, to be used in a `with` statement. Raises `ToolError` where it cannot be loaded.

    What it takes it prints in its own assembly format, or in generic form if `generic` says so.
    """

    def __init__(self, library: Path, *, generic: bool = False) -> None:
        self._library = library
        self._form = "generic" if generic else "custom"
        self._process: subprocess.Popen[str] | None = None
        self._errors: IO[str] = tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace")  # noqa: SIM115

    def __enter__(self) -> Batch:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._end()
        self._errors.close()

    def ask(self, modules: Sequence[str]) -> list[Said]:
        """What Enzyme says of each module."""
        return [self._ask(module) for module in modules]

    def _ask(self, module: str) -> Said:
        process = self._process or self._start()
        assert process.stdin is not None
        try:
            process.stdin.write(json.dumps(module) + "\n")
            process.stdin.flush()
        except BrokenPipeError:
            return self._death(process)
        answer = self._line(process, _SECONDS)
        return self._death(process) if answer is None else Said(answer["text"], answer["error"], answer["stderr"])

    def _start(self) -> subprocess.Popen[str]:
        self._errors.seek(0)
        self._errors.truncate()
        # -I: the script's folder is not searched, where a module may be called like one of Python's own
        command = [sys.executable, "-I", str(_SCRIPT), str(self._library), self._form]
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors, text=True, encoding="utf-8"
        )
        self._process = process
        if self._line(process, _START) is None:
            self._end()
            self._errors.seek(0)
            said = self._errors.read().strip().splitlines()
            raise ToolError(f"the Enzyme {self._library} cannot be loaded: {said[-1] if said else 'no reason given'}")
        return process

    def _line(self, process: subprocess.Popen[str], seconds: float) -> dict[str, Any] | None:
        """The next answer; None where the process ended or took too long."""
        assert process.stdout is not None
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            if not selector.select(seconds):
                return None
        line = process.stdout.readline()
        return json.loads(line) if line else None

    def _death(self, process: subprocess.Popen[str]) -> Said:
        """How the process ended; the next module gets a new one."""
        code = process.poll()
        if code is None:
            try:
                code = process.wait(1.0)
            except subprocess.TimeoutExpired:
                self._end()
                return Said(None, death=f"did not end within {_SECONDS:g} seconds")
        self._end()
        return Said(None, death=f"died of {signal.Signals(-code).name}" if code < 0 else f"ended with code {code}")

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except BrokenPipeError:
                    continue
