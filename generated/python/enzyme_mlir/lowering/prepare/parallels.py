"""Parallel loops as loops one after the other, their reductions as carried values.

Enzyme's reverse mode leaves atomic additions behind that nothing lowers, and it has no derivative of a reduction.
"""

from __future__ import annotations

from typing import Any

from ..._runtime.host import ir
from .building import add_operation, body_of, last_of, walk
from .copying import copy_operations

__all__ = ["run_in_order"]

_IR: Any = ir


def run_in_order(function: Any) -> None:
    """Rewrite every `scf.parallel` of a function as nested `scf.for`; inner ones first."""
    loops = [each for each in walk(function) if each.name == "scf.parallel"]
    for loop in reversed(loops):
        with loop.location, _IR.InsertionPoint(loop):
            results = _nest(loop, 0, [], _starts(loop))
        for old, new in zip(loop.results, results, strict=True):
            old.replace_all_uses_with(new)
        loop.erase()


def _rank(loop: Any) -> int:
    return len(body_of(loop).arguments)


def _starts(loop: Any) -> list[Any]:
    return list(loop.operands)[3 * _rank(loop) :]


def _nest(loop: Any, depth: int, variables: list[Any], carried: list[Any]) -> list[Any]:
    """The loops from a depth on, at the current insertion point; what they carry in the end."""
    rank = _rank(loop)
    if depth == rank:
        return _run_once(loop, variables, carried)
    bounds = [loop.operands[depth + part * rank] for part in range(3)]
    kinds = [each.type for each in carried]
    inner = add_operation("scf.for", [*bounds, *carried], kinds, regions=1)
    block = _IR.Block.create_at_start(
        inner.regions[0],
        [bounds[0].type, *kinds],
        [loop.location] * (1 + len(kinds)),
    )
    variable, *arguments = block.arguments
    with _IR.InsertionPoint(block):
        yielded = _nest(loop, depth + 1, [*variables, variable], arguments)
        add_operation("scf.yield", yielded)
    return list(inner.results)


def _run_once(loop: Any, variables: list[Any], carried: list[Any]) -> list[Any]:
    """What the loop does for one element, and what becomes of what it carries."""
    body = body_of(loop)
    values = dict(zip(body.arguments, variables, strict=True))
    copy_operations(list(body.operations)[:-1], values)
    reduce = last_of(body)
    results: list[Any] = []
    for position, start in enumerate(carried):
        given = reduce.operands[position]
        block = body_of(reduce, position)
        inner = {
            **values,
            block.arguments[0]: start,
            block.arguments[1]: values.get(given, given),
        }
        copy_operations(list(block.operations)[:-1], inner)
        (end,) = last_of(block).operands
        results.append(inner.get(end, end))
    return results
