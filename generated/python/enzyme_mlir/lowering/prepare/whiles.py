"""Loops with a condition as loops that count: Enzyme has the reverse mode of those only, and a forward mode that fails.

How often the loop runs is found by running it once before, in a function that takes no part in derivatives, on copies
of the memory that it writes to. (Reverse mode goes by the function's attribute, forward mode by the values in it.)
"""

from __future__ import annotations

from typing import Any

from ..._runtime.host import ir
from .activity import LOADS, STORES, VIEWS
from .building import (
    add_entry,
    add_function,
    add_operation,
    body_of,
    index_constant,
    is_float,
    last_of,
    operation_of,
    symbol_of,
    walk,
)
from .copies import copy_elements, dynamic_sizes, new_memory
from .copying import copy_operations, values_from_outside
from .still import hold_still, is_inactive, make_inactive

__all__ = ["count_conditional_loops"]

_IR: Any = ir


def count_conditional_loops(module: Any, function: Any) -> None:
    """Rewrite the `scf.while` of a function; inner ones first.

    Args:
        module: The module of the function, which gets the functions that count.
        function: The function.
    """
    loops = [each for each in walk(function) if each.name == "scf.while"]
    for loop in reversed(loops):
        if _can_be_counted(loop):
            _rewrite(module, loop, f"{symbol_of(function)}.trips")


def _can_be_counted(loop: Any) -> bool:
    """Whether a second run on copies of memory shows how often it runs."""
    if any(isinstance(each.type, _IR.MemRefType) for each in loop.operands):
        return False
    givers = [operation_of(memory) for memory in _written(loop)]
    is_view = any(giver is not None and giver.name in VIEWS for giver in givers)
    return not is_view and not any(
        each.name == "func.call" and not is_inactive(each) for each in walk(loop)
    )


def _written(loop: Any) -> list[Any]:
    """The memory from outside of a loop that it writes to."""
    outside = values_from_outside(loop)
    targets = [each.operands[1] for each in walk(loop) if each.name in STORES]
    return [value for value in outside if value in targets]


def _rewrite(module: Any, loop: Any, wished: str) -> None:
    before, after = body_of(loop, 0), body_of(loop, 1)
    with loop.location, _IR.InsertionPoint(loop):
        count = _count(module, loop, wished)
        zero, one = index_constant(0), index_constant(1)
        counted = add_operation(
            "scf.for",
            [zero, count, one, *loop.operands],
            [each.type for each in before.arguments],
            regions=1,
        )
        kinds = [_IR.IndexType.get(), *(each.type for each in before.arguments)]
        block = _IR.Block.create_at_start(
            counted.regions[0], kinds, [loop.location] * len(kinds)
        )
        with _IR.InsertionPoint(block):
            passed = _copy_block(before, list(block.arguments)[1:])
            yielded = _copy_block(after, passed[1:])
            add_operation("scf.yield", yielded)
        passed = _copy_block(before, list(counted.results))
    for old, new in zip(loop.results, passed[1:], strict=True):
        old.replace_all_uses_with(new)
    loop.erase()


def _copy_block(block: Any, arguments: list[Any]) -> list[Any]:
    """Copy what a block does to the current insertion point; what its terminator is given."""
    values = dict(zip(block.arguments, arguments, strict=True))
    end = last_of(block)
    copy_operations(list(block.operations)[:-1], values)
    return [values.get(operand, operand) for operand in end.operands]


def _count(module: Any, loop: Any, wished: str) -> Any:
    """How often a loop runs, at the current insertion point: a call of a new function."""
    outside = values_from_outside(loop)
    written = _written(loop)
    given = list(dict.fromkeys([*loop.operands, *outside]))
    index = _IR.IndexType.get()
    taken = {symbol_of(each.operation) for each in module.body.operations}
    name = wished
    while name in taken:
        name += "_"
    with _IR.InsertionPoint(module.body), loop.location:
        function = add_function(name, [each.type for each in given], [index])
    make_inactive(function)
    block = add_entry(function)
    with _IR.InsertionPoint(block):
        values = dict(zip(given, block.arguments, strict=True))
        for memory in written:
            values[memory] = _copy_memory(values[memory])
        count = _run_counting(loop, values)
        add_operation("func.return", [count])
    for load in list(walk(function)):
        if load.name in LOADS and is_float(load.results[0].type):
            with load.location, _IR.InsertionPoint.after(load):
                still = hold_still(load.results[0])
            load.results[0].replace_all_uses_except(still, [still.owner.operation])
    still = [hold_still(each) if is_float(each.type) else each for each in given]
    callee = {"callee": _IR.FlatSymbolRefAttr.get(name)}
    call = add_operation("func.call", still, [index], callee)
    make_inactive(call)
    return call.results[0]


def _copy_memory(memory: Any) -> Any:
    copy = new_memory(memory.type, dynamic_sizes(memory))
    copy_elements(memory, copy)
    if copy.type == memory.type:
        return copy
    return add_operation("memref.cast", [copy], [memory.type]).results[0]


def _run_counting(loop: Any, values: dict[Any, Any]) -> Any:
    """A loop like another one that also counts; the count."""
    before, after = body_of(loop, 0), body_of(loop, 1)
    index = _IR.IndexType.get()
    starts = [values[each] for each in loop.operands]
    counting = add_operation(
        "scf.while",
        [*starts, index_constant(0)],
        [*(each.type for each in loop.results), index],
        regions=2,
    )
    here = loop.location
    kinds = [*(each.type for each in before.arguments), index]
    first = _IR.Block.create_at_start(counting.regions[0], kinds, [here] * len(kinds))
    with _IR.InsertionPoint(first):
        *carried, count = first.arguments
        inner = {**values, **dict(zip(before.arguments, carried, strict=True))}
        copy_operations(list(before.operations)[:-1], inner)
        end = last_of(before)
        passed = [inner.get(each, each) for each in end.operands]
        add_operation("scf.condition", [*passed, count])
    kinds = [*(each.type for each in after.arguments), index]
    second = _IR.Block.create_at_start(counting.regions[1], kinds, [here] * len(kinds))
    with _IR.InsertionPoint(second):
        *carried, count = second.arguments
        inner = {**values, **dict(zip(after.arguments, carried, strict=True))}
        copy_operations(list(after.operations)[:-1], inner)
        yielded = [inner.get(each, each) for each in last_of(after).operands]
        more = add_operation("arith.addi", [count, index_constant(1)], [index])
        add_operation("scf.yield", [*yielded, more.results[0]])
    return counting.results[len(counting.results) - 1]
