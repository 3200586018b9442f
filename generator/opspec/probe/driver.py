"""Many probes at once: each asks what it has to, and all questions of a round go to Enzyme together."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from typing import TypeAlias, TypeVar

from opspec.dataclass import dataclass
from opspec.probe.drafts import Draft
from opspec.probe.readings import Counted, Reading, Refused, Said, Unparsable, read_answer
from opspec.progress import progress

__all__ = ["Asks", "Question", "ask_together", "drafted"]

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Question:
    """A module, and the operation in question: its name, where it stands, and the names of those in its regions alone.

    `spoiled` is the module with that operation wrong in a way that is seen at once, where others stand around it: it
    tells whether a complaint about those comes before the operation is looked at, or when nothing is wrong with it.
    """

    text: str
    name: str = ""
    place: tuple[int, int] | None = None
    spoiled: str = ""
    inner: frozenset[str] = frozenset()


Asks: TypeAlias = Generator[Sequence[Question], Sequence[Reading], _T]
"""A probe: yields questions, receives their answers in order, returns what it found out."""


def drafted(*drafts: Draft) -> tuple[Question, ...]:
    """Drafts as questions."""
    return tuple(
        Question(
            draft.render(),
            draft.name,
            draft.place,
            spoiled=draft.spoiled().render() if draft.parents else "",
            inner=draft.inner,
        )
        for draft in drafts
    )


def ask_together(probes: Sequence[Asks[_T]], ask: Callable[[Sequence[str]], Sequence[Said]]) -> list[_T]:
    """Run the probes side by side; `ask` hands modules to Enzyme. Gives what each found out, in order."""
    found: dict[int, _T] = {}
    pending: dict[int, Sequence[Question]] = {}
    for index, probe in enumerate(probes):
        _advance(probe, None, index, pending, found)
    with progress("asking Enzyme", len(probes)) as done:
        while pending:
            done(len(found))
            answers = iter(_answer([question for asked in pending.values() for question in asked], ask))
            readings = {index: [next(answers) for _ in asked] for index, asked in pending.items()}
            pending = {}
            for index, read in readings.items():
                _advance(probes[index], read, index, pending, found)
        done(len(found))
    return [found[index] for index in range(len(probes))]


def _answer(questions: Sequence[Question], ask: Callable[[Sequence[str]], Sequence[Said]]) -> list[Reading]:
    """What is said of each operation. A complaint about those around that comes behind it is C++'s, of it."""
    answers = ask([question.text for question in questions])
    readings = [read_answer(said, q.name, q.place, q.inner) for said, q in zip(answers, questions, strict=True)]
    unsure = [i for i, reading in enumerate(readings) if questions[i].spoiled and isinstance(reading, Unparsable)]
    spoiled = ask([questions[index].spoiled for index in unsure]) if unsure else ()
    for index, said in zip(unsure, spoiled, strict=True):
        if isinstance(read_answer(said, questions[index].name), Counted):
            readings[index] = Refused(readings[index].message)
    return readings


def _advance(
    probe: Asks[_T],
    readings: Sequence[Reading] | None,
    index: int,
    pending: dict[int, Sequence[Question]],
    found: dict[int, _T],
) -> None:
    try:
        pending[index] = next(probe) if readings is None else probe.send(readings)
    except StopIteration as end:
        found[index] = end.value
