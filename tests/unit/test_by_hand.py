"""A dialect that begins by hand: what `init` writes without a .td file is right, says what it is, and builds."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from opspec.diagnostics import Diagnostics
from opspec.model.constraints import NamedTrait
from opspec.model.dialect import Dialect, Operation
from opspec.scaffold import draft_facts
from opspec.spec.trait_names import KNOWN, warn_of_traits
from opspec.tablegen.run import mlir_includes
from tests.command import opspec


def test_a_project_without_tablegen_begins_with_one_of_each(tmp_path: Path) -> None:
    done = opspec("init", "--dialect", "mine", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    files = ["opspecs/bindings.yaml", "opspecs/mine/dialect.yaml", "opspecs/mine/overlay.yaml", "opspec.mk"]
    assert [line.removeprefix("wrote ") for line in done.stdout.splitlines()[:4]] == files
    assert "opspec extract" not in (tmp_path / "opspec.mk").read_text(encoding="utf-8")
    facts = (tmp_path / files[1]).read_text(encoding="utf-8")
    assert facts == draft_facts("mine")
    comments = [line.strip() for line in facts.splitlines() if line.startswith("  #")]
    assert [comment.split(",")[0].split(":")[0] for comment in comments][:4] == [
        "# An enum",
        "# An attribute",
        "# A type",
        "# An operation",
    ]
    lint = opspec("lint", cwd=tmp_path)
    assert (lint.returncode, lint.stdout.splitlines()[-1]) == (0, "no errors")
    assert opspec("generate", cwd=tmp_path).returncode == 0
    ran = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist", "generated/tests"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": "generated/python"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ran.returncode, "2 passed" in ran.stdout) == (0, True), ran.stdout
    built = (tmp_path / "generated" / "snapshots" / "mine" / "pack.mlir").read_text(encoding="utf-8")
    assert '"mine.pack"(%arg0, %arg1) : (f64, f64) -> !mine.box<f64>' in built


def test_nothing_is_written_over(tmp_path: Path) -> None:
    assert opspec("init", "--dialect", "mine", cwd=tmp_path).returncode == 0
    done = opspec("init", "--dialect", "mine", cwd=tmp_path)
    assert done.returncode == 101
    assert done.stderr.rstrip().endswith("exist in . already; nothing was written")


def test_a_trait_that_is_almost_one_of_mlirs_is_a_warning(tmp_path: Path) -> None:
    facts = tmp_path / "dialect.yaml"
    text = "schema: opspec/dialect/1\ndialect: toy\noperations:\n  run: {class: RunOp, traits: [TRAITS]}\n"
    found = {}
    for traits in ("Pur", "IsolatedFromAbov, Pure", "MyOwn, Pure, HasParent(toy.run)", "Terminatr"):
        facts.write_text(text.replace("TRAITS", traits), encoding="utf-8")
        done = opspec("lint", "--spec", "dialect.yaml", cwd=tmp_path)
        assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "no errors")
        found[traits] = done.stderr
    assert found["Pur"] == (
        "dialect.yaml:4:3: warning: the trait 'Pur' of 'run' is none of MLIR's [trait-name]\n"
        "  4 |   run: {class: RunOp, traits: [Pur]}\n"
        "    |   ^\n"
        "  hint: did you mean 'Pure'? A trait of another name is kept as it is\n"
    )
    assert "did you mean 'IsolatedFromAbove'?" in found["IsolatedFromAbov, Pure"]
    assert found["MyOwn, Pure, HasParent(toy.run)"] == ""
    assert "did you mean 'Terminator'?" in found["Terminatr"]


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        *(("Puer", "Pure"), ("pure", "Pure"), ("Terminatro", "Terminator"), ("terminator", "Terminator")),
        *(("SymbolTabel", "SymbolTable"), ("SymobTlable", "SymbolTable"), ("Commutativ", "Commutative")),
        *(("Perfect", None), ("MyOwn", None), ("Rupee", None)),
    ],
)
def test_which_trait_was_meant(name: str, meant: str | None) -> None:
    diagnostics = Diagnostics()
    operation = Operation("run", "RunOp", traits=(NamedTrait(name),))
    warn_of_traits(Dialect("toy", operations=(operation,)), diagnostics)
    assert [found.hint.partition("?")[0] for found in diagnostics.found] == [f"did you mean '{meant}'"] * bool(meant)


@pytest.mark.skipif(not mlir_includes(), reason="MLIR's .td files come with the host package `mlir`, which is not here")
def test_the_traits_that_are_known_are_mlirs_own() -> None:
    (includes,) = mlir_includes()
    text = "\n".join(path.read_text(encoding="utf-8") for path in (includes / "mlir").rglob("*.td"))
    defined = set(re.findall(r"^(?:def|class) (\w+)", text, re.MULTILINE))
    assert sorted(KNOWN - defined) == []
