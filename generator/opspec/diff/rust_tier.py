"""How bad a change is for Rust programs: what they rely on is made of both sides and compared.

Rules state how bad a change is for Python. Rust has no defaults and no keywords, and a `match` names every case, so an
attribute that becomes optional, or a new case, breaks programs there that Python's survive. Nothing is stated of this
twice: it is read off the signatures.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from opspec.diff.changes import Change, Level, Side, Tier, Verdict
from opspec.diff.sides import ProjectSide
from opspec.model.dialect import Definition, Dialect, Enum
from opspec.rsview.surface import OperationSurface, Surfaces

__all__ = ["RustTier"]

B, D, C = Level.BREAKING, Level.DANGEROUS, Level.COMPATIBLE
_STATED = (Tier.SOURCE, Tier.IR)


class _Where:
    """One side of a change: the dialect, and the path of the thing in it; of what it belongs to, where it is not there.

    `part` is the name of the part that changed; empty where it is the whole, or not there.
    """

    def __init__(self, side: Side | None, other: Side | None, dialects: _Dialects) -> None:
        shown = side or other
        assert shown is not None, "a change has a side"
        self.path = shown.place.path
        self.part = self.path[3] if side is not None and len(self.path) > 3 else ""
        is_there = side is not None or len(self.path) > 2
        self.dialect, self.surfaces = dialects.get(shown.place.dialect) if is_there else _NOTHING

    def operation(self) -> OperationSurface | None:
        """What programs rely on of the operation."""
        found = self.dialect.operation_called(self.path[1])
        return None if found is None else self.surfaces.operation(found)

    def enum(self) -> Enum | None:
        """The enum."""
        return next((enum for enum in self.dialect.enums if enum.name == self.path[1]), None)

    def definition(self) -> frozenset[str]:
        """What programs rely on of the attribute or type; nothing where there is none."""
        kinds = {"attributes": self.dialect.attributes, "types": self.dialect.types}
        found: tuple[Definition, ...] = kinds[self.path[0]]
        own = self.dialect.name
        match = [each for each in found if self.path[1] in (each.mnemonic, f"{each.dialect or own}.{each.mnemonic}")]
        return self.surfaces.definition(match[0]) if match else frozenset()


_Held = tuple[Dialect, Surfaces]
_NOTHING: _Held = Dialect(""), Surfaces(Dialect(""))


class _Dialects:
    """The dialects of one side, and their surfaces."""

    def __init__(self, project: ProjectSide) -> None:
        self._project = project
        self._held: dict[str, _Held] = {}

    def get(self, name: str) -> _Held:
        """The dialect of a name; one that holds nothing, where there is none."""
        if name not in self._held:
            dialect = self._project.dialect(name)
            self._held[name] = _NOTHING if dialect is None else (dialect, Surfaces(dialect))
        return self._held[name]


def _operation(old: _Where, new: _Where) -> Level | None:
    before, after = old.operation(), new.operation()
    if before is None or after is None:
        return B if before is not None else C
    if (before.names, before.frame, before.results) != (after.names, after.frame, after.results):
        return B
    if before.functions != after.functions:
        return B if before.functions - after.functions else C
    if _is_reordered(before.order, after.order):
        return B
    first, second = before.part(old.part), after.part(new.part)
    if first is not None and first != second:
        return B
    if first is None and second is not None:
        return B if second.is_required else C
    return D if _is_reordered(before.returned, after.returned) else None


def _is_reordered(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether what both have stands in another order."""
    common = set(before) & set(after)
    return [name for name in before if name in common] != [name for name in after if name in common]


def _enum(old: _Where, new: _Where) -> Level | None:
    before, after = old.enum(), new.enum()
    if before is None or after is None:
        return B if before is not None else C
    if old.surfaces.enum(before) != new.surfaces.enum(after):
        return B
    names = old.surfaces.case(before, old.part), new.surfaces.case(after, new.part)
    if not names[0] and names[1]:
        return C if after.bits else B  # a `match` has an arm for each case
    return B if names[0] != names[1] else None


def _definition(old: _Where, new: _Where) -> Level | None:
    before, after = old.definition(), new.definition()
    return None if before == after else B if before - after else C


def _measured(change: Change, old: _Where, new: _Where) -> Level | None:
    """What the signatures of both sides say."""
    if change.old is not None and change.new is not None and change.old.place.dialect != change.new.place.dialect:
        return B  # it is in another module
    match change.place.owner[0]:
        case "operations":
            return _operation(old, new)
        case "enums":
            return _enum(old, new)
        case "attributes" | "types":
            return _definition(old, new)
        case "" if change.old is None or change.new is None:
            return B if change.new is None else C
        case _:
            return None


class RustTier:
    """Gives changes between two sides their level for Rust programs."""

    def __init__(self, old: ProjectSide, new: ProjectSide) -> None:
        self._old = _Dialects(old)
        self._new = _Dialects(new)

    def with_level(self, change: Change) -> Change:
        """The change, with the level beside those that its rule states; as it is where no program notices."""
        if not any(verdict.tier in _STATED for verdict in change.verdicts):
            return change
        old, new = _Where(change.old, change.new, self._old), _Where(change.new, change.old, self._new)
        level = _measured(change, old, new)
        if level in (None, C) and _is_another_meaning(change):
            level = D
        return change if level is None else replace(change, verdicts=(*change.verdicts, Verdict(Tier.RUST, level)))


def _is_another_meaning(change: Change) -> bool:
    """Whether a change gives what calls take another meaning, which no signature shows."""
    stated = change.level_in(Tier.SOURCE) or change.level_in(Tier.IR)
    is_about_values = change.place.owner[0] in ("enums", "contracts")
    return change.level_in(Tier.SOURCE) is D or (stated is B and is_about_values)
