"""Modules of small dialects are clean under mypy --strict, and laid out as black leaves them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.tablegen.sources import DIALECTS, needs_mlir, needs_tblgen

pytestmark = [needs_tblgen, needs_mlir]
CONFIG = Path(__file__).parents[2] / "pyproject.toml"


def run(*arguments: str, root: Path) -> subprocess.CompletedProcess[str]:
    """A module of the environment as a program, in the folder of a generated package."""
    return subprocess.run(
        [sys.executable, "-m", *arguments], cwd=root, capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.mark.parametrize("bound", ["mnemonic", "upstream"], indirect=True)
def test_black_leaves_every_module_alone(bound: Path) -> None:
    files = [f"python/found/dialects/{path.stem}.py" for path in DIALECTS]
    done = run("black", "-q", "--diff", *files, root=bound)
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("bound", ["mnemonic"], indirect=True)
@pytest.mark.parametrize("name", ["shadows", "names", "params"])
def test_the_types_of_a_module_are_right(name: str, bound: Path) -> None:
    file = f"python/found/dialects/{name}.py"
    done = run("mypy", "--strict", "--config-file", str(CONFIG), file, root=bound)
    assert [line for line in done.stdout.splitlines() if line.startswith(file)] == []
