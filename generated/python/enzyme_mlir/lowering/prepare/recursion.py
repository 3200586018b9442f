"""Functions that call themselves, for reverse mode, in which Enzyme refuses them.

Such a function gets a companion that gives its results and, in forward mode, their slopes along each argument. Where
the function is called, its results become the companion's, which are constant for Enzyme, plus the slopes times the
arguments, less the same: nothing is added, but its derivative is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..._runtime.host import PACKAGE, ir
from .activities import activities_of
from .building import (
    add_entry,
    add_function,
    add_operation,
    float_constant,
    symbol_of,
    walk,
)
from .derivatives import Derivative, callees_of, functions_of, symbol_in
from .mathematics import KEPT
from .still import hold_still, make_inactive

__all__ = [
    "add_companions",
    "is_in_companion",
    "plain",
    "remove_companions",
    "use_companions",
]

_IR: Any = ir
COMPANION = f"{PACKAGE}.companion_of"
"""The attribute of a companion: the function that it belongs to."""


def add_companions(module: Any, derivatives: Sequence[Derivative]) -> bool:
    """Add the companions that derivatives in reverse mode need, as functions of the module.

    Returns:
        Whether any was added; it contains derivatives itself, which are to be expanded first.
    """
    functions = functions_of(module)
    calls = {
        name: callees_of(function).intersection(functions)
        for name, function in functions.items()
    }
    known = set(_companions(module))
    added = False
    for derivative in derivatives:
        if derivative.mode != "reverse":
            continue
        for name in sorted(_reachable(derivative.callee, calls)):
            if name not in _reachable_from_callees(name, calls) or name in known:
                continue
            if _has_slopes(functions[name]):
                _add_companion(module, functions[name], derivative)
                known.add(name)
                added = True
    return added


def is_in_companion(operation: Any) -> bool:
    """Whether an operation is inside a companion."""
    parent = operation.parent
    while parent is not None:
        if COMPANION in parent.attributes:
            return True
        parent = parent.parent
    return False


def use_companions(module: Any, function: Any) -> list[str]:
    """Let a function use the companions of those that it calls.

    Args:
        module: The user's module, which has the companions.
        function: The function.

    Returns:
        The companions that it uses.
    """
    companions = _companions(module)
    used: dict[str, None] = {}
    for operation in list(walk(function)):
        if operation.name != "func.call":
            continue
        companion = companions.get(symbol_in(operation.attributes["callee"]))
        if companion is None:
            continue
        used[symbol_of(companion)] = None
        with operation.location, _IR.InsertionPoint(operation):
            results = _follow(operation, companion)
        for old, new in zip(operation.results, results, strict=True):
            old.replace_all_uses_with(new)
        operation.erase()
    return list(used)


def remove_companions(module: Any) -> None:
    """Take those companions away that nothing calls; the others are functions like any other from now on."""
    companions = list(_companions(module).values())
    used: set[str] = set()
    for function in functions_of(module).values():
        if COMPANION not in function.attributes:
            used |= callees_of(function)
    for companion in companions:
        if symbol_of(companion) in used:
            plain(companion)
        else:
            companion.erase()


def plain(function: Any) -> None:
    """Let a function be a companion no more."""
    if COMPANION in function.attributes:
        del function.attributes[COMPANION]


def _companions(module: Any) -> dict[str, Any]:
    """The companions of a module, by the functions that they belong to."""
    return {
        symbol_in(function.attributes[COMPANION]): function
        for function in functions_of(module).values()
        if COMPANION in function.attributes
    }


def _reachable(name: str, calls: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [name]
    while waiting:
        current = waiting.pop()
        if current not in found and current in calls:
            found.add(current)
            waiting += calls[current]
    return found


def _reachable_from_callees(name: str, calls: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    for callee in calls[name]:
        found |= _reachable(callee, calls)
    return found


def _kind_of(function: Any) -> Any:
    return _IR.TypeAttr(function.attributes["function_type"]).value


def _has_slopes(function: Any) -> bool:
    """Whether a function takes and gives numbers alone."""
    kind = _kind_of(function)
    numbers = (_IR.FloatType, _IR.IntegerType, _IR.IndexType)
    return bool(list(function.regions[0].blocks)) and all(
        isinstance(each, numbers) for each in (*kind.inputs, *kind.results)
    )


def _floats(kinds: Sequence[Any]) -> list[int]:
    return [
        position
        for position, kind in enumerate(kinds)
        if isinstance(kind, _IR.FloatType)
    ]


def _add_companion(module: Any, function: Any, like: Derivative) -> None:
    """Add the companion of a function; its derivatives are spelled as another one."""
    kind, name = _kind_of(function), symbol_of(function)
    inputs, results = list(kind.inputs), list(kind.results)
    along, of = _floats(inputs), _floats(results)
    given = [*results, *(results[each] for _ in along for each in of)]
    taken = {symbol_of(each.operation) for each in module.body.operations}
    companion = f"{name}.slopes"
    while companion in taken:
        companion += "_"
    callee = _IR.FlatSymbolRefAttr.get(name)
    with function.location:
        with _IR.InsertionPoint(module.body):
            made = add_function(companion, inputs, given)
        made.attributes[COMPANION] = callee
        block = add_entry(made)
        with _IR.InsertionPoint(block):
            arguments = list(block.arguments)
            call = add_operation("func.call", arguments, results, {"callee": callee})
            values = list(call.results)
            for direction in along:
                operands: list[Any] = []
                for position, argument in enumerate(arguments):
                    operands.append(argument)
                    if position in along:
                        step = 1.0 if position == direction else 0.0
                        operands.append(float_constant(argument.type, step))
                slopes = add_operation(
                    "enzyme.fwddiff",
                    operands,
                    [results[each] for each in of],
                    {
                        "fn": callee,
                        "activity": activities_of(
                            [
                                "dup" if each in along else "const"
                                for each in range(len(inputs))
                            ],
                            like.operation,
                        ),
                        "ret_activity": activities_of(
                            [
                                "dupnoneed" if each in of else "constnoneed"
                                for each in range(len(results))
                            ],
                            like.operation,
                        ),
                    },
                )
                values += slopes.results
            add_operation("func.return", values)


def _follow(call: Any, companion: Any) -> list[Any]:
    """What a call gives, by way of the companion; at the current insertion point."""
    kind = _kind_of(companion)
    operands = list(call.operands)
    along = _floats([each.type for each in operands])
    of = _floats([each.type for each in call.results])
    still = [
        hold_still(each) if position in along else each
        for position, each in enumerate(operands)
    ]
    callee = {"callee": _IR.FlatSymbolRefAttr.get(symbol_of(companion))}
    followed_call = add_operation("func.call", still, list(kind.results), callee)
    make_inactive(followed_call)
    given = list(followed_call.results)
    count = len(call.results)
    values = given[:count]
    for number, position in enumerate(of):
        value = hold_still(values[position])
        followed: Any = None
        for direction, argument in enumerate(along):
            slope = hold_still(given[count + direction * len(of) + number])
            moved = _convert(operands[argument], value.type)
            term = add_operation("arith.mulf", [slope, moved], [value.type]).results[0]
            followed = (
                term
                if followed is None
                else add_operation(
                    "arith.addf", [followed, term], [value.type]
                ).results[0]
            )
        if followed is None:
            continue
        nothing = add_operation(
            "arith.subf", [hold_still(followed), followed], [value.type]
        ).results[0]
        mark = {KEPT: _IR.UnitAttr.get()}
        values[position] = add_operation(
            "arith.subf", [value, nothing], [value.type], mark
        ).results[0]
    return values


def _convert(value: Any, kind: Any) -> Any:
    if value.type == kind:
        return value
    name = "arith.extf" if value.type.width < kind.width else "arith.truncf"
    return add_operation(name, [value], [kind]).results[0]
