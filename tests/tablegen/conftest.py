"""The kitchen and the small dialects, extracted once for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.command import opspec
from tests.tablegen.sources import DIALECTS, OPERATIONS, extract, write


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


@pytest.fixture(scope="session", params=["mnemonic", "snake", "upstream"])
def bound(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package `found` with all small dialects, under a naming convention."""
    root = tmp_path_factory.mktemp(str(request.param))
    specs: list[str] = []
    for definition in DIALECTS:
        facts = write(
            root / definition.stem / "dialect.yaml", definition.with_suffix(".yaml").read_text(encoding="utf-8")
        )
        specs += ["--spec", facts.relative_to(root).as_posix()]
    done = opspec("names", "--fix", *specs, "--naming", str(request.param), cwd=root)
    assert (done.returncode, done.stderr) == (0, "")
    done = opspec("generate", *specs, "--package", "found", "--naming", str(request.param), "-o", "made", cwd=root)
    assert (done.returncode, done.stderr) == (0, "")
    return root / "made"
