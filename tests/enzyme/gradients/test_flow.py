"""Control flow and calls: right derivatives, or the refusal that is written down here."""

from __future__ import annotations

import pytest

from .cases import MODES, Case
from .flow import FLOW_CASES
from .measure import DIFFERENCE, measure

pytest.importorskip("mlir", reason="the host `mlir` is not installed (xtc-mlir-python-bindings)")
pytestmark = pytest.mark.usefixtures("enzyme_installed")


@pytest.mark.parametrize("case", FLOW_CASES, ids=lambda case: case.name)
@pytest.mark.parametrize("mode", MODES)
def test_the_derivative(case: Case, mode: str) -> None:
    found = measure(case, mode)
    if case.refused:
        assert case.refused in found.refusal
        return
    assert found.refusal == ""
    assert found.error <= case.tolerance
    assert found.difference is None or found.difference <= DIFFERENCE
