"""What the package's own stub of MLIR's `ir` says that there is, there is on every host."""

from __future__ import annotations

import ast
import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

STUB = Path(__file__).parents[2] / "generated" / "python" / "enzyme_mlir" / "_runtime" / "_ir_own.pyi"
HOSTS = ("mlir", "jaxlib.mlir", "torch_mlir", "iree.compiler")
LOOK = """
import importlib, json, sys
host, names = sys.argv[1], json.loads(sys.argv[2])
outer, inner = importlib.import_module(f"{host}.ir"), importlib.import_module(f"{host}._mlir_libs._mlir.ir")
missing = []
for name, members in names.items():
    found = getattr(outer, name, None) or getattr(inner, name, None)
    missing += [f"{name}.{member}" for member in members if not hasattr(found, member)] if found else [name]
print(json.dumps(missing))
"""


def members_of(node: ast.ClassDef) -> list[str]:
    """Methods and variables that a class states; not those that are there only while there is a current object."""
    named = [each.name for each in node.body if isinstance(each, ast.FunctionDef)]
    named += [
        each.target.id for each in node.body if isinstance(each, ast.AnnAssign) and isinstance(each.target, ast.Name)
    ]
    return sorted(set(named) - {"current"})


def stated() -> dict[str, list[str]]:
    """Public classes and functions, with the members of classes; an error has its own only when it is raised."""
    found: dict[str, list[str]] = {}
    for node in ast.parse(STUB.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.ClassDef) and node.name != "_List":
            found[node.name] = [] if node.name == "MLIRError" else members_of(node)
        elif isinstance(node, ast.FunctionDef):
            found[node.name] = []
    return found


@pytest.mark.parametrize("host", HOSTS)
def test_every_host_has_it(host: str) -> None:
    if importlib.util.find_spec(host.partition(".")[0]) is None:
        pytest.skip(f"the host {host} is not installed")
    names = stated()
    assert len(names) > 90
    ran = subprocess.run(
        [sys.executable, "-c", LOOK, host, json.dumps(names)], capture_output=True, text=True, timeout=60
    )
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == []
