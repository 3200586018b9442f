"""The worker process: it loads Enzyme once and forks a child of itself for each module.

It runs as a script and imports nothing of this package, so that no MLIR host is loaded beside Enzyme. A module can
only kill its own child; where several share one, those behind a deadly one get another. The process has one thread,
which is what makes forking it safe.

Started as `fork_server.py FOLDER`, where FOLDER holds `enzyme_ad`. It reads a line of JSON for each request on standard
input (`Request`), and writes lines of JSON on standard output: first `{"ready": ...}` or `{"failed": ...}`, then for
each request `{"id": ..., "pid": ...}` when its child has started and the `Answer` when it has ended. Answers come in
the order in which the children end.
"""

from __future__ import annotations

import ctypes
import gc
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
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import inf
from pathlib import Path
from typing import Any, NoReturn, TypedDict

SHOWN = 1 << 20
"""Bytes kept of what Enzyme prints about one module."""

PRINTED = 1 << 26
"""Bytes that a child may print; the rest is lost."""

PARENT_CHECK = 5.0
"""Seconds between two looks at whether the parent is still there, when there is nothing to do."""

CHUNK = 1 << 16
STACK = 8 << 20
"""Bytes set aside for the stack of each thread that MLIR may start, which count as data but are hardly used."""

PR_SET_PDEATHSIG = 1

FORMS = {"generic": "generic=true debug=true", "plain": "generic=false debug=false"}
"""Ways to print a result, as options of Enzyme's pass `print`."""


class Request(TypedDict):
    """One module to work on, at most `jobs` at a time and `share` in one child, one after the other.

    `memory` is in bytes and `timeout` in seconds. `form` is how the result is printed: `custom` and
    `generic` with locations, `plain` in custom syntax without.
    """

    id: int
    text: str
    pipeline: str
    timeout: float
    memory: int | None
    jobs: int
    share: int
    form: str


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
class Child:
    """A child at work."""

    pid: int
    requests: deque[Request]
    """What it has not answered yet; it is at work on the first."""
    pipe: int
    """The end of the pipe that its answers come through, a line of JSON each."""
    log: int
    """The file that it prints to."""
    started: float
    received: bytearray = field(default_factory=bytearray)
    timed_out: bool = False

    @property
    def deadline(self) -> float:
        """When the time of the first request is over."""
        return self.started + self.requests[0]["timeout"] if self.requests else inf


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


def data_size() -> int:
    """Bytes of data that this process has already, which count towards its limit."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[5])
    return pages * resource.getpagesize()


def read_log(log: int) -> str:
    """What has been printed to a file."""
    return os.pread(log, SHOWN, 0).decode(errors="replace").strip()


def run_passes(library: Any, text: str, pipeline: str, form: str) -> str:
    """What a pipeline makes of a module, in one of `FORMS` by a pass of Enzyme's that prints into memory."""
    if form not in FORMS:
        _, result = library.run_pass_pipeline([], text, pipeline)
        return str(result)
    printed = os.memfd_create("result")
    last = f"print{{filename=/proc/self/fd/{printed} {FORMS[form]}}}"
    try:
        library.run_pass_pipeline([], text, f"{pipeline},{last}" if pipeline else last)
        with os.fdopen(os.dup(printed), encoding="utf-8") as file:
            file.seek(0)
            return file.read()
    except ValueError as caught:
        raise ValueError(str(caught).replace(f",{last}", "")) from None
    finally:
        os.close(printed)


def work(library: Any, request: Request, log: int) -> Answer:
    """In the child: run the pipeline, and say what became of it."""
    os.ftruncate(log, 0)
    os.lseek(log, 0, os.SEEK_SET)
    text: str | None = None
    error = ""
    starved = False
    before = resource.getrlimit(resource.RLIMIT_DATA)
    if request["memory"] is not None:
        stacks = STACK * (os.cpu_count() or 1)
        limit = data_size() + request["memory"] + stacks
        resource.setrlimit(resource.RLIMIT_DATA, (limit, before[1]))
    started = time.monotonic()
    try:
        text = run_passes(
            library, request["text"], request["pipeline"], request["form"]
        )
    except MemoryError as caught:
        error, starved = str(caught), True
    except Exception as caught:
        error = str(caught)
    seconds = time.monotonic() - started
    resource.setrlimit(resource.RLIMIT_DATA, before)
    return {
        "id": request["id"],
        "text": text,
        "error": error,
        "stderr": read_log(log),
        "signal": None,
        "code": 0,
        "timed_out": False,
        "out_of_memory": starved,
        "seconds": seconds,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
    }


def be_child(library: Any, requests: Iterable[Request], end: int, log: int) -> NoReturn:
    """In the child: answer the requests, a line of JSON each, and end."""
    code = 1
    try:
        die_with_parent()
        os.dup2(log, 1)
        os.dup2(log, 2)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        resource.setrlimit(resource.RLIMIT_FSIZE, (PRINTED, PRINTED))
        with os.fdopen(end, "w", encoding="utf-8") as answers:
            for request in requests:
                answers.write(json.dumps(work(library, request, log)) + "\n")
                answers.flush()
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


class ForkServer:
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
        """Queue a message for the parent."""
        self.say_line(json.dumps(message).encode())

    def say_line(self, line: bytes) -> None:
        """Queue a line for the parent."""
        self._output += line + b"\n"
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
                        self._collect(key.data)
                self._end_late()
        except BrokenPipeError:
            return
        finally:
            for child in self._children:
                os.kill(child.pid, signal.SIGKILL)

    def _patience(self) -> float:
        first = min((child.deadline for child in self._children), default=inf)
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
            first = self._waiting[0]
            fair = -(-len(self._waiting) // first["jobs"])
            count = max(1, min(first["share"], fair))
            self._fork(deque(self._waiting.popleft() for _ in range(count)))

    def _fork(self, requests: deque[Request]) -> None:
        reading, writing = os.pipe()
        log = os.memfd_create("printed")
        pid = os.fork()
        if pid == 0:
            be_child(self._library, requests, writing, log)
        os.close(writing)
        child = Child(pid, requests, reading, log, time.monotonic())
        self._selector.register(reading, selectors.EVENT_READ, child)
        self._children.append(child)
        self._announce(child)

    def _announce(self, child: Child) -> None:
        """Tell the parent who is at work on the next request."""
        if child.requests:
            self.say({"id": child.requests[0]["id"], "pid": child.pid})

    def _collect(self, child: Child) -> None:
        """Pass on what a child has answered; when its pipe ends, it is over."""
        data = os.read(child.pipe, CHUNK)
        child.received += data
        if b"\n" in data:
            *lines, rest = bytes(child.received).split(b"\n")
            child.received = bytearray(rest)
            for line in lines:
                self.say_line(line)
                child.requests.popleft()
                child.started = time.monotonic()
                self._announce(child)
        if not data:
            self._bury(child)

    def _bury(self, child: Child) -> None:
        """Answer for a child that is dead; what it has not come to goes to others."""
        self._children.remove(child)
        self._selector.unregister(child.pipe)
        os.close(child.pipe)
        _, status, usage = os.wait4(child.pid, 0)
        if child.requests:
            code = os.waitstatus_to_exitcode(status)
            answer: Answer = {
                "id": child.requests.popleft()["id"],
                "text": None,
                "error": "",
                "stderr": read_log(child.log),
                "signal": -code if code < 0 else None,
                "code": max(code, 0),
                "timed_out": child.timed_out,
                "out_of_memory": False,
                "seconds": time.monotonic() - child.started,
                "peak": usage.ru_maxrss * 1024,
            }
            self.say(answer)
            self._waiting.extendleft(reversed(child.requests))
        os.close(child.log)

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
    gc.freeze()  # what is here now is never collected, so that children need no copies of it
    server = ForkServer(library, out)
    if failed:
        server.say({"failed": failed})
    else:
        server.say({"ready": os.getpid()})
        server.serve()


if __name__ == "__main__":
    main()
