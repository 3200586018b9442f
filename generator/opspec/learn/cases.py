"""Words for the cases of enums that are numbers: what an operation is printed with, in the dialect's own format."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from opspec.learn.operations import LearntOperation
from opspec.model.constraints import EnumReference
from opspec.model.dialect import Enum, EnumCase
from opspec.probe.driver import Asks, drafted
from opspec.probe.readings import Accepted

__all__ = ["learn_cases"]

_TOKEN = re.compile(r"[\w.$-]+|\S")
_WORD = re.compile(r"[A-Za-z_]\w*")


def learn_cases(learnt: LearntOperation) -> Asks[LearntOperation]:
    """The operation with words for the cases of its enums, where it is printed with some. Asked in the custom form."""
    if not learnt.is_accepted:
        return learnt
    enums: list[Enum] = []
    for enum in learnt.enums:
        name = next(a.name for a in learnt.operation.attributes if a.attribute.constraint == EnumReference(enum.name))
        drafts = [learnt.draft.setting(name, f"{case.value} : {enum.storage}") for case in enum.cases]
        readings = yield drafted(*drafts)
        texts = [reading.text for reading in readings if isinstance(reading, Accepted)]
        words = _words(texts) if len(texts) == len(drafts) else ()
        cases = tuple(EnumCase(word, case.value, word) for case, word in zip(enum.cases, words, strict=False))
        enums.append(replace(enum, cases=cases) if len(cases) == len(enum.cases) else enum)
    return replace(learnt, enums=tuple(enums))


def _words(texts: Sequence[str]) -> tuple[str, ...]:
    """The words in which the texts differ, one of each; none where they differ in anything else."""
    rows = [_TOKEN.findall(re.sub(r"loc\(.*?\)", "", text)) for text in texts]
    if len({len(row) for row in rows}) != 1:
        return ()
    differing = [column for column in zip(*rows, strict=True) if len(set(column)) > 1]
    if len(differing) != 1 or len(set(differing[0])) != len(texts):
        return ()
    words = differing[0]
    return tuple(words) if all(_WORD.fullmatch(word) for word in words) else ()
