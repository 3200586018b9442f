"""The user's functions, prepared for Enzyme: a private copy of each for every way in which it is differentiated."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from ..._runtime.host import ir
from .activity import STORES, Activity, memory_of
from .atomics import update_plainly
from .building import add_operation, body_of, is_float, symbol_of, walk
from .carried import number_carried_memory
from .copies import copy_by_elements
from .derivatives import Derivative, functions_of, reached_functions, symbol_in
from .frees import keep_memory
from .globals import pass_globals
from .loops import count_from_zero
from .mathematics import expand_mathematics
from .normalise import (
    BRANCHES,
    CALLS,
    LOOPS,
    PASSES,
    TENSORS,
    has_branches,
    module_around,
    run_passes,
)
from .parallels import run_in_order
from .recursion import plain, use_companions
from .results import order_results
from .retarget import Prepared, is_well_formed, retarget
from .still import is_inactive, make_inactive
from .switches import choose_in_pairs
from .tensors import Boundary, become_memory, carry_in_place, needs_memory
from .whiles import count_conditional_loops
from .zeros import add_zeros

__all__ = ["SUFFIX", "free_name", "prepare"]

_IR: Any = ir
SUFFIX = ".prepared"


def prepare(
    module: Any, derivatives: Sequence[Derivative], target: Any, release: str | None
) -> None:
    """Prepare the functions of derivatives, and let the derivatives be those of the prepared ones.

    Args:
        module: The user's module, in which the derivatives are replaced.
        derivatives: Those whose functions contain no derivative themselves.
        target: A module that gets the prepared functions, and all that they refer to.
        release: The release of Enzyme that differentiates them, where it is known.
    """
    functions = functions_of(module)
    made: dict[tuple[object, ...], Prepared] = {}
    for derivative in derivatives:
        function = functions.get(derivative.callee)
        if derivative.mode == "batch" or not _can_be_prepared(derivative, function):
            _copy_symbols(module_around(module, derivative.callee), target)
            continue
        key = (derivative.callee, derivative.mode, derivative.activity)
        if key not in made:
            made[key] = _prepare_function(module, derivative, target, release)
        retarget(derivative, made[key], _results_of(function))


def _can_be_prepared(derivative: Derivative, function: Any | None) -> bool:
    """Whether a derivative is one of a function that is defined, and is what its activities ask for."""
    if function is None or not list(function.regions[0].blocks):
        return False
    count = len(body_of(function).arguments)
    return len(derivative.activity) == count and is_well_formed(
        derivative, _results_of(function)
    )


def _results_of(function: Any) -> list[Any]:
    return list(_IR.TypeAttr(function.attributes["function_type"]).value.results)


def _copy_symbols(source: Any, target: Any) -> None:
    """Copy those symbols of a module to another one that it does not have."""
    known = {symbol_of(each.operation) for each in target.body.operations}
    with _IR.InsertionPoint(target.body):
        for each in source.body.operations:
            if symbol_of(each.operation) not in known:
                each.operation.clone()


def _prepare_function(
    module: Any, derivative: Derivative, target: Any, release: str | None
) -> Prepared:
    """Add a prepared copy of the function of a derivative to the module, with what it calls."""
    around = module_around(module, derivative.callee)
    if has_branches(around):
        run_passes(around, BRANCHES)
    boundary = Boundary()
    if any(map(needs_memory, functions_of(around).values())):
        run_passes(around, CALLS)
        root = functions_of(around)[derivative.callee]
        boundary = become_memory(root)
        carry_in_place(root)
        run_passes(around, TENSORS)
    run_passes(around, LOOPS)
    for function in functions_of(around).values():
        run_in_order(function)
        choose_in_pairs(function)
        update_plainly(function)
        keep_memory(function)
        copy_by_elements(function)
    run_passes(around, PASSES)
    root = functions_of(around)[derivative.callee]
    if derivative.mode == "reverse":
        _use_companions(module, around, root)
    functions = {
        name: function
        for name, function in functions_of(around).items()
        if list(function.regions[0].blocks) and not is_inactive(function)
    }
    for function in functions.values():
        number_carried_memory(function)
        count_conditional_loops(around, function)
        count_from_zero(function)
    del functions[symbol_of(root)]
    memories = pass_globals(around, root)
    given = len(derivative.activity)
    added = len(boundary.results) + len(memories)
    active = {
        position
        for position, word in enumerate(derivative.activity)
        if "const" not in word
    }.union(range(given, given + added))
    shadowed = _shadowed(root, active, given)
    callers = {**functions, symbol_of(root): root}
    has_zero = _add_zeros(
        {
            name: active | shadowed if function == root else None
            for name, function in callers.items()
        },
        callers,
    )
    for function in callers.values():
        expand_mathematics(function, release=release, mode=derivative.mode)
    own_name = symbol_of(root)
    names = _move(around, module, target)
    return Prepared(
        name=names[own_name],
        boundary=boundary,
        shadowed=tuple(sorted(shadowed)),
        memories=tuple(memories),
        has_zero=has_zero,
    )


def _use_companions(module: Any, around: Any, root: Any) -> None:
    """Let a function use companions of those that it calls, which are then not needed themselves."""
    used = use_companions(module, root)
    if not used:
        return
    kept = {symbol_of(root), *reached_functions(functions_of(around), [root])}
    for name, function in functions_of(around).items():
        if name not in kept:
            function.erase()
    name = free_name(f"{symbol_of(root)}.root", functions_of(module))
    root.attributes["sym_name"] = _IR.StringAttr.get(name)
    for companion in used:
        _copy_symbols(module_around(module, companion), around)
    for name, function in functions_of(around).items():
        if function != root and name not in kept:
            plain(function)
            make_inactive(function)


def _add_zeros(
    active: Mapping[str, Collection[int] | None], functions: Mapping[str, Any]
) -> bool:
    """Let what is stored and carried take part, and bring results into order.

    Args:
        active: The arguments of each function that are differentiated; None for all of them.
        functions: Functions that call each other.

    Returns:
        Whether there is a zero, which is then the last argument of each of them.
    """
    have_zeros: dict[str, bool] = {}
    for name, function in functions.items():
        count = len(body_of(function).arguments)
        chosen = active[name]
        chosen = set(range(count) if chosen is None else chosen)
        have_zeros[name] = add_zeros(function, Activity(function, chosen))
        zero: set[int] = {count} if have_zeros[name] else set()
        order_results(function, Activity(function, chosen | zero))
    is_needed = any(have_zeros.values())
    for name, function in functions.items():
        if is_needed and not have_zeros[name]:
            body_of(function).add_argument(_IR.F64Type.get(), _IR.Location.unknown())
        _settle_type(function)
    if is_needed:
        _pass_zeros(functions)
    return is_needed


def _pass_zeros(functions: Mapping[str, Any]) -> None:
    """Let each call of one of the functions pass the caller's zero on."""
    for function in functions.values():
        arguments = list(body_of(function).arguments)
        for operation in list(walk(function)):
            if operation.name != "func.call":
                continue
            if symbol_in(operation.attributes["callee"]) not in functions:
                continue
            with operation.location, _IR.InsertionPoint(operation):
                call = add_operation(
                    "func.call",
                    [*operation.operands, arguments[-1]],
                    [each.type for each in operation.results],
                    {each: operation.attributes[each] for each in operation.attributes},
                )
            for old, new in zip(operation.results, list(call.results), strict=True):
                old.replace_all_uses_with(new)
            operation.erase()


def _move(around: Any, module: Any, target: Any) -> dict[str, str]:
    """Add what a module holds to another one, under names that are free there and in the user's; the new names."""
    user = {symbol_of(each.operation) for each in module.body.operations}
    taken = user | {symbol_of(each.operation) for each in target.body.operations}
    names: dict[str, str] = {}
    for each in around.body.operations:
        operation = each.operation
        symbol = symbol_of(operation)
        if operation.name == "func.func":
            if not list(operation.regions[0].blocks):
                continue  # a declaration is the same everywhere
            operation.attributes["sym_visibility"] = _IR.StringAttr.get("private")
            names[symbol] = free_name(symbol + SUFFIX, {*taken, *names.values()})
        elif (
            symbol not in user
        ):  # made by a pass, which may make another one of that name elsewhere
            names[symbol] = free_name(symbol, {*taken, *names.values()})
    _rename(around, names)
    _copy_symbols(around, target)
    return names


def _rename(module: Any, names: Mapping[str, str]) -> None:
    for operation in walk(module.operation):
        for attribute in ("callee", "name"):
            if attribute not in operation.attributes:
                continue
            symbol = symbol_in(operation.attributes[attribute])
            if symbol in names:
                renamed = _IR.FlatSymbolRefAttr.get(names[symbol])
                operation.attributes[attribute] = renamed
        symbol = symbol_of(operation)
        if symbol in names:
            operation.attributes["sym_name"] = _IR.StringAttr.get(names[symbol])


def _shadowed(function: Any, active: Collection[int], given: int) -> set[int]:
    """The constant memory arguments into which a function stores what is differentiated.

    To Enzyme that is all that a call gives, for an active zero is passed to every function.
    """
    arguments = list(body_of(function).arguments)
    stores = [
        (operation.operands[0], memory_of(operation.operands[1]))
        for operation in walk(function)
        if operation.name in STORES and is_float(operation.operands[0].type)
    ]
    called = [
        result
        for operation in walk(function)
        if operation.name == "func.call"
        for result in operation.results
        if is_float(result.type)
    ]
    shadowed: set[int] = set()
    while True:
        activity = Activity(function, {*active, *shadowed}, called)
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
