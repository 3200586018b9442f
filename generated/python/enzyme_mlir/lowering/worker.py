"""A worker: the process that runs Enzyme, as seen from here."""

from __future__ import annotations

import json
import os
import selectors
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any

from .errors import EnzymeError, EnzymeUnavailable
from .installed import find_enzyme
from .progress import Progress, look
from .verdict import Verdict, read_verdict

__all__ = ["Worker", "WorkerDied"]

SCRIPT = Path(__file__).with_name("fork_server.py")
START = 120.0
"""Seconds that a worker has to load Enzyme."""
GRACE = 30.0
"""Seconds more than a module's own that pass before a silent worker is given up."""
TICK = 0.5
"""Seconds between two reports of progress."""
AHEAD = 2
"""Modules that wait in the worker for each one at work."""
CHUNK = 1 << 16


class WorkerDied(EnzymeError):
    """The worker itself is gone, which no module should bring about."""


class Worker:
    """A process that has loaded Enzyme once and forks a child of itself for each module.

    Not to be used by two threads at a time; a process may have many workers. End it with `close`, or use it in a
    `with` statement; it ends by itself when this process does.
    """

    def __init__(self, enzyme: str | os.PathLike[str] | None = None) -> None:
        """Start the process.

        Args:
            enzyme: The folder of the Enzyme to load; see `find_enzyme`.

        Raises:
            EnzymeUnavailable: There is no Enzyme, or it cannot be loaded.
        """
        self.enzyme = find_enzyme(enzyme)
        self._log = tempfile.TemporaryFile()  # noqa: SIM115 - closed by `close`
        self._process = subprocess.Popen(
            [sys.executable, str(SCRIPT), str(self.enzyme)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            start_new_session=True,
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._in = self._process.stdin.fileno()
        self._out = self._process.stdout.fileno()
        os.set_blocking(self._in, False)
        os.set_blocking(self._out, False)
        self._received = bytearray()
        self._to_send = bytearray()
        self._next_id = 0
        self._is_open = True
        try:
            self._greet()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Worker:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def pid(self) -> int:
        """The number of the process."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Whether the process can be given work."""
        return self._is_open and self._process.poll() is None

    def close(self) -> None:
        """End the process and wait for it."""
        if self._is_open:
            self._is_open = False
            assert self._process.stdin is not None
            assert self._process.stdout is not None
            with suppress(OSError):
                self._process.stdin.close()
            self._process.stdout.close()
            self._process.kill()
            self._process.wait()
            self._log.close()

    def forget(self) -> None:
        """In a fork of the process that started the worker: let go of it without ending it."""
        if self._is_open:
            self._is_open = False
            assert self._process.stdin is not None
            assert self._process.stdout is not None
            with suppress(OSError):
                self._process.stdin.close()
            self._process.stdout.close()
            self._process.returncode = 0
            self._log.close()

    def run(
        self,
        text: str,
        pipeline: str = "",
        timeout: float = 300.0,
        *,
        memory: int | None = None,
    ) -> Verdict:
        """What Enzyme makes of one module.

        Args:
            text: The module.
            pipeline: A pipeline of Enzyme's passes, in MLIR's notation.
            timeout: Seconds that it may take.
            memory: Bytes that it may allocate; no limit by default.

        Raises:
            WorkerDied: The worker itself ended; start another.
        """
        ((_, verdict),) = self.run_each([(text, pipeline)], timeout, memory=memory)
        return verdict

    def run_each(
        self,
        tasks: Iterable[tuple[str, str]],
        timeout: float = 300.0,
        *,
        memory: int | None = None,
        jobs: int = 1,
        share: int = 1,
        form: str = "custom",
        progress: Callable[[Progress], object] | None = None,
    ) -> Iterator[tuple[int, Verdict]]:
        """What Enzyme makes of each module.

        Args:
            tasks: The modules, each with its pipeline.
            timeout: Seconds that each may take.
            memory: Bytes that each may allocate; no limit by default.
            jobs: How many processes may work at a time.
            share: How many modules a process may work on, one after the other.
            form: How results are printed: `custom`, `generic` with locations, `plain` custom syntax without.
            progress: Called after each answer, and twice a second while there is none.

        Yields:
            The position of a module in `tasks` and its verdict, in the order in which they end.

        Raises:
            WorkerDied: The worker itself ended; start another for those that are left.
        """
        complete = False
        try:
            yield from self._serve(
                deque(enumerate(tasks)),
                timeout,
                memory,
                jobs,
                share,
                form,
                progress,
            )
            complete = True
        finally:
            if not complete:  # answers to old requests may be under way
                self.close()

    def _serve(
        self,
        waiting: deque[tuple[int, tuple[str, str]]],
        timeout: float,
        memory: int | None,
        jobs: int,
        share: int,
        form: str,
        progress: Callable[[Progress], object] | None,
    ) -> Iterator[tuple[int, Verdict]]:
        total = len(waiting)
        positions: dict[int, int] = {}
        pids: dict[int, int] = {}
        started = heard = time.monotonic()
        done = 0
        while done < total:
            while waiting and len(positions) < jobs * share * (1 + AHEAD):
                position, (text, pipeline) = waiting.popleft()
                positions[self._next_id] = position
                self._queue(
                    {
                        "id": self._next_id,
                        "text": text,
                        "pipeline": pipeline,
                        "timeout": timeout,
                        "memory": memory,
                        "jobs": jobs,
                        "share": share,
                        "form": form,
                    }
                )
                self._next_id += 1
            for answer in self._exchange(TICK):
                heard = time.monotonic()
                if "pid" in answer:
                    pids[answer["id"]] = answer["pid"]
                    continue
                pids.pop(answer["id"], None)
                done += 1
                yield (
                    positions.pop(answer["id"]),
                    read_verdict(answer, timeout, memory),
                )
            now = time.monotonic()
            if now - heard > timeout + GRACE:
                raise WorkerDied(
                    f"Enzyme's worker did not answer for {now - heard:.0f} seconds"
                )
            if progress is not None:
                progress(look(done, total, now - started, pids.values()))

    def _greet(self) -> None:
        """Wait until Enzyme is loaded."""
        deadline = time.monotonic() + START
        try:
            while time.monotonic() < deadline:
                for message in self._exchange(TICK):
                    if "ready" in message:
                        return
                    raise EnzymeUnavailable(
                        f"Enzyme in {str(self.enzyme)!r} cannot be loaded: {message['failed']}"
                    )
            raise EnzymeUnavailable(
                f"Enzyme in {str(self.enzyme)!r} was not loaded within {START:g} seconds"
            )
        except WorkerDied as error:
            raise EnzymeUnavailable(
                f"Enzyme in {str(self.enzyme)!r} cannot be loaded: {error}"
            ) from None

    def _queue(self, message: object) -> None:
        self._to_send += json.dumps(message).encode() + b"\n"

    def _exchange(self, seconds: float) -> list[dict[str, Any]]:
        """Send what is queued and take what has come, waiting at most `seconds` for something to come."""
        deadline = time.monotonic() + seconds
        lines: list[bytes] = []
        with selectors.DefaultSelector() as selector:
            selector.register(self._out, selectors.EVENT_READ)
            while not lines:
                if self._to_send:
                    self._send()
                has_rest = bool(self._to_send)
                if has_rest != (self._in in selector.get_map()):
                    if has_rest:
                        selector.register(self._in, selectors.EVENT_WRITE)
                    else:
                        selector.unregister(self._in)
                patience = deadline - time.monotonic()
                if patience <= 0:
                    break
                if any(key.fd == self._out for key, _ in selector.select(patience)):
                    lines = self._receive()
        return [json.loads(line) for line in lines]

    def _send(self) -> None:
        try:
            while self._to_send:
                del self._to_send[: os.write(self._in, self._to_send[:CHUNK])]
        except BlockingIOError:
            pass
        except BrokenPipeError:
            raise self._death() from None

    def _receive(self) -> list[bytes]:
        try:
            data = os.read(self._out, CHUNK)
        except BlockingIOError:
            return []
        if not data:
            raise self._death()
        self._received += data
        if b"\n" not in data:
            return []
        *lines, rest = bytes(self._received).split(b"\n")
        self._received = bytearray(rest)
        return lines

    def _death(self) -> WorkerDied:
        """The error for a worker that is gone."""
        code = self._process.wait()
        self._log.seek(0)
        printed = self._log.read().decode(errors="replace").strip()
        return WorkerDied(
            f"Enzyme's worker ended with code {code}"
            + (f": {printed}" if printed else ""),
            stderr=printed,
            signal_number=-code if code < 0 else None,
        )
