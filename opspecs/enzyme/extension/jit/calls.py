"""Calls of machine code."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Sequence
from typing import Any

from .errors import JitError
from .kinds import Kind
from .layout import Frame, make_layout
from .quick import Entering, make_quick
from .results import make_reader
from .workspace import MISUSED, MORE, Allocator, Workspace

__all__ = ["Calls"]


class Calls:
    """Calls of one compiled function, several of them at a time if need be.

    Each has memory for its arguments and results, and a workspace if the function allocates; they are used again.
    """

    __slots__ = (
        "_allocator",
        "_call",
        "_frames",
        "_function",
        "_layout",
        "_name",
        "_read",
        "_workspaces",
        "quick",
    )

    def __init__(
        self,
        function: int,
        name: str,
        parameters: Sequence[Kind],
        results: Sequence[Kind],
        allocator: Allocator | None,
    ) -> None:
        """For machine code that is called by the convention of MLIR's engine.

        Args:
            function: Its address.
            name: The function's name, for errors.
            parameters: What it takes.
            results: What it returns.
            allocator: Where it gets memory from; None if it asks for none.
        """
        self._function = function
        self._call = ctypes.CFUNCTYPE(None, ctypes.c_void_p)(function)
        self._name = name
        self._layout = make_layout(parameters, results)
        self._read = make_reader(results)
        self._allocator = allocator
        self._frames: list[Frame] = []
        self._workspaces: list[Workspace] = []
        self.quick: Callable[[tuple[Any, ...]], Any] | None = None
        """Calls the function with plain arguments, which it checks itself; None where there is no quick way."""
        entering = None
        if allocator is not None:
            entering = Entering(allocator.enter, function, self._settle)
        self.quick = make_quick(self._call, self._layout, parameters, results, entering)

    def run(self, passed: Sequence[tuple[tuple[Any, ...], Any]]) -> list[Any]:
        """Call the function with arguments that have been checked.

        Raises:
            JitError: It frees memory that is not its own.
        """
        try:
            frame = self._frames.pop()
        except IndexError:
            frame = Frame(self._layout)
        layout = self._layout
        values: list[Any] = []
        owned: list[int] = []
        for given, array in passed:
            values += given
            if array is not None:
                owned.append(given[0])
        layout.arguments.pack_into(
            frame.memory, frame.base + layout.arguments_at, *values, *owned
        )
        if self._allocator is None:
            self._call(frame.address)
            results = self._results(frame, owned)
        else:
            results = self._run_with_workspace(self._allocator, frame, owned)
        self._frames.append(frame)
        return results

    def _results(self, frame: Frame, owned: list[int]) -> list[Any]:
        layout = self._layout
        values = layout.results.unpack_from(
            frame.memory, frame.base + layout.results_at
        )
        return self._read(values, owned)

    def _run_with_workspace(
        self, allocator: Allocator, frame: Frame, owned: list[int]
    ) -> list[Any]:
        """Call the function, and read its results before its memory is taken back."""
        try:
            workspace = self._workspaces.pop()
        except IndexError:
            workspace = Workspace()
        found = allocator.enter(
            workspace.address, self._function, frame.address, frame.owned, len(owned)
        )
        try:
            if found & MISUSED:
                raise self._misuse()
            return self._results(frame, owned)
        finally:
            if found & MORE:
                allocator.reset(workspace.address)
            self._workspaces.append(workspace)

    def _settle(self, found: int, workspace: Workspace) -> None:
        """Take back what a quick call has left; raises `JitError` where it freed what is not its own."""
        if found & MORE and self._allocator is not None:
            self._allocator.reset(workspace.address)
        if found & MISUSED:
            raise self._misuse()

    def _misuse(self) -> JitError:
        return JitError(
            f"@{self._name} frees memory that is not its own, or that it has freed before: "
            f"an argument, a constant, memory of memref.alloca"
        )
