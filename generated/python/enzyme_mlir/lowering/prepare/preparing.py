"""The user's functions, prepared for Enzyme: a private copy of each for every way in which it is differentiated."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from ..._runtime.host import ir
from .activity import STORES, Activity, memory_of
from .building import body_of, is_float, walk
from .copies import copy_by_elements
from .derivatives import Derivative, functions_of
from .frees import keep_memory
from .globals import pass_globals
from .loops import count_from_zero
from .normalise import BRANCHES, PASSES, has_branches, module_around, run_passes
from .results import order_results
from .retarget import Prepared, retarget
from .zeros import add_zeros

__all__ = ["SUFFIX", "free_name", "prepare"]

_IR: Any = ir
SUFFIX = ".prepared"


def prepare(module: Any, derivatives: Sequence[Derivative]) -> list[str]:
    """Prepare the functions of derivatives, and let the derivatives be those of the prepared ones.

    Args:
        module: A module, which is changed.
        derivatives: Those whose functions contain no derivative themselves.

    Returns:
        The names of the functions that have been added.
    """
    functions = functions_of(module)
    made: dict[tuple[object, ...], Prepared] = {}
    for derivative in derivatives:
        function = functions.get(derivative.callee)
        if function is None or not list(function.regions[0].blocks):
            continue
        key = (derivative.callee, derivative.mode, derivative.activity)
        if key not in made:
            taken = {*functions, *(prepared.name for prepared in made.values())}
            name = free_name(derivative.callee + SUFFIX, taken)
            made[key] = _prepare_function(module, derivative, name)
        retarget(derivative, made[key])
    return [prepared.name for prepared in made.values()]


def _prepare_function(module: Any, derivative: Derivative, name: str) -> Prepared:
    """Add a prepared copy of the function of a derivative to the module."""
    around = module_around(module, derivative.callee)
    if has_branches(around):
        run_passes(around, BRANCHES)
    run_passes(around, PASSES)
    function = functions_of(around)[derivative.callee]
    keep_memory(function)
    copy_by_elements(function)
    count_from_zero(function)
    given = len(derivative.activity)
    memories = pass_globals(around, function)
    active = {
        position
        for position, word in enumerate(derivative.activity)
        if "const" not in word
    }.union(range(given, given + len(memories)))
    shadowed = _shadowed(function, active, given)
    activity = Activity(function, active | shadowed)
    has_zero = add_zeros(function, activity)
    order_results(function, activity)
    _settle_type(function)
    function.attributes["sym_name"] = _IR.StringAttr.get(name)
    function.attributes["sym_visibility"] = _IR.StringAttr.get("private")
    with _IR.InsertionPoint(module.body):
        function.clone()
    return Prepared(
        name=name,
        shadowed=tuple(sorted(shadowed)),
        memories=tuple(memories),
        has_zero=has_zero,
    )


def _shadowed(function: Any, active: Collection[int], given: int) -> set[int]:
    """The constant memory arguments into which a function stores what is differentiated."""
    arguments = list(body_of(function).arguments)
    stores = [
        (operation.operands[0], memory_of(operation.operands[1]))
        for operation in walk(function)
        if operation.name in STORES and is_float(operation.operands[0].type)
    ]
    shadowed: set[int] = set()
    while True:
        activity = Activity(function, {*active, *shadowed})
        found = {
            position
            for position in range(given)
            if position not in active
            for value, memory in stores
            if memory == arguments[position] and activity.has(value)
        }
        if found == shadowed:
            return shadowed
        shadowed = found


def free_name(name: str, taken: Collection[str]) -> str:
    """A name that nothing else has: the one that is wished for, or that with a number."""
    free = name
    count = 0
    while free in taken:
        count += 1
        free = f"{name}{count}"
    return free


def _settle_type(function: Any) -> None:
    """Make the type of a function that of its block's arguments."""
    results = _IR.TypeAttr(function.attributes["function_type"]).value.results
    inputs = [argument.type for argument in body_of(function).arguments]
    kind = _IR.FunctionType.get(inputs, results)
    function.attributes["function_type"] = _IR.TypeAttr.get(kind)
    if "arg_attrs" in function.attributes:
        del function.attributes["arg_attrs"]
