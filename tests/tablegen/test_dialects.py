"""Small dialects with what others write in their .td files: the facts are right, and what is generated from them works.

Each `dialects/NAME.td` defines the dialect NAME; `NAME.yaml` has its facts: `python -m tests.tablegen.rewrite`.
"""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from tests.tablegen.sources import DIALECTS, facts_of, needs_mlir, needs_tblgen
from tests.tablegen.test_kitchen import python

pytestmark = needs_tblgen


@pytest.mark.parametrize("definition", DIALECTS, ids=lambda path: path.stem)
def test_the_facts_are_as_expected(definition: Path) -> None:
    old = definition.with_suffix(".yaml").read_text(encoding="utf-8").splitlines()
    diff = "\n".join(difflib.unified_diff(old, facts_of(definition).splitlines(), "expected", "found", lineterm=""))
    if diff:
        pytest.fail(f"if that is wanted: python -m tests.tablegen.rewrite\n{diff}", pytrace=False)


@needs_mlir
def test_every_module_can_be_imported(bound: Path) -> None:
    names = [path.stem for path in DIALECTS]
    code = (
        "from importlib import import_module\n"
        f"for name in {names!r}:\n"
        "    module = import_module(f'found.dialects.{name}')\n"
        "    assert set(module.__all__) <= set(dir(module)), name\n"
    )
    done = python("-W", "error", "-c", code, root=bound)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@needs_mlir
def test_the_generated_tests_pass(bound: Path) -> None:
    done = python("-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", "--rootdir=.", "tests", root=bound)
    assert done.returncode == 0, done.stdout + done.stderr
    assert " passed" in done.stdout
