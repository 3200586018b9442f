"""Other versions of Enzyme than the one that ships: their records give facts, modules and tests that pass."""

from __future__ import annotations

import difflib
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from opspec.naming.policy import CONVENTIONS
from opspec.spec.printer import print_dialect
from opspec.tablegen.extract import extract
from opspec.tablegen.records import load_records
from tests.command import opspec
from tests.records import RECORDS, needs_records
from tests.upstream.sources import needs_host

pytestmark = needs_records

VERSIONS = {"2023-11-22": 11, "2024-06-30": 11, "2024-12-27": 12, "2025-04-22": 13, "4cdb2246": 33}
"""How many operations each version has."""

*_, NEWEST = VERSIONS
DEFAULT = "mnemonic"
PACKAGE = "enzyme_then"


@cache
def facts(version: str) -> str:
    """The facts of a version, without where they come from."""
    return print_dialect(extract(load_records(RECORDS / f"enzyme-{version}.json"), "enzyme"))


def changed_lines(old: str, new: str) -> list[str]:
    """The lines that leave or come between two versions."""
    lines = difflib.unified_diff(facts(old).splitlines(), facts(new).splitlines(), n=0, lineterm="")
    return [line for line in lines if line[0] in "+-" and not line.startswith(("+++", "---"))]


@needs_host
@pytest.mark.parametrize(
    ("version", "convention"),
    [*((version, DEFAULT) for version in VERSIONS), *((NEWEST, other) for other in CONVENTIONS if other != DEFAULT)],
)
def test_a_version_gives_modules_and_tests_that_pass(version: str, convention: str, tmp_path: Path) -> None:
    dump = str(RECORDS / f"enzyme-{version}.json")
    done = opspec("extract", dump, "--dialect", "enzyme", "-o", "spec/dialect.yaml", cwd=tmp_path)
    assert done.returncode == 0, done.stderr

    options = ("--package", PACKAGE, "--naming", convention, "-o", "out")
    done = opspec("generate", "--spec", "spec/dialect.yaml", *options, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith(f"{VERSIONS[version]} operations of 1 dialects")

    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "tests"],
        cwd=tmp_path / "out",
        env={**os.environ, "PYTHONPATH": str(tmp_path / "out" / "python"), f"{PACKAGE.upper()}_HOST": "mlir"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    passed = re.search(r"^(\d+) passed", done.stdout, re.MULTILINE)
    assert passed is not None
    assert int(passed[1]) >= VERSIONS[version]


@pytest.mark.parametrize(("old", "new"), [("2023-11-22", "2024-06-30"), ("2024-12-27", "2025-04-22")])
def test_a_later_version_is_a_small_diff(old: str, new: str) -> None:
    changed = changed_lines(old, new)
    assert 0 < len(changed) < 60, "\n".join(changed)


def test_an_operation_that_is_added_leaves_the_others_alone() -> None:
    changed = changed_lines("2024-12-27", "2025-04-22")
    assert changed[0] == "+  sample:"
    assert not [line for line in changed if line.startswith("-")]
