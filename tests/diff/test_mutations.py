"""Single edits at random: each is reported under its rule, and nothing else is; undone, it is reported mirrored."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path

import pytest

from opspec.diff.changes import Change
from opspec.diff.compare import compare
from opspec.diff.rules import rule_of
from opspec.diff.sides import ProjectSide
from opspec.model.dialect import Dialect
from tests.diff.edits import Kind
from tests.diff.loading import HISTORY, load
from tests.diff.mutations import KINDS

ROOT = Path(__file__).parents[2]
TRIED = 12
"""How many edits of each kind are tried, chosen among all that fit."""


@cache
def dialects() -> tuple[Dialect, ...]:
    """What is edited: versions of Enzyme's dialect, small specs of our own, specs of the family with their words."""
    paths = [*sorted(HISTORY.glob("*.yaml")), *sorted(ROOT.glob("tests/golden/specs/*/dialect.yaml"))]
    paths += [ROOT / "opspecs" / name / "dialect.yaml" for name in ("enzyme", "impulse", "comm", "tessera")]
    paths.append(Path(__file__).parent / "specs" / "parts" / "dialect.yaml")
    return tuple(load(path) for path in paths)


def changes(old: Dialect, new: Dialect) -> tuple[Change, ...]:
    return compare(ProjectSide((old,), "mnemonic"), ProjectSide((new,), "mnemonic"))


def mirrored(change: Change) -> tuple[object, object]:
    old, new = ((side.place.key, side.facts) if side is not None else None for side in (change.old, change.new))
    return old, new


def edited(kind: Kind) -> list[tuple[Dialect, Dialect]]:
    """Every dialect with every edit of this kind that fits it."""
    return [(dialect, made) for dialect in dialects() for made in kind.edits(dialect)]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind.rule} {kind.variant}".strip())
def test_each_edit_is_reported_under_its_rule_and_nothing_else_is(kind: Kind) -> None:
    pairs = edited(kind)
    assert len(pairs) >= kind.least
    chance = random.Random(kind.rule + kind.variant)
    for dialect, made in chance.sample(pairs, min(TRIED, len(pairs))):
        found = changes(dialect, made)
        told = [(change.rule, change.variant, str(change.place)) for change in found]
        assert [(change.rule, change.variant) for change in found] == [(kind.rule, kind.variant)], told
        back = changes(made, dialect)
        assert [mirrored(change) for change in back] == [mirrored(change)[::-1] for change in found]
        assert back[0].rule in rule_of(kind.rule).mirrors


def test_no_edit_is_no_change() -> None:
    for dialect in dialects():
        assert changes(dialect, dialect) == ()
        assert changes(load(Path(dialect.location.path)), dialect) == ()


def test_two_edits_of_different_things_are_two_changes() -> None:
    chance = random.Random("two")
    one = {kind.rule: kind for kind in KINDS}
    pairs = [
        ("operation-added", "enum-added"),
        ("definition-added", "operation-removed"),
        ("enum-storage-changed", "format-changed"),
    ]
    tried = 0
    for first, second in pairs * 20:
        dialect = chance.choice(dialects())
        for once in _some(chance, one[first], dialect):
            for twice in _some(chance, one[second], once):
                expected = [change.rule for change in (*changes(dialect, once), *changes(once, twice))]
                assert sorted(change.rule for change in changes(dialect, twice)) == sorted(expected)
                tried += 1
    assert tried >= 40


def _some(chance: random.Random, kind: Kind, dialect: Dialect) -> list[Dialect]:
    """One of the edits of a kind, if any fits."""
    found = list(kind.edits(dialect))
    return [chance.choice(found)] if found else []
