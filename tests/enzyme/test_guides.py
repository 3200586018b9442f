"""The pages: their Python runs from top to bottom, and each block prints what stands below it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from enzyme_mlir import HOST
from tests.enzyme.pages import BLOCK, matches, run

ROOT = Path(__file__).parents[2]
WALKS = "tests/executed/test_walkthroughs.py"
ELSEWHERE = {
    "docs/your-own-dialect.md": "tests/tablegen/test_walkthrough.py",
    "docs/own-dialect-by-hand.md": WALKS,
    "docs/extending-by-hand.md": WALKS,
}
"""Pages whose Python needs what earlier steps of the page make, with the test that takes those steps."""
PAGES = {
    path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8").count("```python")
    for path in sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), ROOT / "generated/python/README.md"])
}
HOSTS = {"docs/stablehlo.md": "jax"}
"""Pages that are run on a host of their own, which they choose themselves, with the module that this needs."""
WITH_PYTHON = [name for name, count in PAGES.items() if count and name not in ELSEWHERE]


@pytest.mark.usefixtures("enzyme_installed")
@pytest.mark.skipif(HOST != "mlir", reason="only the host mlir compiles")
@pytest.mark.parametrize("name", WITH_PYTHON)
def test_the_code_of_the_page_prints_what_it_says(name: str) -> None:
    if name in HOSTS:
        pytest.importorskip(HOSTS[name])
    command = [sys.executable, "-m", "tests.enzyme.pages", name]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_block_is_found() -> None:
    for name in WITH_PYTHON:
        assert len(BLOCK.findall((ROOT / name).read_text(encoding="utf-8"))) == PAGES[name], name
    assert {"README.md", "docs/index.md", "docs/tutorial.md", "docs/jit.md", "docs/lowering.md"} <= set(WITH_PYTHON)


def test_the_other_pages_are_run_elsewhere() -> None:
    for page, test in ELSEWHERE.items():
        assert PAGES[page]
        assert Path(page).name in (ROOT / test).read_text(encoding="utf-8")


def test_what_a_page_does_not_say_is_found(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("```python\nprint(1)\n```\n\n```text\n1\n```\n\n```python\nprint(2)\n```\n", encoding="utf-8")
    assert run(page) == ["page.md, line 10, prints:\n2\n"]
    assert matches("a ...\nb\n", "a 1\n2\nb\n")
    assert not matches("a\n", "a\nb\n")
