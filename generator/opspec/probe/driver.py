"""Many probes at once: each asks what it has to, and all questions of a round go to Enzyme together."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from typing import TypeAlias, TypeVar

from opspec.dataclass import dataclass
from opspec.probe.drafts import Draft
from opspec.probe.readings import Reading, Said, read_answer
from opspec.progress import progress

__all__ = ["Asks", "Question", "ask_together", "drafted"]

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Question:
    """A module, and the operation in question: its name, and where it stands."""

    text: str
    name: str = ""
    place: tuple[int, int] | None = None


Asks: TypeAlias = Generator[Sequence[Question], Sequence[Reading], _T]
"""A probe: yields questions, receives their answers in order, returns what it found out."""


def drafted(*drafts: Draft) -> tuple[Question, ...]:
    """Drafts as questions."""
    return tuple(Question(draft.render(), draft.name, draft.place) for draft in drafts)


def ask_together(probes: Sequence[Asks[_T]], ask: Callable[[Sequence[str]], Sequence[Said]]) -> list[_T]:
    """Run the probes side by side; `ask` hands modules to Enzyme. Gives what each found out, in order."""
    found: dict[int, _T] = {}
    pending: dict[int, Sequence[Question]] = {}
    for index, probe in enumerate(probes):
        _advance(probe, None, index, pending, found)
    with progress("asking Enzyme", len(probes)) as done:
        while pending:
            done(len(found))
            questions = [question for asked in pending.values() for question in asked]
            answers = iter(ask([question.text for question in questions]))
            readings = {
                index: [read_answer(next(answers), question.name, question.place) for question in asked]
                for index, asked in pending.items()
            }
            pending = {}
            for index, read in readings.items():
                _advance(probes[index], read, index, pending, found)
        done(len(found))
    return [found[index] for index in range(len(probes))]


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
