"""The guide: its code runs from top to bottom, and each block prints what stands below it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

PAGE = (Path(__file__).parents[3] / "docs" / "gradients.md").read_text(encoding="utf-8")
BLOCK = re.compile(r"^```python\n(?P<code>.*?)^```\n(?:\n```text\n(?P<text>.*?)^```)?", re.MULTILINE | re.DOTALL)


def test_the_code_of_the_guide_prints_what_it_says(capsys: pytest.CaptureFixture[str]) -> None:
    namespace: dict[str, Any] = {}
    blocks = list(BLOCK.finditer(PAGE))
    assert len(blocks) == PAGE.count("```python")
    for block in blocks:
        line = PAGE[: block.start()].count("\n") + 2
        exec(compile("\n" * (line - 1) + block["code"], "docs/gradients.md", "exec"), namespace)
        printed = capsys.readouterr().out
        parts = [re.escape(part) for part in (block["text"] or "").split("...\n")]
        assert re.fullmatch(".*".join(parts), printed, re.DOTALL), f"line {line}: {printed}"
