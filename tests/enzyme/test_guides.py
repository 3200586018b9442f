"""The guides: their code runs from top to bottom, and each block prints what stands below it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from enzyme_mlir import HOST

pytestmark = [
    pytest.mark.usefixtures("enzyme_installed"),
    pytest.mark.skipif(HOST != "mlir", reason="only the host mlir compiles"),
]
DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(r"^```python\n(?P<code>.*?)^```\n(?:\n```text\n(?P<text>.*?)^```)?", re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("name", ["lowering.md", "unsound.md"])
def test_the_code_of_the_guide_prints_what_it_says(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    page = (DOCS / name).read_text(encoding="utf-8")
    namespace: dict[str, Any] = {}
    blocks = list(BLOCK.finditer(page))
    assert len(blocks) == page.count("```python") > 2
    for block in blocks:
        line = page[: block.start()].count("\n") + 2
        exec(compile("\n" * (line - 1) + block["code"], f"docs/{name}", "exec"), namespace)
        printed = capsys.readouterr().out
        pattern = re.escape(block["text"] or "").replace(re.escape("..."), ".*")
        assert re.fullmatch(pattern, printed, re.DOTALL), f"line {line}: {printed}"
