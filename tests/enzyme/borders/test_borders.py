"""What was written down about the borders of C++'s rules is what the binaries say; the modules are IR of the host."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from enzyme_mlir import ir, new_context
from enzyme_mlir.releases import RELEASES
from tests.enzyme.installed import folder_of

from .asking import ask
from .expand import ACCEPTED, DIALECTS, borders, recorded, said

OPSPECS = Path(__file__).parents[3] / "opspecs"
AGAIN = "run: python -m tests.enzyme.borders.record"


def test_every_dialect_has_its_borders() -> None:
    assert sorted(path.parent.name for path in OPSPECS.glob("*/dialect.yaml")) == DIALECTS
    assert sum(len(borders(dialect)) for dialect in DIALECTS) > 1_800


@pytest.mark.parametrize("dialect", DIALECTS)
def test_each_module_has_a_verdict_and_no_other_has(dialect: str) -> None:
    members = {(member.family, member.values) for member in borders(dialect)}
    listed = {(family, values) for family, cases in recorded(dialect).items() for values in cases}
    assert members == listed, AGAIN


@pytest.mark.parametrize("dialect", DIALECTS)
def test_modules_lie_on_both_sides(dialect: str) -> None:
    verdicts = recorded(dialect)
    sides = Counter(
        said(member, release, verdicts) == ACCEPTED for member in borders(dialect) for release in member.releases
    )
    assert min(sides[True], sides[False]) >= sides.total() // 8


@pytest.mark.parametrize("release", RELEASES)
@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_binary_says_what_was_written_down(dialect: str, release: str) -> None:
    verdicts = recorded(dialect)
    answers = ask(borders(dialect), release, folder_of(release))
    wrong = {
        f"{member.family} [{member.values}]": (words, said(member, release, verdicts))
        for member, words in answers.items()
        if words != said(member, release, verdicts)
    }
    assert not wrong, AGAIN


@pytest.mark.parametrize("dialect", DIALECTS)
def test_the_modules_are_ir_of_the_host(dialect: str) -> None:
    with new_context():
        for member in borders(dialect):
            assert ir.Module.parse(member.module).operation.verify(), member
