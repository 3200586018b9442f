"""The generated packages of both sides, compared with griffe; and whether the model's changes explain what it finds.

The model knows why something changed, griffe knows what a signature is and nothing of MLIR: where they disagree, one
of them is wrong, and the report says so.
"""

from __future__ import annotations

from collections.abc import Sequence

from opspec.dataclass import dataclass
from opspec.diff.changes import Change, Level, Tier
from opspec.diff.rules import rule_of
from opspec.diff.sameness import is_same
from opspec.diff.sections import definition_key
from opspec.diff.sides import ProjectSide
from opspec.model.dialect import Dialect

__all__ = ["GriffeCheck", "GriffeFinding", "check_with_griffe"]

_Owner = tuple[str, str, str]
"""Dialect, section and name of a thing."""


@dataclass(frozen=True, slots=True)
class GriffeFinding:
    """What griffe says of an object, e.g. `enzyme.autodiff`; and the fingerprints of the changes that explain it."""

    path: str
    what: str
    explained_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GriffeCheck:
    """All findings; `unseen` are the fingerprints of source-breaking changes that show in no signature."""

    findings: tuple[GriffeFinding, ...] = ()
    unseen: tuple[str, ...] = ()

    @property
    def unexplained(self) -> tuple[GriffeFinding, ...]:
        """The findings that no change explains."""
        return tuple(finding for finding in self.findings if not finding.explained_by)


def _owners(dialect: Dialect, side: ProjectSide) -> dict[str, _Owner]:
    """What each public name of a dialect's module stands for."""
    policy = side.policy(dialect)
    module = side.module(dialect)
    found: dict[str, _Owner] = {}
    for enum in dialect.enums:
        found[str(policy.enum(enum))] = (dialect.name, "enums", enum.name)
    for section, definitions in (("attributes", dialect.attributes), ("types", dialect.types)):
        for definition in definitions:
            owner = (dialect.name, section, definition_key(definition))
            found[str(policy.definition_class(definition))] = owner
            for helper in module.helpers:
                if str(helper.class_name) == str(policy.definition_class(definition)):
                    found[str(helper.name)] = owner
    for operation in dialect.operations:
        owner = (dialect.name, "operations", operation.mnemonic)
        found[str(policy.function(operation))] = owner
        found[str(policy.operation_class(operation))] = owner
    return found


def _owner_of(change: Change) -> tuple[_Owner, ...]:
    sides = [side.place for side in (change.old, change.new) if side is not None]
    return tuple((place.dialect, *place.owner) for place in sides)


def check_with_griffe(old: ProjectSide, new: ProjectSide, changes: Sequence[Change]) -> GriffeCheck:
    """Compare the modules of every dialect that both sides have and in which the model differs."""
    later = {dialect.name: dialect for dialect in new.dialects}
    is_all = old.conventions_of_names() != new.conventions_of_names()
    differ = [d for d in old.dialects if d.name in later and (is_all or not is_same(d, later[d.name]))]
    names = [dialect.name for dialect in differ]
    if not names:
        return GriffeCheck((), _unseen(changes, set(), names))
    owners: dict[tuple[str, str], set[_Owner]] = {}
    for dialect, side in [(d, old) for d in differ] + [(later[name], new) for name in names]:
        for name, owner in _owners(dialect, side).items():
            owners.setdefault((dialect.name, name), set()).add(owner)
    everywhere = tuple(c.fingerprint for c in changes if rule_of(c.rule).is_about_all_names)
    by_owner: dict[_Owner, list[str]] = {}
    for change in changes:
        if rule_of(change.rule).is_seen_in_python:
            for owner in _owner_of(change):
                by_owner.setdefault(owner, []).append(change.fingerprint)
    findings = []
    seen: set[_Owner] = set()
    from opspec.diff.breakages import breakages  # griffe is loaded where something differs

    for path, what in breakages(old, new, names):
        dialect_name, _, inner = path.partition(".")
        found = owners.get((dialect_name, inner.partition(".")[0].partition("(")[0]), set())
        seen |= found
        reasons = [fingerprint for owner in sorted(found) for fingerprint in by_owner.get(owner, [])]
        if not reasons:  # a default or annotation may name another thing that changed
            mentioned = {o for (d, n), os in owners.items() if d == dialect_name and n in what for o in os}
            reasons = [fingerprint for owner in sorted(mentioned) for fingerprint in by_owner.get(owner, [])]
        findings.append(GriffeFinding(path, what, tuple(dict.fromkeys((*reasons, *everywhere)))))
    return GriffeCheck(tuple(findings), _unseen(changes, seen, names))


def _unseen(changes: Sequence[Change], seen: set[_Owner], names: Sequence[str]) -> tuple[str, ...]:
    """Source-breaking changes to things of which griffe says nothing."""
    return tuple(
        change.fingerprint
        for change in changes
        if change.level_in(Tier.SOURCE) is Level.BREAKING
        and change.place.dialect in names
        and not any(owner in seen for owner in _owner_of(change))
    )
