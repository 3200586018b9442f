"""What loops and branches yield, as values of their own.

In reverse mode Enzyme clears the derivative of each value that a region yields, as if it were the region's own. A value
from outside loses what it has gathered by then, and so does one that is yielded twice. A product with one is the same
value, and folded away again behind.
"""

from __future__ import annotations

from typing import Any

from ..._runtime.host import ir
from .building import add_operation, float_constant, last_of, operation_of, walk

__all__ = ["own_yields"]

_IR: Any = ir
REGIONS = frozenset({"scf.for", "scf.if"})


def own_yields(function: Any) -> None:
    """Let every region of a function yield values that it has made, each once."""
    for operation in list(walk(function)):
        if operation.name in REGIONS:
            for region in operation.regions:
                for block in region.blocks:
                    _own(block)


def _own(block: Any) -> None:
    end = last_of(block)
    seen: set[Any] = set()
    for position, value in enumerate(end.operands):
        if not isinstance(value.type, _IR.FloatType):
            continue
        if value in seen or not _is_inside(value, block):
            with end.location, _IR.InsertionPoint(end):
                one = float_constant(value.type, 1.0)
                made = add_operation("arith.mulf", [value, one], [value.type])
            end.operands[position] = made.results[0]
        seen.add(value)


def _is_inside(value: Any, block: Any) -> bool:
    operation = operation_of(value)
    return bool((value.owner if operation is None else operation.block) == block)
