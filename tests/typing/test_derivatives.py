"""A program of derivatives: mypy finds nothing in it, and it runs. What mypy must find is in `negative/`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from enzyme_mlir import lowering
from tests.typing.test_typing import HERE, ROOT, mypy

pytest.importorskip("mypy")
pytest.importorskip("mlir")

PROGRAM = HERE / "derivatives.py"


def test_it_has_no_faults(tmp_path: Path) -> None:
    lines = mypy(tmp_path, PROGRAM).stdout.splitlines()
    assert [line for line in lines if line.startswith("tests/typing/")] == []


def test_it_runs() -> None:
    if not lowering.is_available():
        pytest.skip("the real Enzyme is not installed")
    ran = subprocess.run([sys.executable, str(PROGRAM)], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert ran.returncode == 0, ran.stderr
    first, second, *_ = ran.stdout.splitlines()
    assert first.startswith("['grad of @square <grad of @square: (arg0, arg1)>'")
    assert second == "(2.0, (2.0, 1.0), (0.0, 1.0))"
