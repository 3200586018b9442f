"""Control flow, calls and memory of a function's own: right derivatives, or the refusal that is written down here."""

from __future__ import annotations

from typing import Any

import pytest

from enzyme_mlir import lowering

from .flow import FLOW_CASES
from .measure import DIFFERENCE, MODES, differentiated, measure

pytest.importorskip("mlir", reason="the host `mlir` is not installed (xtc-mlir-python-bindings)")
pytestmark = pytest.mark.usefixtures("enzyme_installed")

Verdicts = dict[tuple[str, str], lowering.Verdict]


@pytest.fixture(scope="module")
def verdicts(enzyme_installed: None) -> Verdicts:
    return differentiated(FLOW_CASES)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("case", FLOW_CASES, ids=lambda case: case.name)
def test_the_derivative(case: Any, mode: str, verdicts: Verdicts) -> None:
    found = measure(case, mode, verdicts[case.name, mode])
    refused = case.refused.get(mode, case.refused.get("run"))
    if refused is not None:
        assert refused in found.refusal
        return
    assert found.refusal == ""
    assert found.error <= case.tolerance
    assert found.difference is None or found.difference <= DIFFERENCE
