"""The kitchen is extracted as expected, its facts are read back, and what is generated from them runs."""

from __future__ import annotations

import difflib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import opspec
from tests.tablegen.sources import EXPECTED, OPERATIONS, extract, needs_mlir, needs_tblgen

pytestmark = needs_tblgen
SPEC = "opspecs/kitchen/dialect.yaml"


def python(*arguments: str, root: Path) -> subprocess.CompletedProcess[str]:
    """Python with the generated package in front."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root / "python")},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.fixture(scope="module", params=["mnemonic", "upstream"])
def generated(request: pytest.FixtureRequest, project: Path) -> Path:
    """The folder with everything generated under a naming convention."""
    root = project / str(request.param)
    options = ("--spec", SPEC, "--package", "kitchen_bindings", "--naming", root.name, "-o", root.name)
    done = opspec("generate", *options, cwd=project)
    assert (done.returncode, done.stderr) == (0, "")
    return root


def test_the_facts_are_as_expected(extracted: str) -> None:
    old, new = EXPECTED.read_text(encoding="utf-8").splitlines(), extracted.splitlines()
    diff = "\n".join(difflib.unified_diff(old, new, "expected", "extracted", lineterm=""))
    if diff:
        pytest.fail(f"if that is wanted: python -m tests.tablegen.rewrite\n{diff}", pytrace=False)


def test_the_hash_seed_does_not_matter(extracted: str, tmp_path: Path) -> None:
    assert extract(OPERATIONS, "--dialect", "kitchen", cwd=tmp_path, PYTHONHASHSEED="2") == extracted


def test_the_facts_are_read_back_and_the_opaque_ones_listed(project: Path) -> None:
    done = opspec("lint", "--spec", SPEC, cwd=project)
    assert (done.returncode, done.stderr) == (0, "")
    assert "  opaque(Kitchen_Fresh): sniff.food\n" in done.stdout
    assert "  partly opaque(Kitchen_Fresh): sniff.other\n" in done.stdout
    assert "sniff.batch" in done.stdout
    assert "no errors" in done.stdout


@needs_mlir
def test_the_package_can_be_imported(generated: Path) -> None:
    code = (
        "from kitchen_bindings.dialects import kitchen as k; print(set(k.__all__) - set(dir(k)), len(k.__all__) > 60)"
    )
    done = python("-W", "error", "-c", code, root=generated)
    assert (done.returncode, done.stdout, done.stderr) == (0, "set() True\n", "")


@needs_mlir
def test_the_generated_tests_pass(generated: Path) -> None:
    done = python("-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir=.", "tests", root=generated)
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout
