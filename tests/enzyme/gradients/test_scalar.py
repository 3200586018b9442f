"""Every operation of `arith` and `math`: right derivatives, or the refusal that is written down here."""

from __future__ import annotations

import importlib

import pytest

from .cases import MODES, Case
from .measure import DIFFERENCE, measure
from .scalar import SCALAR_CASES

pytest.importorskip("mlir", reason="the host `mlir` is not installed (xtc-mlir-python-bindings)")
pytestmark = pytest.mark.usefixtures("enzyme_installed")


def test_no_operation_is_forgotten() -> None:
    present = {
        operation.OPERATION_NAME
        for dialect in ("arith", "math")
        for operation in vars(importlib.import_module(f"mlir.dialects.{dialect}")).values()
        if isinstance(operation, type) and getattr(operation, "OPERATION_NAME", "").startswith(f"{dialect}.")
    }
    assert len(present) > 90
    assert sorted(case.name for case in SCALAR_CASES) == sorted(present)


@pytest.mark.parametrize("case", SCALAR_CASES, ids=lambda case: case.name)
@pytest.mark.parametrize("mode", MODES)
def test_the_derivative(case: Case, mode: str) -> None:
    assert case.name in case.text
    found = measure(case, mode)
    if case.refused:
        assert case.refused in found.refusal
        return
    assert found.refusal == ""
    assert found.error <= case.tolerance
    assert found.difference is None or found.difference <= DIFFERENCE
