"""What can go wrong with Enzyme, as exceptions with data."""

from __future__ import annotations

import signal
from dataclasses import dataclass
from typing import Any

__all__ = [
    "EnzymeCrash",
    "EnzymeError",
    "EnzymeOutOfMemory",
    "EnzymeRefusal",
    "EnzymeTimeout",
    "EnzymeUnavailable",
    "FailingOperation",
    "IncompleteExpansion",
    "UnreadableResult",
]


@dataclass(frozen=True, slots=True)
class FailingOperation:
    """An operation that Enzyme most likely fell on.

    Example: `FailingOperation(name="enzyme.fwddiff", index=0, function="derivative", text='%0 = ...')`.
    """

    name: str
    """The operation's name."""
    index: int
    """Which one: operations of the dialect are counted from 0 in the order of the module's text."""
    function: str
    """The symbol of the function around it, empty where there is none."""
    text: str
    """The operation as text."""
    location: str = ""
    """Where the caller has it, as MLIR writes locations; empty where that is not known."""

    def __str__(self) -> str:
        inside = f" in @{self.function}" if self.function else ""
        at = f" at {self.location}" if self.location else ""
        return f"{self.name}{inside}{at}: {self.text}"


class EnzymeError(RuntimeError):
    """Enzyme gave no result for a module; the subclass says how, the fields say what is known."""

    def __init__(
        self,
        message: str,
        *,
        stderr: str = "",
        signal_number: int | None = None,
        operations: tuple[FailingOperation, ...] = (),
        stage: str | None = None,
        fault: FailingOperation | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        """What happened, without the place."""
        self.stderr = stderr
        """Everything that Enzyme printed."""
        self.signal = None if signal_number is None else signal.Signals(signal_number)
        """The signal that ended Enzyme's process, if one did."""
        self.operations = operations
        """The operations that it takes for this to happen, the likeliest last; empty where it was not found out."""
        self.stage = stage
        """The pass of the pipeline in which it happens, where it was found out."""
        self.fault = fault
        """The operation of the differentiated function that Enzyme could not do, where it was found out."""

    def __reduce__(self) -> tuple[Any, ...]:
        """Errors come whole out of other processes, whatever their constructors take."""
        return _again, (type(self), self.args, self.__dict__)

    @property
    def operation(self) -> FailingOperation | None:
        """The operation that Enzyme most likely fell on."""
        return self.operations[-1] if self.operations else None

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {'; '.join(str(self).splitlines())}>"

    def __str__(self) -> str:
        lines = [self.message]
        if self.fault is not None:
            lines.append(f"because of {self.fault}")
        if self.operation is not None:
            lines.append(f"most likely on {self.operation}")
        if self.stage is not None:
            lines.append(f"in the pass {self.stage}")
        return "\n".join(lines)


def _again(
    kind: type[EnzymeError], args: tuple[object, ...], fields: dict[str, object]
) -> EnzymeError:
    """An error that was pickled."""
    made = kind.__new__(kind, *args)
    made.__dict__.update(fields)
    return made


class EnzymeUnavailable(EnzymeError):
    """Enzyme is not installed, or cannot be loaded."""


class EnzymeRefusal(EnzymeError):
    """Enzyme did not take the module or the pipeline, and said why."""


class EnzymeCrash(EnzymeError):
    """Enzyme's process died on the module: a segmentation fault, an abort."""


class EnzymeTimeout(EnzymeError):
    """Enzyme did not end in time, and was ended."""


class EnzymeOutOfMemory(EnzymeError):
    """Enzyme wanted more memory than it was allowed."""


class IncompleteExpansion(EnzymeError):
    """Enzyme left operations of its dialect behind that nothing can be made of."""


class UnreadableResult(EnzymeError):
    """The host cannot read the module that Enzyme made, for want of a dialect, say."""

    def __init__(self, message: str, text: str) -> None:
        super().__init__(message)
        self.text = text
        """The module that Enzyme made."""
