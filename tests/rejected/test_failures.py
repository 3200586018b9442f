"""What the tool cannot do ends with 101 and one line; what it was asked wrongly ends with 2 and the usage."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.command import opspec

FACTS = "schema: opspec/dialect/1\ndialect: toy\n"
RECORDS = {
    "!instanceof": {"Dialect": ["Toy_Dialect"]},
    "Toy_Dialect": {"!name": "Toy_Dialect", "!anonymous": False, "!superclasses": ["Dialect"], "name": "toy"},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "dialect.yaml").write_text(FACTS, encoding="utf-8")
    (tmp_path / "records.json").write_text(json.dumps(RECORDS), encoding="utf-8")
    (tmp_path / "text.json").write_text("not JSON\n", encoding="utf-8")
    (tmp_path / "list.json").write_text("[]\n", encoding="utf-8")
    (tmp_path / "bytes.json").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "deep.json").write_text("[" * 100_000, encoding="utf-8")
    (tmp_path / "words.json").write_text('{"!instanceof": 5}', encoding="utf-8")
    (tmp_path / "file").write_text("in the way\n", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("lint", "there is no opspecs/bindings.yaml; name one with --config, or give --spec"),
        ("lint --config no.yaml", "there is no no.yaml; name one with --config, or give --spec"),
        ("lint --spec no.yaml", "there is no no.yaml; `opspec extract` writes it"),
        ("lint --spec no/dialect.yaml", "there is no no/dialect.yaml; `opspec extract` writes it"),
        ("generate --spec no.yaml -o out", "there is no no.yaml; `opspec extract` writes it"),
        ("check --spec dialect.yaml -o out", "there is no folder out to compare with; `opspec generate` makes it"),
        ("extract no.json --dialect toy", "cannot read no.json: No such file or directory"),
        (
            "extract dialect.yaml --dialect toy",
            "cannot read dialect.yaml: give a .td file, a .json record dump, a folder, or a repository",
        ),
        ("extract text.json --dialect toy", "text.json is not JSON: Expecting value: line 1 column 1 (char 0)"),
        (
            "extract list.json --dialect toy",
            "list.json is not the output of llvm-tblgen --dump-json: it has no '!instanceof'",
        ),
        (
            "extract records.json --dialect toi",
            "the records define no dialect 'toi' (they define: toy)",
        ),
        ("extract records.json --dialect toy -o file/dialect.yaml", "cannot write file/dialect.yaml: File exists"),
    ],
)
def test_what_cannot_be_done_is_one_line(folder: Path, arguments: str, message: str) -> None:
    done = opspec(*arguments.split(), cwd=folder)
    assert done.stderr == f"opspec: {message}\n"
    assert (done.returncode, done.stdout) == (101, "")


@pytest.mark.parametrize(
    "arguments",
    [
        "extract bytes.json --dialect toy",
        "extract deep.json --dialect toy",
        "extract words.json --dialect toy",
        "generate --spec dialect.yaml -o file",
        "generate --spec dialect.yaml -o file/deeper",
        "check --spec dialect.yaml -o file",
        "schema -o file",
        "schema dialect -o file/deeper",
    ],
)
def test_what_cannot_be_read_or_written_is_one_line(folder: Path, arguments: str) -> None:
    done = opspec(*arguments.split(), cwd=folder)
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("opspec: ")
    assert done.stderr.count("\n") == 1
    assert (done.returncode, done.stdout) == (101, "")
    assert (folder / "file").read_text(encoding="utf-8") == "in the way\n"


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        ("nonsense", "No such command 'nonsense'"),
        ("lint --nonsense", "No such option"),
        ("lint --config a --spec dialect.yaml", "--config and --spec exclude each other"),
        ("lint --spec dialect.yaml --naming nonsense", "nonsense"),
        ("lint --spec dialect.yaml --format nonsense", "nonsense"),
        ("lint --spec dialect.yaml --package a-b", "'a-b' is not a Python identifier"),
        ("generate --spec dialect.yaml -o out --package class", "'class' is a keyword of Python"),
        (
            "generate --spec dialect.yaml -o out --only nonsense",
            "there is no target 'nonsense'; known here: docs, python, rust, schema, snapshots",
        ),
        ("extract records.json", "--dialect"),
        ("extract records.json --dialect toy --provenance word", "'word' is not KEY=VALUE"),
        ("upgrade somewhere --provenance word", "'word' is not KEY=VALUE"),
        ("upgrade somewhere --provenance =word", "'=word' is not KEY=VALUE"),
        ("schema", "give a name, or a folder with -o"),
        ("schema nonsense", "nonsense"),
    ],
)
def test_wrong_usage_says_how_to_use_it(folder: Path, arguments: str, word: str) -> None:
    done = opspec(*arguments.split(), cwd=folder)
    assert word in done.stderr
    assert done.stderr.startswith("Usage: ")
    assert (done.returncode, done.stdout) == (2, "")
    assert not (folder / "out").exists()


def test_a_failing_generation_leaves_the_old_tree(folder: Path) -> None:
    assert opspec("generate", "--spec", "dialect.yaml", "-o", "out", cwd=folder).returncode == 0
    before = {path: path.read_bytes() for path in (folder / "out").rglob("*") if path.is_file()}
    (folder / "dialect.yaml").write_text(FACTS + "operation: {}\n", encoding="utf-8")
    assert opspec("generate", "--spec", "dialect.yaml", "-o", "out", cwd=folder).returncode == 100
    assert {path: path.read_bytes() for path in (folder / "out").rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("style", ["json", "markdown", "html", "github"])
def test_findings_for_machines_are_on_standard_output(folder: Path, style: str) -> None:
    (folder / "dialect.yaml").write_text(FACTS + "operation: {}\n", encoding="utf-8")
    done = opspec("lint", "--spec", "dialect.yaml", "--format", style, cwd=folder)
    assert (done.returncode, done.stderr) == (100, "")
    assert "unknown-key" in done.stdout
