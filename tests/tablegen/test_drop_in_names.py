"""The names of drop-ins: mlir-tblgen's wherever Python takes them, and valid Python where not."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

from tests.tablegen.sources import DIALECTS, needs_mlir, needs_tblgen
from tests.upstream.sources import INCLUDES, MLIR_TBLGEN, needs_mlir_tblgen

pytestmark = [needs_tblgen, needs_mlir, needs_mlir_tblgen]

MENDED = {
    "names": {
        "jump": "try_, except_",
        "region": "for_, with_, num_else, *, lambda_",
        "small": "in_, class_, none_, loc_, ip_, self, results, verify, is_, *, not_",
    },
    "clashes": {
        "again_": "r, x",
        "one_two": "r, x",
        "one_two_": "r, x",
        "one_two__": "r, x",
        "twice": "a_b, a_b_, *, a_b__",
    },
}
"""Functions that mlir-tblgen's module has not, since it is no Python or since a later function has the name."""


def _functions(*sources: str) -> dict[str, str]:
    """The parameters of each function; where several have a name, the last one has it."""
    found: dict[str, str] = {}
    for source in sources:
        try:
            compile(source, "<module>", "exec")
        except SyntaxError:
            continue
        found |= {node.name: _shown(node) for node in ast.parse(source).body if isinstance(node, ast.FunctionDef)}
    return found


def _shown(node: ast.FunctionDef) -> str:
    by_position = [each.arg for each in node.args.args]
    by_keyword = [each.arg for each in node.args.kwonlyargs if each.arg not in ("loc", "ip")]
    return ", ".join([*by_position, *(["*", *by_keyword] if by_keyword else [])])


@pytest.mark.parametrize("bound", ["upstream"], indirect=True)
@pytest.mark.parametrize("definition", DIALECTS, ids=lambda path: path.stem)
def test_what_python_takes_is_called_as_mlir_calls_it(definition: Path, bound: Path) -> None:
    name = definition.stem
    includes = [f"-I{folder}" for folder in INCLUDES]
    command = [str(MLIR_TBLGEN), "-gen-python-op-bindings", f"-bind-dialect={name}", *includes, str(definition)]
    module = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    theirs = _functions(*(f"{header} pass" for header in re.findall(r"^(def .*:)$", module, re.MULTILINE)))
    ours = _functions((bound / f"python/found/dialects/{name}.py").read_text(encoding="utf-8"))
    mended = MENDED.get(name, {})
    theirs = {key: shown for key, shown in theirs.items() if f"{key}_" not in mended or key in mended}
    assert {key: ours.get(key) for key in theirs} == theirs
    assert {key: ours.get(key) for key in mended} == mended
