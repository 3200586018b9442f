"""Attribute and type classes of the toy dialect at work: formats of every form, defaults, and what is text only."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.golden.trees import generate

HEAD = """
from toy_bindings import ir, new_context
from toy_bindings.dialects.toy import *

def tried(make):
    try:
        print(make())
    except (TypeError, ValueError) as error:
        print(f"{type(error).__name__}: {error}")

with new_context():
    f32 = ir.F32Type.get()
"""

CASES = [
    ("ConfigAttr.get(0.5)", "#toy.config<rate = 5.000000e-01>"),
    (
        "ConfigAttr.get(0.1, steps=3, color='green', bound=2, label='x', strict=True)",
        "#toy.config<rate = 1.000000e-01, steps = 3, color = grün, bound = 2.000000e+00 : f64, "
        'label = "x", strict = true>',
    ),
    ("ConfigAttr.get(1, steps=10, label='a \"b\"').label", 'a "b"'),
    ("ConfigAttr.parse('#toy.config<strict = true, rate = 1.0>')", "#toy.config<rate = 1.000000e+00, strict = true>"),
    ("ConfigAttr.parse('#toy.config<rate = 1.0, steps = 10>') == ConfigAttr.get(1.0)", "True"),
    ("ConfigAttr.get(1.0).bound", "None"),
    ("ConfigAttr.get(1.0).steps", "10"),
    ("ConfigAttr.get(1.0).color.name", "RED"),
    (
        "ConfigAttr.parse('#toy.config<steps = 1>')",
        "ValueError: ConfigAttr: text is '<steps = 1>' (str), accepted is text of the form #toy.config<rate = rate, "
        "steps = steps, color = color, bound = bound, label = label, strict = strict>",
    ),
    (
        "ConfigAttr.get(1.0, steps=True)",
        "TypeError: ConfigAttr: steps is True (bool), accepted is an int",
    ),
    ("LimitsAttr.get('f')", "#toy.limits<@f>"),
    ("LimitsAttr.get('f', lower=0.0)", "#toy.limits<@f, lower = 0.000000e+00 : f64>"),
    ("LimitsAttr.get('f', steps=2)", "#toy.limits<@f : 2>"),
    (
        "LimitsAttr.get('f', upper=1.0)",
        "ValueError: LimitsAttr: lower is not given, accepted is a value for it beside upper: MLIR's parser of "
        "#toy.limits<name, lower = lower, upper = upper : steps> cannot read the one without the other",
    ),
    ("LimitsAttr.parse('#toy.limits<@f, upper = 1.0 : f32>').upper", "1.000000e+00 : f32"),
    ("PathAttr.get([SpanAttr.get(1, 2, 'f')])", "#toy.path<<@f(1, 2)> open>"),
    ("PathAttr.get([SpanAttr.get(1, 2, 'f')] * 2, sizes=[3, 4])", "#toy.path<<@f(1, 2)>, <@f(1, 2)> : [3, 4]>"),
    ("PathAttr.get([SpanAttr.get(1, 2, 'f')]).spans[0].last", "2"),
    (
        "PathAttr.get([])",
        "ValueError: PathAttr: spans is [] (list), accepted is one or more, since MLIR cannot read back none",
    ),
    (
        "PathAttr.get([ColorAttr.get('toy_red')])",
        "ValueError: PathAttr: spans[0] is Attribute(#toy.color<toy_red>) (ColorAttr), "
        "accepted is an attribute #toy.span...",
    ),
    ("GridType.get([2, 3], f32, owner='me')", "!toy.Grid<[2, 3] x f32 by me>"),
    ("GridType.get([2], f32, color=Color.RED, owner='me')", "!toy.Grid<[2] x f32 in toy_red by me>"),
    ("GridType.get([2], f32, owner='me').shape", "(2,)"),
    ("GridType.get([2], f32, owner='me').element", "f32"),
    ("TokenType.get()", "!toy.Token"),
    ("TokenType.isinstance(ir.Type.parse('!toy.Tokens'))", "False"),
    ("hasattr(WrappedType, 'get')", "False"),
    ("WrappedType.parse('!toy.Wrapped<anything at all>')", "!toy.Wrapped<anything at all>"),
    ("HandmadeAttr.parse('#toy.handmade<1, 2>') == ir.Attribute.parse('#toy<handmade<1, 2>>')", "True"),
    ("HandmadeAttr.isinstance(ColorAttr.get('toy_red'))", "False"),
    ("FlagsAttr.get('exact|wide').value == Flags.BOTH", "True"),
    ("len({ColorAttr.get('toy_red'), ColorAttr.parse('#toy.color<toy_red>')})", "1"),
]


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """What each expression gives, all in one process."""
    root: Path = tmp_path_factory.mktemp("toy")
    generate("toy", root)
    lines = [f"    tried(lambda: {expression})" for expression, _ in CASES]
    program = textwrap.dedent(HEAD) + "\n".join(lines) + "\n"
    run = subprocess.run(
        [sys.executable, "-c", program], cwd=root / "python", capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.splitlines()


@pytest.mark.parametrize("index", range(len(CASES)), ids=[expression for expression, _ in CASES])
def test_a_definition(answers: list[str], index: int) -> None:
    assert answers[index] == CASES[index][1]
