"""The tests of this folder and the generated ones, run once more on the other host."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from enzyme_mlir import HOST

ROOT = Path(__file__).parents[2]
OTHER = "jaxlib.mlir"


@pytest.mark.skipif(HOST == OTHER, reason=f"this is the run on {OTHER}")
def test_everything_holds_on_the_other_host() -> None:
    if importlib.util.find_spec("jaxlib") is None:
        pytest.skip("jaxlib is not installed")
    command = [sys.executable, "-m", "pytest", "-rf", "-p", "no:xdist", "tests/executed", "generated/tests"]
    done = subprocess.run(
        [*command, f"--ignore={Path(__file__).relative_to(ROOT)}"],
        env={**os.environ, "ENZYME_MLIR_HOST": OTHER},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    summary = done.stdout[done.stdout.find("short test summary") :]
    assert done.returncode == 0, summary
    passed = re.search(r"(\d+) passed", done.stdout)
    assert passed is not None
    assert int(passed[1]) > 200
