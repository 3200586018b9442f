"""What C++ says about samples: it takes all of them, but for those on the list of what only C++ knows."""

from __future__ import annotations

from pathlib import Path

import pytest

from opspec.extraction import SCHEMA_PATH, Tools, facts_text
from opspec.tablegen.run import mlir_includes
from tests.hosts.measuring import load, samples_of
from tests.hosts.page import page
from tests.hosts.verdicts import is_installed, judged, kind_of
from tests.upstream.sources import needs_host, needs_llvm_tblgen

REFUSED: dict[str, dict[str, str]] = {
    "arm_neon": {"2d.sdot": "operand `b` should be 2-dimensional"},
    "cf": {"switch": "the process ends with"},
    "complex": {"constant": "requires 'value' to be a complex constant"},
    "index": {"casts": "are cast incompatible", "castu": "are cast incompatible"},
    "math": {},
    "mpi": {},
    "ub": {},
}
"""By dialect: the operations whose samples C++ refuses, and words that it says. No constraint tells any of them."""

FILES = {
    "arm_neon": "ArmNeon/ArmNeon.td",
    "cf": "ControlFlow/IR/ControlFlowOps.td",
    "complex": "Complex/IR/ComplexOps.td",
    "index": "Index/IR/IndexOps.td",
    "math": "Math/IR/MathOps.td",
    "mpi": "MPI/IR/MPIOps.td",
    "ub": "UB/IR/UBOps.td",
}

REFUSED_CHLO = {
    "ragged_dot": "expected one of: `lhs_batching_dimensions`",
    "scan": "expects 2 arguments in the body",
    "top_k": "inferred type(s)",
}


def assert_refused(host: str, facts: Path, expected: dict[str, str]) -> None:
    samples = samples_of(load(facts))
    refused = {mnemonic: words for mnemonic, words in judged(host, samples).items() if words is not None}
    assert refused.keys() == expected.keys(), refused
    assert [mnemonic for mnemonic, words in expected.items() if words not in refused[mnemonic]] == []


@needs_llvm_tblgen
@needs_host
@pytest.mark.parametrize("dialect", REFUSED)
def test_mlir_takes_what_constraints_say(dialect: str, tmp_path: Path) -> None:
    facts = tmp_path / "dialect.yaml"
    source = mlir_includes()[0] / "mlir" / "Dialect" / FILES[dialect]
    found = facts_text(str(source), dialect, None, Tools(), (), SCHEMA_PATH)
    facts.write_text(found.text, encoding="utf-8")
    assert_refused("mlir", facts, REFUSED[dialect])


@pytest.mark.skipif(not is_installed("jaxlib.mlir"), reason="the host `jaxlib` is not here")
def test_jaxlib_takes_what_the_constraints_of_chlo_say() -> None:
    assert_refused("jaxlib.mlir", Path(__file__).with_name("chlo.yaml"), REFUSED_CHLO)


SWITCH = """\
func.func @sample(%arg0: i64) {
  "cf.switch"(%arg0)[^bb1, ^bb1] {case_operand_segments = array<i32>, operandSegmentSizes = array<i32: 1, 0, 0>}
    : (i64) -> ()
^bb1:
  return
}
"""
"""MLIR 22 fails an assertion of its own where there are fewer groups of operands than blocks."""


@needs_host
def test_a_host_that_ends_the_process_has_answered() -> None:
    """The modules behind it are asked about in another process."""
    modules = {"right": "module {}", "crash": SWITCH, "wrong": "nowhere.op", "after": "module {}"}
    found = judged("mlir", modules)
    assert list(found) == list(modules)
    assert found["right"] is found["after"] is None
    assert (found["crash"] or "").startswith("the process ends with -")
    assert "nowhere.op" in (found["wrong"] or "")


def test_kinds_leave_out_what_differs() -> None:
    words = "Unable to parse:\nerror: \"-\":3:10: 'd.x' op operand #0 must be i8, got 'f64'\n note: ..."
    assert kind_of(words) == "'..' op operand !.. must be i8, got '..'"
    assert kind_of("the process ends with -6: a") == "the process ends with N: a"


def test_the_page_says_what_was_measured() -> None:
    bound = {"generated": True, "imported": True, "passed": 2, "failed": 1, "skipped": 0, "wrong": ""}
    other = {**bound, "imported": False, "passed": 0, "failed": 0, "wrong": "SyntaxError"}
    common = {"project": "mlir", "wrong": "", "definitions": 5}
    found = [
        {**common, "name": "b", "operations": 3, "bound": [["mnemonic", bound], ["upstream", bound]], "refusals": []},
        {**common, "name": "a", "operations": 2, "bound": [["mnemonic", bound], ["upstream", other]]}
        | {"refusals": [["x", "error: - "], ["y", "error: - "]]},
        {**common, "name": "c", "operations": 1, "bound": [["mnemonic", bound]], "refusals": None},
    ]
    text = page(found, {"mlir": {"b": 1}})
    rows = ("a | 2 | 5 | not upstream | 2 | 1 | 0 | |", "b | 3 | 5 | yes | 4 | 2 | 3 | 1 |")
    for row in (*rows, "c | 1 | 5 | yes | 2 | 1 | | |"):
        assert f"| {row}\n" in text
    assert "| **3 dialects** | 6 | 15 | 2 | 8 | 4 | 3 of 5 | 1 |" in text
    assert "### a (mlir)\n\n- 2: `error: - ` (x, y)\n" in text
    assert "### b" not in text
