"""Names that a spec uses, and whether they exist.

A mistake is often seen in several places (a deleted attribute is still named by the assembly format, by its
documentation, by a sample). It is one mistake, so it becomes one diagnostic with the other places as notes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import field

from opspec.dataclass import dataclass
from opspec.diagnostics import Diagnostics, Known, Location, Note

__all__ = ["Missing", "References"]


@dataclass(frozen=True, slots=True)
class Missing:
    """A name that is used and does not exist: whose it would be (`dialect 'enzyme'`), the name, and its first use."""

    owner: str
    name: str
    where: str
    location: Location


@dataclass(frozen=True, slots=True)
class _Use:
    where: str
    location: Location


@dataclass(slots=True)
class References:
    """Collects the uses of names that do not exist."""

    _missing: dict[tuple[str, str], list[_Use]] = field(default_factory=dict)
    _known: dict[tuple[str, str], Known] = field(default_factory=dict)

    def use(self, owner: str, name: str, known: Iterable[str] | Known, where: str, location: Location) -> bool:
        """Note that `where` (e.g. "the assembly format") names the part `name` of `owner`.

        Returns whether it is one of `known`. Who asks about the same names again and again gives them as `Known`.
        """
        names = known if isinstance(known, Known) else tuple(known)
        if name in names:
            return True
        self._missing.setdefault((owner, name), []).append(_Use(where, location))
        self._known.setdefault((owner, name), names if isinstance(names, Known) else Known(names))
        return False

    def missing(self) -> Iterator[Missing]:
        """The names that do not exist, in the order of their first use, once for each kind of place that uses them."""
        for (owner, name), uses in self._missing.items():
            first = {use.where: use for use in reversed(uses)}
            for where in dict.fromkeys(use.where for use in uses):
                yield Missing(owner, name, where, first[where].location)

    def report(self, diagnostics: Diagnostics) -> None:
        """One diagnostic for each name that is missing."""
        for (owner, name), uses in self._missing.items():
            first, *others = uses
            diagnostics.report(
                "unknown-name",
                f"{first.where} names '{name}', which {owner} does not have",
                first.location,
                self._known[owner, name].near(name),
                [Note(f"{use.where} names it too", use.location) for use in others],
            )
