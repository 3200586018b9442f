"""The notebooks among the examples: run from top to bottom, they show what stands in them."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from enzyme_mlir import HOST

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "examples").glob("*.ipynb"))
COMPARE = """
import sys
from pathlib import Path
import nbformat
from tests.enzyme.notebooks import executed, shown
path = Path(sys.argv[1])
for now, before in zip(shown(executed(path)), shown(nbformat.read(path, as_version=4)), strict=True):
    assert now == before, f"shows\\n{now}\\nand not\\n{before}"
"""


@pytest.mark.usefixtures("enzyme_installed")
@pytest.mark.skipif(HOST != "mlir", reason="only the host mlir compiles")
@pytest.mark.skipif(find_spec("nbclient") is None or find_spec("ipykernel") is None, reason="nbclient, ipykernel")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_the_notebook_shows_what_stands_in_it(path: Path) -> None:
    command = [sys.executable, "-c", COMPARE, str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_every_cell_has_run_and_modules_are_highlighted(path: Path) -> None:
    cells = [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in cells] == list(range(1, len(cells) + 1))
    shown = [output["data"] for cell in cells for output in cell["outputs"] if "data" in output]
    modules = [data for data in shown if "".join(data["text/plain"]).startswith("module")]
    assert modules
    assert all("<span style=" in "".join(data["text/html"]) for data in modules)
