"""Entries of an overlay about things that the new facts do not have: where, and what they are probably called now."""

from __future__ import annotations

from collections.abc import Sequence

from opspec.dataclass import dataclass
from opspec.diagnostics import Location
from opspec.diff.changes import Candidate, Change
from opspec.diff.guesses import operation_candidate
from opspec.diff.sides import ProjectSide
from opspec.model.dialect import Dialect
from opspec.spec.references import Missing

__all__ = ["Orphan", "find_orphans"]

_WORTH_SAYING = 0.3
"""The least likeness of an operation that is named as the closest to one that is gone."""


@dataclass(frozen=True, slots=True)
class Orphan:
    """A name that an overlay uses and the facts no longer have. `new_name` is what it is probably called now."""

    owner: str
    name: str
    location: Location
    new_name: str = ""
    candidate: Candidate | None = None

    def __str__(self) -> str:
        text = f"{self.location}: the overlay speaks of '{self.name}', which {self.owner} does not have any more"
        if self.new_name:
            return f"{text}; it is probably '{self.new_name}' now ({self.candidate})"
        return f"{text}; nothing new is like it"


def _renamed(missing: Missing, changes: Sequence[Change]) -> Change | None:
    """The guessed rename of the thing that is missing."""
    for change in changes:
        if change.candidate is None or change.old is None or change.old.place.name != missing.name:
            continue
        place = change.old.place
        owner = place.owner[1] if len(place.path) > 2 else place.dialect
        if f"'{owner}'" in missing.owner or f"'{place.dialect}.{owner}'" in missing.owner:
            return change
    return None


def _closest(missing: Missing, old: Dialect, new: Dialect) -> tuple[str, Candidate] | None:
    """The new operation that is most like one that is gone, though not enough to count as renamed."""
    gone = [operation for operation in old.operations if operation.mnemonic == missing.name]
    known = {operation.mnemonic for operation in old.operations}
    scored = [
        (operation_candidate(operation, other), other.mnemonic)
        for operation in gone
        for other in new.operations
        if other.mnemonic not in known
    ]
    scored.sort(key=lambda found: (-found[0].score, found[1]))
    return (scored[0][1], scored[0][0]) if scored and scored[0][0].score >= _WORTH_SAYING else None


def find_orphans(
    missing: Sequence[Missing], old: ProjectSide, new: ProjectSide, changes: Sequence[Change]
) -> tuple[Orphan, ...]:
    """What is missing, with what it is probably called now."""
    later = {dialect.name: dialect for dialect in new.dialects}
    found = []
    for use in missing:
        change = _renamed(use, changes)
        if change is not None and change.new is not None:
            place = change.new.place
            is_moved = place.dialect != change.place.dialect and len(place.path) == 2
            name = f"{place.dialect}.{place.name}" if is_moved else place.name
            found.append(Orphan(use.owner, use.name, use.location, name, change.candidate))
            continue
        closest = None
        for dialect in old.dialects:
            if use.owner == f"dialect '{dialect.name}'" and dialect.name in later:
                closest = _closest(use, dialect, later[dialect.name])
        found.append(Orphan(use.owner, use.name, use.location, *(closest or ())))
    return tuple(found)
