"""Single edits at random: each is reported under its rule, and nothing else is; undone, it is reported mirrored."""

from __future__ import annotations

import random
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from opspec.diff.changes import Change
from opspec.diff.compare import compare_dialects
from opspec.diff.rules import rule_of
from opspec.diff.sides import ProjectSide
from opspec.model.dialect import Dialect
from tests.diff.loading import HISTORY, load
from tests.diff.mutations import KINDS, Kind

ROOT = Path(__file__).parents[2]
RUNS = 2000
FEWEST = 10
"""How often each kind is tried at least."""


@cache
def dialects() -> tuple[Dialect, ...]:
    """What is edited: versions of Enzyme's dialect, small specs of our own, specs of the family with their words."""
    paths = [*sorted(HISTORY.glob("*.yaml")), *sorted(ROOT.glob("tests/golden/specs/*/dialect.yaml"))]
    paths += [ROOT / "opspecs" / name / "dialect.yaml" for name in ("enzyme", "impulse", "comm", "tessera")]
    paths.append(Path(__file__).parent / "specs" / "parts" / "dialect.yaml")
    return tuple(load(path) for path in paths)


def changes(old: Dialect, new: Dialect) -> tuple[Change, ...]:
    return tuple(compare_dialects(old, new, ProjectSide((old,), "mnemonic"), ProjectSide((new,), "mnemonic")))


def mirrored(change: Change) -> tuple[object, object]:
    old, new = ((side.place.key, side.facts) if side is not None else None for side in (change.old, change.new))
    return old, new


def fitting(kind: Kind, chance: random.Random) -> tuple[Dialect, Dialect]:
    """A dialect that an edit of this kind fits, and the edited one."""
    for dialect in chance.sample(dialects(), len(dialects())) * 3:
        edited = kind.edit(chance, dialect)
        if edited is not None:
            return dialect, edited
    raise AssertionError(f"no dialect fits {kind.name}")


def run(kind: Kind, chance: random.Random) -> None:
    dialect, edited = fitting(kind, chance)
    found = changes(dialect, edited)
    told = [(change.rule, change.variant, str(change.place)) for change in found]
    assert [(change.rule, change.variant) for change in found] == [(kind.rule, kind.variant)], f"{kind.name}: {told}"
    back = changes(edited, dialect)
    assert [mirrored(change) for change in back] == [mirrored(change)[::-1] for change in found], kind.name
    assert back[0].rule in rule_of(kind.rule).mirrors


def test_there_are_more_than_sixty_kinds() -> None:
    assert len(KINDS) >= 60
    assert len({kind.name for kind in KINDS}) == len(KINDS)
    assert len({kind.rule for kind in KINDS}) >= 60


@pytest.mark.parametrize("part", range(4))
def test_each_edit_is_reported_under_its_rule_and_nothing_else_is(part: int) -> None:
    chance = random.Random(f"mutations {part}")
    runs = [kind for kind in KINDS for _ in range(FEWEST // 4 + 1)]
    runs += [chance.choice(KINDS) for _ in range(RUNS // 4 - len(runs))]
    assert len(runs) >= RUNS // 4
    for kind in runs:
        run(kind, chance)
    assert min(Counter(kind.name for kind in runs).values()) >= FEWEST // 4


def test_no_edit_is_no_change() -> None:
    for dialect in dialects():
        assert changes(dialect, dialect) == ()
        assert changes(load(Path(dialect.location.path)), dialect) == ()


def test_two_edits_of_different_things_are_two_changes() -> None:
    chance = random.Random("two")
    one = {kind.name: kind for kind in KINDS}
    pairs = [("add_operation", "add_enum"), ("add_type", "remove_operation"), ("change_storage", "add_words")]
    for first, second in pairs * 20:
        dialect = chance.choice(dialects())
        once = one[first].edit(chance, dialect)
        twice = one[second].edit(chance, once) if once is not None else None
        if twice is not None:
            expected = [change.rule for change in changes(dialect, once or dialect)]
            expected += [change.rule for change in changes(once or dialect, twice)]
            assert sorted(change.rule for change in changes(dialect, twice)) == sorted(expected)
