"""What became of one module."""

from __future__ import annotations

import signal
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .errors import (
    EnzymeCrash,
    EnzymeError,
    EnzymeOutOfMemory,
    EnzymeRefusal,
    EnzymeTimeout,
)

__all__ = ["Verdict", "read_verdict"]

MEMORY_WORDS = (
    "out of memory",
    "std::bad_alloc",
    "pthread_create failed",
    "cannot allocate memory",
)
"""What is printed by a process that dies for want of memory."""

NEARLY = 0.8
"""The part of the allowed memory from which on a death is put down to the want of it."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What Enzyme made of one module: a text, or none and how it failed."""

    text: str | None
    """The resulting module, None where there is none."""
    error: str = ""
    """What Enzyme raised."""
    stderr: str = ""
    """What Enzyme printed, which may be warnings where there is a result."""
    signal: int | None = None
    """The number of the signal that ended the process, if one did."""
    code: int = 0
    """The exit code of the process, if no signal ended it."""
    timed_out: bool = False
    """Whether it was ended for taking longer than `timeout`."""
    out_of_memory: bool = False
    """Whether it wanted more than `memory`, as far as can be told: not all who die of that say so."""
    timeout: float = 0.0
    """Seconds that it had."""
    memory: int | None = None
    """Bytes that it could allocate."""
    seconds: float = 0.0
    """Seconds that it took."""
    peak: int = 0
    """The most bytes that its process had in memory at once."""

    def __repr__(self) -> str:
        if self.text is None:
            first = next(iter(self.message.splitlines()), "")
            what = f"{self._kind_name}: {first}" if first else self._kind_name
        else:
            what = f"a module of {len(self.text.splitlines())} lines"
        return f"<Verdict {what}, {self.seconds:.3g} s, {self.peak / 2**20:.0f} MiB>"

    def _repr_html_(self) -> str:
        from .._runtime.highlighting import as_block  # loaded with the first notebook

        return as_block(self.message if self.text is None else self.text)

    @property
    def _kind_name(self) -> str:
        return "" if self.kind is None else self.kind.__name__

    @property
    def signal_name(self) -> str:
        """`SIGSEGV` and the like; empty where no signal ended the process."""
        return "" if self.signal is None else signal.Signals(self.signal).name

    @property
    def kind(self) -> type[EnzymeError] | None:
        """The exception that stands for this outcome; None where there is a result."""
        if self.text is not None:
            return None
        if self.timed_out:
            return EnzymeTimeout
        if self.out_of_memory:
            return EnzymeOutOfMemory
        if self.signal is not None or self.code:
            return EnzymeCrash
        return EnzymeRefusal

    @property
    def message(self) -> str:
        """What happened, in words, with what Enzyme printed; empty where there is a result."""
        if self.text is not None:
            return ""
        if self.timed_out:
            head = f"Enzyme did not end within {self.timeout:g} seconds"
        elif self.out_of_memory:
            allowed = (
                "" if self.memory is None else f" than {self.memory / 2**20:.0f} MiB"
            )
            head = f"Enzyme wanted more memory{allowed or ' than there is'}"
        elif self.signal is not None:
            head = f"Enzyme died of {self.signal_name}"
        elif self.code:
            head = f"Enzyme ended with code {self.code}"
        else:
            return f"{self.stderr}\n{self.error}".strip()
        return f"{head}: {self.stderr}" if self.stderr else head


def read_verdict(
    answer: Mapping[str, Any], timeout: float, memory: int | None
) -> Verdict:
    """The verdict in an answer of the worker process."""
    died = answer["signal"] is not None and not answer["timed_out"]
    said = any(word in answer["stderr"] for word in MEMORY_WORDS)
    full = memory is not None and answer["peak"] >= NEARLY * memory
    starved = died and (said or full)
    return Verdict(
        text=answer["text"],
        error=answer["error"],
        stderr=answer["stderr"],
        signal=answer["signal"],
        code=answer["code"],
        timed_out=answer["timed_out"],
        out_of_memory=answer["out_of_memory"] or starved,
        timeout=timeout,
        memory=memory,
        seconds=answer["seconds"],
        peak=answer["peak"],
    )
