"""A scope of names: who has which, and what to do where two want the same."""

from __future__ import annotations

from collections.abc import Callable

from opspec.dataclass import dataclass
from opspec.diagnostics import Diagnostics, Location, Note
from opspec.naming.reserved import why_reserved, why_special

__all__ = ["Claim", "Proposal", "Scope"]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A name that an overlay can give at a path; `replaces` says that a person wrote another one there."""

    path: tuple[str, ...]
    name: str
    replaces: bool


@dataclass(frozen=True, slots=True)
class Claim:
    """A name that something wants. `what` says whose it is (`the function of 'run'`).

    `path` is where the overlay can give it another one, e.g. `("operations", "run", "python", "name")`. `is_written`
    says that a person wrote the name there. `entry` is what stands in the list at `path` where the name is one of
    several; its last step is the name of that list.
    """

    name: str
    what: str
    location: Location
    path: tuple[str, ...]
    is_written: bool = False
    entry: str = ""

    def another(self, free: Callable[[str], bool]) -> str:
        """A name like this one that is free; `free` says whether a name is to be had."""
        base = self.name.strip("_") or "name"
        base = f"_{base}" if base[0].isdigit() else base
        candidates = (base if self.name.startswith("_") else f"{base}_", *(f"{base}_{n}" for n in range(2, 100)))
        return next((name for name in candidates if free(name)), base)

    def remedy(self, candidate: str) -> str:
        """What to write in the overlay."""
        text = candidate
        for step in reversed(self.path):
            key = step if step.replace("_", "").isalnum() and not step[0].isdigit() else f"'{step}'"
            text = f"{key}: {text}" if text == candidate else f"{key}: {{{text}}}"
        return f"write another name in overlay.yaml: `{text}`"


class Scope:
    """The names of one place, such as a module. Every collision is one diagnostic, at the later of the two."""

    def __init__(
        self,
        reserved: frozenset[str],
        diagnostics: Diagnostics,
        proposals: list[Proposal],
        *,
        why_not: Callable[[str], str] = why_special,
        outside: Callable[[str], Claim | None] = lambda _: None,
    ) -> None:
        """A scope without names of its own; `outside` says what already holds a name that must not be hidden.

        `proposals` takes what would help. `why_not` says in words why a name is not to be had, beside `reserved` ones;
        empty where it is.
        """
        self._proposals = proposals
        self._proposed: set[str] = set()
        self._reserved = reserved
        self._why_not = why_not
        self._outside = outside
        self._diagnostics = diagnostics
        self._taken: dict[str, Claim] = {}
        self._held: dict[str, Claim] = {}

    def take(self, claim: Claim) -> None:
        """Give the name to whoever wants it, or report why it is not to be had."""
        holder = self._taken.setdefault(claim.name, claim)
        reason = why_reserved(claim.name, self._reserved) or self._why_not(claim.name)
        if reason:
            message = f"{claim.what} would be '{claim.name}', which {reason}"
            self._report("name-reserved", message, claim, [])
        elif holder is not claim:
            self._collide(claim, holder)
        elif (held := self._held.get(claim.name) or self._outside(claim.name)) is not None:
            self._collide(claim, held)

    def hold(self, claim: Claim) -> None:
        """Keep a name that nobody can change: whoever else wants it has to yield."""
        self._held[claim.name] = claim
        if (other := self._taken.get(claim.name)) is not None:
            self._collide(other, claim)

    def _collide(self, claim: Claim, holder: Claim) -> None:
        """Report two with one name. Where a person wrote one of them, that is the one to change."""
        if holder.is_written and not claim.is_written:
            claim, holder = holder, claim
        message = f"{claim.what} and {holder.what} would both be '{claim.name}' in Python"
        self._report("name-collision", message, claim, [Note(f"{holder.what} stands here", holder.location)])

    def _report(self, code: str, message: str, claim: Claim, notes: list[Note]) -> None:
        """Report it once, even if the name is wanted in several scopes."""
        if not self._diagnostics.has(code, message, claim.location):
            self._diagnostics.report(code, message, claim.location, self._remedy(claim), notes)

    def _remedy(self, claim: Claim) -> str:
        """What to write in the overlay, which is a proposal too."""
        if claim.entry:
            return f"take '{claim.entry}' out of `{claim.path[-1]}`, or write another name there"
        if not claim.path:
            return "give one of the two another name"
        name = next((found.name for found in self._proposals if found.path == claim.path), "")
        if not name:
            name = claim.another(self._is_free)
            self._proposals.append(Proposal(claim.path, name, claim.is_written))
        self._proposed.add(name)
        return claim.remedy(name)

    def _is_free(self, name: str) -> bool:
        is_held = name in self._held or self._outside(name) is not None
        is_taken = name in self._taken or name in self._reserved or name in self._proposed
        return not (self._why_not(name) or is_held or is_taken)
