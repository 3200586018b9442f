"""Each golden spec, generated once for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden.trees import SPECS, generate

# The expected trees hold generated tests; they run where they are generated, see test_golden.py.
collect_ignore = ["expected"]


@pytest.fixture(scope="session", params=SPECS)
def spec(request: pytest.FixtureRequest) -> str:
    """The name of a golden spec."""
    return str(request.param)


@pytest.fixture(scope="session")
def generated(spec: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with everything generated from the spec."""
    root = tmp_path_factory.mktemp(spec)
    generate(spec, root)
    return root
