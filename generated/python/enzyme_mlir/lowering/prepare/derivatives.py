"""The derivatives that a module asks for, and which of them come first."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from ..._runtime.host import ir
from .building import functions_in, walk

__all__ = [
    "Derivative",
    "callees_of",
    "find_derivatives",
    "functions_of",
    "innermost",
    "reached_functions",
    "read_derivative",
    "symbol_in",
]

_IR: Any = ir
_MODES = {
    "enzyme.autodiff": "reverse",
    "enzyme.fwddiff": "forward",
    "enzyme.batch": "batch",
}
NAMELESS = ("affine.", "arith.", "math.", "scf.", "memref.load", "memref.store")
"""How the names of operations begin that refer to no symbols."""
_WORD = re.compile(r"enzyme_\w+")
_SYMBOL = re.compile(r'@(?:"((?:[^"\\]|\\.)*)"|([\w$.-]+))')


@dataclass(slots=True)
class Derivative:
    """One `enzyme.autodiff`, `enzyme.fwddiff` or `enzyme.batch`."""

    operation: Any
    """The operation."""
    mode: str
    """`reverse`, `forward` or `batch`."""
    callee: str
    """The name of the function."""
    activity: tuple[str, ...]
    """How each argument takes part: `enzyme_active` and so on; empty for `batch`."""
    returns: tuple[str, ...]
    """How each result takes part; empty for `batch`."""
    width: int
    """How many directions are followed at once."""

    def operands_of(self, position: int) -> tuple[int, int | None]:
        """Where the operands of an argument stand: its value, and its shadow or tangent if it has one."""
        at = 0
        for activity in self.activity[:position]:
            at += 2 if "dup" in activity else 1
        return at, at + 1 if "dup" in self.activity[position] else None

    @property
    def seeds_from(self) -> int:
        """Where the operands behind those of the arguments begin."""
        return sum(2 if "dup" in activity else 1 for activity in self.activity)


def words_of(operation: Any, name: str) -> tuple[str, ...]:
    """The activities in an attribute."""
    if name not in operation.attributes:
        return ()
    return tuple(_WORD.findall(str(operation.attributes[name])))


def functions_of(module: Any) -> dict[str, Any]:
    """The functions of a module by their names."""
    return functions_in(module.operation)


def find_derivatives(operation: Any) -> Iterator[Derivative]:
    """The derivatives of functions that an operation contains, in the order of the text."""
    for inner in walk(operation):
        if inner.name in _MODES and "fn" in inner.attributes:
            yield read_derivative(inner)


def read_derivative(operation: Any) -> Derivative:
    """What an `enzyme.autodiff`, `enzyme.fwddiff` or `enzyme.batch` asks for."""
    width = 1
    if "width" in operation.attributes:
        width = int(_IR.IntegerAttr(operation.attributes["width"]).value)
    return Derivative(
        operation=operation,
        mode=_MODES[operation.name],
        callee=symbol_in(operation.attributes["fn"]),
        activity=words_of(operation, "activity"),
        returns=words_of(operation, "ret_activity"),
        width=width,
    )


def symbol_in(attribute: Any) -> str:
    """The symbol that an attribute refers to; the outermost one of a path."""
    found = _SYMBOL.search(str(attribute))
    if found is None:
        return ""
    return found[1] if found[1] is not None else found[2]


def callees_of(function: Any) -> set[str]:
    """The symbols that the operations of a function refer to."""
    names: set[str] = set()
    for operation in walk(function):
        if operation.name.startswith(NAMELESS):
            continue
        for name in operation.attributes:
            text = _text_of(operation, name)
            if "@" in text:
                names.update(quoted or plain for quoted, plain in _SYMBOL.findall(text))
    return names


def reached_functions(functions: dict[str, Any], roots: Collection[Any]) -> list[str]:
    """The functions that are called from others, directly or not."""
    found: dict[str, None] = {}
    waiting = list(roots)
    while waiting:
        for name in sorted(callees_of(waiting.pop())):
            if name in functions and name not in found:
                found[name] = None
                waiting.append(functions[name])
    return list(found)


def _text_of(operation: Any, name: str) -> str:
    """An attribute as text; nothing for tensors of complex numbers, which hosts do not show."""
    try:
        return str(operation.attributes[name])
    except TypeError:
        return ""


def innermost(module: Any) -> tuple[list[Derivative], list[Derivative]]:
    """The derivatives of functions that contain none, nor call one that does, and the others."""
    functions = functions_of(module)
    calls = {name: callees_of(function) for name, function in functions.items()}
    derivatives = {
        name: list(find_derivatives(function)) for name, function in functions.items()
    }

    def reaches(name: str) -> bool:
        seen: set[str] = set()
        waiting = [name]
        while waiting:
            current = waiting.pop()
            if current in seen:
                continue
            seen.add(current)
            if derivatives.get(current):
                return True
            waiting += calls.get(current, ())
        return False

    first: list[Derivative] = []
    later: list[Derivative] = []
    for derivative in (each for found in derivatives.values() for each in found):
        (later if reaches(derivative.callee) else first).append(derivative)
    return first, later
