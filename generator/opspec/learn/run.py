"""Binaries learnt from, one or several of which the later know better, and the text of `learned.yaml`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from opspec.dataclass import dataclass
from opspec.learn.answers import Answers
from opspec.learn.binaries import Binary
from opspec.learn.dialects import LearntDialect, Wanted, learn_dialects
from opspec.learn.operations import LearntOperation
from opspec.model.dialect import Dialect
from opspec.spec.printer import print_dialect

__all__ = ["HEAD", "Learnt", "joined", "known_names", "learn_from", "learned_text"]

_T = TypeVar("_T")

HEAD = "# Facts, written by `opspec learn`: what a binary told of itself. Do not edit: words belong in overlay.yaml."
"""The first line of facts that were learnt."""


@dataclass(frozen=True, slots=True)
class Learnt:
    """What was learnt of a dialect, the text of its `learned.yaml`, and the operations there was no time for.

    `operations` are those of the dialect, with how each was learnt.
    """

    dialect: Dialect
    text: str
    left: tuple[str, ...]
    operations: tuple[LearntOperation, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was learnt."""
        dialect = self.dialect
        return not (dialect.operations or dialect.attributes or dialect.types)


def known_names(dialects: Iterable[Dialect]) -> frozenset[str]:
    """What facts have already, as it is written: `comm.mpi.send`, `!comm.mpi.op`."""
    found: set[str] = set()
    for dialect in dialects:
        found.update(f"{dialect.name}.{operation.mnemonic}" for operation in dialect.operations)
        found.update(f"#{each.dialect or dialect.name}.{each.mnemonic}" for each in dialect.attributes)
        found.update(f"!{each.dialect or dialect.name}.{each.mnemonic}" for each in dialect.types)
    return frozenset(found)


def learn_from(binaries: Sequence[Binary], wanted: Wanted, schema_path: str, kept: Path) -> tuple[Learnt, ...]:
    """Learn the dialects from each binary, the newest last: of what an older one has too, the newer one's facts count.

    Answers are kept in the file `kept` until all is done.
    """
    merged: dict[str, tuple[LearntDialect, dict[str, str]]] = {}
    known = wanted.known
    for binary in reversed(binaries):
        with Answers(kept, repr(binary.provenance)) as answers, binary.open(True) as process:
            names = binary.names(wanted.named)
            now = replace(wanted, known=known)
            custom = partial(binary.ask, generic=False)
            found = learn_dialects(now, names, answers.asking(process.ask), custom)
        known |= known_names(each.dialect for each in found)
        for one in found:
            merged[one.dialect.name] = _merged(merged.get(one.dialect.name), one, dict(binary.provenance))
    learnt: list[Learnt] = []
    for one, provenance in merged.values():
        dialect = replace(one.dialect, provenance=tuple(provenance.items()))
        learnt.append(Learnt(dialect, learned_text(dialect, one, schema_path), one.left, one.operations))
    return tuple(learnt)


def _merged(
    newer: tuple[LearntDialect, dict[str, str]] | None, one: LearntDialect, provenance: dict[str, str]
) -> tuple[LearntDialect, dict[str, str]]:
    """What newer binaries told, and what only an older one has."""
    if newer is None:
        return one, provenance
    found, origin = newer
    if not (one.dialect.operations or one.dialect.attributes or one.dialect.types):
        return newer
    both = joined(found.dialect, one.dialect)
    also = {f"{key} before": value for key, value in provenance.items()}
    notes = (*one.notes, *found.notes)
    return LearntDialect(both, notes, (*found.operations, *one.operations), (*found.left, *one.left)), origin | also


def joined(newer: Dialect, older: Dialect) -> Dialect:
    """What either of two has, in the order of names; where both have it, as the newer one has it."""

    def both(section: Callable[[Dialect], tuple[_T, ...]], name: Callable[[_T], object]) -> tuple[_T, ...]:
        found = {name(each): each for each in (*section(older), *section(newer))}
        return tuple(found[key] for key in sorted(found, key=str))

    return replace(
        newer,
        enums=both(lambda dialect: dialect.enums, lambda enum: enum.name),
        attributes=both(lambda dialect: dialect.attributes, lambda one: (one.mnemonic, one.dialect)),
        types=both(lambda dialect: dialect.types, lambda one: (one.mnemonic, one.dialect)),
        operations=both(lambda dialect: dialect.operations, lambda one: one.mnemonic),
    )


def learned_text(dialect: Dialect, learnt: LearntDialect, schema_path: str) -> str:
    """The text of `learned.yaml`: each fact with how it was learnt."""
    return print_dialect(dialect, schema_path, HEAD, dict(learnt.notes))
