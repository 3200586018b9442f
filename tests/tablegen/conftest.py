"""The kitchen, extracted once for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.tablegen.sources import OPERATIONS, extract, write


@pytest.fixture(scope="session")
def extracted(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The facts of the kitchen, extracted from a folder that has nothing to do with it."""
    return extract(OPERATIONS, "--dialect", "kitchen", cwd=tmp_path_factory.mktemp("elsewhere"), PYTHONHASHSEED="1")


@pytest.fixture(scope="session")
def project(extracted: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the facts of the kitchen as a spec."""
    root = tmp_path_factory.mktemp("project")
    write(root / "opspecs" / "kitchen" / "dialect.yaml", extracted)
    return root
