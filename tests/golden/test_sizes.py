"""Parts of a variable number without an attribute that holds their sizes: equally many, in builders and in IR."""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.golden.trees import generate

HEAD = """
import json
from toy_bindings import ir, new_context, verification, verify
from toy_bindings.dialects import rules

found = []

def tried(make):
    try:
        found.append(str(make()))
    except (TypeError, ValueError) as error:
        found.append(f"{type(error).__name__}: {error}")

def findings(operation, operands, results=""):
    kinds = ", ".join(["f32"] * operands)
    given = ", ".join(["%x"] * operands)
    text = f'"rules.{operation}"({given}) : ({kinds}) -> ({results})'
    text = f"%r:{results.count(chr(44)) + 1} = {text}" if results else text
    module = ir.Module.parse(f"func.func @f(%x: f32) {{ {text} return }}")
    return [str(each).partition(": ")[2] for each in verify(module)]

with new_context(), ir.Location.unknown():
    f32, f64 = ir.F32Type.get(), ir.F64Type.get()
    index = ir.IndexType.get()
    module = ir.Module.parse("func.func @f(%x: f32, %i: index, %b: i1) { return }")
    block = module.body.operations[0].regions[0].blocks[0]
    x, i, b = block.arguments
    point = ir.InsertionPoint.at_block_begin(block)
    equal = lambda a, b, r=(), s=(), **more: len(
        rules.EqualOp(list(r), list(s), x, [x] * a, x, [x] * b, x, ip=point, **more).operation.operands
    )
    lists = lambda n, two, *types: len(rules.ListsOp(*types, [i] * n, two=two, ip=point).operation.operands)
"""
OF_OPERANDS = "(head, as, mid, bs, tail), where as and bs are equally many"
OF_RESULTS = "(firsts, seconds), where firsts and seconds are equally many"

CASES = [
    ("equal(0, 0)", "3"),
    ("equal(2, 2)", "7"),
    ("equal(2, 2, [f32], [f64])", "7"),
    ("equal(2, 1)", "ValueError: rules.equal: as_ is 2 values and bs is 1 value, accepted is the same number of each"),
    ("equal(0, 1)", "ValueError: rules.equal: as_ is 0 values and bs is 1 value, accepted is the same number of each"),
    ("equal(1, 3)", "ValueError: rules.equal: as_ is 1 value and bs is 3 values, accepted is the same number of each"),
    ("equal(1, 3, verify=False)", "7"),
    (
        "equal(1, 1, [f32, f32], [f64])",
        "ValueError: rules.equal: firsts_types is 2 types and seconds_types is 1 type, accepted is the same number of "
        "each",
    ),
    ("lists(1, b, f32, [f64])", "2"),
    ("lists(0, None, None, [])", "0"),
    (
        "lists(2, None, None, [])",
        "ValueError: rules.lists: one is 2 values and two is 0 values, accepted is the same number of each",
    ),
    (
        "lists(1, b, None, [f64])",
        "ValueError: rules.lists: three_type is 0 types and four_types is 1 type, accepted is the same number of each",
    ),
    ("findings('equal', 3)", "[]"),
    ("findings('equal', 7)", "[]"),
    (
        "findings('equal', 6)[0]",
        f"rules.equal: operands is 6 values, accepted is 3 and a multiple of 2 {OF_OPERANDS}",
    ),
    (
        "findings('equal', 2)[0]",
        f"rules.equal: operands is 2 values, accepted is 3 and a multiple of 2 {OF_OPERANDS}",
    ),
    (
        "findings('equal', 3, 'f32')[0]",
        f"rules.equal: results is 1 value, accepted is a multiple of 2 {OF_RESULTS}",
    ),
]


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What each expression gives, all in one process."""
    root: Path = tmp_path_factory.mktemp("rules")
    generate("rules", root)
    lines = [f"    tried(lambda: {expression})" for expression, _ in CASES]
    program = textwrap.dedent(HEAD) + "\n".join([*lines, "print(json.dumps(found))"])
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=root / "python", capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    found: list[str] = json.loads(run.stdout)
    return found


@pytest.mark.parametrize("index", range(len(CASES)), ids=[expression for expression, _ in CASES])
def test_sizes(answers: list[str], index: int) -> None:
    assert answers[index] == CASES[index][1]
