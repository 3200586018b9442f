"""Samples made from the rules of an overlay, and samples that break them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from opspec.diagnostics import Diagnostics
from opspec.model.dialect import Dialect
from opspec.model.sample import Sample
from opspec.samples.checks import check_samples
from opspec.samples.resolve import resolve_sample
from opspec.spec.load import load_dialect

OPSPECS = Path(__file__).parents[2] / "opspecs"


@pytest.fixture(scope="module")
def dialect() -> Dialect:
    diagnostics = Diagnostics()
    found = load_dialect(OPSPECS / "enzymexla" / "dialect.yaml", diagnostics)
    diagnostics.raise_if_any()
    assert found is not None
    return found


def alone(dialect: Dialect, mnemonic: str, sample: Sample | None) -> Dialect:
    """The dialect with one operation, and another sample of it."""
    return replace(dialect, operations=(replace(dialect.operation(mnemonic), sample=sample),))


@pytest.mark.parametrize(
    "mnemonic",
    ["multi_rotate", "multi_pad", "wrap", "extend", "blas.gemm", "memcpy"],
)
def test_a_sample_that_nobody_wrote_keeps_the_rules(dialect: Dialect, mnemonic: str) -> None:
    diagnostics = Diagnostics()
    check_samples(alone(dialect, mnemonic, None), diagnostics)
    assert [found.message for found in diagnostics.found] == []


@pytest.mark.parametrize("mnemonic", ["multi_slice", "update_without_corners"])
def test_rules_that_no_single_change_leads_to_want_a_written_sample(dialect: Dialect, mnemonic: str) -> None:
    diagnostics = Diagnostics()
    check_samples(alone(dialect, mnemonic, None), diagnostics)
    assert {found.hint for found in diagnostics.found} == {
        "write a sample that keeps it under `sample:` in the overlay, or correct the rule"
    }


def test_what_a_person_wrote_stays(dialect: Dialect) -> None:
    given = Sample(operands=(("operand", ("tensor<7x9xf32>",)),), attributes=(("dimension", 1),))
    one = alone(dialect, "multi_rotate", given)
    call = resolve_sample(one, one.operations[0]).call
    assert call.operands == (("tensor<7x9xf32>",),)
    assert call.attribute("dimension") == 1
    assert set(call.results[0]) == {"tensor<7x9xf32>"}


def test_a_written_sample_that_breaks_a_rule_is_told(dialect: Dialect) -> None:
    given = Sample(operands=(("operand", ("tensor<4xf64>",)),), attributes=(("dimension", 1),))
    diagnostics = Diagnostics()
    check_samples(alone(dialect, "multi_rotate", given), diagnostics)
    (found,) = diagnostics.found
    assert (found.message, found.hint) == (
        "the sample of 'enzymexla.multi_rotate' breaks the rule '0 <= dimension < rank(operand)': dimension is 1, "
        "expected 0 <= dimension < rank(operand), where rank(operand) is 1",
        "write a sample that keeps it under `sample:` in the overlay, or correct the rule",
    )
