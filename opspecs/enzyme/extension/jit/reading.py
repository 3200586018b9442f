"""A module as it is given: what its functions take, and what in it cannot be compiled."""

from __future__ import annotations

import re
from typing import Any

from .._runtime.host import HOST, ir
from ..lowering.errors import EnzymeError
from ..lowering.parsing import read_text
from .errors import JitError
from .expansion import expand_operation
from .kinds import Kind, read_kind
from .walking import place_of, symbol_of, walk

__all__ = ["find_entry", "read_module", "read_signature", "settle_operations"]

_IR: Any = ir

PRODUCT = re.compile(
    r"linalg\.(batch_(?:reduce_)?matmul)\b.*?\bins\(([^)]*)\)", re.DOTALL
)
ARRAY = re.compile(
    r"(?:memref|tensor)<(?:(?:[?\d]+x)*(?:[su]?i\d+|b?f\d\w*|tf32|complex<))?"
)
"""The start of an array's type, with its element's if that is a number."""

FAST, FINITE = "fastmath<fast>", "fastmath<reassoc,nsz,arcp,contract,afn>"
"""The flags of Enzyme's operations, and those of them that hold for numbers that are infinite or none.

Under `fast` LLVM may take it that there are no such numbers, and then the derivative of `x * log(x)` at 0 is not what
its operations give. Without that it is as quick.
"""

WIDE = re.compile(r"(?:\b|x)[su]?(i\d{7,})\b")
ENGINES = "_mlir_"
"""How the names of functions start that MLIR's engine makes."""

WIDEST = 1 << 23
"""Bits of the widest integer that LLVM knows."""


def read_module(text: str) -> Any:
    """A module of the current context.

    Raises:
        JitError: It cannot be read, or MLIR would end the process over it.
    """
    for product in PRODUCT.finditer(text):
        if any(
            array.endswith("<") and "complex" not in array
            for array in ARRAY.findall(product[2])
        ):
            raise JitError(
                f"linalg.{product[1]} takes arrays of numbers only, not ({product[2].partition(':')[2].strip()})"
            )
    for width in WIDE.finditer(text):
        if int(width[1][1:]) > WIDEST:
            raise JitError(f"LLVM has no integer as wide as {width[1]}")
    try:
        return read_text(text.replace(FAST, FINITE), _IR.Context.current)
    except EnzymeError as error:
        raise JitError(f"the module cannot be read: {error}") from None


def settle_operations(
    module: Any, context: Any, is_threaded: bool = False
) -> list[Any]:
    """Expand what Enzyme leaves behind, and refuse operations that MLIR cannot lower because it does not know them.

    Args:
        module: The module, which is changed in place.
        context: Its context.
        is_threaded: Whether loops may become parallel.

    Returns:
        The operations that are in it now.
    """
    operations = list(walk(module.operation))
    has_changed = False
    for operation in operations:
        name = operation.name
        if name == "func.func" and symbol_of(operation).startswith(ENGINES):
            raise JitError(
                f"@{symbol_of(operation)} has a name that MLIR's engine gives to functions of its own"
            )
        if expand_operation(operation, is_threaded):
            has_changed = True
            continue
        if name.startswith("enzyme."):
            raise JitError(_left_over(name, place_of(operation)))
        if not context.is_registered_operation(name):
            raise JitError(
                f"{name}{place_of(operation)} belongs to a dialect that {HOST} does not have, so it cannot be compiled"
            )
    return list(walk(module.operation)) if has_changed else operations


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


def find_entry(module: Any, entry: str) -> Any:
    """A function by its name.

    Raises:
        JitError: There is none, or it has no body.
    """
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
    function = find_entry(module, entry)
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
