"""What the dialect's own format tells: how an operation is printed, and the words for cases that are numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from opspec.learn.format_samples import learn_format
from opspec.learn.operations import LearntOperation
from opspec.learn.printed import printed_line, without_locations
from opspec.model.constraints import EnumReference
from opspec.model.dialect import Enum, EnumCase
from opspec.probe.driver import Asks, drafted
from opspec.probe.readings import Accepted
from opspec.spec.printer import FORMAT_NOTE

__all__ = ["learn_printing"]

_TOKEN = re.compile(r"[\w.$-]+|\S")
_WORD = re.compile(r"[A-Za-z_]\w*")


def learn_printing(learnt: LearntOperation, values: Sequence[str]) -> Asks[LearntOperation]:
    """The operation with its format, or else how it is printed, and with the words for the cases of its enums.

    Asked in the custom form; `values` are texts of attributes to try.
    """
    if not learnt.is_accepted:
        return learnt
    (reading,) = yield drafted(learnt.draft)
    printed = printed_line(reading.text, learnt.draft.name) if isinstance(reading, Accepted) else ""
    enums: list[Enum] = []
    for enum in learnt.enums:
        name = next(a.name for a in learnt.operation.attributes if a.attribute.constraint == EnumReference(enum.name))
        drafts = [learnt.draft.setting(name, f"{case.value} : {enum.storage}") for case in enum.cases]
        readings = yield drafted(*drafts)
        texts = [reading.text for reading in readings if isinstance(reading, Accepted)]
        words = _words(texts) if len(texts) == len(drafts) else ()
        cases = tuple(EnumCase(word, case.value, word) for case, word in zip(enum.cases, words, strict=False))
        enums.append(replace(enum, cases=cases) if len(cases) == len(enum.cases) else enum)
    text, count = ("", 0) if not printed else (yield from learn_format(learnt.operation, learnt.draft, values))
    operation = replace(learnt.operation, format=text) if text else learnt.operation
    added = {"": f", printed as: {printed}"} if printed else {}
    notes = tuple((part, how + added.get(part, "")) for part, how in learnt.notes)
    if text:
        notes = (*notes, (FORMAT_NOTE, f"{count} drafts are printed so"))
    return replace(learnt, operation=operation, enums=tuple(enums), notes=notes)


def _words(texts: Sequence[str]) -> tuple[str, ...]:
    """The words in which the texts differ, one of each; none where they differ in anything else."""
    rows = [_TOKEN.findall(without_locations(text)) for text in texts]
    if len({len(row) for row in rows}) != 1:
        return ()
    differing = [column for column in zip(*rows, strict=True) if len(set(column)) > 1]
    if len(differing) != 1 or len(set(differing[0])) != len(texts):
        return ()
    words = differing[0]
    return tuple(words) if all(_WORD.fullmatch(word) for word in words) else ()
