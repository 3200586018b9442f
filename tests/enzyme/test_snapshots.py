"""What the real Enzyme says about snapshots that were spoilt; tests/enzyme/examples asks about the right ones."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from enzyme_mlir import lowering

pytestmark = pytest.mark.usefixtures("enzyme_installed")

FOLDER = Path(__file__).parents[2] / "generated" / "snapshots" / "enzyme"
SNAPSHOTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.mlir"))}

Verdicts = dict[str, tuple["str | None", str]]

WRONG = {
    "an operation that does not exist": (
        'func.func @f() { "enzyme.bogus"() : () -> () return }',
        "unregistered operation 'enzyme.bogus'",
    ),
    "an attribute that is missing": (
        re.sub(r"fn = @square, ", "", SNAPSHOTS["autodiff"]),
        "requires attribute 'fn'",
    ),
    "an activity that does not exist": (
        SNAPSHOTS["autodiff"].replace("<enzyme_active>", "<enzyme_actve>"),
        "to be one of: enzyme_active, enzyme_dup, enzyme_const",
    ),
    "the spelling of older releases": (
        SNAPSHOTS["autodiff"].replace("#enzyme.activity<enzyme_active>", "#enzyme<activity enzyme_active>"),
        "expected '<'",
    ),
    "an operand too few": (
        'func.func @f(%c: !enzyme.Cache<f64>) { "enzyme.push"(%c) : (!enzyme.Cache<f64>) -> () return }',
        "expected 2 operands",
    ),
    "a type that does not exist": (
        'func.func @f() { %0 = "enzyme.init"() : () -> !enzyme.Bogus<f64> return }',
        "Bogus",
    ),
}


@pytest.fixture(scope="module")
def refusals(enzyme_installed: None) -> Verdicts:
    """What Enzyme makes of the wrong modules."""
    return dict(zip(WRONG, lowering.run_all([text for text, _ in WRONG.values()], "parse"), strict=True))


@pytest.mark.parametrize("what", WRONG)
def test_enzyme_refuses_what_is_wrong_and_says_why(what: str, refusals: Verdicts) -> None:
    result, message = refusals[what]
    assert result is None
    assert WRONG[what][1] in message
