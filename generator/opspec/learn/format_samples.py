"""The drafts that show an assembly format: each differs in one thing from a draft that is taken, some in several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from opspec.learn.composing import MARK, Samples, compose
from opspec.learn.formats import fits, print_format
from opspec.learn.lattice import CORE
from opspec.learn.printed import Printed, places_of, read_printed
from opspec.learn.segments import SEGMENTS, grouping, places_in, sizes_of
from opspec.model.constraints import Multiplicity
from opspec.model.dialect import Operation
from opspec.probe.drafts import Draft, Frame
from opspec.probe.driver import Asks, drafted
from opspec.probe.readings import Accepted

__all__ = ["counting", "fill", "groups_of", "learn_format"]

_SHAPED = (*(f"{word}<{shape}xf64>" for word in ("tensor", "memref", "vector") for shape in ("4", "?", "4x4")), "i1")
_EMPTY = re.compile(r"array<i\d+>|\[\]")
_MOST = 4
"""How many samples that differ in one thing are kept."""


def learn_format(operation: Operation, draft: Draft, values: Sequence[str]) -> Asks[tuple[str, int]]:
    """The format in directives, and how many drafts are printed so; empty where no format is found that fits all.

    `draft` is one that is taken, `values` are texts of attributes to try.
    """
    if draft.parents or draft.successors or draft.frame is Frame.MODULE:
        return "", 0
    first = draft
    draft = yield from fill(operation, draft)
    (base,) = yield from _shown(operation, [draft])
    if base is None:
        return "", 0
    if any(not base.types[name] for _, name, _ in groups_of(operation)):
        return "", 0
    several = [one for one in (yield from _shown(operation, [first])) if one is not None]
    (marked,) = yield from _shown(operation, [draft.setting(MARK, "unit")])
    types = yield from _typed(operation, draft)
    attributes: dict[str, tuple[Printed, ...]] = {}
    for each in operation.attributes:
        tried = (*_others(draft.attribute(each.name) or ""), *values)
        found = yield from _shown(operation, [draft.setting(each.name, value) for value in tried])
        unique = {one.tokens: one for one in reversed(found) if one is not None and one.tokens != base.tokens}
        attributes[each.name] = tuple(list(unique.values())[:_MOST])
    fewer: dict[str, Printed] = {}
    for part, name, index in groups_of(operation):
        none, two = yield from _shown(operation, [counting(operation, draft, part, index, size) for size in (0, 2)])
        fewer |= {name: none} if none is not None else {}
        several += [two] if two is not None else []
    samples = Samples(base, types, attributes, marked, fewer, tuple(several))
    is_shown = all(any(not one.types[name] for one in samples.all()) for _, name, _ in groups_of(operation))
    composed = compose(operation, samples) if is_shown else None
    if composed is None:
        return "", 0
    mixed = yield from _shown(operation, _mixed(samples))
    fitted = {one.draft: one for one in (*samples.all(), *mixed) if one is not None}.values()
    for pieces in composed.orders:
        if all(fits(pieces, one, composed.spelling) for one in fitted):
            return print_format(pieces), len(fitted)
    return "", 0


def _shown(operation: Operation, drafts: Sequence[Draft]) -> Asks[list[Printed | None]]:
    """How the drafts are printed; None for those that are refused."""
    readings = yield drafted(*drafts) if drafts else ()
    return [
        read_printed(operation, draft, reading.text) if isinstance(reading, Accepted) else None
        for draft, reading in zip(drafts, readings, strict=True)
    ]


def _typed(operation: Operation, draft: Draft) -> Asks[tuple[Printed, ...]]:
    """The draft with other types: each value by itself, and all that are alike."""
    found: list[Printed] = []
    for place in places_in(draft):
        tried = yield from _shown(operation, [draft.changing(*place, text) for text in CORE])
        found += [one for one in tried if one is not None and one.draft != draft][:_MOST]
    for old in dict.fromkeys((*draft.operands, *draft.results)):
        tried = yield from _shown(operation, [d for text in CORE if text != old for d in _retyped(draft, old, text)])
        found += [one for one in tried if one is not None and one.draft != draft][: 3 * _MOST]
    return tuple(found)


def _retyped(draft: Draft, old: str, new: str) -> list[Draft]:
    """The draft with another type for one, in operands and results, and in either."""
    operands, results = ([new if text == old else text for text in draft.types_of(part)] for part in SEGMENTS)
    changed = draft.typed("operands", operands)
    return [changed.typed("results", results), changed, draft.typed("results", results)]


def _others(text: str) -> list[str]:
    """Values of the same kind: with other numbers, another text, another symbol."""
    found = [re.sub(r"(?<![\w.])\d+(?!\w)", number, text) for number in ("2", "3")]
    found += [re.sub(r"(?<=[\"@])name\b", word, text) for word in ("other", "third")]
    return [other for other in dict.fromkeys(found) if other != text]


def groups_of(operation: Operation) -> list[tuple[str, str, int]]:
    """The operands and results that may stand for several values or none: part, name, number."""
    declared = (("operands", operation.operands), ("results", operation.results))
    return [
        (part, named.name, index)
        for part, each in declared
        for index, named in enumerate(each)
        if named.value.multiplicity is not Multiplicity.ONE
    ]


def counting(operation: Operation, draft: Draft, part: str, index: int, size: int, text: str = "") -> Draft:
    """The draft with so many values of one operand or result, new ones of the type `text` or like the last."""
    places = places_of(operation, draft, part)
    if places is None:
        return draft
    place = list(places.values())[index]
    if sizes_of(draft, part) is not None:
        changed = grouping(draft, part, index, size)
        return changed.changing(part, place.start, text) if text and size else changed
    types = draft.types_of(part)
    last = text or (types[place.stop - 1] if len(place) else "f64")
    return draft.typed(part, (*types[: place.start], *[last] * size, *types[place.stop :]))


def fill(operation: Operation, draft: Draft) -> Asks[Draft]:
    """The draft with a value for each operand and result that stands for none, where the binary takes one."""
    for part, name, index in groups_of(operation):
        places = places_of(operation, draft, part)
        if places is None or len(places[name]):
            continue
        tried = yield from _shown(operation, [counting(operation, draft, part, index, 1, text) for text in CORE])
        if not any(tried):
            drafts = [draft.changing(*place, text) for place in places_in(draft) for text in _SHAPED]
            more = [counting(operation, each, part, index, 1, text) for each in drafts for text in ("index", "f64")]
            tried = yield from _shown(operation, more)
        draft = next((one.draft for one in tried if one is not None), draft)
    lists = [name for name, text in draft.attributes if _EMPTY.fullmatch(text) and name not in SEGMENTS.values()]
    if lists:
        tried = yield from _shown(operation, [_listing(each, lists, n) for each in _shapes(draft) for n in "01"])
        draft = next((one.draft for one in tried if one is not None), draft)
    return draft


def _listing(draft: Draft, names: Sequence[str], number: str) -> Draft:
    """The draft with a number in each of some lists that are empty, each its own."""
    for name in names:
        text = draft.attribute(name) or ""
        draft = draft.setting(name, f"[{number}]" if text == "[]" else f"{text[:-1]}: {number}>")
        number = str(int(number) + 1)
    return draft


def _shapes(draft: Draft) -> list[Draft]:
    """The draft with shaped types: in one place, in all of one type, and everywhere."""
    every = [replace(draft, operands=(t,) * len(draft.operands), results=(t,) * len(draft.results)) for t in _SHAPED]
    alike = [
        one
        for old in dict.fromkeys((*draft.operands, *draft.results))
        for t in _SHAPED
        for one in _retyped(draft, old, t)
    ]
    return [*every, *alike, *(draft.changing(*place, text) for place in places_in(draft) for text in _SHAPED)]


def _mixed(samples: Samples) -> list[Draft]:
    """Drafts that differ from the first one in several things at once."""
    starts = [samples.base, *samples.types[-1:], *samples.fewer.values(), *samples.several]
    mixed: list[Draft] = []
    for start in starts:
        draft = start.draft.setting(MARK, "unit") if samples.marked is not None else start.draft
        for name, printed in samples.attributes.items():
            value = printed[0].draft.attribute(name) if printed else None
            if value is not None and name not in SEGMENTS.values():
                draft = draft.setting(name, value)
        mixed.append(draft)
    return mixed
