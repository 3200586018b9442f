"""Functions of a module, compiled and called from Python with numbers and NumPy arrays.

On the host `mlir` they become machine code of this process; on `jaxlib.mlir` JAX compiles StableHLO.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .._given import check_flag, check_module, check_paths, check_seconds
from .._runtime.complaints import Complaint, complaining
from .._runtime.host import HOST, ir
from .arguments import make_passer
from .compiler import Program, compile_text
from .errors import JitError
from .isolation import run_in_fork
from .kinds import Buffer, Kind, Scalar
from .known import known_program
from .quick import MISS
from .stablehlo import compile_stablehlo

__all__ = ["Buffer", "Function", "JitError", "Kind", "Scalar", "compile"]


class Function:
    """A compiled function of a module."""

    def __init__(
        self, program: Program, *, isolated: bool, timeout: float | None
    ) -> None:
        self._program = program
        self._isolated = isolated
        self._timeout = timeout
        self._quick = None if isolated else program.quick
        self._passers = tuple(
            make_passer(kind, f"@{program.entry}: argument {position}")
            for position, kind in enumerate(program.parameters)
        )

    @property
    def name(self) -> str:
        """The function's name."""
        return self._program.entry

    @property
    def parameters(self) -> tuple[Kind, ...]:
        """What it takes."""
        return self._program.parameters

    @property
    def results(self) -> tuple[Kind, ...]:
        """What it returns."""
        return self._program.results

    @property
    def _type(self) -> str:
        takes = ", ".join(map(str, self.parameters))
        gives = ", ".join(map(str, self.results))
        return f"({takes}) -> ({gives})"

    def __repr__(self) -> str:
        return f"<compiled function {self.name}{self._type}>"

    def _repr_html_(self) -> str:
        from .._runtime.highlighting import as_block  # loaded with the first notebook

        return as_block(f"compiled function @{self.name}{self._type}")

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
            JitError: Compiled code that runs isolated died or took too long.
        """
        if self._quick is not None:
            found = self._quick(arguments)
            if found is not MISS:
                return found
        passers = self._passers
        if len(arguments) != len(passers):
            takes = ", ".join(map(str, self.parameters))
            raise TypeError(
                f"@{self.name} takes {len(passers)} arguments ({takes}), got {len(arguments)}"
            )
        passed = [take(value) for take, value in zip(passers, arguments, strict=True)]
        if self._isolated:
            shared = [
                array
                for kind, (_, array) in zip(self.parameters, passed, strict=True)
                if isinstance(kind, Buffer) and not kind.is_tensor
            ]
            run = self._program.run
            values = run_in_fork(self.name, run, passed, shared, self._timeout)
        else:
            values = self._program.run(passed)
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
    isolated: bool = False,
    timeout: float | None = None,
    opt_level: int = 2,
) -> Function:
    """Compile a function of a module; one that was compiled before in this process is there at once.

    Args:
        module: A module without derivatives that are still to be expanded, or its text; it stays as it is.
        entry: The function.
        libraries: Paths of shared libraries with functions that the module only declares.
        passes: MLIR's passes to the `llvm` dialect in place of `passes.TO_LLVM`.
        checked: Compare indices with sizes at run time; a wrong one ends the process.
        isolated: Run each call in a fork of the process, some milliseconds each, so that code that does not survive
            is a `JitError`.
        timeout: Seconds that an isolated call may take.
        opt_level: LLVM's optimisation level, 0 to 3.

    Raises:
        JitError: The module cannot be compiled: the message names the operation, the type or the symbol.
        TypeError: An argument is of a wrong type.
        ValueError: A number is out of range.
    """
    check_module(module, "jit.compile")
    if not isinstance(entry, str):
        raise complaining(
            TypeError,
            "jit.compile",
            Complaint(
                "entry", f"of type {type(entry).__name__}", "the name of a function"
            ),
        )
    if timeout is not None:
        check_seconds(timeout, "jit.compile")
    if passes is not None and not isinstance(passes, str):
        raise complaining(
            TypeError,
            "jit.compile",
            Complaint(
                "passes",
                f"of type {type(passes).__name__}",
                "a pipeline in MLIR's notation",
            ),
        )
    if type(opt_level) is not int or opt_level not in (0, 1, 2, 3):
        raise complaining(
            ValueError,
            "jit.compile",
            Complaint("opt_level", f"{opt_level!r}", "0, 1, 2 or 3"),
        )
    check_paths(libraries, "jit.compile", "libraries")
    check_flag(checked, "jit.compile", "checked")
    check_flag(isolated, "jit.compile", "isolated")
    text = module if isinstance(module, str) else str(module)
    if HOST == "jaxlib.mlir":
        return Function(compile_stablehlo(text, entry), isolated=False, timeout=None)

    def make() -> Program:
        return compile_text(
            text,
            entry,
            libraries=libraries,
            passes=passes,
            is_checked=checked,
            opt_level=opt_level,
        )

    key = (text, entry, passes, checked, opt_level)
    # A library may be another one by now, though it is called the same.
    program = make() if libraries else known_program(key, make)
    return Function(program, isolated=isolated, timeout=timeout)
