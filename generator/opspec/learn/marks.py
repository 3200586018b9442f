"""The words that tell operands and results apart in the IR: a format's word before an operand, a result's name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from opspec.dataclass import dataclass
from opspec.learn.format_samples import counting, fill, groups_of
from opspec.learn.operations import LearntOperation
from opspec.learn.printed import places_of, read_printed
from opspec.learn.segments import SEGMENTS
from opspec.model.constraints import Multiplicity
from opspec.model.dialect import Operation
from opspec.probe.drafts import Draft
from opspec.probe.driver import Asks, drafted
from opspec.probe.readings import Accepted

__all__ = ["Marks", "learn_marks", "marks_of"]

_WORD = re.compile(r"[A-Za-z_]\w*")
_BEFORE = re.compile(r"`(\w+)`\s*(?:`=`\s*)?\$(\w+)")


@dataclass(frozen=True, slots=True)
class Marks:
    """The word of each operand and result that has one, by its name; `named` are those that the word names."""

    operands: Mapping[str, str]
    results: Mapping[str, str]
    named: frozenset[str] = frozenset()


_NOTHING = Marks({}, {})


def marks_of(operation: Operation) -> Marks:
    """The words in an operation's format; each result is named as it is declared."""
    words = {name: word for word, name in _BEFORE.findall(operation.format or "")}
    return Marks(words, {result.name: result.name for result in operation.results})


def learn_marks(learnt: LearntOperation, sample: Draft) -> Asks[Marks]:
    """The words that are printed for a draft in which as many operands and results as possible stand for values.

    Asked in the dialect's own format. `sample` is a draft of the spec, whose attributes the draft may need. Nothing is
    told where no draft is taken, or it is printed in the generic form.
    """
    operation = learnt.operation
    drafts = [each for start in _with_attributes(learnt.draft, sample) for each in _emptied(operation, start)]
    readings = yield drafted(*drafts)
    taken = [draft for draft, reading in zip(drafts, readings, strict=True) if isinstance(reading, Accepted)]
    if not taken:
        return _NOTHING
    draft = yield from fill(operation, taken[0])
    (reading,) = yield drafted(draft)
    if not isinstance(reading, Accepted):
        return _NOTHING
    printed, places = read_printed(operation, draft, reading.text), places_of(operation, draft, "results")
    if printed is None or places is None:
        return _NOTHING
    operands: dict[str, str] = {}
    named: set[str] = set()
    for operand in operation.operands:
        first = f"${operand.name}.0"
        place = printed.tokens.index(first) if first in printed.tokens else 0
        *further, last = ("", *printed.tokens[:place])
        word = further[-1] if last == "=" else last
        if _WORD.fullmatch(word):
            operands[operand.name] = word
            if last == "=":
                named.add(operand.name)
    shown = [name for name, found in places.items() if len(found)]
    texts = _left(reading.text, draft.name)
    are_names = len(texts) == len(shown) > 1 and all(map(_WORD.fullmatch, texts))  # numbers tell nothing
    results = dict(zip(shown, texts, strict=True)) if are_names else {}
    return Marks(operands, results, frozenset((*named, *results)))


def _with_attributes(draft: Draft, sample: Draft) -> list[Draft]:
    """The draft, and the draft with the attributes of another one."""
    given = draft
    for name, text in sample.attributes:
        given = given if name in SEGMENTS.values() else given.setting(name, text)
    return [draft, replace(given, setup=sample.setup)]


def _emptied(operation: Operation, draft: Draft) -> list[Draft]:
    """The draft, and the draft with no value where there may be none: in lists, in optional parts, in both."""
    found = [draft]
    values = {named.name: named.value.multiplicity for named in (*operation.operands, *operation.results)}
    for kinds in ((Multiplicity.VARIADIC,), (Multiplicity.OPTIONAL,), (Multiplicity.VARIADIC, Multiplicity.OPTIONAL)):
        emptied = draft
        for part, name, index in groups_of(operation):
            emptied = counting(operation, emptied, part, index, 0) if values[name] in kinds else emptied
        found.append(emptied)
    return found


def _left(text: str, name: str) -> list[str]:
    """The names of the results that are printed before an operation."""
    found = re.search(rf"(?m)^ *(%[^=\n]*) = {re.escape(name)}(?![\w.])", text)
    return [one.strip().lstrip("%").partition(":")[0] for one in found[1].split(",")] if found else []
