"""The `*Ops.td` files of the MLIR that is installed, and the programs that read them: each file is read once."""

from __future__ import annotations

import importlib.util
import subprocess
from functools import cache
from pathlib import Path

import pytest

from opspec.diagnostics import ToolError
from opspec.tablegen.records import Records
from opspec.tablegen.run import find_tblgen, mlir_includes, run_tblgen


def _mlir_tblgen() -> Path | None:
    """MLIR's own generator, which lies in one of the folders of the package `mlir`."""
    spec = importlib.util.find_spec("mlir")
    folders = [Path(folder) for folder in (spec.submodule_search_locations or [])] if spec else []
    programs = (folder / "bin" / "mlir-tblgen" for folder in folders)
    return next((program for program in programs if program.is_file()), None)


def _has_llvm_tblgen() -> bool:
    try:
        find_tblgen()
    except ToolError:
        return False
    return True


MLIR_TBLGEN = _mlir_tblgen()
INCLUDES = mlir_includes()

needs_llvm_tblgen = pytest.mark.skipif(
    not INCLUDES or not _has_llvm_tblgen(), reason="llvm-tblgen or MLIR's includes are not installed"
)
needs_mlir_tblgen = pytest.mark.skipif(MLIR_TBLGEN is None, reason="mlir-tblgen is not installed")
needs_host = pytest.mark.skipif(
    importlib.util.find_spec("mlir") is None or importlib.util.find_spec("mlir.ir") is None,
    reason="the host `mlir` is not installed",
)


def _sources() -> tuple[str, ...]:
    found = {path.relative_to(folder).as_posix() for folder in INCLUDES for path in folder.glob("mlir/**/*Ops.td")}
    return tuple(sorted(found))


SOURCES = _sources()
"""Every file that defines operations, as MLIR includes it, e.g. `mlir/Dialect/Arith/IR/ArithOps.td`."""

# Parts of a dialect that only another file includes; llvm-tblgen cannot read them alone, and neither can mlir-tblgen.
_PARTS = (
    "mlir/Dialect/SMT/IR/SMTArrayOps.td",
    "mlir/Dialect/SMT/IR/SMTBitVectorOps.td",
    "mlir/Dialect/SMT/IR/SMTIntOps.td",
    *(
        f"mlir/Dialect/SPIRV/IR/SPIRV{name}Ops.td"
        for name in "Bit CL CooperativeMatrix GL Group Logical Matrix Memory Misc NonUniform".split()
    ),
    "mlir/Dialect/SPIRV/IR/SPIRVIntelExtOps.td",
)
PARTS = tuple(source for source in SOURCES if source in _PARTS)
WHOLE = tuple(source for source in SOURCES if source not in _PARTS)


def short(source: str) -> str:
    """How a file is called in the names of tests: `ArithOps`; the names of files are unique."""
    return Path(source).stem


def path_of(source: str) -> Path:
    """Where the file lies."""
    return next(folder / source for folder in INCLUDES if (folder / source).is_file())


@cache
def records_of(source: str) -> Records:
    """The records of a file."""
    return run_tblgen(path_of(source))


@cache
def dialects_of(source: str) -> tuple[str, ...]:
    """The dialects whose operations a file defines; there is one in every file of MLIR."""
    found = (record.record("opDialect") for record in records_of(source).of_class("Op"))
    return tuple(sorted({dialect.text("name") for dialect in found if dialect is not None}))


def run_mlir_tblgen(source: str, dialect: str) -> subprocess.CompletedProcess[str]:
    """`mlir-tblgen -gen-python-op-bindings` on a file."""
    path = path_of(source)
    includes = [f"-I{folder}" for folder in (path.parent, *INCLUDES)]
    return subprocess.run(
        [str(MLIR_TBLGEN), "-gen-python-op-bindings", f"-bind-dialect={dialect}", *includes, str(path)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
