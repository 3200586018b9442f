"""Modules of the convention `upstream` build what MLIR's own modules build, from the same programs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from opspec.spec.printer import print_dialect
from opspec.tablegen.extract import extract
from tests.command import opspec
from tests.upstream import programs
from tests.upstream.sources import WHOLE, needs_host, needs_llvm_tblgen, records_of, short

pytestmark = [needs_llvm_tblgen, needs_host]

PACKAGE = "drop_in"
FILES = {"arith": "ArithOps", "func": "FuncOps", "scf": "SCFOps"}

BESIDE = """
{imports}
import drop_in.dialects.arith
from mlir import ir
with ir.Context(), ir.Location.unknown():
    module = ir.Module.parse("func.func @f(%x: f64) -> f64 {{ %y = arith.negf %x : f64 return %y : f64 }}")
    negf, _ = module.body.operations[0].regions[0].blocks[0].operations
    assert type(negf) is drop_in.dialects.arith.NegFOp, type(negf)
"""

Results = dict[str, dict[str, Any]]


def run_programs(prefix: str, suffix: str, *paths: Path) -> Results:
    """What the programs give with these modules, in a process of their own: each op can have one class only."""
    done = subprocess.run(
        [sys.executable, programs.__file__, prefix, suffix],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, paths))},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    found: Results = json.loads(done.stdout)
    return found


@pytest.fixture(scope="module")
def theirs() -> Results:
    """With what mlir-tblgen generated when MLIR's bindings were built."""
    return run_programs("mlir.dialects._", "_ops_gen")


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder to import what we generate from; the definitions are those of MLIR."""
    root = tmp_path_factory.mktemp("drop_in")
    specs = []
    for dialect, file in FILES.items():
        path = root / dialect / "dialect.yaml"
        path.parent.mkdir()
        source = next(source for source in WHOLE if short(source) == file)
        path.write_text(print_dialect(extract(records_of(source), dialect)), encoding="utf-8")
        specs += ["--spec", str(path)]
    options = ("--package", PACKAGE, "--naming", "upstream", "--only", "python", "-o", "out")
    done = opspec("generate", *specs, *options, cwd=root)
    assert done.returncode == 0, done.stderr
    return root / "out" / "python"


@pytest.fixture(scope="module")
def ours(package: Path) -> Results:
    """With what we generate from the same definitions."""
    return run_programs(f"{PACKAGE}.dialects.", "", package)


@pytest.mark.parametrize("name", programs.PROGRAMS)
def test_programs_give_the_same(name: str, theirs: Results, ours: Results) -> None:
    assert "raised" not in theirs[name], theirs[name]["raised"]
    assert ours[name] == theirs[name]
    assert "func.func" in theirs[name]["module"]


def test_wrong_calls_are_wrong(theirs: Results) -> None:
    """What is compared above are errors."""
    for name in ("wrong_calls_of_functions", "wrong_calls_of_classes"):
        assert set(theirs[name]["returned"]) == {"TypeError"}


def test_results_follow(ours: Results) -> None:
    assert ours["results_are_inferred"]["returned"] == ["vector<4xf32>", "f32", "i1"]


def test_both_orders_differ(ours: Results) -> None:
    """The comparison tells arguments apart."""
    by_position, by_keyword, swapped = (
        ours[f"arguments_{name}"]["module"] for name in ("by_position", "by_keyword", "the_other_way_round")
    )
    assert "arith.subf %arg0, %arg1" in by_position
    assert by_keyword == by_position
    assert "arith.subf %arg1, %arg0" in swapped


@pytest.mark.parametrize(
    "imports",
    [
        "from drop_in.dialects import arith",
        "from mlir.dialects import arith; from drop_in.dialects import arith",
        "from drop_in.dialects import arith; from mlir.dialects import arith",
    ],
    ids=["ours", "theirs-first", "ours-first"],
)
def test_modules_live_beside_mlirs(imports: str, package: Path) -> None:
    """Whichever comes first: parsed operations are of our classes."""
    done = subprocess.run(
        [sys.executable, "-c", BESIDE.format(imports=imports)],
        env={**os.environ, "PYTHONPATH": str(package)},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
