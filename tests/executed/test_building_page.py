"""The page on building IR: its Python runs on every host, and the error that it shows is a real one."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from enzyme_mlir import lowering
from enzyme_mlir.testing import sample
from tests.executed.building import SQUARE, autodiff

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "building.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```python\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.splitlines()[0])
def test_a_block_runs(block: str) -> None:
    if "lowering" in block and not lowering.is_available():
        pytest.skip("the real Enzyme is not installed (enzyme-ad)")
    done = subprocess.run([sys.executable, "-c", block], capture_output=True, text=True, cwd=ROOT, timeout=120)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() or "print(" not in block


def test_there_is_python_on_the_page() -> None:
    assert len(BLOCKS) == 3


def test_the_error_shown_is_the_one_that_is_raised() -> None:
    error = re.search(r"^ValueError: (enzyme\.autodiff: .*)$", PAGE, re.MULTILINE)
    assert error is not None
    with sample("f64", "f64", setup=SQUARE) as (_, x, seed), pytest.raises(ValueError) as caught:
        autodiff(x, seed, inputs=[x])
    assert str(caught.value) == error[1]
