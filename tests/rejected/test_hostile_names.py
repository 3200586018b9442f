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


LATE = {
    "line break": "\\n",
    "carriage return": "\\r",
    "space": " ",
    "separator": "\\u2028",
    "nothing": "\\u200b",
    "digit": "\\u0663",
}


@pytest.mark.parametrize("end", LATE.values(), ids=LATE)
@pytest.mark.parametrize("kind", NAMES)
def test_a_name_is_checked_to_its_very_end(tmp_path: Path, kind: str, end: str) -> None:
    (tmp_path / "dialect.yaml").write_text(facts(**{kind: f'"{NAMES[kind]}{end}"'}), encoding="utf-8")
    done = CliRunner().invoke(main, ["lint", "--spec", str(tmp_path / "dialect.yaml")])
    assert (done.exit_code, done.stdout) == (100, "")


OVERLAY = """\
schema: opspec/overlay/1
dialect: toy
python: {{module: {module}}}
enums:
  Mode:
    python: {{name: {enum}, aliases: [{enum_alias}], renamed_from: [{enum_old}]}}
    cases: {{a: {{python: {{name: {case}, aliases: [{case_alias}], renamed_from: [{case_old}]}}}}}}
attributes:
  mode:
    python: {{name: {attribute}, aliases: [{attribute_alias}]}}
    parameters: {{value: {{python: {{name: {parameter}, renamed_from: [{parameter_old}]}}}}}}
operations:
  run:
    renamed_from: [{mnemonic_old}, {{name: {mnemonic_older}, class: {class_old}, until: {until}}}]
    python: {{name: {function}, class: {class_name}, aliases: [{alias}], renamed_from: [{old}]}}
    arguments: {{input: {{python: {{name: {argument}, renamed_from: [{argument_old}]}}}}}}
"""
CHOSEN = {
    name: name
    for name in (
        "module enum enum_alias enum_old case case_alias case_old attribute attribute_alias parameter parameter_old "
        "mnemonic_old mnemonic_older class_old function class_name alias old argument argument_old"
    ).split()
} | {"until": "'9.0'"}


def overlaid(folder: Path, **names: str) -> Path:
    (folder / "dialect.yaml").write_text(facts(), encoding="utf-8")
    (folder / "overlay.yaml").write_text(OVERLAY.format(**{**CHOSEN, **names}), encoding="utf-8")
    return folder / "dialect.yaml"


def test_the_harmless_overlay_is_fine(tmp_path: Path) -> None:
    assert opspec("lint", "--spec", str(overlaid(tmp_path)), cwd=tmp_path).returncode == 0


@pytest.mark.parametrize("end", ["\\n", " ", "\\u2028"])
@pytest.mark.parametrize("kind", CHOSEN)
def test_a_chosen_name_is_checked_to_its_very_end(tmp_path: Path, kind: str, end: str) -> None:
    spec = overlaid(tmp_path, **{kind: '"' + CHOSEN[kind].strip("'") + end + '"'})
    done = CliRunner().invoke(main, ["generate", "--spec", str(spec), "-o", str(tmp_path / "out")])
    assert (done.exit_code, done.stdout) == (100, "")
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["dialect.yaml", "overlay.yaml"]


MEMBERS = ("case", "case_alias", "case_old", "parameter", "parameter_old", "argument", "argument_old")
IN_MODULE = ("enum", "enum_alias", "enum_old", "attribute", "attribute_alias", "function", "class_name", "alias", "old")


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        *((kind, name) for kind in (*MEMBERS, *IN_MODULE, "module") for name in ("__class__", "__init__", "class")),
        *((kind, "__hidden") for kind in MEMBERS),
        *((kind, "_kept_") for kind in MEMBERS if kind.startswith("case")),
        ("module", "CON"),
        ("module", "lpt1"),
    ],
)
def test_a_name_that_python_or_a_file_system_keeps_is_a_finding(tmp_path: Path, kind: str, name: str) -> None:
    done = opspec("lint", "--spec", str(overlaid(tmp_path, **{kind: name})), cwd=tmp_path)
    assert done.returncode == 100
    assert "[name-reserved]" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "package",
    ["class", "None", "mlir", "jaxlib", "numpy", "json", "_runtime", "__init__", "con", "Aux", "a-b", "x\\n", "1a", ""],
)
def test_a_package_that_cannot_be_is_a_finding_in_bindings_and_as_an_option(tmp_path: Path, package: str) -> None:
    (tmp_path / "toy").mkdir()
    (tmp_path / "toy" / "dialect.yaml").write_text(facts(), encoding="utf-8")
    head = "schema: opspec/bindings/1\noutput: out\ndialects: [toy]\n"
    (tmp_path / "bindings.yaml").write_text(f'{head}package: "{package}"\n', encoding="utf-8")
    done = opspec("lint", "--config", "bindings.yaml", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (100, "")
    assert "bindings.yaml:4:10: error: package is" in done.stderr
    (tmp_path / "bindings.yaml").write_text(f"{head}package: toy\n", encoding="utf-8")
    given = package.replace("\\n", "\n")
    done = opspec("generate", "--config", "bindings.yaml", "--package", given, cwd=tmp_path)
    assert done.returncode == 2
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("hidden", ["\\n", "\\r", "\\u202e", "\\u200b", "\\x1b", "\\u3164"])
@pytest.mark.parametrize(
    "sample",
    [
        '{arguments: {input: "!toy.a@b"}}',
        '{arguments: {input: ["i@1"]}}',
        '{regions: {body: {arguments: ["i1@"]}}}',
    ],
)
def test_a_type_of_a_sample_is_one_line_that_shows(tmp_path: Path, sample: str, hidden: str) -> None:
    text = "schema: opspec/dialect/1\ndialect: toy\noperations:\n  run:\n    class: RunOp\n    regions: {body: any}\n"
    (tmp_path / "dialect.yaml").write_text(text + "    arguments: {input: variadic any}\n", encoding="utf-8")
    for inserted, code in (("", 0), (hidden, 100)):
        overlay = f"schema: opspec/overlay/1\ndialect: toy\noperations: {{run: {{sample: {sample}}}}}\n"
        (tmp_path / "overlay.yaml").write_text(overlay.replace("@", inserted), encoding="utf-8")
        done = opspec("lint", "--spec", "dialect.yaml", cwd=tmp_path)
        assert (done.returncode, "Traceback" in done.stderr) == (code, False), done.stderr
    assert "overlay.yaml:3:" in done.stderr and "with a line break or a character that does not show" in done.stderr
