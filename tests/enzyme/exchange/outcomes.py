"""What became of a module that went through Enzyme's empty pipeline: it, or what stands in its place, as data."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

__all__ = ["CAME_BACK", "Kind", "Outcome"]


class Kind(Enum):
    """The ways in which it can end, the best first; the value is what the page says."""

    IDENTICAL = "identical"
    SPELLED = "as the release spells it"
    DEFAULTS = "defaults written out"
    DIFFERS = "written otherwise"
    REFUSED = "refused"
    UNREAD = "not read"
    UNREADABLE = "not given back"
    FAILED = "failed"


CAME_BACK = (Kind.IDENTICAL, Kind.SPELLED, Kind.DEFAULTS)
"""The module itself: nothing in it means anything else than before."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How it ended, and the words or the differences that belong to it.

    Example: `Outcome(Kind.DEFAULTS, ("enzyme.fwddiff width = 1 : i64",))`.
    """

    kind: Kind
    details: tuple[str, ...] = ()
    """Of `DEFAULTS` the attributes that were added, of `DIFFERS` what was and what came, of the others the message."""
    read_by_host: bool = True
    """Whether the host read the text alone."""

    def to_json(self) -> list[object]:
        """As JSON takes it."""
        return [self.kind.name, list(self.details), self.read_by_host]

    @staticmethod
    def from_json(given: list[object]) -> Outcome:
        """The outcome that `to_json` wrote."""
        kind, details, read_by_host = given
        assert isinstance(details, list)
        return Outcome(Kind[str(kind)], tuple(map(str, details)), bool(read_by_host))
