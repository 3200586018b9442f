"""Each program computes what NumPy computes, and has its derivatives, which finite differences have too."""

from __future__ import annotations

import re
import runpy
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import enzyme_mlir
from enzyme_mlir.functional.checking.reports import Verdict
from enzyme_mlir.testing import check_gradient
from tests.enzyme.programs.loading import FOLDER, NAMES, load
from tests.forks import in_fork

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
    assert len(report.of(Verdict.RIGHT, Verdict.KINK)) >= 0.8 * len(report.rows), str(report)


@pytest.mark.parametrize("name", NAMES)
def test_second_derivatives_are_differences_of_those_of_numpy(name: str) -> None:
    """Forward mode over reverse mode, along a tangent."""
    helper, program = load("program"), load(name).PROGRAM
    arguments, seeds = program.point(), program.seeds(program.point())
    tangents = {each: 0.1 * tangent * np.max(np.abs(arguments[each])) for each, tangent in program.tangents().items()}
    given = {} if program.is_scalar else {"seeds": seeds}

    def moved(by: float) -> tuple[Any, ...]:
        there = arguments | {each: arguments[each] + by * tangent for each, tangent in tangents.items()}
        gradient: tuple[Any, ...] = program.gradient(**there, **given)
        return gradient

    def slopes(by: float) -> list[Any]:
        return [(np.asarray(up) - down) / (2 * by) for up, down in zip(moved(by), moved(-by), strict=True)]

    pullback = enzyme_mlir.vjp(program.mlir, program.entry, wrt=program.wrt)
    both = (program.point(), dict(zip(program.names(), seeds, strict=True)))
    found = enzyme_mlir.jvp(pullback)(both, tangents).tangents.derivatives
    for coarse, fine, one in zip(slopes(2e-3), slopes(1e-3), found, strict=True):
        right = (4 * fine - coarse) / 3
        assert helper.distance(one, right) <= 1e-6


def run_as_program(path: Path) -> None:
    """What `python path` does."""
    sys.argv, sys.path[0] = [str(path)], str(path.parent)
    runpy.run_path(str(path), run_name="__main__")


@pytest.mark.parametrize("name", NAMES)
def test_the_program_runs_and_is_right(name: str) -> None:
    done = in_fork(run_as_program, FOLDER / f"{name}.py")
    assert done.returncode == 0, done.stdout + done.stderr
    checks = CHECK.findall(done.stdout)
    assert checks
    for worst, allowed, verdict in checks:
        assert verdict == "good"
        assert float(worst) <= float(allowed)
