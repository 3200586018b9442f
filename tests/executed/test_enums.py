"""Enums: numbers, texts, names, and combinations of flags."""

from __future__ import annotations

from typing import Any

import pytest

from enzyme_mlir import new_context
from enzyme_mlir.dialects.enzyme import (
    Activity,
    ActivityAttr,
    AtomicOrdering,
    AtomicRMWKind,
    FastMathFlags,
    FastMathFlagsAttr,
)

ENUMS: list[Any] = [Activity, AtomicOrdering, AtomicRMWKind, FastMathFlags]


def cases() -> list[Any]:
    return [case for cls in ENUMS for case in cls.__members__.values()]


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{type(case).__name__}.{case.name}")
def test_a_case_is_its_number_and_prints_as_its_text(case: Any) -> None:
    assert type(case)(case.value) is case
    assert int(case) == case.value
    assert str(case) == f"{case}" == case.text
    assert type(case)[case.name] is case


def test_numbers_that_leave_gaps() -> None:
    assert (AtomicOrdering.ACQUIRE, AtomicOrdering.SEQ_CST) == (4, 7)
    with pytest.raises(ValueError):
        AtomicOrdering(3)


def test_the_order_is_that_of_the_definition() -> None:
    assert [case.text for case in Activity] == [
        "enzyme_active",
        "enzyme_dup",
        "enzyme_const",
        "enzyme_dupnoneed",
        "enzyme_activenoneed",
        "enzyme_constnoneed",
    ]


@pytest.mark.parametrize("case", Activity, ids=lambda case: case.name)
def test_every_activity_survives_its_attribute(case: Activity) -> None:
    with new_context():
        assert ActivityAttr.get(case).value is case
        assert ActivityAttr.parse(f"#enzyme.activity<{case}>").value is case


@pytest.mark.parametrize(
    ("flags", "text"),
    [
        (FastMathFlags.NONE, "none"),
        (FastMathFlags.NNAN, "nnan"),
        (FastMathFlags.NINF | FastMathFlags.NNAN, "nnan|ninf"),
        (FastMathFlags.AFN | FastMathFlags.REASSOC | FastMathFlags.ARCP, "reassoc|arcp|afn"),
        (FastMathFlags.FAST, "fast"),
        (FastMathFlags.FAST & ~FastMathFlags.NNAN, "reassoc|ninf|nsz|arcp|contract|afn"),
        (FastMathFlags.NNAN & FastMathFlags.NINF, "none"),
    ],
)
def test_combined_flags(flags: FastMathFlags, text: str) -> None:
    assert str(flags) == text
    with new_context():
        written = FastMathFlagsAttr.get(flags)
        assert str(written) == f"#arith.fastmath<{text.replace('|', ',')}>"
        assert written.value == flags


def test_all_flags_together_are_fast() -> None:
    whole = FastMathFlags.NONE
    for flag in FastMathFlags:
        whole |= flag
    assert whole is FastMathFlags.FAST
    assert FastMathFlags.NNAN in FastMathFlags.FAST


def test_flags_given_as_a_number() -> None:
    with new_context():
        assert FastMathFlagsAttr.get(6).value == FastMathFlags.NNAN | FastMathFlags.NINF
        assert FastMathFlagsAttr.get(127).value is FastMathFlags.FAST
        assert FastMathFlagsAttr.get(0).value is FastMathFlags.NONE
