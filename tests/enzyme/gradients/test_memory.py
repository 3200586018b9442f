"""Memrefs and tensors: right derivatives, or the refusal that is written down here."""

from __future__ import annotations

import pytest

from enzyme_mlir import lowering

from .checks import Check, error_of, verdicts_on
from .memory import MEMORY_CHECKS

pytest.importorskip("mlir", reason="the host `mlir` is not installed (xtc-mlir-python-bindings)")
pytestmark = pytest.mark.usefixtures("enzyme_installed")

Verdicts = dict[tuple[str, str], lowering.Verdict]


@pytest.fixture(scope="module")
def verdicts(enzyme_installed: None) -> Verdicts:
    return verdicts_on(MEMORY_CHECKS)


@pytest.mark.parametrize("check", MEMORY_CHECKS, ids=lambda check: f"{check.name}, {check.mode}")
def test_the_derivative(check: Check, verdicts: Verdicts) -> None:
    verdict = verdicts[check.name, check.mode]
    if check.refused:
        assert check.refused in verdict.message
        return
    assert error_of(check, verdict) <= check.tolerance
