"""From a module's text to the `llvm` dialect, each step checked before it is taken."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

from .._runtime.host import ir, new_context
from .errors import JitError
from .expansions import EXPANDED, expand_operations
from .kinds import Kind
from .narrow import has_narrow_memory, widen_narrow_memory
from .passes import CHECK, TO_LLVM, TO_LOOPS, run_passes
from .reading import find_entry, read_module, read_signature, settle_operations
from .scratch import hoist_scratch
from .tensors import bufferize, has_tensors
from .walking import place_of, symbol_of, walk

__all__ = ["Lowered", "check_lowered", "lower_text"]

_IR: Any = ir
CAST = "builtin.unrealized_conversion_cast"


@dataclass(frozen=True, slots=True)
class Lowered:
    """A module in the `llvm` dialect: all that machine code is made of."""

    module: Any
    """The module; what has no way to the `llvm` dialect is still in it, and `check_lowered` names it."""
    entry: str
    """The function that is called."""
    parameters: tuple[Kind, ...]
    """What it takes."""
    results: tuple[Kind, ...]
    """What it returns."""
    declared: frozenset[str]
    """Functions and memory that a library has to have."""
    has_state: bool
    """Whether there is memory that lasts between calls, and that calls may write to."""


def lower_text(
    text: str, entry: str, *, passes: str | None, is_checked: bool
) -> Lowered:
    """Read a module into a context of its own, and lower it.

    Args:
        text: The module.
        entry: The function that is called from Python.
        passes: MLIR's passes to the `llvm` dialect in place of `passes.TO_LLVM`.
        is_checked: Whether indices are to be compared with sizes at run time.

    Raises:
        JitError: It cannot be lowered.
    """
    context = new_context()
    with context, ir.Location.unknown():
        module = read_module(text)
        is_threaded = passes is not None
        operations = settle_operations(module, context, is_threaded)
        parameters, results = read_signature(module, entry)
        function = find_entry(module, entry)
        function.attributes["llvm.emit_c_interface"] = ir.UnitAttr.get()
        function.attributes["sym_visibility"] = ir.StringAttr.get("public")
        if is_checked:
            run_passes(module, CHECK, "adding checks")
        if has_tensors(operations):
            bufferize(module, function, parameters)
        if any(name in text for name in EXPANDED):
            expand_operations(list(walk(module.operation)), is_threaded)
        if "memref.alloca" in text and not is_threaded:
            hoist_scratch(list(walk(module.operation)))
        if has_narrow_memory(str(module)):
            run_passes(module, TO_LOOPS, "lowering to loops")
            widen_narrow_memory(module)
        run_passes(module, passes or TO_LLVM, "lowering to LLVM")
        _rename_functions(module)
        return Lowered(
            module=module,
            entry=entry,
            parameters=parameters,
            results=results,
            declared=_declared(module),
            has_state=_has_state(module),
        )


def _rename_functions(module: Any) -> None:
    """Give functions other names that are called like one of the C library, which compiled code may call as well."""
    table: Any = _IR.SymbolTable
    library = ctypes.CDLL(None)
    for operation in module.body.operations:
        if operation.operation.name != "llvm.func" or not operation.regions[0].blocks:
            continue
        name = symbol_of(operation.operation)
        if name != "main" and hasattr(library, name):
            other = f"{name}.compiled"
            table.replace_all_symbol_uses(name, other, module.operation)
            table.set_symbol_name(operation, other)


def _has_state(module: Any) -> bool:
    """Whether a module has variables of its own: all global memory but constants and what is only declared."""
    return any(
        operation.operation.name == "llvm.mlir.global"
        and "constant" not in operation.attributes
        and ("value" in operation.attributes or bool(operation.regions[0].blocks))
        for operation in module.body.operations
    )


def _declared(module: Any) -> frozenset[str]:
    """What is only declared, but for what LLVM itself has."""
    return frozenset(
        symbol_of(operation.operation)
        for operation in module.body.operations
        if operation.operation.name in ("llvm.func", "llvm.mlir.global")
        and not operation.regions[0].blocks
        and "value" not in operation.attributes
        and not symbol_of(operation.operation).startswith("llvm.")
    )


def check_lowered(module: Any) -> None:
    """Name what is not of the `llvm` dialect; casts are left only around it.

    Raises:
        JitError: There is such an operation.
    """
    left = [
        operation
        for operation in walk(module.operation)
        if not operation.name.startswith("llvm.")
    ]
    for operation in sorted(left, key=lambda each: each.name == CAST):
        raise JitError(
            f"{operation.name}{place_of(operation)} is left after lowering; it has no way to machine code"
        )
