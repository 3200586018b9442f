"""Ordinary functions in both modes: what Enzyme makes of them as they are, and that they are right when prepared."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from enzyme_mlir import HOST, jit, lowering

from .prepared_cases import Case
from .prepared_more import CASES

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


def test_what_a_recursion_of_constants_gives_may_go_into_constant_memory() -> None:
    text = """func.func @halve(%n: index, %x: f64) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %half = arith.constant 0.5 : f64
  %goes_on = arith.cmpi sgt, %n, %c0 : index
  %r = scf.if %goes_on -> f64 {
    %m = arith.subi %n, %c1 : index
    %y = func.call @halve(%m, %x) : (index, f64) -> f64
    %z = arith.mulf %y, %half : f64
    scf.yield %z : f64
  } else {
    scf.yield %x : f64
  }
  return %r : f64
}
func.func @f(%x: f64, %m: memref<2xf64>) -> f64 {
  %c0 = arith.constant 0 : index
  %c3 = arith.constant 3 : index
  %k = arith.constant 2.0 : f64
  %h = func.call @halve(%c3, %k) : (index, f64) -> f64
  memref.store %h, %m[%c0] : memref<2xf64>
  %y = func.call @halve(%c3, %x) : (index, f64) -> f64
  %r = arith.mulf %y, %h : f64
  return %r : f64
}
func.func @main(%x: f64, %d: f64, %m: memref<2xf64>) -> (f64, f64) {
  %r:2 = "enzyme.fwddiff"(%x, %d, %m) {fn = @f, activity = [#enzyme.activity<enzyme_dup>,
    #enzyme.activity<enzyme_const>],
    ret_activity = [#enzyme.activity<enzyme_dup>]} : (f64, f64, memref<2xf64>) -> (f64, f64)
  return %r#0, %r#1 : f64, f64
}
"""
    memory = np.zeros(2)
    value, derivative = jit.compile(lowering.run(text), "main")(X, 1.0, memory)
    assert (value, derivative, *memory) == pytest.approx((X / 32, 1 / 32, 0.25, 0.0), rel=1e-14)
