"""The projects whose dialects are measured, and the hosts that have them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from opspec.tablegen.run import mlir_includes

__all__ = ["PROJECTS", "Project", "dialects_below"]

_DIALECT = re.compile(r"^\s*def\s+\w+\s*:\s*Dialect\s*\{(.*?)^\s*let\s+name\s*=\s*\"(\w+)\"", re.MULTILINE | re.DOTALL)
_ELSEWHERE = ("test", "tests", "third_party", "samples", "externals", "examples", "unittests")


@dataclass(frozen=True, slots=True)
class Project:
    """A project: where its .td files are, at which commit, and the host that has its dialects in C++."""

    name: str
    source: str
    commit: str
    host: str


PROJECTS = (
    Project("mlir", str(next(iter(mlir_includes()), "")), "", "mlir"),
    Project(
        "stablehlo",
        "https://github.com/openxla/stablehlo",
        "3c9301c116f97fbaf696959a0ede32712aec587b",
        "jaxlib.mlir",
    ),
    Project(
        "torch-mlir",
        "https://github.com/llvm/torch-mlir",
        "0029fc2e102c6d604696b33eb618116b4957a2e3",
        "torch_mlir",
    ),
    Project("iree", "https://github.com/iree-org/iree", "b48a5955575cf8924ffc191f3b0804976e5738b9", "iree.compiler"),
)
"""MLIR's files are those of the installed package."""


def dialects_below(root: Path) -> tuple[str, ...]:
    """The names of the dialects that the .td files below a folder define, but for those of tests and examples."""
    found: set[str] = set()
    for path in root.rglob("*.td"):
        if not any(part in _ELSEWHERE for part in path.relative_to(root).parts[:-1]):
            text = path.read_text(encoding="utf-8", errors="replace")
            found |= {match[2] for match in _DIALECT.finditer(text)}
    return tuple(sorted(found))
