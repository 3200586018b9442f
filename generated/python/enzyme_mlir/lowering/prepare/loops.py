"""Loops that count from 0 in steps of 1.

Enzyme's reverse mode takes the loop's variable apart as if the step were 1, so that it reads and writes at wrong places
(all releases so far), and sizes its caches by the quotient rounded down.
"""

from __future__ import annotations

from typing import Any

from ..._runtime.host import ir
from .building import (
    add_operation,
    body_of,
    index_constant,
    index_value,
    walk,
)

__all__ = ["count_from_zero"]

_IR: Any = ir


def count_from_zero(function: Any) -> None:
    """Rewrite every `scf.for` of a function so that it counts an index from 0 in steps of 1."""
    for operation in list(walk(function)):
        if operation.name == "scf.for":
            _count(operation)


def _count(loop: Any) -> None:
    lower, upper, step = (loop.operands[position] for position in range(3))
    kind = lower.type
    is_index = isinstance(kind, _IR.IndexType)
    if is_index and index_value(lower) == 0 and index_value(step) == 1:
        return
    with loop.location:
        with _IR.InsertionPoint(loop):
            if not is_index:
                to_index = (
                    "arith.index_castui"
                    if "unsignedCmp" in loop.attributes
                    else "arith.index_cast"
                )
                index = _IR.IndexType.get()
                lower, upper, step = (
                    add_operation(to_index, [value], [index]).results[0]
                    for value in (lower, upper, step)
                )
                if "unsignedCmp" in loop.attributes:
                    del loop.attributes["unsignedCmp"]
            count = _count_of(lower, upper, step)
            zero, one = index_constant(0), index_constant(1)
        variable = body_of(loop).arguments[0]
        if not is_index:
            variable.set_type(_IR.IndexType.get())
        with _IR.InsertionPoint.at_block_begin(body_of(loop)):
            scaled = add_operation("arith.muli", [variable, step], [lower.type])
            there = add_operation(
                "arith.addi", [scaled.results[0], lower], [lower.type]
            )
            given = there.results[0]
            if not is_index:
                cast = add_operation("arith.index_cast", [given], [kind])
                given = cast.results[0]
            variable.replace_all_uses_except(given, [scaled])
    for position, value in enumerate((zero, count, one)):
        loop.operands[position] = value


def _count_of(lower: Any, upper: Any, step: Any) -> Any:
    """How often a loop runs: the distance of its bounds over the step, rounded up, and never below 0."""
    known = [index_value(value) for value in (lower, upper, step)]
    if known[0] is not None and known[1] is not None and known[2]:
        return index_constant(max(0, -(-(known[1] - known[0]) // known[2])))
    kind = _IR.IndexType.get()

    def make(name: str, *operands: Any) -> Any:
        return add_operation(name, operands, [kind]).results[0]

    distance = make("arith.maxsi", make("arith.subi", upper, lower), index_constant(0))
    if known[2] == 1:
        return distance
    rounding = make("arith.subi", step, index_constant(1))
    return make("arith.divui", make("arith.addi", distance, rounding), step)
