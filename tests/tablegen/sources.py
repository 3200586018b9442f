"""The kitchen, a dialect of our own with every feature of ODS, and what its tests have in common."""

from __future__ import annotations

import importlib.util
import subprocess
from pathlib import Path

import pytest

from opspec.diagnostics import ToolError
from opspec.extraction import SCHEMA_PATH, Tools, facts_text
from opspec.tablegen.run import find_tblgen, mlir_includes
from tests.command import opspec

KITCHEN = Path(__file__).parent / "kitchen"
OPERATIONS = KITCHEN / "KitchenOps.td"
EXPECTED = KITCHEN / "expected.yaml"
DIALECTS = sorted((Path(__file__).parent / "dialects").glob("*.td"))
"""Dialects with what others write, each in a file of its own name."""

SMALL = """\
include "mlir/IR/OpBase.td"

def Mine_Dialect : Dialect {{ let name = "{dialect}"; let cppNamespace = "::{dialect}"; }}

def Mine_DigOp : Op<Mine_Dialect, "{operation}"> {{
  let arguments = (ins I64:$depth, StrAttr:$place);
  let results = (outs I64:$found);
}}
"""
"""A dialect of one operation, in one file."""


def _has_tblgen() -> bool:
    try:
        find_tblgen()
    except ToolError:
        return False
    return bool(mlir_includes())


needs_tblgen = pytest.mark.skipif(not _has_tblgen(), reason="llvm-tblgen or MLIR's includes are not installed")
needs_mlir = pytest.mark.skipif(importlib.util.find_spec("mlir") is None, reason="the host package `mlir` is not here")


def small(dialect: str = "mine", operation: str = "dig") -> str:
    """The text of a .td file with a dialect of one operation."""
    return SMALL.format(dialect=dialect, operation=operation)


def write(path: Path, text: str) -> Path:
    """Write a file, and make its folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def extract(*arguments: str | Path, cwd: Path, **environment: str) -> str:
    """What `opspec extract` prints where all is well."""
    done = opspec("extract", *map(str, arguments), cwd=cwd, **environment)
    if done.returncode != 0:
        raise AssertionError(f"opspec extract ended with {done.returncode}:\n{done.stdout}{done.stderr}")
    return done.stdout


def facts_of(definition: Path) -> str:
    """The facts of one of the `DIALECTS`."""
    return facts_text(str(definition), definition.stem, None, Tools(), (), SCHEMA_PATH).text


def one_line(done: subprocess.CompletedProcess[str]) -> str:
    """The one line in which the tool says why it could not do its work."""
    lines = done.stderr.splitlines()
    assert (done.returncode, done.stdout, len(lines)) == (101, "", 1), done.stdout + done.stderr
    return lines[0]
