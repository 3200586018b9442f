"""What stands around an operation made right, where the binary complains of that and not of the operation itself."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from opspec.learn.segments import SEGMENTS, grouping, sizes_of
from opspec.probe.drafts import Draft, block_line
from opspec.probe.driver import Asks, drafted
from opspec.probe.readings import Accepted, Counted, Died, NoDialect, NoOperation, Reading, Unparsable, WrongType

__all__ = ["make_right"]

_SIDE_BY_SIDE = 6
_MOST = 4
_LISTS = ("array<i64>", "array<i64: 1>", "array<i64: -9223372036854775808>")
"""Numbers that are known, beside operands for those that are not: none, one, and one that an operand says."""

_PLAIN = ("index", "i1", "tensor<?xf64>", "memref<?xf64>")

_ELEMENT = re.compile(r"(?:tensor|memref|vector)<(?:[\[\]?*\d]+x)*([\w<>]+)>|!\w+\.\w+<(.*)>")
_HEAD = re.compile(r"\n\^bb0(?:\(.*\))?:\n")
_MISTYPED = re.compile(r"(?:operand|result) #\d+ must be")
_UNHELPFUL = (Counted, NoDialect, NoOperation, Died)


def make_right(draft: Draft, reading: Reading, terminators: Sequence[str], rounds: int) -> Asks[Draft | None]:
    """A draft of which the binary has got to the operation itself, or which it takes; None where none is found.

    Changed is the operation around the draft, or the draft where it stands alone: how many operands and results it has,
    the arguments of its blocks, their terminators. What brings a complaint that is new is changed further, as many
    times as there are `rounds`.
    """
    heard = {getattr(reading, "message", "")}
    mistyped: set[Draft] = set()
    current = [draft]
    for _ in range(rounds):
        tries = list(dict.fromkeys(varied for each in current for varied in _varied(each, terminators)))
        readings = yield drafted(*tries)
        answered = list(zip(tries, readings, strict=True))
        taken = [tried for tried, answer in answered if isinstance(answer, Accepted)]
        if taken:
            return taken[0]
        if draft.parents:
            within = [tried for tried, answer in answered if not isinstance(answer, (Unparsable, *_UNHELPFUL))]
            if within:
                return within[0]
        current = []
        for tried, answer in answered:
            message = getattr(answer, "message", "")
            if isinstance(answer, WrongType) or _MISTYPED.search(message):
                mistyped.add(tried)
            if message not in heard and not isinstance(answer, _UNHELPFUL):
                heard.add(message)
                current.append(tried)
        current = sorted(current, key=lambda tried: tried in mistyped)[:_SIDE_BY_SIDE]
        if not current:
            break
    return None


def _varied(draft: Draft, terminators: Sequence[str]) -> Iterator[Draft]:
    """The draft with one thing changed in what stands around it."""
    around = draft.parents[-1] if draft.parents else draft
    for changed in _changed(around, draft.inside if draft.parents else None, terminators):
        yield replace(draft, parents=(*draft.parents[:-1], changed)) if draft.parents else changed
    if draft.parents:
        for types in _arguments(around):
            yield replace(draft, block=types)
        for part in ("operands", "regions"):
            yield from (draft.counting(part, count) for count in range(_MOST))
        yield from (replace(draft, inside=index) for index in range(len(around.regions)))
        yield from draft.framed()


def _changed(around: Draft, inside: int | None, terminators: Sequence[str]) -> Iterator[Draft]:
    for part in SEGMENTS:
        sizes = sizes_of(around, part)
        if sizes is None:
            yield from (
                around.counting(part, count) for count in range(_MOST + 1) if count != len(around.types_of(part))
            )
        else:
            changes = ((i, size) for i in range(len(sizes)) for size in range(3) if size != sizes[i])
            yield from (grouping(around, part, i, size) for i, size in changes)
    values = dict.fromkeys((*around.operands, *filter(None, map(_element, around.operands))))
    for index, text in enumerate(around.operands):
        yield from (around.changing("operands", index, other) for other in _PLAIN if other != text)
    for index, text in enumerate(around.results):
        yield from (around.changing("results", index, other) for other in values if other != text)
    for name, text in around.attributes:
        if text.startswith("array<i64") and name not in SEGMENTS.values():
            yield from (around.setting(name, other) for other in _LISTS if other != text)
    for index, text in enumerate(around.regions):
        if index == inside:
            continue
        head = match[0] if (match := _HEAD.match(text)) else "\n"
        body = text.removeprefix(head)
        bodies = [f"\n{block_line(types)}\n{body}" for types in _arguments(around)]
        bodies += [f"{head}{line}" for name in terminators for line in _endings(name, around)]
        for other in bodies:
            yield replace(around, regions=(*around.regions[:index], other, *around.regions[index + 1 :]))


def _arguments(around: Draft) -> Iterator[tuple[str, ...]]:
    """Types that the arguments of a block in the operation may have, the likeliest first."""
    values = tuple(dict.fromkeys((*around.operands, *around.results)))
    elements = tuple(dict.fromkeys(filter(None, map(_element, values))))
    found: list[tuple[str, ...]] = [(), around.operands, around.results]
    found += [(text,) * count for text in (*elements, *values, "index") for count in (1, 2)]
    found += [("index", *around.results), ("index", *around.operands), ("index", *elements)]
    yield from dict.fromkeys(found)


def _element(text: str) -> str | None:
    match = _ELEMENT.fullmatch(text)
    return None if match is None else match[1] or match[2]


def _endings(name: str, around: Draft) -> Iterator[str]:
    """A terminator without operands, with values of the types of the operation's results, and of their elements."""
    yield f'"{name}"() : () -> ()\n'
    elements = tuple(filter(None, map(_element, around.results)))
    for types in dict.fromkeys((around.results, elements)):
        if types:
            values = "".join(
                f'  %end_{index} = "builtin.unrealized_conversion_cast"() : () -> {text}\n'
                for index, text in enumerate(types)
            )
            operands = ", ".join(f"%end_{index}" for index in range(len(types)))
            yield f'{values}  "{name}"({operands}) : ({", ".join(types)}) -> ()\n'
