"""The reference: every example on its pages runs, and prints what the snapshot of its operation says."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from enzyme_mlir.testing import as_printed, sample

GENERATED = Path(__file__).parents[2] / "generated"
DIALECTS = sorted(path.name for path in (GENERATED / "snapshots").iterdir())
FENCED = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SECTION = re.compile(r"^### `([\w.]+)`\n(.*?)(?=^##|\Z)", re.MULTILINE | re.DOTALL)

SNAPSHOTS = {
    f"{path.parent.name}.{path.stem}": path.read_text(encoding="utf-8") for path in GENERATED.glob("snapshots/*/*.mlir")
}
PAGES = {dialect: (GENERATED / "docs" / f"{dialect}.md").read_text(encoding="utf-8") for dialect in DIALECTS}
SECTIONS = {name: text for page in PAGES.values() for name, text in SECTION.findall(page) if name in SNAPSHOTS}


def test_the_pages_have_a_section_for_each_operation() -> None:
    modules = [import_module(f"enzyme_mlir.dialects.{dialect}") for dialect in DIALECTS]
    offered = [getattr(module, name) for module in modules for name in module.__all__]
    operations = {cls.OPERATION_NAME for cls in offered if hasattr(cls, "OPERATION_NAME")}
    assert sorted(SECTIONS) == sorted(SNAPSHOTS) == sorted(operations)


@pytest.mark.parametrize("name", SECTIONS)
def test_the_example_prints_the_snapshot(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    example = FENCED.findall(SECTIONS[name])[-1]
    namespace: dict[str, Any] = {}
    exec(compile(FENCED.findall(PAGES[name.partition(".")[0]])[0], "preamble", "exec"), namespace)
    exec(compile(example, f"example of {name}", "exec"), namespace)
    shown, expected = capsys.readouterr().out.strip(), SNAPSHOTS[name]
    assert shown == expected.strip() or shown == as_printed(expected).strip()


@pytest.mark.parametrize("name", SECTIONS)
def test_the_signature_shown_is_the_real_one(name: str) -> None:
    dialect = name.partition(".")[0]
    shown = FENCED.findall(SECTIONS[name])[0]
    called = re.match(rf"{dialect}\.(\w+)\(", shown)
    assert called is not None
    function = getattr(import_module(f"enzyme_mlir.dialects.{dialect}"), called[1])
    assert re.findall(r"^    (\w+):", shown, re.MULTILINE) == list(inspect.signature(function).parameters)


def test_without_a_function_there_are_no_arguments() -> None:
    with pytest.raises(ValueError, match="2 types are given, accepted is none without a function"):
        sample("f64", "f64", in_function=False).__enter__()
