# The stubs of the host and of NumPy leave some type arguments open.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

"""From a module to an engine with machine code, each step checked before it is taken."""

from __future__ import annotations

import ctypes
import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from .._runtime.host import HOST, ir, new_context
from ..lowering.generic import to_generic
from .arguments import Passed
from .errors import JitError
from .expansions import expand_operations
from .kinds import Buffer, Kind, read_kind
from .leftovers import expand_leftovers
from .narrow import has_narrow_memory, widen_narrow_memory
from .passes import CHECK, TO_LLVM, TO_LOOPS, run_passes
from .results import layout_of, read_results
from .tensors import bufferize, has_tensors
from .walking import place_of, symbol_of, walk

__all__ = ["Program", "compile_text", "read_signature", "settle_operations"]

_IR: Any = ir
MLIRError: type[Exception] = _IR.MLIRError


@dataclass(frozen=True, slots=True)
class Program:
    """A compiled function, with what is needed to call it."""

    entry: str
    """The function's name."""
    parameters: tuple[Kind, ...]
    """What it takes."""
    results: tuple[Kind, ...]
    """What it returns."""
    run: Callable[[Sequence[Passed]], list[Any]]
    """Runs it on arguments that have been checked, and gives back the results."""
    owner: Any
    """Owns the compiled code."""


def settle_operations(module: Any, context: Any, is_threaded: bool = False) -> None:
    """Expand what Enzyme leaves behind, and refuse operations that MLIR cannot lower because it does not know them.

    Args:
        module: The module, which is changed in place.
        context: Its context.
        is_threaded: Whether loops may become parallel.
    """
    for operation in list(walk(module.operation)):
        name = operation.name
        if expand_leftovers(operation, is_threaded):
            continue
        if name.startswith("enzyme."):
            raise JitError(_left_over(name, place_of(operation)))
        if not context.is_registered_operation(name):
            raise JitError(
                f"{name}{place_of(operation)} belongs to a dialect that {HOST} does not have, so it cannot be compiled"
            )


DERIVATIVES = frozenset(
    f"enzyme.{name}"
    for name in (
        "autodiff",
        "autodiff_region",
        "batch",
        "fwddiff",
        "fwddiff_region",
        "jacobian",
    )
)
"""What asks for a derivative or a batch: it is left only where Enzyme has not run, or not with the right passes."""


def _left_over(name: str, place: str) -> str:
    """What is wrong with an operation of Enzyme's dialect in a module to be compiled."""
    if name in DERIVATIVES:
        return f"{name} is left{place}; expand it first, with enzyme_mlir.lowering.run(module)"
    return f"{name} is left{place}; only modules without Enzyme's operations can be compiled"


def _find_entry(module: Any, entry: str) -> Any:
    functions = {
        symbol_of(operation): operation
        for operation in module.body.operations
        if operation.operation.name == "func.func"
    }
    if entry not in functions:
        known = ", ".join(f"@{name}" for name in functions) or "none"
        raise JitError(
            f"there is no function @{entry}; the module's functions are: {known}"
        )
    function = functions[entry]
    if not function.regions[0].blocks:
        raise JitError(f"@{entry} is only declared, there is nothing to compile")
    return function


def read_signature(
    module: Any, entry: str
) -> tuple[tuple[Kind, ...], tuple[Kind, ...]]:
    """What a function takes and what it returns.

    Raises:
        JitError: There is no such function, or a type cannot go between Python and compiled code.
    """
    function = _find_entry(module, entry)
    type_: Any = ir.TypeAttr(function.attributes["function_type"]).value
    parameters = tuple(
        read_kind(input_, f"argument {position} of @{entry}")
        for position, input_ in enumerate(type_.inputs)
    )
    results = tuple(
        read_kind(result, f"result {position} of @{entry}")
        for position, result in enumerate(type_.results)
    )
    return parameters, results


def _check_symbols(module: Any, libraries: Sequence[ctypes.CDLL]) -> None:
    """Refuse calls of functions that no library has: the engine would end the process over them."""
    here = [ctypes.CDLL(None), *libraries]
    for operation in module.body.operations:
        if operation.operation.name != "llvm.func" or operation.regions[0].blocks:
            continue
        name = symbol_of(operation.operation)
        if not name.startswith("llvm.") and not any(
            hasattr(library, name) for library in here
        ):
            raise JitError(
                f"@{name} is declared, but no library that is loaded has it; name one with libraries=[...]"
            )


def _check_lowered(module: Any) -> None:
    for operation in walk(module.operation):
        if not operation.name.startswith("llvm."):
            raise JitError(
                f"{operation.name}{place_of(operation)} is left after lowering; it has no way to machine code"
            )


def find_runtime(host: Any) -> list[str]:
    """MLIR's own runtime library, which copies of strided memory call."""
    folder = Path(next(iter(host.__path__)))
    return [
        str(path) for path in sorted(folder.glob("lib/libmlir_c_runner_utils.so*"))[:1]
    ]


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
    context = new_context()
    with context, ir.Location.unknown():
        try:
            module = ir.Module.parse(to_generic(text))
        except MLIRError as error:
            raise JitError(f"the module cannot be read: {error}") from None
        settle_operations(module, context, is_threaded=passes is not None)
        parameters, results = read_signature(module, entry)
        function = _find_entry(module, entry)
        function.attributes["llvm.emit_c_interface"] = ir.UnitAttr.get()
        function.attributes["sym_visibility"] = ir.StringAttr.get("public")
        if is_checked:
            run_passes(module, CHECK, "adding checks")
        if has_tensors(list(walk(module.operation))):
            bufferize(module, function, parameters)
        expand_operations(list(walk(module.operation)))
        if has_narrow_memory(str(module)):
            run_passes(module, TO_LOOPS, "lowering to loops")
            widen_narrow_memory(module)
        run_passes(module, passes or TO_LLVM, "lowering to LLVM")
        _check_lowered(module)
        runtime = [*find_runtime(host), *libraries]
        _check_symbols(module, [ctypes.CDLL(library) for library in runtime])
        engine = engine_class(module, opt_level=opt_level, shared_libs=runtime)
        address = engine.raw_lookup(f"_mlir_ciface_{entry}")
    if not address:
        raise JitError(f"@{entry} could not be linked")
    call = ctypes.CFUNCTYPE(None, ctypes.c_void_p)(address)
    run = partial(_call, call, results, layout_of(results))
    return Program(entry, parameters, results, run, engine)


def _call(
    call: Any,
    results: Sequence[Kind],
    layout: np.dtype[Any],
    passed: Sequence[Passed],
) -> list[Any]:
    """Call machine code by MLIR's convention: an array of pointers to the arguments, and to where the result goes.

    A single number comes last; anything else is a structure, and a pointer to it comes first.
    """
    stored = np.zeros((), layout)
    pointer = np.array(stored.ctypes.data, np.uintp)
    addresses = [one.address for one in passed]
    if len(results) > 1 or any(_is_structure(kind) for kind in results):
        addresses.insert(0, pointer.ctypes.data)
    elif results:
        addresses.append(stored.ctypes.data)
    packed = np.array([*addresses, 0], np.uintp)
    call(packed.ctypes.data)
    owned = {one.array.ctypes.data for one in passed if one.array is not None}
    return read_results(results, stored, owned)


def _is_structure(kind: Kind) -> bool:
    return isinstance(kind, Buffer) or kind.dtype.kind == "c"
