"""The example as a user runs it: the derivatives that Enzyme makes of our operations are right."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("enzyme_installed")

ROOT = Path(__file__).parents[2]


def test_the_derivatives_agree_with_the_analytic_ones() -> None:
    if importlib.util.find_spec("mlir") is None:
        pytest.skip("the host `mlir` is not installed (xtc-mlir-python-bindings)")
    done = subprocess.run(
        [sys.executable, "examples/gradient.py"], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    rows = re.findall(r"^(.+?)\s+(enzyme\.\w+)\s+(\S+)\s+(\S+)\s+(\S+)$", done.stdout, re.MULTILINE)
    assert [(what, how) for what, how, *_ in rows] == [
        ("df/dx", "enzyme.autodiff"),
        ("df/dy", "enzyme.autodiff"),
        ("along (0.25, -2.0)", "enzyme.fwddiff"),
    ]
    for what, _, found, analytic, difference in rows:
        assert float(difference) <= 1e-12, what
        assert abs(float(found) - float(analytic)) <= 1e-12, what
    assert '"enzyme.autodiff"' in done.stdout
