"""Runs every rule over two sides."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from opspec.diff.changes import Change
from opspec.diff.moves import pair_projects
from opspec.diff.pairing import pairs_within
from opspec.diff.pairs import Pair
from opspec.diff.rule import Rule, change
from opspec.diff.rules import RULES
from opspec.diff.rust_tier import RustTier
from opspec.diff.sameness import is_same
from opspec.diff.sides import ProjectPair, ProjectSide

__all__ = ["NOT_COMPARED", "compare"]

NOT_COMPARED = {
    "Dialect.releases": "which releases have what is said of the binaries, not of the dialect; it compares as equal",
    "NamedAttribute.is_extra": "what only releases have is said of the binaries, not of the dialect",
    "Operation.extras": "what only releases have is said of the binaries, not of the dialect",
    **dict.fromkeys(("Extras.operands", "Extras.results", "Extras.regions"), "see `Operation.extras`"),
    "Operation.relations": "what C++ checks is written by hand beside the words; tests at its borders tell a change",
    "Dialect.groups": "the order of the reference is no part of the dialect",
    "OperationGroup.title": "the order of the reference is no part of the dialect",
    "OperationGroup.operations": "the order of the reference is no part of the dialect",
    "Dialect.provenance": "where facts come from is shown at the top of a report; it changes with every upgrade",
}
"""The fields of the model that no rule compares, each with the reason."""


_rules: dict[object, tuple[Rule, ...]] = {}
"""The rules that read pairs of a section, or of a class that is in no section, as far as they were asked for."""


def _rules_on(pair: Any) -> tuple[Rule, ...]:
    key = pair.section if isinstance(pair, Pair) else type(pair)
    if key not in _rules:
        _rules[key] = tuple(rule for rule in RULES if rule.scope in (key, type(pair), object))
    return _rules[key]


def _applied(pair: Any) -> Iterator[Change]:
    for rule in _rules_on(pair):
        for found in rule.find(pair):
            yield change(rule, found)


def compare(old: ProjectSide, new: ProjectSide) -> tuple[Change, ...]:
    """Every change from one side to the other, in the order of the specs; no change where nothing differs."""
    changes = list(_applied(ProjectPair(old, new)))
    has_same_conventions = old.conventions_of_names() == new.conventions_of_names()
    for dialects in pair_projects(old, new):
        if not (has_same_conventions and is_same(dialects.old, dialects.new)):
            for pair in pairs_within(dialects):
                changes += _applied(pair)
    return tuple(map(RustTier(old, new).with_level, changes)) if old.has_rust else tuple(changes)
