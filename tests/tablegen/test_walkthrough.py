"""The walk-through for a dialect of one's own, run step by step as it is written."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from opspec.diagnostics import ToolError
from opspec.tablegen.run import find_tblgen, mlir_includes

ROOT = Path(__file__).parents[2]
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)


def _is_possible() -> bool:
    try:
        find_tblgen()
    except ToolError:
        return False
    return bool(mlir_includes())


pytestmark = pytest.mark.skipif(not _is_possible(), reason="llvm-tblgen or MLIR's includes are not installed")


def test_every_step_of_the_walk_through_works(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(tmp_path / "generated" / "python")}

    def run(*command: str) -> str:
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{shlex.join(command)}\n{done.stdout}{done.stderr}"
        return done.stdout

    blocks = BLOCK.findall((ROOT / "docs" / "your-own-dialect.md").read_text(encoding="utf-8"))
    assert {kind for kind, _ in blocks} == {"text", "tablegen", "sh", "python", "yaml"}
    for kind, text in blocks:
        if kind == "tablegen":
            (tmp_path / "ShapesOps.td").write_text(text, encoding="utf-8")
        elif kind == "yaml":
            (tmp_path / "opspecs" / "shapes" / "overlay.yaml").write_text(text, encoding="utf-8")
        elif kind == "python":
            printed = run(sys.executable, "-c", text)
            assert '"shapes.make_square"(%arg0) {unit = 1 : i32} : (f64) -> !shapes.square<f64>' in printed
            assert '"shapes.area"(%0) {label = "floor"} : (!shapes.square<f64>) -> f64' in printed
        elif kind == "sh":
            for line in text.splitlines():
                program, *arguments = shlex.split(line)
                assert program == "opspec"
                run(sys.executable, "-m", "opspec", *arguments)
    assert "The square to measure." in (tmp_path / "generated" / "docs" / "shapes.md").read_text(encoding="utf-8")
    run(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "generated/tests")
