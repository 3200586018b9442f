"""An operation of a spec in the shape that a binary has: with its operands and results, and the names of the spec."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from opspec.model.dialect import Argument, NamedValue, Operation
from opspec.notation import print_value

__all__ = ["reshaped"]


def reshaped(operation: Operation, learnt: Operation) -> Operation:
    """The operation with the operands and results that were learnt of it.

    Those that it has too keep their names and words; which they are is told by their order and their types.
    """
    operands = _aligned(operation.operands, learnt.operands)
    arguments: list[Argument] = []
    left = list(operands)
    for argument in operation.arguments:
        if not isinstance(argument, NamedValue):
            arguments.append(argument)
            continue
        kept = next((i for i, operand in enumerate(left) if operand.name == argument.name), None)
        if kept is not None:
            arguments += left[: kept + 1]
            left = left[kept + 1 :]
    results = _aligned(operation.results, learnt.results)
    return replace(operation, arguments=(*arguments, *left), results=tuple(results))


def _aligned(declared: Sequence[NamedValue], learnt: Sequence[NamedValue]) -> list[NamedValue]:
    """What was learnt, with what the spec says of those that stand in the same order with the same types."""
    ours, theirs = ([print_value(each.value) for each in values] for values in (declared, learnt))
    found: list[NamedValue] = []
    for kind, start, end, first, last in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind == "equal":
            found += declared[start:end]
        elif kind == "replace" and end - start == last - first:
            pairs = zip(declared[start:end], learnt[first:last], strict=True)
            found += [replace(one, value=other.value) for one, other in pairs]
        else:
            found += learnt[first:last]
    return found
