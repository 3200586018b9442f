"""Every way to ask for a derivative: right derivatives, or the refusal that is written down here."""

from __future__ import annotations

import re

import pytest

from enzyme_mlir.lowering import EnzymeError

from .checks import Check, error_of
from .modes import MODE_CHECKS

pytest.importorskip("mlir", reason="the host `mlir` is not installed (xtc-mlir-python-bindings)")
pytestmark = pytest.mark.usefixtures("enzyme_installed")


@pytest.mark.parametrize("check", MODE_CHECKS, ids=lambda check: f"{check.name}, {check.mode}")
def test_the_derivative(check: Check) -> None:
    if check.refused:
        with pytest.raises(EnzymeError, match=re.escape(check.refused)):
            error_of(check)
        return
    assert error_of(check) <= check.tolerance
