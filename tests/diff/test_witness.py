"""Every change that breaks Python has a call that shows it: right on the old package, wrong on the new one."""

from __future__ import annotations

import importlib.util
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from opspec.diff.changes import Change, Level, Tier
from opspec.diff.compare import compare
from opspec.diff.rules import RULES
from opspec.diff.sides import ProjectSide
from opspec.diff.witness import find_witness
from tests.diff.loading import HISTORY, history, load, sides_of
from tests.diff.mutations import KINDS
from tests.diff.running import PACKAGE, Packages
from tests.diff.test_history import STEPS

pytestmark = pytest.mark.skipif(importlib.util.find_spec("mlir") is None, reason="the host package `mlir` is not here")

Case = tuple[Change, ProjectSide, ProjectSide]

WITHOUT = {"package-renamed", "convention-changed"}
"""Rules whose examples have no operation to call; the second is tried below on a spec that has some."""


def breaking(old: ProjectSide, new: ProjectSide) -> list[Case]:
    found = compare(old, new)
    return [(change, old, new) for change in found if change.level_in(Tier.SOURCE) is Level.BREAKING]


def failures(cases: Sequence[Case], root: Path) -> list[str]:
    """What is wrong with the witnesses: that there is none, that it was wrong before, that it is still right."""
    packages = Packages(root)
    paths: dict[int, Path] = {}
    told: list[str] = []
    programs: list[tuple[str, Path]] = []
    tried: list[Change] = []
    for change, old, new in cases:
        witness = find_witness(change, old, new)
        if witness is None:
            told.append(f"{change.rule} of {change.place}: no witness")
            continue
        for side in (old, new):
            if id(side) not in paths:
                paths[id(side)] = packages.write(side)
            programs.append((witness.program(PACKAGE), paths[id(side)]))
        tried.append(change)
    ends = packages.outcomes(programs)
    for change, before, after, (program, _) in zip(tried, ends[::2], ends[1::2], programs[::2], strict=True):
        if before[0] != "right" or after == before:
            told.append(f"{change.rule} of {change.place}:\n{program}\nbefore: {before}\nafter: {after}")
    return told


def test_every_rule_that_breaks_python_has_a_witness(tmp_path: Path) -> None:
    examples = [example for rule in RULES if rule.id not in WITHOUT for example in rule.examples]
    cases = [case for example in examples for case in breaking(*sides_of(example))]
    assert len(cases) > 80
    assert len({change.rule for change, _, _ in cases}) > 65
    assert failures(cases, tmp_path) == []


@pytest.mark.parametrize(("old", "new"), [*STEPS, ("2023-11-22", "4cdb2246"), ("ae27aa0e", "2023-11-22")])
def test_the_history_broke_these_calls(old: str, new: str, tmp_path: Path) -> None:
    cases = breaking(history(old), history(new))
    assert failures(cases, tmp_path) == []


def test_another_convention_breaks_names(tmp_path: Path) -> None:
    dialect = load(HISTORY / "ae27aa0e.yaml")
    cases = breaking(ProjectSide((dialect,), "mnemonic"), ProjectSide((dialect,), "upstream"))
    assert {change.rule for change, _, _ in cases} == {"convention-changed", "results-no-longer-inferred"}
    assert failures(cases, tmp_path) == []


def test_what_does_not_break_python_has_no_witness() -> None:
    for rule in RULES:
        for example in rule.examples:
            old, new = sides_of(example)
            for change in compare(old, new):
                if change.level_in(Tier.SOURCE) is not Level.BREAKING:
                    assert find_witness(change, old, new) is None


def test_random_edits_break_the_calls_that_they_are_said_to_break(tmp_path: Path) -> None:
    chance = random.Random("witness")
    dialects = [load(HISTORY / "2024-12-27.yaml"), load(Path(__file__).parent / "specs" / "parts" / "dialect.yaml")]
    cases: list[Case] = []
    for kind in KINDS:
        pairs = [(dialect, edited) for dialect in dialects for edited in kind.edits(dialect)]
        for dialect, edited in chance.sample(pairs, min(1, len(pairs))):
            cases += breaking(ProjectSide((dialect,), "mnemonic"), ProjectSide((edited,), "mnemonic"))
    assert len(cases) > 60
    assert failures(cases, tmp_path) == []
