"""The workers of this process: started when they are needed, used by one thread at a time, ended with the process."""

from __future__ import annotations

import atexit
import os
import threading
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from .installed import find_enzyme
from .worker import Worker

__all__ = ["POOL", "Pool", "count_processors"]


def count_processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Pool:
    """Workers of any number of Enzymes, at most `size` of them at work at a time."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._start_over()

    def _start_over(self) -> None:
        self._idle: list[Worker] = []
        self._busy: list[Worker] = []
        self._room = threading.Semaphore(self.size)
        self._lock = threading.Lock()

    @contextmanager
    def lend(
        self, enzyme: str | os.PathLike[str] | None = None
    ) -> Generator[Worker, None, None]:
        """A living worker of this Enzyme, for the `with` statement's own use; waits while all are at work."""
        folder = find_enzyme(enzyme)
        with self._room:
            worker = self._take(folder)
            try:
                yield worker
            finally:
                with self._lock:
                    if worker in self._busy:
                        self._busy.remove(worker)
                        if worker.is_alive:
                            self._idle.append(worker)
                        else:
                            worker.close()

    def _take(self, folder: Path) -> Worker:
        with self._lock:
            for worker in tuple(self._idle):
                if not worker.is_alive:
                    self._idle.remove(worker)
                    worker.close()
                elif worker.enzyme == folder:
                    self._idle.remove(worker)
                    self._busy.append(worker)
                    return worker
        worker = Worker(folder)
        with self._lock:
            self._busy.append(worker)
        return worker

    def close(self) -> None:
        """End all workers; those who use one now get `WorkerDied`. The pool can be used again."""
        with self._lock:
            workers = [*self._idle, *self._busy]
            self._idle.clear()
            self._busy.clear()
        for worker in workers:
            worker.close()

    def forget(self) -> None:
        """In a fork of the process: leave the workers to their owner."""
        for worker in (*self._idle, *self._busy):
            worker.forget()
        self._start_over()


POOL = Pool(max(2, count_processors()))
"""The pool that `lowering` uses."""

atexit.register(POOL.close)
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=POOL.forget)
