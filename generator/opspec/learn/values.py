"""Operands and results of an operation: how many each stands for, and which types it takes."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from opspec.constraints.accepts import accepts
from opspec.dataclass import dataclass
from opspec.learn.hints import Hints
from opspec.learn.lattice import CORE
from opspec.learn.sampling import Settled, is_checked
from opspec.learn.segments import SEGMENTS, grouping, sizes_of
from opspec.learn.summaries import VARIADIC, read_summary
from opspec.model.constraints import AnyConstraint, Multiplicity, OpaqueConstraint, TypeConstraint, Value
from opspec.probe.counts import Count
from opspec.probe.drafts import Draft
from opspec.probe.driver import Asks, drafted
from opspec.probe.learning import learn_type
from opspec.probe.readings import GroupSize, Reading, Refused, WrongType

__all__ = ["NOT_TOLD", "UNKNOWN", "LearntValue", "learn_values"]

UNKNOWN = "unknown"
"""The name of the constraint where the binary does not say what is accepted."""

NOT_TOLD = "not told:"
"""What the note of something begins with that is not known."""

_MOST_GROUPS = 5
_ORDER = ("operands", "results")
_ODD = ("none", "tuple<>", "() -> ()", "f8E5M2", "memref<*xf64>", "!llvm.struct<(i32)>", "vector<[4]xf64>", "i4")
"""Types that hardly any constraint takes; each constraint but `any` refuses one of them at least."""


@dataclass(frozen=True, slots=True)
class LearntValue:
    """An operand or result, and how it was learnt."""

    value: Value
    how: str


@dataclass(frozen=True, slots=True)
class _Group:
    """Values that are declared as one: where they start in the draft, and how many the declaration stands for."""

    start: int
    multiplicity: Multiplicity
    how: str = ""


def learn_values(settled: Settled, part: str, hints: Hints, complaints: list[str]) -> Asks[tuple[LearntValue, ...]]:
    """The operands or results (`part`) of a settled operation; what C++ says of types goes to `complaints`."""
    draft = settled.draft
    groups = yield from _groups(settled, part, draft)
    found: list[LearntValue] = []
    for group, shown in groups:
        constraint: TypeConstraint
        if shown is None or not settled.is_checked:
            constraint, how = OpaqueConstraint(UNKNOWN), f"{NOT_TOLD} no draft of it gets so far that types are checked"
        else:
            constraint, how = yield from _learn_type(shown, part, group.start, hints, complaints)
        words = "; ".join(text for text in (group.how, how) if text)
        found.append(LearntValue(Value(constraint, group.multiplicity), words))
    return tuple(found)


def _groups(settled: Settled, part: str, draft: Draft) -> Asks[list[tuple[_Group, Draft | None]]]:
    """The declared groups, each with a draft in which it is not empty; None where there is no such draft."""
    count = settled.count(part)
    sizes = sizes_of(draft, part)
    if sizes is not None:
        return (yield from _segmented(draft, part, sizes, count))
    if count.maximum is not None:
        return [(_Group(index, Multiplicity.ONE), draft) for index in range(count.maximum)]
    return (yield from _counted(draft, part, count))


def _segmented(draft: Draft, part: str, sizes: list[int], count: Count) -> Asks[list[tuple[_Group, Draft | None]]]:
    """Groups whose sizes an attribute says: each is tried empty and with two, and by the words for its types.

    Where a release does not check the sizes of groups that have to be single, the least number of values is the number
    of such groups.
    """
    groups: list[tuple[_Group, Draft]] = []
    silent: list[int] = []
    for index, size in enumerate(sizes):
        empty, two = (grouping(draft, part, index, number) for number in (0, 2))
        shown = draft if size else grouping(draft, part, index, 1)
        start = sum(sizes[:index])
        odd = [shown.changing(part, start, text) for text in _ODD]
        without, several, *readings = yield drafted(empty, two, *odd)
        told = next((r for r in (without, several) if _refuses(r, part, start)), None)
        is_told = told is not None or any(_is_past(r, (part, start - 1)) for r in (without, several))
        words = next((r.accepted for r in readings if isinstance(r, WrongType) and r.place == (part, start)), "")
        how = f"group {index} of {SEGMENTS[part]}: {_short(getattr(told, 'message', '')) or words or 'any size'}"
        multiplicity = Multiplicity.VARIADIC
        if _refuses(without, part, start):
            multiplicity = Multiplicity.ONE
        elif _refuses(several, part, start):
            multiplicity = Multiplicity.OPTIONAL
        elif words and not words.startswith(VARIADIC):
            multiplicity = Multiplicity.ONE
        elif not words:
            silent.append(index)
        if not is_told and not words:
            how = f"{NOT_TOLD} how many it stands for: nothing shows that the size of the group is checked; {how}"
        groups.append((_Group(start, multiplicity, how), shown))
    single = count.minimum - sum(group.multiplicity is Multiplicity.ONE for group, _ in groups)
    for index in silent if single else ():
        group, shown = groups[index]
        if single == len(silent):
            groups[index] = (replace(group, multiplicity=Multiplicity.ONE), shown)
        else:
            groups[index] = (replace(group, how=f"{NOT_TOLD} whether it is one or several; {group.how}"), shown)
    return [(group, shown) for group, shown in groups]


def _refuses(reading: object, part: str, start: int) -> bool:
    return isinstance(reading, GroupSize) and reading.part == part and reading.start == start


def _counted(draft: Draft, part: str, count: Count) -> Asks[list[tuple[_Group, Draft | None]]]:
    """Groups without sizes: one takes what the others leave. The words for each place say which."""
    present = len(draft.types_of(part))
    free = present - count.minimum
    if free < 2:
        draft = draft.counting(part, count.minimum + 2)
        present, free = count.minimum + 2, 2
    words, limit = yield from _words(draft, part, present)
    if limit is not None:
        singles = [_Group(i, Multiplicity.ONE) for i in range(count.minimum)]
        shorter = draft.counting(part, count.minimum + 1)
        how = _short(limit.message)
        optional = _Group(limit.start, Multiplicity.OPTIONAL, how)
        before, after = singles[: limit.start], singles[limit.start :]
        moved = [replace(group, start=group.start + 1) for group in after]
        return [(group, shorter) for group in (*before, optional, *moved)]
    marked = _called_variadic(words)
    silent = [index for index, word in enumerate(words) if word == ""]
    how = f"{count.minimum} {part} or more"
    if marked:
        return (yield from _marked(draft, part, count, how, marked))
    if None in words or len(silent) < free or silent[-1] - silent[0] != len(silent) - 1:
        how = f"{NOT_TOLD} which of {how} stands for several"
        return [(_Group(0, Multiplicity.VARIADIC, how), None)]
    start = silent[-1] - free + 1
    if len(silent) > free:
        how = f"{how}; the last of those that take any type is assumed to be the one that stands for several"
    before = [_Group(index, Multiplicity.ONE) for index in range(start)]
    behind = [_Group(index, Multiplicity.ONE) for index in range(start + free, present)]
    return [(group, draft) for group in (*before, _Group(start, Multiplicity.VARIADIC, how), *behind)]


def _marked(
    draft: Draft, part: str, count: Count, how: str, places: list[int]
) -> Asks[list[tuple[_Group, Draft | None]]]:
    """Groups of which some are called variadic, at `places` of the draft: the fewest values of which each has one.

    Where several share what is free, too few values for all of them leave the types of the rest unchecked.
    """
    for free in range(1, _MOST_GROUPS):
        shown = _leaving(draft, part, places[free:]).counting(part, count.minimum + free)
        words, _ = yield from _words(shown, part, count.minimum + free)
        marked = _called_variadic(words)
        if len(marked) != free or None in words:
            continue
        how = f"{how}; {free} of them called {VARIADIC.strip()}"
        kinds = (Multiplicity.VARIADIC if i in marked else Multiplicity.ONE for i in range(len(words)))
        return [(_Group(i, kind, how if i in marked else ""), shown) for i, kind in enumerate(kinds)]
    return [(_Group(0, Multiplicity.VARIADIC, f"{NOT_TOLD} which of {how} stand for several"), None)]


def _leaving(draft: Draft, part: str, places: Collection[int]) -> Draft:
    """The draft without the operands or results at some places."""
    return draft.typed(part, (text for index, text in enumerate(draft.types_of(part)) if index not in places))


def _called_variadic(words: Sequence[str | None]) -> list[int]:
    return [index for index, word in enumerate(words) if word is not None and word.startswith(VARIADIC)]


def _is_past(reading: Reading, place: tuple[str, int]) -> bool:
    """Whether an answer says that nothing is wrong at a place: operands are checked before results, each in order."""
    match reading:
        case WrongType(part, index) | GroupSize(part, index):
            return (_ORDER.index(part), index) > (_ORDER.index(place[0]), place[1])
        case _:
            return is_checked(reading)


def _words(draft: Draft, part: str, present: int) -> Asks[tuple[list[str | None], GroupSize | None]]:
    """What the type at each place is called, and what limits the size of a group, if that is told.

    It is empty where each type is taken, None where nothing shows that any is checked.
    """
    words: list[str | None] = []
    for index in range(present):
        readings = yield drafted(*(draft.changing(part, index, text) for text in _ODD))
        limit = next((r for r in readings if isinstance(r, GroupSize) and r.part == part), None)
        if limit is not None:
            return words, limit
        told = (r.accepted for r in readings if isinstance(r, WrongType) and r.place == (part, index))
        words.append(next(told, "" if any(_is_past(r, (part, index)) for r in readings) else None))
    return words, None


def _learn_type(
    draft: Draft, part: str, index: int, hints: Hints, complaints: list[str]
) -> Asks[tuple[TypeConstraint, str]]:
    """Which types are taken at a place, and the constraint that says so.

    Where MLIR has words for the constraint, types enough to confirm them are tried, else all that there are.
    """
    place = (part, index)
    tried, answers = yield from _tried(draft, place, (*hints.types, *CORE), complaints)
    told = next((r for r in answers if isinstance(r, WrongType) and r.place == place), None)
    if told is not None:
        words = told.accepted.removeprefix(VARIADIC)
        taken, refused = tried
        meant = tuple(read_summary(told.accepted))
        more = hints.all_types if "/" in words else _telling(meant, hints)
        if more:
            (further, against), _ = yield from _tried(draft, place, more, complaints)
            taken, refused = [*dict.fromkeys((*taken, *further))], [*dict.fromkeys((*refused, *against))]
        how = f"must be {words}; {len(taken)} of {len(taken) + len(refused)} types taken"
        for constraint in meant:
            if _agrees(constraint, taken, refused, hints):
                return constraint, how
    (taken, refused), answers = yield from _tried(draft, place, hints.all_types, complaints)
    counted = f"{len(taken)} of {len(taken) + len(refused)} types taken"
    told = next((r for r in answers if isinstance(r, WrongType) and r.place == place), None)
    if told is None:
        if len(taken) > len(CORE):
            return AnyConstraint(), counted
        return OpaqueConstraint(UNKNOWN), f"{NOT_TOLD} nothing is told of its type"
    words = told.accepted.removeprefix(VARIADIC)
    how = f"must be {words}; {counted}"
    for constraint in read_summary(told.accepted):
        if _agrees(constraint, taken, refused, hints):
            return constraint, how
    found = learn_type(hints.dialect, AnyConstraint(), taken, refused)
    if not isinstance(found, AnyConstraint):
        return found, how
    return OpaqueConstraint(_name_of(words)), f"{how}; the notation has no words for it"


def _tried(
    draft: Draft, place: tuple[str, int], types: Sequence[str], complaints: list[str]
) -> Asks[tuple[tuple[list[str], list[str]], Sequence[Reading]]]:
    """The types that are taken and those that are refused at a place, and all answers."""
    types = tuple(dict.fromkeys(types))
    readings = yield drafted(*(draft.changing(*place, text) for text in types))
    complaints += [reading.message for reading in readings if isinstance(reading, Refused)]
    answers = list(zip(types, readings, strict=True))
    refused = [text for text, r in answers if isinstance(r, WrongType) and r.place == place]
    taken = [text for text, r in answers if text not in refused and _is_past(r, place)]
    return (taken, refused), readings


def _telling(meant: Collection[TypeConstraint], hints: Hints) -> Sequence[str]:
    """The types that not all of the constraints take, or not all refuse."""
    if len(meant) < 2:
        return ()
    return [text for text in hints.all_types if len({accepts(one, text, hints.dialect) for one in meant}) > 1]


def _agrees(constraint: TypeConstraint, taken: Collection[str], refused: Collection[str], hints: Hints) -> bool:
    """Whether no type that was tried contradicts the constraint."""
    return not any(accepts(constraint, text, hints.dialect) is False for text in taken) and not any(
        accepts(constraint, text, hints.dialect) is True for text in refused
    )


def _name_of(words: str) -> str:
    return re.sub(r"\W+", "_", words).strip("_") or UNKNOWN


def _short(message: str) -> str:
    """A complaint without the operation that it is about."""
    return re.sub(r"^'[^']*' op ", "", message)
