"""Memory that a loop carries and exchanges, as one piece of memory of which the loop carries the parts' numbers.

Enzyme does not follow memory that changes its name from turn to turn.
"""

from __future__ import annotations

from typing import Any

from ..._runtime.host import ir
from .activity import LOADS, STORES
from .building import (
    add_operation,
    body_of,
    index_constant,
    last_of,
    move_operations,
    walk,
)
from .copies import dynamic_sizes, for_each_element, new_memory

__all__ = ["number_carried_memory"]

_IR: Any = ir
EQUAL = 0
"""The predicate `eq` of `arith.cmpi`."""


def number_carried_memory(function: Any) -> None:
    """Rewrite the `scf.for` of a function that exchange memory; inner ones first."""
    loops = [each for each in walk(function) if each.name == "scf.for"]
    for loop in reversed(loops):
        carried = [
            position
            for position, result in enumerate(loop.results)
            if isinstance(result.type, _IR.MemRefType)
        ]
        if carried and _can_be_numbered(loop, carried):
            _rewrite(loop, carried)


def _can_be_numbered(loop: Any, carried: list[int]) -> bool:
    """Whether all that the loop does with the memory is to load, to store and to exchange it."""
    block = body_of(loop)
    memory = [block.arguments[1 + each] for each in carried]
    starts = [loop.operands[3 + each] for each in carried]
    end = last_of(block)
    same_type = len({str(each.type) for each in memory}) == 1
    exchanged = all(end.operands[each] in memory for each in carried)
    plain = all(
        use.owner.operation == end or use.owner.operation.name in LOADS | STORES
        for each in memory
        for use in each.uses
    )
    return same_type and exchanged and plain and len(set(starts)) == len(starts)


def _rewrite(loop: Any, carried: list[int]) -> None:
    block = body_of(loop)
    starts = [loop.operands[3 + each] for each in carried]
    kind = starts[0].type
    numbers = {each: number for number, each in enumerate(carried)}
    with loop.location, _IR.InsertionPoint(loop):
        whole = _IR.MemRefType.get([len(carried), *kind.shape], kind.element_type)
        parts = new_memory(whole, dynamic_sizes(starts[0]))
        for number, start in enumerate(starts):
            _copy_part(start, parts, number, inwards=True)
        operands = list(loop.operands)[:3]
        for position, operand in enumerate(list(loop.operands)[3:]):
            given = numbers.get(position)
            operands.append(operand if given is None else index_constant(given))
        counted = add_operation(
            "scf.for", operands, [each.type for each in operands[3:]], regions=1
        )
        for number, start in enumerate(starts):
            _copy_part(start, parts, number, inwards=False)
        for position, old in enumerate(loop.results):
            new = counted.results[position]
            if position in numbers:
                new = _part_named(starts, new)
            old.replace_all_uses_with(new)
    target = _IR.Block.create_at_start(
        counted.regions[0],
        [operands[0].type, *(each.type for each in operands[3:])],
        [loop.location] * (1 + len(operands[3:])),
    )
    move_operations(block, target)
    end = last_of(target)
    for position, argument in enumerate(block.arguments):
        new = target.arguments[position]
        if position - 1 not in numbers:
            argument.replace_all_uses_with(new)
            continue
        for use in list(argument.uses):
            user = use.owner.operation
            if user == end:
                end.operands[use.operand_number] = new
            else:
                _use_part(user, parts, new)
    loop.erase()


def _copy_part(memory: Any, parts: Any, number: int, *, inwards: bool) -> None:
    """Copy memory to its part, or back."""
    part = index_constant(number)
    element = memory.type.element_type

    def copy(indices: Any) -> None:
        inside, outside = [parts, part, *indices], [memory, *indices]
        source, target = (outside, inside) if inwards else (inside, outside)
        loaded = add_operation("memref.load", source, [element])
        add_operation("memref.store", [loaded.results[0], *target])

    for_each_element(memory, copy)


def _part_named(memory: list[Any], number: Any) -> Any:
    """The memory with a number."""
    chosen = memory[0]
    truth = _IR.IntegerType.get_signless(1)
    predicate = _IR.IntegerAttr.get(_IR.IntegerType.get_signless(64), EQUAL)
    for each in range(1, len(memory)):
        is_it = add_operation(
            "arith.cmpi",
            [number, index_constant(each)],
            [truth],
            {"predicate": predicate},
        )
        chosen = add_operation(
            "arith.select", [is_it.results[0], memory[each], chosen], [chosen.type]
        ).results[0]
    return chosen


def _use_part(user: Any, parts: Any, number: Any) -> None:
    """Let a load or a store be one of a part."""
    is_load = user.name in LOADS
    operands = list(user.operands)
    given, indices = ([], operands[1:]) if is_load else (operands[:1], operands[2:])
    kinds = [each.type for each in user.results]
    name = "memref.load" if is_load else "memref.store"
    with user.location, _IR.InsertionPoint(user):
        made = add_operation(name, [*given, parts, number, *indices], kinds)
    for old, new in zip(user.results, list(made.results), strict=True):
        old.replace_all_uses_with(new)
    user.erase()
