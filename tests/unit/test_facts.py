"""Facts survive the way to YAML and back, and extraction makes the same facts every time."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from opspec.diagnostics import Diagnostics
from opspec.model.dialect import Dialect
from opspec.spec.facts import build_dialect
from opspec.spec.printer import print_dialect
from opspec.spec.reading import read_yaml
from opspec.spec.schema import validate
from opspec.tablegen.extract import extract
from opspec.tablegen.records import load_records
from tests.command import opspec
from tests.records import DUMPS, RECORDS, ROOT, dialect_of, needs_records

COMMITTED = ROOT / "opspecs" / "enzyme" / "dialect.yaml"
SHIPPED = RECORDS / "enzyme-ae27aa0e.json"


def read_facts(path: Path) -> Dialect:
    diagnostics = Diagnostics()
    root = read_yaml(path, diagnostics, path.name)
    assert root is not None
    validate(root, "dialect", diagnostics)
    dialect = build_dialect(root, diagnostics)
    assert diagnostics.found == []
    return dialect


def dialects_of(dump: Path) -> Iterator[Dialect]:
    """Every dialect that the dump defines, also those that the dump is not about."""
    records = load_records(dump)
    for record in records.of_class("Dialect"):
        yield extract(records, record.text("name"), [("source", dump.name)])


@pytest.fixture
def dump(request: pytest.FixtureRequest) -> Path:
    path = request.param
    assert isinstance(path, Path)
    return path


every_dump = pytest.mark.parametrize("dump", DUMPS, indirect=True, ids=lambda path: path.stem)


def test_the_committed_facts_read_back(tmp_path: Path) -> None:
    facts = read_facts(COMMITTED)
    printed = tmp_path / "dialect.yaml"
    printed.write_text(print_dialect(facts), encoding="utf-8")
    assert read_facts(printed) == facts
    assert len(facts.operations) > 20


@needs_records
@every_dump
def test_extracted_facts_read_back(dump: Path, tmp_path: Path) -> None:
    for facts in dialects_of(dump):
        printed = tmp_path / f"{facts.name}.yaml"
        printed.write_text(print_dialect(facts), encoding="utf-8")
        assert read_facts(printed) == facts


@needs_records
@every_dump
def test_a_dump_gives_operations_of_its_dialect(dump: Path) -> None:
    facts = extract(load_records(dump), dialect_of(dump))
    assert facts.operations != ()
    assert [operation.mnemonic for operation in facts.operations] == sorted(o.mnemonic for o in facts.operations)


EXTRACT_ALL = """
import json, sys
from pathlib import Path
from opspec.spec.printer import print_dialect
from opspec.tablegen.extract import extract
from opspec.tablegen.records import load_records
given = json.load(sys.stdin)
json.dump({path: print_dialect(extract(load_records(Path(path)), name)) for path, name in given}, sys.stdout)
"""


@needs_records
def test_extraction_does_not_depend_on_the_hash_seed() -> None:
    given = json.dumps([(str(dump), dialect_of(dump)) for dump in DUMPS])
    first, second = (
        subprocess.run(
            [sys.executable, "-c", EXTRACT_ALL],
            input=given,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=True,
        ).stdout
        for seed in "01"
    )
    assert json.loads(first) == json.loads(second)
    assert len(json.loads(first)) == len(DUMPS) > 10


@needs_records
@every_dump
def test_extracted_facts_lint_clean(dump: Path, tmp_path: Path) -> None:
    extracted = opspec("extract", str(dump), "--dialect", dialect_of(dump), "-o", "dialect.yaml", cwd=tmp_path)
    assert (extracted.returncode, extracted.stdout, extracted.stderr) == (0, "", "")
    linted = opspec("lint", "--spec", "dialect.yaml", cwd=tmp_path)
    assert linted.stderr == ""
    assert linted.returncode == 0


@needs_records
@pytest.mark.parametrize("facts", sorted((ROOT / "opspecs").glob("*/dialect.yaml")), ids=lambda path: path.parent.name)
def test_the_committed_facts_are_what_extraction_gives(facts: Path) -> None:
    name = facts.parent.name
    (dump,) = [SHIPPED] if name == "enzyme" else SHIPPED.parent.glob(f"{name}-*.json")
    given = [f"{key}={value}" for key, value in read_facts(facts).provenance]
    options = [word for pair in given for word in ("--provenance", pair)]
    run = opspec("extract", str(dump), "--dialect", name, *options, cwd=ROOT)
    assert run.stdout == facts.read_text(encoding="utf-8")


@needs_records
def test_no_cxx_and_no_unstable_name_is_a_fact() -> None:
    text = print_dialect(extract(load_records(SHIPPED), "enzyme"))
    for foreign in ("anonymous", "$_self", "$_builder", "::", "->get", ".cast<", "llvm"):
        assert foreign not in text
