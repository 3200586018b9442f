"""Runs a notebook in a kernel; `python -m tests.enzyme.notebooks FILE` writes into it what its cells show."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

ROOT = Path(__file__).parents[2]


def executed(path: Path) -> Any:
    """The notebook with what its cells show now; raises where one fails."""
    paths = [str(ROOT / "generated" / "python"), os.environ.get("PYTHONPATH", "")]
    notebook = nbformat.read(path, as_version=4)
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    NotebookClient(notebook, timeout=120, kernel_name="python3").execute(cwd=str(path.parent), env=environment)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)  # times
    return notebook


def shown(notebook: Any) -> list[list[str]]:
    """What each cell of code shows, as text."""
    return [
        [output.get("text") or output.get("data", {}).get("text/plain", "") for output in cell.outputs]
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


def main(path: Path) -> None:
    """Write what the cells show into the notebook."""
    notebook = executed(path)
    notebook.metadata = {"kernelspec": notebook.metadata.kernelspec, "language_info": {"name": "python"}}
    nbformat.write(notebook, path)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
