"""An operation of a spec as a binary has it: with the binary's operands, results and regions, and the spec's names."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import count
from typing import TypeVar

from opspec.learn.marks import Marks, marks_of
from opspec.model.dialect import NamedValue, Operation, Region
from opspec.model.parts import with_operands
from opspec.notation import print_region, print_value

__all__ = ["reshaped"]

_Part = TypeVar("_Part", NamedValue, Region)
_Key = tuple[str, str]


def reshaped(operation: Operation, learnt: Operation, told: Marks) -> Operation | None:
    """The operation with the operands, results and regions that were learnt of it.

    Those that it has too keep their names and words; which they are follows from their order, their types, and what is
    `told` of the learnt ones: the words that they are printed with. None where it does not follow.
    """
    own = marks_of(operation)
    operands = _aligned(operation.operands, learnt.operands, _value, own.operands, told.operands)
    results = _aligned(operation.results, learnt.results, _value, own.results, told.results)
    regions = _aligned(operation.regions, learnt.regions, lambda region: print_region(region.constraint), {}, {})
    if operands is None or results is None or regions is None:
        return None
    names = {part.name for part in (*operation.arguments, *operation.results, *operation.regions)}
    every = {*names, *(part.name for part in (*learnt.arguments, *learnt.results, *learnt.regions))}

    def called(parts: Sequence[tuple[_Part, bool]]) -> tuple[_Part, ...]:
        return tuple(_called(part, told, names, every) if is_new else part for part, is_new in parts)

    return replace(with_operands(operation, called(operands)), results=called(results), regions=called(regions))


def _value(named: NamedValue) -> str:
    return print_value(named.value)


def _aligned(
    declared: Sequence[_Part],
    learnt: Sequence[_Part],
    text: Callable[[_Part], str],
    own: Mapping[str, str],
    told: Mapping[str, str],
) -> list[tuple[_Part, bool]] | None:
    """What was learnt, with what the spec says of those that stand in the same order with the same `text`.

    Each with whether the spec lacks it. Where order and text leave a choice, the words of those with the same text have
    to be the same too; None where these leave one, or one of them has no word.
    """
    ours: list[_Key] = [(text(part), "") for part in declared]
    theirs: list[_Key] = [(text(part), "") for part in learnt]
    if _ways(ours, theirs) > 1:
        several = {key for keys in (ours, theirs) for key in keys if keys.count(key) > 1}
        ours = [(key[0], own.get(p.name, "")) if key in several else key for key, p in zip(ours, declared, strict=True)]
        theirs = [
            (key[0], told.get(p.name, "")) if key in several else key for key, p in zip(theirs, learnt, strict=True)
        ]
        if _ways(ours, theirs) > 1 or several & {*ours, *theirs}:
            return None
    found: list[tuple[_Part, bool]] = []
    for kind, start, end, first, last in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        before, after = declared[start:end], learnt[first:last]
        if kind == "equal":
            found += [(part, False) for part in before]
        elif kind == "replace" and _are_alike(before, after):
            found += [(_as_learnt(one, other), False) for one, other in zip(before, after, strict=True)]
        else:
            found += [(part, True) for part in after]
    return found


def _ways(ours: Sequence[_Key], theirs: Sequence[_Key]) -> int:
    """In how many ways the longest common part of two sequences stands in both."""
    longest = [[0] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    ways = [[1] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
    for i, one in enumerate(ours, 1):
        for j, other in enumerate(theirs, 1):
            before, above, left = longest[i - 1][j - 1], longest[i - 1][j], longest[i][j - 1]
            same = before + 1 if one == other else -1
            most = longest[i][j] = max(same, above, left)
            ways[i][j] = (
                (ways[i - 1][j - 1] if same == most else 0)
                + (ways[i - 1][j] if above == most else 0)
                + (ways[i][j - 1] if left == most else 0)
                - (ways[i - 1][j - 1] if before == most else 0)
            )
    return ways[-1][-1]


def _are_alike(declared: Sequence[_Part], learnt: Sequence[_Part]) -> bool:
    """Whether the parts can be the same ones of other types: equally many, of the same multiplicities."""
    return [_multiplicity(part) for part in declared] == [_multiplicity(part) for part in learnt]


def _multiplicity(part: NamedValue | Region) -> object:
    return part.value.multiplicity if isinstance(part, NamedValue) else part.constraint.multiplicity


def _as_learnt(declared: _Part, learnt: _Part) -> _Part:
    if isinstance(declared, NamedValue) and isinstance(learnt, NamedValue):
        return replace(declared, value=learnt.value)
    if isinstance(declared, Region) and isinstance(learnt, Region):
        return replace(declared, constraint=learnt.constraint)
    raise AssertionError("both are of one kind")


def _called(part: _Part, told: Marks, own: Collection[str], every: Collection[str]) -> _Part:
    """A part that only the binary has: by the word that names it, else by its number, or one that is free.

    `own` are the names of the spec, `every` those and the ones that were learnt.
    """
    word = (told.operands.get(part.name) or told.results.get(part.name, "")) if part.name in told.named else ""
    if word and word not in own:
        return replace(part, name=word)
    stem = part.name.rpartition("_")[0]
    numbers = (name for n in count() if (name := f"{stem}_{n}") not in every)
    return replace(part, name=next(numbers)) if part.name in own else part
