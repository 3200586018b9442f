"""Names of a spec become file names and code: what is no name is a finding, and nothing is written outside."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from opspec.cli import main
from tests.command import opspec

FACTS = """\
schema: opspec/dialect/1
dialect: {dialect}
enums:
  {enum}:
    storage: i32
    cases: {{{case}: 0, b: 1}}
attributes:
  {attribute}:
    class: {attribute_class}
    parameters: {{{parameter}: type}}
operations:
  {operation}:
    class: {operation_class}
    arguments: {{{operand}: any}}
"""
NAMES = {
    "dialect": "toy",
    "enum": "Mode",
    "case": "a",
    "attribute": "mode",
    "attribute_class": "ModeAttr",
    "parameter": "value",
    "operation": "run",
    "operation_class": "RunOp",
    "operand": "input",
}
HOSTILE = {
    "a path": "'../../../outside'",
    "an absolute path": "'/tmp/opspec-outside'",
    "code": '"x():\\n    import os\\nclass Y"',
    "a space": "'a b'",
    "a quote": "'a\"b'",
    "nothing": "''",
}


def facts(**names: str) -> str:
    return FACTS.format(**{**NAMES, **names})


def test_the_harmless_spec_is_fine(tmp_path: Path) -> None:
    (tmp_path / "dialect.yaml").write_text(facts(), encoding="utf-8")
    assert opspec("lint", "--spec", "dialect.yaml", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize("name", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("kind", NAMES)
def test_what_is_no_name_is_a_finding(tmp_path: Path, kind: str, name: str) -> None:
    (tmp_path / "dialect.yaml").write_text(facts(**{kind: name}), encoding="utf-8")
    output = tmp_path / "a" / "b" / "c" / "out"
    done = CliRunner().invoke(main, ["generate", "--spec", str(tmp_path / "dialect.yaml"), "-o", str(output)])
    assert (done.exit_code, done.stdout) == (100, "")
    assert [path.name for path in tmp_path.rglob("*")] == ["dialect.yaml"]
