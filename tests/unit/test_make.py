"""The Makefile: whoever waits reads what is done, from the first second."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FILES = ("Makefile", "requirements.lock", "pyproject.toml", "generated/python/pyproject.toml")

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not here")


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """What make needs to see of the tree; nothing is set up there."""
    for name in FILES:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def make(*arguments: str, cwd: Path) -> list[str]:
    """The lines that make prints."""
    command = ["make", "--no-print-directory", f"PYTHON={sys.executable}", *arguments]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=True, encoding="utf-8")
    return done.stdout.splitlines()


def test_each_step_of_the_set_up_is_announced(tree: Path) -> None:
    lines = make("--dry-run", ".venv/.stamp", cwd=tree)
    slow = [index for index, line in enumerate(lines) if " pip install " in line]
    assert len(slow) == 2
    assert all(lines[index - 1].startswith('echo "setting up .venv: ') for index in slow)
    assert "setting up .venv" in lines[0]


@pytest.mark.parametrize("is_generated", [True, False], ids=["with bindings", "without"])
def test_both_distributions_are_installed_where_they_are(is_generated: bool, tree: Path) -> None:
    if not is_generated:
        shutil.rmtree(tree / "generated")
    text = "\n".join(make("--dry-run", ".venv/.stamp", cwd=tree))
    assert "-e . " in text
    assert ("-e generated/python" in text) == is_generated


def test_an_upgrade_starts_from_the_version_of_the_bindings(tree: Path) -> None:
    (tree / "generated/python/pyproject.toml").write_text('[project]\nversion = "4.5.6"\n', encoding="utf-8")
    text = "\n".join(make("--dry-run", "generate", "ENZYME=there", cwd=tree))
    assert "--current-version 4.5.6" in text
