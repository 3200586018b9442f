"""A convention touches names and nothing else: the family under each builds the same IR, imports, and type-checks."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.command import opspec

pytest.importorskip("mlir")

ROOT = Path(__file__).parents[2]
COMMITTED = ROOT / "generated" / "snapshots"
OWN = """\
conventions:
  house:
    like: snake
    functions: {case: camel, prefix: build_}
    classes: {strip_suffixes: [Op], suffix: View}
    parameters: {case: camel, suffix: _arg}
    enum_cases: {case: pascal, strip_shared_prefix: false, strip_prefixes: [enzyme_]}
    splits: {jacobian: jaco_bian}
    escape: '{}_x'
"""
CONVENTIONS = ("snake", "definition", "rust", "upstream", "house")
IMPORT = """\
import importlib, json, pkgutil, enzyme_mlir.dialects as dialects
found = {}
for module in pkgutil.iter_modules(dialects.__path__):
    loaded = importlib.import_module(f"enzyme_mlir.dialects.{module.name}")
    assert all(hasattr(loaded, name) for name in loaded.__all__)
    for name in loaded.__all__:
        operation = getattr(getattr(loaded, name), "OPERATION_NAME", None)
        if operation:
            found[operation] = [name, getattr(loaded, name)._build.__name__]
print(json.dumps(found))
"""
EXPECTED = {
    "snake": ["ForwardDiffOp", "fwd_diff"],
    "definition": ["ForwardDiffOp", "forward_diff"],
    "rust": ["ForwardDiffOperation", "fwddiff"],
    "upstream": ["ForwardDiffOp", "fwddiff"],
    "house": ["ForwardDiffView", "build_fwdDiff"],
}
MYPY = """\
[mypy]
strict = True
[mypy-mlir.*]
follow_untyped_imports = True
"""


@pytest.fixture(scope="module", params=CONVENTIONS)
def family(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """A convention, and the folder with the whole family under it."""
    convention: str = request.param
    root = tmp_path_factory.mktemp(convention)
    specs = ROOT / "opspecs"
    text = (specs / "bindings.yaml").read_text(encoding="utf-8")
    text = re.sub(r"^  - (\w+)$", rf"  - {specs.as_posix()}/\1", text, flags=re.MULTILINE)
    text = re.sub(r"^  license_files: .*\n", "", text, flags=re.MULTILINE)  # a project has its own
    (root / "bindings.yaml").write_text(text + OWN, encoding="utf-8")
    done = opspec("generate", "--config", "bindings.yaml", "--naming", convention, "-o", "out", cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr
    return convention, root / "out"


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "python"), "MYPYPATH": str(folder / "python")},
        capture_output=True,
        text=True,
        timeout=300,
    )


def test_the_samples_print_as_under_the_default(family: tuple[str, Path]) -> None:
    _, folder = family
    theirs = {path.relative_to(folder / "snapshots"): path.read_bytes() for path in folder.glob("snapshots/*/*.mlir")}
    assert theirs == {path.relative_to(COMMITTED): path.read_bytes() for path in COMMITTED.glob("*/*.mlir")}
    assert len(theirs) > 170


def test_every_builder_builds_that_ir(family: tuple[str, Path]) -> None:
    """The generated tests call each function and each class, and compare with the snapshots."""
    _, folder = family
    done = run(folder, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir=.", "tests")
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr
    assert re.search(r"^(1[89]\d|[2-9]\d\d) passed", done.stdout, re.MULTILINE)


@pytest.mark.parametrize("family", ["house", "upstream"], indirect=True)
def test_every_builder_keeps_to_the_callers_locations(family: tuple[str, Path]) -> None:
    """Tracebacks begin with the line that calls the builder, and a location that is given goes before them.

    Names of our own and upstream's way of calling are tried: the other conventions differ from these in words alone.
    """
    _, folder = family
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(folder / "python"), str(ROOT)])}
    done = subprocess.run(
        [sys.executable, "-m", "tests.executed.locating", str(folder / "tests")],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert re.fullmatch(r"[7-9]\d\d operations\n", done.stdout), done.stdout[-3000:] + done.stderr


def test_every_module_imports_and_names_what_it_says(family: tuple[str, Path]) -> None:
    convention, folder = family
    done = run(folder, "-W", "error", "-c", IMPORT)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert len(found) == 200
    assert found["enzyme.fwddiff"] == EXPECTED[convention]


def test_the_enzyme_dialect_is_strictly_typed(family: tuple[str, Path]) -> None:
    _, folder = family
    (folder / "mypy.ini").write_text(MYPY, encoding="utf-8")
    arguments = (
        "--config-file=mypy.ini",
        "--cache-dir=../../mypy_cache",
        "--no-error-summary",
        "-m",
        "enzyme_mlir.dialects.enzyme",
    )
    done = run(folder, "-m", "mypy", *arguments)
    assert (done.returncode, done.stdout) == (0, "")


def test_black_leaves_the_enzyme_dialect_alone(family: tuple[str, Path]) -> None:
    _, folder = family
    done = run(folder, "-m", "black", "--check", "--diff", "-q", "python/enzyme_mlir/dialects/enzyme.py")
    assert (done.returncode, done.stdout) == (0, "")
