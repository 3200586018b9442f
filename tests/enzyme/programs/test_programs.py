"""Each program computes what NumPy computes, and has its derivatives, which finite differences have too."""

from __future__ import annotations

import re
import subprocess
import sys

import numpy as np
import pytest

from enzyme_mlir.testing import check_gradient
from tests.enzyme.programs.loading import FOLDER, NAMES, load

CHECK = re.compile(r"^check: the worst relative error is (\S+), allowed is (\S+): (good|WRONG)$", re.MULTILINE)


def test_every_program_is_tested() -> None:
    assert {path.stem for path in FOLDER.glob("*.py")} == {*NAMES, "measure", "program"}


@pytest.mark.parametrize("name", NAMES)
def test_values_and_derivatives_are_those_of_numpy(name: str) -> None:
    helper, program = load("program"), load(name).PROGRAM
    for what, found, right in helper.compare(program):
        assert np.shape(found) == np.shape(right), what
        assert helper.distance(found, right) <= program.tolerance, what


@pytest.mark.parametrize("name", NAMES)
def test_derivatives_are_those_of_finite_differences(name: str) -> None:
    program = load(name).PROGRAM
    report = check_gradient(program.mlir, program.entry, at=program.point(), wrt=program.wrt, elements=12)
    assert report.is_right
    assert {row.mode for row in report.rows} == {"forward", "reverse"}
    assert {row.argument for row in report.rows} == set(program.wrt)
    assert len(report.of(*report_verdicts())) >= 0.8 * len(report.rows), str(report)


def report_verdicts() -> tuple[object, ...]:
    """Verdicts that say that a derivative is right."""
    from enzyme_mlir.functional.checking.reports import Verdict

    return (Verdict.RIGHT, Verdict.KINK)


@pytest.mark.parametrize("name", NAMES)
def test_the_program_runs_and_is_right(name: str) -> None:
    command = [sys.executable, str(FOLDER / f"{name}.py")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    checks = CHECK.findall(done.stdout)
    assert checks
    for worst, allowed, verdict in checks:
        assert verdict == "good"
        assert float(worst) <= float(allowed)
