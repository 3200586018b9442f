"""The README: its Python runs as it stands."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from enzyme_mlir import lowering

ROOT = Path(__file__).parents[2]
BLOCKS = re.findall(
    r"^```python\n(.*?)^```$", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
)


def test_there_is_python_in_the_readme() -> None:
    assert BLOCKS


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.splitlines()[0])
def test_a_block_runs(block: str) -> None:
    if "lowering" in block and not lowering.is_available():
        pytest.skip("the real Enzyme is not installed (enzyme-ad)")
    done = subprocess.run([sys.executable, "-c", block], capture_output=True, text=True, cwd=ROOT, timeout=120)
    assert done.returncode == 0, done.stderr
    if "print(" in block:
        assert done.stdout.strip()


def test_the_error_shown_is_the_one_that_is_raised() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    error = re.search(r"^ValueError: (enzyme\.autodiff: .*)$", text, re.MULTILINE)
    assert error is not None
    from enzyme_mlir.testing import sample
    from tests.executed.building import SQUARE, autodiff

    with sample("f64", "f64", setup=SQUARE) as (_, x, seed), pytest.raises(ValueError) as caught:
        autodiff(x, seed, inputs=[x])
    assert str(caught.value) == error[1]
