"""Ordinary functions in both modes: what Enzyme makes of them as they are, and that they are right when prepared."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from enzyme_mlir import HOST, jit, lowering

from .prepared_cases import CASES, Case

pytestmark = [
    pytest.mark.usefixtures("enzyme_installed"),
    pytest.mark.skipif(HOST != "mlir", reason="only the host mlir compiles"),
]
X = 1.3
REVERSE = """func.func @main(%x: f64, %s: f64) -> (f64, f64) {
  %r:2 = "enzyme.autodiff"(%x, %s) {fn = @f, activity = [#enzyme.activity<enzyme_active>],
    ret_activity = [#enzyme.activity<enzyme_active>]} : (f64, f64) -> (f64, f64)
  return %r#0, %r#1 : f64, f64
}
"""
FORWARD = """func.func @main(%x: f64, %d: f64) -> (f64, f64) {
  %r:2 = "enzyme.fwddiff"(%x, %d) {fn = @f, activity = [#enzyme.activity<enzyme_dup>],
    ret_activity = [#enzyme.activity<enzyme_dup>]} : (f64, f64) -> (f64, f64)
  return %r#0, %r#1 : f64, f64
}
"""


def slope(function: Callable[[float], float], x: float) -> float:
    """A derivative by central differences, extrapolated twice."""

    def central(step: float) -> float:
        return (function(x + step) - function(x - step)) / (2 * step)

    coarse, middle, fine = (central(2.0**-power) for power in (8, 9, 10))
    first, second = (4 * middle - coarse) / 3, (4 * fine - middle) / 3
    return (16 * second - first) / 15


def outcome(case: Case) -> str:
    """What becomes of a gradient that Enzyme gets as it is."""
    try:
        module = lowering.run(case.text + REVERSE, prepare=False, unsound="allow", locate=0)
    except lowering.EnzymeCrash:
        return "crash"
    except lowering.EnzymeRefusal:
        return "refused"
    try:
        found = jit.compile(module, "main")(X, 1.0)[1]
    except jit.JitError:
        return "left"
    return "right" if found == pytest.approx(slope(case.reference, X), rel=1e-8) else "wrong"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_without_preparation(case: Case) -> None:
    assert outcome(case) == case.without


@pytest.mark.parametrize("caller", [REVERSE, FORWARD], ids=["reverse", "forward"])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_value_and_derivative_are_right(case: Case, caller: str) -> None:
    value, derivative = jit.compile(lowering.run(case.text + caller), "main")(X, 1.0)
    assert value == pytest.approx(case.reference(X), rel=1e-14)
    assert derivative == pytest.approx(slope(case.reference, X), rel=1e-8)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_users_function_stays_as_it_is(case: Case) -> None:
    def printed(module: object) -> str:
        return str(next(each for each in module.body.operations if '"f"' in str(each.attributes["sym_name"])))  # type: ignore[attr-defined]

    given = lowering.run(case.text, "parse")
    assert printed(lowering.run(case.text + FORWARD)) == printed(given)


INNER = """func.func @slope(%x: f64) -> f64 {
  %one = arith.constant 1.0 : f64
  %r = "enzyme.%s"(%x, %one) {fn = @f, activity = [#enzyme.activity<enzyme_%s>],
    ret_activity = [#enzyme.activity<enzyme_%s>]} : (f64, f64) -> f64
  return %r : f64
}
"""
ORDERS = {"forward": ("fwddiff", "dup", "dupnoneed"), "reverse": ("autodiff", "active", "activenoneed")}


@pytest.mark.parametrize("outer", ORDERS)
@pytest.mark.parametrize("inner", ORDERS)
@pytest.mark.parametrize("case", CASES[::3], ids=lambda case: case.name)
def test_second_derivatives_are_right(case: Case, inner: str, outer: str) -> None:
    text = case.text
    for name, callee, words in (("slope", "f", ORDERS[inner]), ("main", "slope", ORDERS[outer])):
        part = INNER
        for word in words:
            part = part.replace("%s", word, 1)
        text += part.replace("@slope", f"@{name}").replace("@f,", f"@{callee},")
    found = jit.compile(lowering.run(text), "main")(X)
    wanted = slope(lambda x: slope(case.reference, x), X)
    assert found == pytest.approx(wanted, rel=1e-5)
