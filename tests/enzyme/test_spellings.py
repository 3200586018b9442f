"""The text of attributes and types: the real Enzyme reads what the bindings write, and prints the same back."""

from __future__ import annotations

import re
from typing import Any

import pytest

from enzyme_mlir import ir, lowering, new_context
from enzyme_mlir.dialects.enzyme import (
    Activity,
    ActivityAttr,
    ArgumentOriginAttr,
    CacheType,
    FastMathFlags,
    FastMathFlagsAttr,
    GradientType,
    PseudoAliasClassAttr,
    ReturnOriginAttr,
)

ATTRIBUTES: dict[str, Any] = {
    **{case.name: lambda case=case: ActivityAttr.get(case) for case in Activity},
    "pseudoclass": lambda: PseudoAliasClassAttr.get("f", 1, 2),
    "argorigin": lambda: ArgumentOriginAttr.get("f", 3),
    "retorigin": lambda: ReturnOriginAttr.get("module.f", 0),
    "a quoted name": lambda: ArgumentOriginAttr.get("a name", 4294967295),
    "no flags": lambda: FastMathFlagsAttr.get(FastMathFlags.NONE),
    "one flag": lambda: FastMathFlagsAttr.get(FastMathFlags.CONTRACT),
    "two flags": lambda: FastMathFlagsAttr.get(FastMathFlags.NNAN | FastMathFlags.NINF),
    "all flags": lambda: FastMathFlagsAttr.get(FastMathFlags.FAST),
    "cache": lambda: ir.TypeAttr.get(CacheType.get(ir.Type.parse("tensor<2x?xf32>"))),
    "gradient": lambda: ir.TypeAttr.get(GradientType.get(ir.F64Type.get())),
    "nested": lambda: ir.TypeAttr.get(CacheType.get(GradientType.get(ir.F64Type.get()))),
}
UNREADABLE = [
    "#enzyme.activity<enzyme_actve>",
    "#enzyme.argorigin<f(0)>",
    "!enzyme.Cache<>",
    "#enzyme.pseudoclass<@f(0)>",
]

Answers = dict[str, tuple["str | None", str]]


def module_with(text: str) -> str:
    """A module that carries an attribute."""
    return f"module attributes {{test.given = {text}}} {{}}"


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """The text of each attribute."""
    with new_context():
        return {what: str(make()) for what, make in ATTRIBUTES.items()}


@pytest.fixture(scope="module")
def answers(texts: dict[str, str], enzyme_installed: None) -> Answers:
    """What Enzyme makes of a module with each of them, and of the unreadable ones."""
    given = texts | {text: text for text in UNREADABLE}
    return dict(zip(given, lowering.run_all([module_with(text) for text in given.values()], "parse"), strict=True))


@pytest.mark.parametrize("what", ATTRIBUTES)
def test_enzyme_reads_it_and_prints_it_back(what: str, texts: dict[str, str], answers: Answers) -> None:
    result, message = answers[what]
    assert result is not None, message
    found = re.search(r"test\.given = (.*)\} \{", result)
    assert found is not None, result
    with new_context():
        assert str(ir.Attribute.parse(found[1])) == texts[what]


@pytest.mark.parametrize("case", Activity, ids=lambda case: case.name)
def test_activities_are_spelled_with_a_dot(case: Activity, texts: dict[str, str]) -> None:
    assert texts[case.name] == f"#enzyme.activity<{case.text}>"


@pytest.mark.parametrize("text", UNREADABLE)
def test_enzyme_does_not_read_just_anything(text: str, answers: Answers) -> None:
    result, message = answers[text]
    assert result is None
    assert message
