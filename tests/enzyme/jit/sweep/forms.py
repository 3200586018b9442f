"""One structured operation on memory and on tensors."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from .program import Program, shaped

__all__ = ["both"]

BOTH = ("f64", "bf16", "i1", "i8", "complex<f32>")
"""Element types with which operations are tried on tensors as well as on memory."""


def both(
    name: str,
    type_: str,
    operands: Sequence[tuple[str, Any]],
    out: tuple[str, np.ndarray[Any, Any]],
    wanted: Any,
    detail: str = "",
    tolerance: float = 4.0,
    tail: str = "",
) -> Iterator[Program]:
    """An operation on memory, and on tensors."""
    element, start = out
    for kind in ("memref", "tensor") if type_ in BOTH else ("memref",):
        types = [
            shaped(kind, np.shape(value), each) if isinstance(value, np.ndarray) else each for each, value in operands
        ]
        result = shaped(kind, start.shape, element)
        parameters = ", ".join(f"%{position}: {each}" for position, each in enumerate([*types, result]))
        names = ", ".join(f"%{position}" for position in range(len(types)))
        ins = f"ins({names} : {', '.join(types)}) " if types else ""
        does = f"linalg.{name} {detail}{ins}outs(%{len(types)} : {result}){tail}"
        given = tuple(value for _, value in operands)
        what = f"linalg.{name} on {kind}s,"
        if kind == "memref":
            text = f"func.func @main({parameters}) {{ {does} return }}"
            yield Program(what, type_, text, (*given, start), (), ((len(types), wanted),), tolerance)
        else:
            arrow = "" if tail else f" -> {result}"
            text = f"func.func @main({parameters}) -> {result} {{ %r = {does}{arrow} return %r : {result} }}"
            yield Program(what, type_, text, (*given, start), (wanted,), (), tolerance)
