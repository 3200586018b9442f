"""From a name to an operation that the binary takes, or of which only its C++ has something to say.

What it complains of is mended: numbers of parts, attributes, types, groups, regions, what stands around it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from opspec.dataclass import dataclass
from opspec.learn.around import make_right
from opspec.learn.hints import FURTHER_VALUES, Hints
from opspec.learn.segments import SEGMENTS, places_in, sizes_of
from opspec.model.dialect import Dialect, Operation
from opspec.probe.counts import PARTS, Count, probe_count
from opspec.probe.drafts import Draft, Frame, sizes_text
from opspec.probe.driver import Asks, drafted
from opspec.probe.readings import (
    Accepted,
    GroupSize,
    MissingAttribute,
    NoDialect,
    NoOperation,
    Reading,
    Refused,
    RegionRule,
    WrongType,
    subject_of,
)
from opspec.probe.repair import past_attributes, repair

__all__ = ["Settled", "is_checked", "settle"]

_ROUNDS = 16
_DEEPEST = 3
_EXPLORED = 3
_REACHING, _ACCEPTING = 12, 3
"""How long to look for a draft whose types are checked, which facts need, and for one that is taken, as formats do."""
_MOST = 5
_PARENT = re.compile(r"expects parent op (?:to be one of )?'([\w.$-]+)")
_ENDS = re.compile(r"expects regions to end with '([\w.$-]+)'")
_ENDING = re.compile(r"region to (?:terminate|end) with '?([a-z_]\w*\.[\w.]+)")
_SAME = re.compile(r"same type|same element type|same shape|have same|have the same|match type|must match|same as")
_INFERRED = re.compile(r"inferred type\(s\) (.*) are incompatible with return type\(s\) of operation")
_STRUCTURAL = re.compile(
    rf"{_ENDS.pattern}|{_PARENT.pattern}|expects region #\d+ to have|must terminate its parent block|"
    "expects a non-empty block|should have no arguments|is not isolated from above"
)
"""Complaints about what MLIR checks before attributes and types."""
_NESTED = re.compile(r"terminates|parent|inside|nested|within|enclos|surround|ancestor")
_NUMBERS = re.compile(r"number|count|as many|at least|at most|exactly|dimension|size|range|bounds")
_OPERATION = re.compile(r"\b([a-z_]\w*\.[a-z_][\w.]*\w)")
_VISIBILITY = "sym_visibility"
_BLOCKS = re.compile(r"region with (?:at least |at most )?(\d+) blocks")
_UNENDED = re.compile(
    r"empty block|block with no terminator|expects a non-empty block|have at least one (?:operation|block)"
)


@dataclass(frozen=True, slots=True)
class Settled:
    """The last draft, what the binary says of it, its counts, and all complaints of C++ on the way.

    `plain` is a draft with as few parts as there may be, where one is taken; else the same draft.
    """

    draft: Draft
    reading: Reading
    plain: Draft
    is_accepted: bool
    is_reached: bool
    counts: tuple[tuple[str, Count], ...]
    complaints: tuple[str, ...]

    def count(self, part: str) -> Count:
        """The numbers of a part, e.g. `operands`."""
        return dict(self.counts)[part]

    @property
    def is_checked(self) -> bool:
        """Whether counts and attributes are right, so that the binary has gone on to check types."""
        return self.is_reached and is_checked(self.reading)


def is_checked(reading: Reading) -> bool:
    """Whether an answer says that counts and attributes are right, so that types were checked too."""
    structural = isinstance(reading, Refused) and _STRUCTURAL.search(reading.message)
    return past_attributes(reading) and not structural


def settle(name: str, hints: Hints, depth: int = 0) -> Asks[Settled | None]:
    """Make a draft of an operation that the binary takes; None where the binary has no such operation."""
    draft = Draft(name)
    (reading,) = yield drafted(draft)
    if isinstance(reading, (NoDialect, NoOperation)):
        return None
    counts: list[tuple[str, Count]] = []
    for part in PARTS:
        count = yield from probe_count(draft, part)
        counts.append((part, count))
        draft = draft.counting(part, _start(part, count))
    return (yield from _Settling(name, hints, depth, counts).run(draft))


def _start(part: str, count: Count) -> int:
    """How many to begin with: two more than needed where there may be any number."""
    if count.maximum is not None:
        return count.minimum
    return count.minimum + (2 if part in SEGMENTS else 0)


class _Settling:
    def __init__(self, name: str, hints: Hints, depth: int, counts: list[tuple[str, Count]]) -> None:
        self._operation = Operation(name.partition(".")[2], "")
        self._dialect: Dialect = hints.dialect
        self._hints = hints
        self._values = (*hints.values, *FURTHER_VALUES)
        self._depth = depth
        self._counts = counts
        self._complaints: list[str] = []
        self._explored = 0
        self._nested: Draft | None = None

    def run(self, draft: Draft) -> Asks[Settled]:
        draft, reading = yield from self._mended(draft)
        plain, accepted = yield from self._plain(draft, reading)
        reached = accepted or (yield from _reaches(draft, reading))
        if not reached or (not accepted and draft.regions):
            nested = self._nested if not reached and self._nested is not None else draft
            rounds = _ACCEPTING if reached else _REACHING
            made = yield from make_right(nested, reading, self._hints.terminators_of(draft.name), rounds)
            if made is not None:
                draft, reading = yield from self._mended(made)
                plain, accepted = yield from self._plain(draft, reading)
                reached = accepted or (yield from _reaches(draft, reading))
        complaints = tuple(dict.fromkeys(self._complaints))
        return Settled(draft, reading, plain, accepted, reached, tuple(self._counts), complaints)

    def _mended(self, draft: Draft) -> Asks[tuple[Draft, Reading]]:
        """The best draft that mending what is complained of leads to, and what the binary says of it."""
        reading: Reading = Accepted("")
        best: tuple[int, Draft, Reading] | None = None
        seen: set[str] = set()
        for _ in range(_ROUNDS):
            found = yield from repair(self._dialect, self._operation, draft, self._values, self._hints.all_types)
            draft, reading = found.draft, found.reading
            rank = 2 if isinstance(reading, Accepted) else 1 if is_checked(reading) else 0
            if best is None or rank >= best[0]:
                best = (rank, draft, reading)
            message = getattr(reading, "message", "")
            if isinstance(reading, Refused):
                self._complaints.append(message)
            if draft.render() in seen or (isinstance(reading, Accepted) and _one_each(draft) == draft):
                break
            seen.add(draft.render())
            if (single := _one_each(draft)) != draft and single.render() not in seen:
                draft = single
                continue
            changed = yield from self._mend(draft, reading, message)
            if changed is None:
                break
            draft = changed
        assert best is not None
        _, draft, reading = best
        return draft, reading

    def _plain(self, draft: Draft, reading: Reading) -> Asks[tuple[Draft, bool]]:
        """A draft that is taken, if there is one: with as few operands, results and regions as there may be."""
        if isinstance(reading, Accepted):
            return draft, True
        fewer = [_fewest(draft, part, dict(self._counts)[part]) for part in SEGMENTS]
        tries = [fewer[0], fewer[1], _fewest(fewer[0], "results", dict(self._counts)["results"])]
        tries += [replace(tried, frame=frame) for tried in tries for frame in Frame if frame is not tried.frame]
        readings = yield drafted(*tries)
        taken = [tried for tried, answer in zip(tries, readings, strict=True) if isinstance(answer, Accepted)]
        return (taken[0], True) if taken else (draft, False)

    def _mend(self, draft: Draft, reading: Reading, message: str) -> Asks[Draft | None]:
        if isinstance(reading, GroupSize):
            return _regrouped(draft, reading)
        if isinstance(reading, RegionRule):
            match = _BLOCKS.search(reading.accepted)
            text = "\n^bb{}:\n" * int(match[1]) if match else "\n^bb0:\n"
            return _with_region(draft, reading.index, text.format(*range(100)))
        if "must be the last operation in the parent block" in message and draft.frame is not Frame.END:
            return replace(draft, frame=Frame.END)
        if match := _PARENT.search(message):
            return (yield from self._within(draft, match[1]))
        if "must terminate its parent block" in message and draft.frame is not Frame.END:
            return replace(draft, frame=Frame.END)
        if "must have the SymbolTable trait" in message and draft.frame is not Frame.MODULE:
            return replace(draft, frame=Frame.MODULE)
        if "visibility" in message and draft.attribute(_VISIBILITY) is None:
            visible = [draft.setting(_VISIBILITY, f'"{word}"') for word in ("private", "public", "nested")]
            return (yield from _best(visible, message))
        if match := _ENDS.search(message):
            text = f'\n"{match[1]}"() : () -> ()\n'
            return replace(draft, regions=tuple(text for _ in draft.regions))
        if match := _INFERRED.search(message):
            types = tuple(re.findall(r"'([^']*)'", match[1]))
            return replace(draft, results=types) if len(types) == len(draft.results) else None
        if _UNENDED.search(message) and draft.regions:
            return (yield from self._ended(draft))
        if match := _ENDING.search(message):
            text = f'\n"{match[1]}"() : () -> ()\n'
            tries = [_with_region(draft, index, text) for index in range(len(draft.regions))]
            return (yield from _best([tried for tried in tries if tried is not None], message))
        if not draft.parents and _NESTED.search(message):
            for name in dict.fromkeys(_OPERATION.findall(message)):
                if name != draft.name and (within := (yield from self._within(draft, name))) is not None:
                    return within
        if isinstance(reading, Refused) and self._explored < _EXPLORED:
            self._explored += 1
            return (yield from self._explore(draft, message))
        return None

    def _within(self, draft: Draft, parent: str) -> Asks[Draft | None]:
        """Put the draft into the operation that it belongs into."""
        if parent == "builtin.module":
            return None if draft.frame is Frame.MODULE else replace(draft, frame=Frame.MODULE)
        if self._depth >= _DEEPEST or any(around.name == parent for around in draft.parents):
            return None
        found = yield from settle(parent, self._hints, self._depth + 1)
        if found is None:
            return None
        around = found.plain
        if not around.regions and found.count("regions").maximum is None:
            around = around.counting("regions", 1)
        if not around.regions:
            return None
        self._nested = replace(draft, parents=(*around.parents, replace(around, parents=())), frame=around.frame)
        return self._nested

    def _ended(self, draft: Draft) -> Asks[Draft | None]:
        """End the blocks of the regions with an operation that the binary takes there."""
        tries = [
            replace(draft, regions=tuple(f'\n"{name}"() : () -> ()\n' for _ in draft.regions))
            for name in dict.fromkeys((*self._hints.terminators_of(draft.name), *self._hints.terminators))
        ]
        return (yield from _best(tries, ""))

    def _explore(self, draft: Draft, message: str) -> Asks[Draft | None]:
        """Change numbers, of parts and in attributes, where the complaint speaks of some; then types.

        All types become one where they are to be the same, else one changes after the other.
        """
        numbers = [
            draft.counting(part, count)
            for part in SEGMENTS
            if dict(self._counts)[part].maximum is None and sizes_of(draft, part) is None
            for count in range(_MOST)
            if count != len(draft.types_of(part))
        ]
        valued = [
            draft.setting(name, re.sub(r"(?<![\w.])\d+(?!\w)", number, text))
            for name, text in draft.attributes
            if name not in SEGMENTS.values()
            for number in "012"
        ]
        for tries in (numbers, valued) if _NUMBERS.search(message) else ():
            found = yield from _best([tried for tried in tries if tried != draft], message)
            if found is not None:
                return found
        types = self._hints.all_types
        places = places_in(draft)
        tries = [
            replace(draft, operands=(text,) * len(draft.operands), results=(text,) * len(draft.results))
            for text in types
        ]
        if _SAME.search(message):
            found = yield from _best(tries, message)
            if found is not None:
                return found
        tries = [draft.changing(part, index, text) for part, index in places for text in types[:60]]
        return (yield from _best(tries, message))


def _best(tries: Sequence[Draft], message: str) -> Asks[Draft | None]:
    """The first draft that is taken, else the first of which only C++ says something else than `message`.

    Of those the first about the draft itself, if there is one.
    """
    readings = yield drafted(*tries)
    answered = list(zip(tries, readings, strict=True))
    accepted = [tried for tried, reading in answered if isinstance(reading, Accepted)]
    others = [
        tried for tried, reading in answered if is_checked(reading) and getattr(reading, "message", "") != message
    ]
    own = [
        tried
        for tried, reading in answered
        if tried in others and subject_of(getattr(reading, "message", "")) == tried.name
    ]
    return next(iter((*accepted, *own, *others)), None)


def _one_each(draft: Draft) -> Draft:
    """The draft with one value in each group whose size an attribute says: any group may have one."""
    for part in SEGMENTS:
        sizes, values = sizes_of(draft, part), draft.types_of(part)
        if sizes and sizes[0] == len(values) and not any(sizes[1:]):
            types = (*values, *(values[-1:] or ("f64",)) * len(sizes))[: len(sizes)]
            draft = draft.typed(part, types).setting(SEGMENTS[part], sizes_text([1] * len(sizes)))
    return draft


def _reaches(draft: Draft, reading: Reading) -> Asks[bool]:
    """Whether the binary gets so far that it looks at attributes and types: then it complains of wrong ones.

    It also does where it complains of what is around the draft when it has found nothing wrong with the draft itself.
    """
    if draft.parents and isinstance(reading, Refused) and subject_of(reading.message) != draft.name:
        return True
    places = places_in(draft)
    tries = [draft.without(name) for name, _ in draft.attributes]
    tries += [draft.changing(part, index, text) for part, index in places for text in ("none", "tuple<>", "f8E5M2")]
    tries += [replace(draft, regions=tuple(text for _ in draft.regions)) for text in ("", "\n^bb0:\n^bb1:\n")]
    readings = yield drafted(*tries)
    return any(isinstance(reading, (WrongType, MissingAttribute, RegionRule, GroupSize)) for reading in readings)


def _fewest(draft: Draft, part: str, count: Count) -> Draft:
    """The draft with as few operands or results as there may be."""
    if count.maximum is not None:
        return draft
    sizes = sizes_of(draft, part)
    changed = draft.counting(part, count.minimum)
    if sizes is None:
        return changed
    ones = [min(size, 1) for size in sizes]
    while sum(ones) > count.minimum:
        ones[max(index for index, size in enumerate(ones) if size)] = 0
    return changed.setting(SEGMENTS[part], sizes_text(ones)) if sum(ones) == count.minimum else draft


def _with_region(draft: Draft, index: int, text: str) -> Draft | None:
    if index >= len(draft.regions) or draft.regions[index] == text:
        return None
    return replace(draft, regions=(*draft.regions[:index], text, *draft.regions[index + 1 :]))


def _regrouped(draft: Draft, reading: GroupSize) -> Draft | None:
    """The draft with a group of the size that it has to have; others grow or shrink where their size is free."""
    sizes = sizes_of(draft, reading.part)
    values = draft.types_of(reading.part)
    if sizes is None:
        return draft.counting(reading.part, max(reading.start + reading.maximum, 0))
    starts = [sum(sizes[:index]) for index in range(len(sizes))]
    # an empty group starts where the next one does: the last of those that start there, if it is not empty
    index = max((i for i, start in enumerate(starts) if start == reading.start), default=None)
    if index is None:
        return None
    fitting = [i for i, start in enumerate(starts) if start == reading.start and not _fits(sizes[i], reading)]
    index = fitting[0] if fitting else index
    wanted = min(max(sizes[index], reading.minimum), reading.maximum)
    sizes[index : index + 1] = [wanted]
    filler = values[-1] if values else "f64"
    total = sum(sizes)
    types = (*values[:total], *(filler,) * (total - len(values)))
    return draft.typed(reading.part, types).setting(SEGMENTS[reading.part], sizes_text(sizes))


def _fits(size: int, reading: GroupSize) -> bool:
    return reading.minimum <= size <= reading.maximum
