"""From a module to machine code that can be called."""

from __future__ import annotations

import ctypes
import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .._runtime.host import HOST
from .calls import Calls
from .errors import JitError
from .kinds import Kind
from .lowered import Lowered, check_lowered, lower_text
from .passes import collect_errors
from .workspace import C_NAMES, register_allocator

__all__ = ["Argument", "Program", "compile_text"]

Argument = tuple[tuple[Any, ...], Any]
"""An argument that has been checked: what is written for it, and the array that it is, or None."""


@dataclass(frozen=True, slots=True)
class Program:
    """A compiled function, with what is needed to call it."""

    entry: str
    """The function's name."""
    parameters: tuple[Kind, ...]
    """What it takes."""
    results: tuple[Kind, ...]
    """What it returns."""
    run: Callable[[Sequence[Argument]], list[Any]]
    """Runs it on arguments that have been checked, and gives back the results."""
    owner: Any
    """Owns the compiled code."""
    quick: Callable[[tuple[Any, ...]], Any] | None = None
    """Calls it with plain arguments, which it checks itself, and gives what the call returns, or `MISS`."""
    has_state: bool = False
    """Whether it keeps something between calls."""


def find_runtime(host: Any) -> list[str]:
    """MLIR's own runtime library, which copies of strided memory call."""
    folder = Path(next(iter(host.__path__)))
    return [
        str(path) for path in sorted(folder.glob("lib/libmlir_c_runner_utils.so*"))[:1]
    ]


def _check_symbols(declared: frozenset[str], libraries: Sequence[ctypes.CDLL]) -> None:
    """Refuse what no library has: the engine would end the process over it."""
    here = [ctypes.CDLL(None), *libraries]
    for name in sorted(declared):
        if not any(hasattr(library, name) for library in here):
            raise JitError(
                f"@{name} is declared, but no library that is loaded has it; name one with libraries=[...]"
            )


def compile_text(
    text: str,
    entry: str,
    *,
    libraries: Sequence[str],
    passes: str | None,
    is_checked: bool,
    opt_level: int,
) -> Program:
    """Compile a function of a module, which is read into a context of its own.

    Raises:
        JitError: It cannot be compiled.
    """
    try:
        host: Any = importlib.import_module(HOST.partition(".")[0])
        engine_class: Any = importlib.import_module(
            f"{HOST}.execution_engine"
        ).ExecutionEngine
    except ImportError:
        raise JitError(
            f"machine code is made by the host mlir; {HOST}, which is in use, has no engine for it"
        ) from None
    lowered = lower_text(text, entry, passes=passes, is_checked=is_checked)
    runtime = [*find_runtime(host), *libraries]
    _check_symbols(lowered.declared, [ctypes.CDLL(library) for library in runtime])
    engine = _make_engine(engine_class, lowered, opt_level, runtime)
    allocator = None
    if not lowered.declared.isdisjoint(C_NAMES):
        allocator = register_allocator(engine)
    address = engine.raw_lookup(f"_mlir_ciface_{entry}")
    if not address:
        raise JitError(f"@{entry} could not be linked")
    calls = Calls(address, entry, lowered.parameters, lowered.results, allocator)
    return Program(
        entry=entry,
        parameters=lowered.parameters,
        results=lowered.results,
        run=calls.run,
        owner=engine,
        quick=calls.quick,
        has_state=lowered.has_state,
    )


def _make_engine(
    engine_class: Any, lowered: Lowered, opt_level: int, libraries: Sequence[str]
) -> Any:
    """The engine with the module's machine code."""
    with collect_errors(lowered.module.context) as errors:
        try:
            return engine_class(
                lowered.module, opt_level=opt_level, shared_libs=libraries
            )
        except Exception as error:
            check_lowered(lowered.module)
            raise JitError(
                "LLVM does not take the module: " + ("\n".join(errors) or str(error))
            ) from None
