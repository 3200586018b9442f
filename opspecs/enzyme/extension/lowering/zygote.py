"""The worker process: it loads Enzyme once and forks a child of itself for each module.

It runs as a script and imports nothing of this package, so that no MLIR host is loaded beside Enzyme. A module can
only kill its own child. The process has one thread, which is what makes forking it safe.

Started as `zygote.py FOLDER`, where FOLDER holds `enzyme_ad`. It reads a line of JSON for each request on standard
input (`Request`), and writes lines of JSON on standard output: first `{"ready": ...}` or `{"failed": ...}`, then for
each request `{"id": ..., "pid": ...}` when its child has started and the `Answer` when it has ended. Answers come in
the order in which the children end.
"""

from __future__ import annotations

import ctypes
import importlib
import importlib.machinery
import importlib.util
import json
import os
import resource
import selectors
import signal
import sys
import time
import traceback
from collections import deque
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypedDict

SHOWN = 1 << 20
"""Bytes kept of what Enzyme prints about one module; the rest is read and dropped."""

PARENT_CHECK = 5.0
"""Seconds between two looks at whether the parent is still there, when there is nothing to do."""

CHUNK = 1 << 16
STACK = 8 << 20
"""Bytes set aside for the stack of each thread that MLIR may start, which count as data but are hardly used."""

PR_SET_PDEATHSIG = 1


class Request(TypedDict):
    """One module to work on, at most `jobs` at a time; `memory` is in bytes and `timeout` in seconds."""

    id: int
    text: str
    pipeline: str
    timeout: float
    memory: int | None
    jobs: int


class Answer(TypedDict):
    """What became of a request: the result's `text`, or else why there is none."""

    id: int
    text: str | None
    error: str
    stderr: str
    signal: int | None
    code: int
    timed_out: bool
    out_of_memory: bool
    seconds: float
    peak: int


@dataclass(slots=True)
class Pipe:
    """The end of a pipe that is read here, what has come through it, and how much of that is kept."""

    end: int
    limit: int | None
    is_open: bool = True
    received: bytearray = field(default_factory=bytearray)

    def read(self) -> None:
        """Take what is there, or note the end."""
        data = os.read(self.end, CHUNK)
        if not data:
            self.is_open = False
        elif self.limit is None or len(self.received) < self.limit:
            self.received += data


@dataclass(slots=True)
class Child:
    """A child at work: its pipes and what has come through them so far."""

    request: int
    pid: int
    started: float
    deadline: float
    result: Pipe
    printed: Pipe
    timed_out: bool = False


def load(folder: str) -> Any:
    """Enzyme's own extension module, without the Python around it, which would import JAX."""
    package = Path(folder) / "enzyme_ad" / "jax"
    for suffix in importlib.machinery.EXTENSION_SUFFIXES:
        path = package / f"enzyme_call{suffix}"
        if path.is_file():
            name = "enzyme_ad.jax.enzyme_call"
            spec = importlib.util.spec_from_file_location(name, path)
            assert spec is not None
            assert spec.loader is not None
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
            return module
    sys.path.insert(0, folder)
    return importlib.import_module("enzyme_ad.jax").enzyme_call


def die_with_parent() -> None:
    """Ask the system to end this process when the one that forked it ends; Linux only."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def work(library: Any, request: Request, result: int) -> None:
    """In the child: run the pipeline and write the outcome, as JSON, to the file `result`."""
    outcome: dict[str, Any] = {"text": None, "error": "", "out_of_memory": False}
    before = resource.getrlimit(resource.RLIMIT_DATA)
    if request["memory"] is not None:
        limit = request["memory"] + STACK * (os.cpu_count() or 1)
        resource.setrlimit(resource.RLIMIT_DATA, (limit, before[1]))
    try:
        _, outcome["text"] = library.run_pass_pipeline(
            [], request["text"], request["pipeline"]
        )
    except MemoryError as error:
        outcome |= {"error": str(error), "out_of_memory": True}
    except Exception as error:
        outcome["error"] = str(error)
    resource.setrlimit(resource.RLIMIT_DATA, before)
    with os.fdopen(result, "w", encoding="utf-8") as file:
        json.dump(outcome, file)


class Zygote:
    """The loop: takes requests, forks, collects what the children say, and ends those that take too long."""

    def __init__(self, library: Any, out: int) -> None:
        self._library = library
        self._out = out
        self._selector = selectors.DefaultSelector()
        self._parent = os.getppid()
        self._waiting: deque[Request] = deque()
        self._children: list[Child] = []
        self._input = bytearray()
        self._output = bytearray()
        os.set_blocking(0, False)
        os.set_blocking(out, False)
        self._selector.register(0, selectors.EVENT_READ)

    def say(self, message: object) -> None:
        """Queue a line for the parent."""
        self._output += json.dumps(message).encode() + b"\n"
        self._send()

    def _send(self) -> None:
        """Write what the pipe takes; wait for room with the rest."""
        try:
            while self._output:
                del self._output[: os.write(self._out, self._output[:CHUNK])]
        except BlockingIOError:
            pass
        waiting = self._out in self._selector.get_map()
        if self._output and not waiting:
            self._selector.register(self._out, selectors.EVENT_WRITE)
        elif not self._output and waiting:
            self._selector.unregister(self._out)

    def serve(self) -> None:
        """Work until the parent closes standard input or is gone."""
        try:
            while os.getppid() == self._parent:
                self._start_waiting()
                for key, _ in self._selector.select(self._patience()):
                    if key.fd == 0:
                        if not self._receive():
                            return
                    elif key.fd == self._out:
                        self._send()
                    else:
                        self._collect(*key.data)
                self._end_late()
        except BrokenPipeError:
            return
        finally:
            for child in self._children:
                os.kill(child.pid, signal.SIGKILL)

    def _patience(self) -> float:
        if not self._children:
            return PARENT_CHECK
        first = min(child.deadline for child in self._children)
        return min(PARENT_CHECK, max(0.0, first - time.monotonic()))

    def _receive(self) -> bool:
        """Take what the parent sent; False at the end."""
        try:
            data = os.read(0, CHUNK)
        except BlockingIOError:
            return True
        self._input += data
        if b"\n" in data:
            *lines, rest = bytes(self._input).split(b"\n")
            self._input = bytearray(rest)
            self._waiting.extend(json.loads(line) for line in lines)
        return bool(data)

    def _start_waiting(self) -> None:
        while self._waiting and len(self._children) < self._waiting[0]["jobs"]:
            self._fork(self._waiting.popleft())

    def _fork(self, request: Request) -> None:
        result, result_end = os.pipe()
        printed, printed_end = os.pipe()
        started = time.monotonic()
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                die_with_parent()
                os.dup2(printed_end, 1)
                os.dup2(printed_end, 2)
                os.close(printed_end)
                os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
                work(self._library, request, result_end)
                code = 0
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(code)
        os.close(result_end)
        os.close(printed_end)
        child = Child(
            request["id"],
            pid,
            started,
            started + request["timeout"],
            Pipe(result, None),
            Pipe(printed, SHOWN),
        )
        for pipe in (child.result, child.printed):
            self._selector.register(pipe.end, selectors.EVENT_READ, (child, pipe))
        self._children.append(child)
        self.say({"id": request["id"], "pid": pid})

    def _collect(self, child: Child, pipe: Pipe) -> None:
        """Read from a child; when both of its pipes have ended, it is over."""
        pipe.read()
        if not pipe.is_open:
            self._selector.unregister(pipe.end)
            os.close(pipe.end)
            if not child.result.is_open and not child.printed.is_open:
                self._children.remove(child)
                self.say(self._answer(child))

    def _answer(self, child: Child) -> Answer:
        _, status, usage = os.wait4(child.pid, 0)
        code = os.waitstatus_to_exitcode(status)
        outcome: dict[str, Any] = json.loads(child.result.received) if code == 0 else {}
        return {
            "id": child.request,
            "text": outcome.get("text"),
            "error": outcome.get("error", ""),
            "stderr": child.printed.received.decode(errors="replace").strip(),
            "signal": -code if code < 0 else None,
            "code": max(code, 0),
            "timed_out": child.timed_out,
            "out_of_memory": outcome.get("out_of_memory", False),
            "seconds": time.monotonic() - child.started,
            "peak": usage.ru_maxrss * 1024,
        }

    def _end_late(self) -> None:
        now = time.monotonic()
        for child in self._children:
            if child.deadline <= now and not child.timed_out:
                child.timed_out = True
                os.kill(child.pid, signal.SIGKILL)


def main() -> None:
    """Load Enzyme, say so, and serve."""
    out = os.dup(1)
    os.dup2(2, 1)  # what is printed here must not get among the answers
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    failed = ""
    library = None
    try:
        library = load(sys.argv[1])
        library.run_pass_pipeline(
            [], "module {}", "canonicalize"
        )  # what is set up once, is set up before forking
    except Exception as error:
        failed = f"{type(error).__name__}: {error}"
    zygote = Zygote(library, out)
    if failed:
        zygote.say({"failed": failed})
    else:
        zygote.say({"ready": os.getpid()})
        zygote.serve()


if __name__ == "__main__":
    main()
