"""Compiled functions of a module, called from Python with numbers and NumPy arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from .._runtime.host import ir
from .arguments import pass_argument
from .compiler import Compiled, compile_text
from .errors import JitError
from .kinds import Buffer, Kind, Scalar
from .results import layout_of, read_results

__all__ = ["Buffer", "Function", "JitError", "Kind", "Scalar", "compile"]


class Function:
    """A compiled function of a module."""

    def __init__(self, compiled: Compiled) -> None:
        self._compiled = compiled
        self._layout = layout_of(compiled.results)
        self._by_pointer = len(compiled.results) > 1 or any(
            isinstance(kind, Buffer) or kind.dtype.kind == "c"
            for kind in compiled.results
        )

    @property
    def name(self) -> str:
        """The function's name."""
        return self._compiled.entry

    @property
    def parameters(self) -> tuple[Kind, ...]:
        """What it takes."""
        return self._compiled.parameters

    @property
    def results(self) -> tuple[Kind, ...]:
        """What it returns."""
        return self._compiled.results

    def __repr__(self) -> str:
        takes = ", ".join(map(str, self.parameters))
        gives = ", ".join(map(str, self.results))
        return f"<compiled function {self.name}({takes}) -> ({gives})>"

    def __call__(self, *arguments: object) -> Any:
        """Run the function.

        Args:
            arguments: For a number an int, float, complex or bool; for a memref a NumPy array, which compiled code
                reads and writes in place; for a tensor an array, which stays as it is, or nested lists.

        Returns:
            The result; several as a tuple, none as None. Arrays are new ones.

        Raises:
            TypeError: An argument too many or too few, of a wrong type or with wrong elements.
            ValueError: An argument out of range, of a wrong shape or layout.
        """
        kinds = self.parameters
        if len(arguments) != len(kinds):
            raise TypeError(
                f"@{self.name} takes {len(kinds)} arguments ({', '.join(map(str, kinds))}), got {len(arguments)}"
            )
        passed = [
            pass_argument(kind, value, f"@{self.name}: argument {position}")
            for position, (kind, value) in enumerate(zip(kinds, arguments, strict=True))
        ]
        stored = np.zeros((), self._layout)
        addresses = [one.address for one in passed]
        pointer = np.array(stored.ctypes.data, np.uintp)
        if self._by_pointer:
            addresses.insert(0, pointer.ctypes.data)
        elif self.results:
            addresses.append(stored.ctypes.data)
        packed = np.array([*addresses, 0], np.uintp)
        self._compiled.call(packed.ctypes.data)
        owned = {one.array.ctypes.data for one in passed if one.array is not None}
        values = read_results(self.results, stored, owned)
        if not values:
            return None
        return values[0] if len(values) == 1 else tuple(values)


def compile(
    module: ir.Module | str,
    entry: str = "main",
    *,
    libraries: Sequence[str] = (),
    passes: str | None = None,
    checked: bool = False,
    opt_level: int = 2,
) -> Function:
    """Compile a function of a module to machine code.

    Args:
        module: A module of the host `mlir` without operations of Enzyme, or its text; it stays as it is.
        entry: The function.
        libraries: Paths of shared libraries with functions that the module only declares.
        passes: MLIR's passes to the `llvm` dialect in place of `passes.TO_LLVM`.
        checked: Compare indices with sizes at run time; a wrong one ends the process.
        opt_level: LLVM's optimisation level, 0 to 3.

    Raises:
        JitError: The module cannot be compiled: the message names the operation, the type or the symbol.
    """
    text = module if isinstance(module, str) else str(module)
    return Function(
        compile_text(
            text,
            entry,
            libraries=libraries,
            passes=passes,
            is_checked=checked,
            opt_level=opt_level,
        )
    )
