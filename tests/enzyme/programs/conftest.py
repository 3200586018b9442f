"""What is skipped where the host or Enzyme is missing."""

from __future__ import annotations

import pytest

pytest.importorskip("mlir", reason="the host `mlir` is not installed (xtc-mlir-python-bindings)")


@pytest.fixture(autouse=True)
def _with_enzyme(enzyme_installed: None) -> None:
    """All tests here differentiate."""
