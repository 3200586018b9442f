"""The sweeps: each name of the list is that of a test, a file or a folder, and CI runs both halves."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.sweeps import SWEEPS, is_sweep

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("name", SWEEPS)
def test_a_sweep_is_there(name: str) -> None:
    path, _, function = name.partition("::")
    assert (ROOT / path).exists()
    assert not function or f"def {function}" in (ROOT / path).read_text(encoding="utf-8")
    assert is_sweep(f"{name}_and_so_on")


def test_what_is_no_sweep_is_none() -> None:
    assert not is_sweep("tests/unit/test_sweeps.py::test_a_sweep_is_there")
    assert not is_sweep("generated/tests/test_enzyme.py::test_autodiff")


def test_every_test_runs_in_one_of_two_targets() -> None:
    lines = (ROOT / "Makefile").read_text(encoding="utf-8").splitlines()
    chosen = [line.rpartition(" -m ")[2] for line in lines if "pytest -n auto --dist worksteal -m" in line]
    assert chosen == ['"not sweep"', "sweep", '"not sweep" $(QUICK)']
    run = (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()
    assert {"make test", "make sweep"} <= set(run)
