"""The examples as a user runs them: each prints a check and ends well."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.usefixtures("enzyme_installed")

ROOT = Path(__file__).parents[2]
NEEDED = {
    "rosenbrock": ["mlir"],
    "hessian_vector": ["mlir"],
    "pendulum": ["mlir"],
    "logistic_regression": ["mlir", "sklearn", "scipy"],
    "stablehlo_jacobian": ["jaxlib", "jax"],
}
CHECK = re.compile(r"^check: the worst relative error is (\S+), allowed is (\S+): (good|WRONG)$", re.MULTILINE)


def run(name: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run an example."""
    command = [sys.executable, f"examples/{name}.py", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120)


def test_every_example_is_tested() -> None:
    present = {path.stem for path in (ROOT / "examples").glob("*.py")}
    assert present == {*NEEDED, "gradient", "showing"}


@pytest.mark.parametrize("name", NEEDED)
def test_the_example_is_right(name: str) -> None:
    missing = [module for module in NEEDED[name] if importlib.util.find_spec(module) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    done = run(name)
    assert done.returncode == 0, done.stdout + done.stderr
    checks = CHECK.findall(done.stdout)
    assert checks
    for worst, allowed, verdict in checks:
        assert verdict == "good"
        assert float(worst) <= float(allowed)


def test_a_wrong_number_is_noticed() -> None:
    program = """
import sys
sys.path.insert(0, "examples")
from showing import check, run
sys.exit(run([], lambda: check([("right", 1.0, 1.0), ("wrong", 2.0, 2.1)], 1e-3)))
"""
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert done.returncode == 1
    assert CHECK.findall(done.stdout) == [("4.8e-02", "1e-03", "WRONG")]
