"""The page on names: its YAML is accepted, its table says what the conventions do, its message is a real one."""

from __future__ import annotations

import re
import shutil
from functools import cache
from pathlib import Path

import pytest

from opspec.diagnostics import Diagnostics
from opspec.model.dialect import Dialect
from opspec.naming.policy import policy_for
from opspec.spec.bindings import load_bindings
from opspec.spec.load import load_dialect
from opspec.spec.reading import read_yaml
from opspec.spec.schema import validate

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "naming.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```yaml\n# (\w+)\.yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
ROWS = re.findall(r"^\| `(\w+)\.([\w.]+)` \|(.*)\|$", PAGE, re.MULTILINE)


@pytest.mark.parametrize(("schema", "text"), BLOCKS, ids=lambda text: text.splitlines()[-1].strip())
def test_the_yaml_is_of_its_schema(schema: str, text: str, tmp_path: Path) -> None:
    diagnostics = Diagnostics()
    (tmp_path / "file.yaml").write_text(text, encoding="utf-8")
    root = read_yaml(tmp_path / "file.yaml", diagnostics)
    assert root is not None
    validate(root, schema, diagnostics)
    assert diagnostics.found == []


@pytest.mark.parametrize("text", [text for schema, text in BLOCKS if schema == "overlay"])
def test_the_overlays_fit_the_shipped_facts(text: str, tmp_path: Path) -> None:
    shutil.copy(ROOT / "opspecs" / "enzyme" / "dialect.yaml", tmp_path / "dialect.yaml")
    (tmp_path / "overlay.yaml").write_text(text, encoding="utf-8")
    diagnostics = Diagnostics()
    assert load_dialect(tmp_path / "dialect.yaml", diagnostics) is not None
    assert diagnostics.found == []


def test_the_convention_of_ones_own_is_one(tmp_path: Path) -> None:
    (text,) = (text for schema, text in BLOCKS if schema == "bindings")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "dialect.yaml").write_text("schema: opspec/dialect/1\ndialect: mine\n", encoding="utf-8")
    (tmp_path / "bindings.yaml").write_text(text, encoding="utf-8")
    diagnostics = Diagnostics()
    bindings = load_bindings(tmp_path / "bindings.yaml", diagnostics)
    assert diagnostics.found == []
    assert bindings is not None
    (house,) = bindings.conventions
    assert house.function("zapdiff", "ZapDiffOp") == "build_zapDiff"
    assert house.function("mine_run_op", "RunOp") == "build_run"


@cache
def shipped(dialect: str) -> Dialect:
    loaded = load_dialect(ROOT / "opspecs" / dialect / "dialect.yaml", Diagnostics())
    assert loaded is not None
    return loaded


@pytest.mark.parametrize(("dialect", "mnemonic", "cells"), ROWS)
def test_the_table_says_what_the_conventions_do(dialect: str, mnemonic: str, cells: str) -> None:
    loaded = shipped(dialect)
    operation = loaded.operation(mnemonic)
    found = [policy_for(loaded, name).function(operation) for name in ("mnemonic", "snake", "definition", "rust")]
    assert found == re.findall(r"`(\w+)`", cells)


def test_the_page_has_what_is_tested() -> None:
    assert (len(BLOCKS), len(ROWS)) == (3, 6)


def test_the_message_is_a_real_one() -> None:
    expected = (ROOT / "tests" / "rejected" / "cases" / "name_collision" / "expected.txt").read_text(encoding="utf-8")
    (shown,) = re.findall(r"^```text\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    assert shown.replace("opspecs/toy/", "name_collision/") == expected.partition("\n\n")[0] + "\n"
