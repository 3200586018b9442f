"""`extract` says at once what a person has to choose, and what the facts leave out."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.command import opspec
from tests.tablegen.sources import needs_tblgen

pytestmark = needs_tblgen
DIALECTS = Path(__file__).parent / "dialects"

TWICE = """\
RAttr and QAttr are both written #pieces.quals, of which MLIR reads the first in the .td file: the facts have QAttr, \
and RAttr is opaque
TType and SType are both written !pieces.quals, of which MLIR reads the first in the .td file: the facts have SType, \
and TType is opaque
"""


def test_names_that_are_taken_are_told_until_there_is_an_overlay(tmp_path: Path) -> None:
    source = str(DIALECTS / "clashes.td")
    done = opspec("extract", source, "--dialect", "clashes", "-o", "dialect.yaml", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.splitlines()[0].endswith("names to choose; `opspec names --fix` writes a proposal for each:")
    assert "would both be 'one_two' in Python" in done.stderr
    assert opspec("names", "--fix", "--spec", "dialect.yaml", cwd=tmp_path).returncode == 0
    done = opspec("extract", source, "--dialect", "clashes", "-o", "dialect.yaml", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_definitions_of_one_mnemonic_are_told(tmp_path: Path) -> None:
    done = opspec("extract", str(DIALECTS / "pieces.td"), "--dialect", "pieces", "-o", "dialect.yaml", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", TWICE)


def test_definitions_of_one_mnemonic_are_told_of_a_folder_and_of_a_project(tmp_path: Path) -> None:
    (tmp_path / "td").mkdir()
    shutil.copy(DIALECTS / "pieces.td", tmp_path / "td")
    facts = ("-o", "opspecs/pieces/dialect.yaml")
    done = opspec("extract", "td", "--dialect", "pieces", *facts, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", TWICE)
    bindings = "schema: opspec/bindings/1\npackage: toys\noutput: ../generated\ndialects: [pieces]\n"
    (tmp_path / "opspecs" / "bindings.yaml").write_text(bindings, encoding="utf-8")
    done = opspec("extract", "td", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == "".join(f"pieces: {line}\n" for line in ("unchanged", *TWICE.splitlines()))


def test_where_nothing_is_to_choose_nothing_is_said(tmp_path: Path) -> None:
    done = opspec("extract", str(DIALECTS / "names.td"), "--dialect", "names", "-o", "dialect.yaml", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
