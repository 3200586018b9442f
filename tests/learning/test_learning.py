"""Facts learnt from `mlir-opt` are those that TableGen gives; `python -m tests.learning` measures many dialects."""

from __future__ import annotations

from pathlib import Path

import pytest

from opspec.diagnostics import Diagnostics
from opspec.learn.tool import Tool
from opspec.model.dialect import Operation
from opspec.notation import print_argument, print_region, print_value
from opspec.spec.load import load_dialect
from tests.command import opspec
from tests.learning.comparison import FORMATS, compare
from tests.learning.measuring import facts_of, find_program, learn
from tests.upstream.sources import needs_llvm_tblgen

pytestmark = [needs_llvm_tblgen, pytest.mark.skipif(find_program() is None, reason="mlir-opt is not installed")]

DIALECTS = ("cf", "ub", "complex")
"""Successors, segments, definitions, enums with defaults, traits that tie types."""


def test_what_is_learnt_is_what_tablegen_says() -> None:
    learnt = {each.dialect.name: each for each in learn(DIALECTS)}
    tallies = {dialect: compare(facts_of(dialect), learnt[dialect]) for dialect in DIALECTS}
    lines = [line for tally in tallies.values() for line in tally.lines]
    assert [line for line in lines if line.startswith("wrong")] == []
    missed = {line for line in lines if line.startswith("missed") and not line.startswith(f"missed: {FORMATS}")}
    assert missed == set()
    assert {dialect: tally.of("found") for dialect, tally in tallies.items()} == {"cf": 34, "ub": 6, "complex": 238}
    found = {dialect: tally.of("found", FORMATS) for dialect, tally in tallies.items()}
    assert found == {"cf": 1, "ub": 1, "complex": 28}, lines
    divided = next(one for one in learnt["complex"].dialect.operations if one.mnemonic == "div")
    assert divided.format == "$operand_0 `,` $operand_1 (`fastmath` $fastmath^)? attr-dict `:` type($result_0)"


TARGETS = "attr optional opaque(array_of_GPU_target_attributes_with_at_least_1_elements)"
HARD = {
    "scf.condition": ("i1", "variadic any"),
    "scf.reduce": ("variadic any", "variadic blocks 1"),
    "scf.forall.in_parallel": ("blocks 1",),
    "memref.atomic_yield": ("any",),
    "affine.yield": ("variadic any",),
    "async.yield": ("variadic any",),
    "gpu.module": ("attr optional any where opaque", "attr string", TARGETS, "blocks 1"),
    "gpu.wait": ("variadic gpu.async.token", "optional gpu.async.token"),
    "gpu.dealloc": ("variadic gpu.async.token", "memref<any>", "optional gpu.async.token"),
    "vector.scalable.extract": ("scalable_vector<any, rank 1>", "vector<any, rank 1>", "attr i64"),
}
"""Operations that are checked only within another one, or whose types only the binary's own can stand for."""


def _parts(operation: Operation) -> tuple[str, ...]:
    parts = [print_argument(each.value) for each in operation.operands]
    parts += [print_value(each.value) for each in operation.results]
    parts += [print_argument(each.attribute) for each in operation.attributes]
    return (*parts, *(print_region(each.constraint) for each in operation.regions))


def test_operations_are_learnt_that_ask_for_more_than_types() -> None:
    dialects = tuple(dict.fromkeys(name.partition(".")[0] for name in HARD))
    learnt = learn(dialects, operations=tuple(HARD))
    found = {f"{each.dialect.name}.{one.mnemonic}": one for each in learnt for one in each.dialect.operations}
    assert {name: _parts(operation) for name, operation in found.items()} == HARD


def test_a_dialect_that_no_spec_knows_becomes_a_spec(tmp_path: Path) -> None:
    output = tmp_path / "index" / "dialect.yaml"
    output.parent.mkdir()
    tool = f"{find_program()} --mlir-disable-threading"
    names = ("index.add", "index.cmp", "index.constant")
    chosen = [word for name in names for word in ("--operation", name)]
    done = opspec("learn", "--tool", tool, *chosen, "-o", str(output), cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    diagnostics = Diagnostics()
    dialect = load_dialect(output, diagnostics)
    diagnostics.raise_if_any()
    assert dialect is not None
    assert [operation.mnemonic for operation in dialect.operations] == ["add", "cmp", "constant"]
    assert [case.text for case in dialect.enums[0].cases][:3] == ["eq", "ne", "slt"]
    text = output.read_text(encoding="utf-8")
    assert "      operand_0: index  # must be index; 1 of " in text
    assert "      pred: attr index.cmp_predicate  # required; must be index comparison predicate kind; 1 of " in text
    assert dict(dialect.provenance)["tool"] == "mlir-opt"
    assert not list(tmp_path.rglob("*.answers"))


def test_a_module_that_kills_the_tool_does_not_stop_the_others() -> None:
    good, wrong = "module {}\n", '"cf.nothing"() : () -> ()\n'
    killer = "module attributes {a.b = " + "[" * 200_000 + "]" * 200_000 + "} {}\n"
    first, second, third, last = Tool(f"{find_program()}").ask([good, wrong, killer, good])
    assert first.text == last.text == "module {\n}\n"
    assert third.text is None
    assert third.death == "died of SIGSEGV"
    assert "unregistered operation 'cf.nothing'" in second.stderr


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--dialect", "cf"), "Error: name what to learn from: --enzyme FOLDER, or --tool COMMAND\n"),
        (
            ("--tool", "mlir-opt", "--enzyme", "x"),
            "Error: name what to learn from: --enzyme FOLDER, or --tool COMMAND\n",
        ),
        (
            ("--tool", "cat", "--dialect", "a", "--dialect", "b"),
            "Error: a file is about one dialect: name one with --dialect\n",
        ),
        (("--tool", "cat", "-o", "a.yaml"), "Error: Missing option '--dialect': -o is about one dialect\n"),
    ],
)
def test_wrong_use_is_told(arguments: tuple[str, ...], message: str, tmp_path: Path) -> None:
    done = opspec("learn", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stderr.splitlines(keepends=True)[-1]) == (2, message)


def test_a_tool_that_does_not_read_mlir_is_an_error(tmp_path: Path) -> None:
    done = opspec("learn", "--tool", "false", "--dialect", "cf", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (101, "opspec: false does not take an empty module: it died\n")


def test_a_tool_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    done = opspec("learn", "--tool", "no-such-opt", "--dialect", "cf", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (101, "opspec: there is no program 'no-such-opt' to ask\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--operation", "ub.poisn"), "mlir-opt has no operation 'ub.poisn'; did you mean 'ub.poison'?\n"),
        (("--dialect", "ubb"), "mlir-opt has nothing of the dialect 'ubb'\n"),
    ],
)
def test_what_a_tool_does_not_have_is_told(arguments: tuple[str, ...], message: str, tmp_path: Path) -> None:
    done = opspec("learn", "--tool", str(find_program()), *arguments, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (100, message)
    assert "operations:" not in done.stdout
