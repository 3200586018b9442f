"""The reference: every example on the page runs, and prints what the snapshot of its operation says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from enzyme_mlir.dialects import enzyme

GENERATED = Path(__file__).parents[2] / "generated"
PAGE = (GENERATED / "docs" / "enzyme.md").read_text(encoding="utf-8")
FENCED = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SECTION = re.compile(r"^### `enzyme\.(\w+)`\n(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)

SECTIONS = {
    name: text for name, text in SECTION.findall(PAGE) if (GENERATED / f"snapshots/enzyme/{name}.mlir").exists()
}
PREAMBLE = FENCED.findall(PAGE)[0]


def test_the_page_has_a_section_for_each_operation() -> None:
    classes = [getattr(enzyme, name) for name in enzyme.__all__ if name.endswith("Op")]
    assert sorted(f"enzyme.{name}" for name in SECTIONS) == sorted(cls.OPERATION_NAME for cls in classes)


@pytest.mark.parametrize("name", SECTIONS)
def test_the_example_prints_the_snapshot(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    example = FENCED.findall(SECTIONS[name])[-1]
    namespace: dict[str, Any] = {}
    exec(compile(PREAMBLE, "preamble", "exec"), namespace)
    exec(compile(example, f"example of enzyme.{name}", "exec"), namespace)
    expected = (GENERATED / "snapshots" / "enzyme" / f"{name}.mlir").read_text(encoding="utf-8")
    assert capsys.readouterr().out.strip() == expected.strip()


@pytest.mark.parametrize("name", SECTIONS)
def test_the_signature_shown_is_the_real_one(name: str) -> None:
    import inspect

    shown = FENCED.findall(SECTIONS[name])[0]
    called = re.match(r"enzyme\.(\w+)\(", shown)
    assert called is not None
    parameters = inspect.signature(getattr(enzyme, called[1])).parameters
    assert re.findall(r"^    (\w+):", shown, re.MULTILINE) == list(parameters)
