"""Runs that are killed: at each thing that they ask of the system, or at a moment that chance chooses."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from opspec.emitters.output import GeneratedFile, write_tree
from tests.faults.trees import held, left_beside

__all__ = ["Course", "kill_at_random", "kill_everywhere"]


@dataclass(frozen=True)
class Course:
    """One kind of killed run below `place`: from the tree `old` to `new`, with the stranger's file beside them.

    `is_put` says that the folder cannot be exchanged, since the run works in it.
    """

    place: Path
    old: tuple[GeneratedFile, ...]
    new: tuple[GeneratedFile, ...]
    is_put: bool = False

    @property
    def root(self) -> Path:
        """The tree."""
        return self.place / "generated"

    def prepare(self) -> None:
        """The old tree, as before each run."""
        shutil.rmtree(self.place, ignore_errors=True)
        kept = self.place.with_name(f"{self.place.name}-old")
        if not kept.exists():
            write_tree(kept, self.old)
            (kept / "docs" / "mine.txt").write_text("a stranger's\n", encoding="utf-8")
        shutil.copytree(kept, self.root)

    def run(self) -> None:
        """What is killed."""
        if self.is_put:
            os.chdir(self.root)
        write_tree(self.root, self.new)

    def expected(self) -> tuple[dict[str, str], dict[str, str]]:
        """The old tree and the new one."""
        self.prepare()
        old = held(self.root)
        write_tree(self.root, self.new)
        return old, held(self.root)


def _child(course: Course, at: int | None) -> int:
    """A process that does the run, and kills itself at the thing number `at` that it asks of the system."""
    child = os.fork()
    if child:
        return child
    count = 0

    def counted(event: str, _: tuple[object, ...]) -> None:
        nonlocal count
        if event.startswith(("os.", "open", "shutil.", "ctypes.")):
            count += 1
            if count == at:
                os.kill(os.getpid(), signal.SIGKILL)

    try:
        if at is not None:
            sys.addaudithook(counted)
        course.run()
        os._exit(0)
    finally:
        os._exit(1)


def _ended(child: int) -> bool:
    """Whether a process was killed; an error of its own is none of ours."""
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    assert code in (0, -signal.SIGKILL), f"the run ended with {code}"
    return code != 0


def _found(course: Course, old: dict[str, str], new: dict[str, str]) -> str:
    """What a run left: `old`, `new` or `mixed`; the next run has to make it `new`, and nothing may be left over."""
    now = held(course.root)
    kind = "old" if now == old else "new" if now == new else "mixed"
    if course.is_put:
        allowed = {(path, text) for tree in (old, new) for path, text in tree.items()}
        odd = {path for path, text in now.items() if (path, text) not in allowed}
        assert not {path for path in odd if not path.startswith((".opspec-new", ".opspec-files"))}, odd
    write_tree(course.root, course.new)
    assert held(course.root) == new, "the next run does not repair it"
    assert left_beside(course.root) == [], "something is left over"
    return kind


def kill_everywhere(course: Course, step: int = 1) -> dict[str, int]:
    """Kill a run at each thing, or each few, that it asks of the system; returns how often which tree is left."""
    old, new = course.expected()
    counts: dict[str, int] = {}
    at = 1
    while True:
        course.prepare()
        killed = _ended(_child(course, at))
        kind = _found(course, old, new)
        counts[kind] = counts.get(kind, 0) + 1
        if not killed:
            return counts
        at += step


def kill_at_random(course: Course, times: int, seed: int) -> dict[str, int]:
    """Kill a run at so many random moments."""
    old, new = course.expected()
    lasting = max(_lasting(course) for _ in range(3))
    counts: dict[str, int] = {}
    for moment in _moments(lasting, times, seed):
        course.prepare()
        child = _child(course, None)
        time.sleep(moment)
        os.kill(child, signal.SIGKILL)
        _ended(child)
        kind = _found(course, old, new)
        counts[kind] = counts.get(kind, 0) + 1
    return counts


def _moments(lasting: float, times: int, seed: int) -> Iterator[float]:
    chance = random.Random(seed)
    return (chance.uniform(0, 1.2 * lasting) for _ in range(times))


def _lasting(course: Course) -> float:
    """How long a run takes, in seconds."""
    course.prepare()
    start = time.monotonic()
    _ended(_child(course, None))
    return time.monotonic() - start
