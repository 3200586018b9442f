"""A choice among several regions as choices among two, which Enzyme differentiates."""

from __future__ import annotations

from typing import Any

from ..._runtime.host import ir
from .building import add_operation, body_of, index_constant, move_operations, walk

__all__ = ["choose_in_pairs"]

_IR: Any = ir
EQUAL = 0
"""The predicate `eq` of `arith.cmpi`."""


def choose_in_pairs(function: Any) -> None:
    """Rewrite every `scf.index_switch` of a function as nested `scf.if`."""
    switches = [each for each in walk(function) if each.name == "scf.index_switch"]
    for switch in reversed(switches):
        cases = list(_IR.DenseI64ArrayAttr(switch.attributes["cases"]))
        if not cases:  # only the default, which Enzyme refuses
            continue
        with switch.location, _IR.InsertionPoint(switch):
            results = _choose(switch, cases, 0)
        for old, new in zip(switch.results, results, strict=True):
            old.replace_all_uses_with(new)
        switch.erase()


def _choose(switch: Any, cases: list[int], position: int) -> list[Any]:
    """The choice among the cases from a position on, at the current insertion point."""
    kinds = [each.type for each in switch.results]
    truth = _IR.IntegerType.get_signless(1)
    predicate = _IR.IntegerAttr.get(_IR.IntegerType.get_signless(64), EQUAL)
    is_case = add_operation(
        "arith.cmpi",
        [switch.operands[0], index_constant(cases[position])],
        [truth],
        {"predicate": predicate},
    )
    choice = add_operation("scf.if", [is_case.results[0]], kinds, regions=2)
    here = _IR.Location.current
    taken = _IR.Block.create_at_start(choice.regions[0], [], [])
    other = _IR.Block.create_at_start(choice.regions[1], [], [])
    move_operations(body_of(switch, position + 1), taken)
    with _IR.InsertionPoint(other), here:
        if position + 1 >= len(cases):
            move_operations(body_of(switch, 0), other)
        else:
            add_operation("scf.yield", _choose(switch, cases, position + 1))
    return list(choice.results)
