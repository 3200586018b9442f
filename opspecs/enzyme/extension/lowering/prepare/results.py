"""The results of loops in an order that Enzyme's forward mode counts rightly.

It takes one result, or its derivative, for another where one that is differentiated in the loop, but not used behind
it, stands in front of others.
"""

from __future__ import annotations

from typing import Any

from ..._runtime.host import ir
from .activity import Activity, useful_values
from .building import add_operation, body_of, last_of, move_operations, walk

__all__ = ["order_of", "order_results"]

_IR: Any = ir


def order_results(function: Any, activity: Activity) -> None:
    """Put those results of each `scf.for` last that are differentiated and of no use, those that are used first."""
    useful = useful_values(function)
    orders = [
        (operation, order_of(operation, useful, activity))
        for operation in walk(function)
        if operation.name == "scf.for" and len(operation.results) > 1
    ]
    for loop, order in reversed(orders):  # inner loops first, as outer ones move them
        if order != sorted(order):
            _reorder(loop, order)


def order_of(loop: Any, useful: set[Any], activity: Activity) -> list[int]:
    """The results of a loop in the order that is counted rightly."""

    def rank(position: int) -> int:
        result = loop.results[position]
        if not activity.has(result):
            return 1
        return 0 if result in useful else 2

    return sorted(range(len(loop.results)), key=rank)


def _reorder(loop: Any, order: list[int]) -> None:
    block = body_of(loop)
    with loop.location, _IR.InsertionPoint(loop):
        ordered = add_operation(
            "scf.for",
            [*list(loop.operands)[:3], *(loop.operands[3 + each] for each in order)],
            [loop.results[each].type for each in order],
            regions=1,
        )
    arguments = list(block.arguments)
    target = _IR.Block.create_at_start(
        ordered.regions[0],
        [arguments[0].type, *(arguments[1 + each].type for each in order)],
        [loop.location] * len(arguments),
    )
    move_operations(block, target)
    arguments[0].replace_all_uses_with(target.arguments[0])
    end = last_of(target)
    for position, each in enumerate(order):
        arguments[1 + each].replace_all_uses_with(target.arguments[1 + position])
        loop.results[each].replace_all_uses_with(ordered.results[position])
    yielded = list(end.operands)
    for position, each in enumerate(order):
        end.operands[position] = yielded[each]
    loop.erase()
