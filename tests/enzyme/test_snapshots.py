"""Every snapshot, one for each operation, is taken by the real Enzyme; wrong ones are not."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from enzyme_mlir import ir, lowering, new_context
from enzyme_mlir.dialects import enzyme
from enzyme_mlir.testing import printed

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
def verdicts(enzyme_installed: None) -> Verdicts:
    """What Enzyme makes of all the snapshots."""
    return dict(zip(SNAPSHOTS, lowering.run_all(list(SNAPSHOTS.values()), "parse"), strict=True))


@pytest.fixture(scope="module")
def refusals(enzyme_installed: None) -> Verdicts:
    """What Enzyme makes of the wrong modules."""
    return dict(zip(WRONG, lowering.run_all([text for text, _ in WRONG.values()], "parse"), strict=True))


def test_there_is_a_snapshot_for_each_operation() -> None:
    classes = [getattr(enzyme, name) for name in enzyme.__all__ if name.endswith("Op")]
    assert sorted(f"enzyme.{name}" for name in SNAPSHOTS) == sorted(cls.OPERATION_NAME for cls in classes)


@pytest.mark.parametrize("name", SNAPSHOTS)
def test_enzyme_takes_the_operation(name: str, verdicts: Verdicts) -> None:
    result, message = verdicts[name]
    assert result is not None, message
    assert message == ""
    assert f"enzyme.{name}" in result


@pytest.mark.parametrize("name", SNAPSHOTS)
def test_the_snapshot_is_a_module_of_the_host(name: str) -> None:
    with new_context():
        module = ir.Module.parse(SNAPSHOTS[name])
        assert module.operation.verify()
        assert printed(module) == SNAPSHOTS[name]


@pytest.mark.parametrize("what", WRONG)
def test_enzyme_refuses_what_is_wrong_and_says_why(what: str, refusals: Verdicts) -> None:
    result, message = refusals[what]
    assert result is None
    assert WRONG[what][1] in message
