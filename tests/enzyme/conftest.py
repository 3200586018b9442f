"""Skips the tests that need the real Enzyme where it is not installed."""

from __future__ import annotations

import pytest

from enzyme_mlir import lowering


@pytest.fixture(scope="session")
def enzyme_installed() -> None:
    if not lowering.is_available():
        pytest.skip("the real Enzyme is not installed (enzyme-ad: Linux on x86-64, Python 3.11)")
