"""`check_gradient`: what it finds right, wrong, at kinks, or cannot say; and its report."""

from __future__ import annotations

import math
import pickle

import numpy as np
import pytest

import enzyme_mlir
from enzyme_mlir.functional.checking.reports import Row, Verdict
from enzyme_mlir.testing import GradientMismatch, GradientReport, check_gradient
from tests.enzyme.functional.programs import (
    CHAIN,
    IN_PLACE,
    MATVEC,
    PAIR,
    POLYNOMIAL,
    PRODUCT,
    SCRATCH,
    SQUARES,
)

STOPPED = """
func.func @stopped(%x: f64, %m: memref<2xf64>) -> f64 {
  %c1 = arith.constant 1 : index
  %0 = "enzyme.ignore_derivatives"(%x) : (f64) -> f64
  %1 = arith.mulf %0, %x : f64
  %2 = memref.load %m[%c1] : memref<2xf64>
  %3 = arith.mulf %1, %2 : f64
  return %3 : f64
}
"""
"""x^2 m[1], of which Enzyme is told to differentiate one factor alone: not what differences say."""

RELU = """
func.func @relu(%x: f64, %y: f64) -> f64 {
  %z = arith.constant 0.0 : f64
  %0 = arith.maximumf %x, %z : f64
  %1 = arith.mulf %0, %y : f64
  return %1 : f64
}
"""


def scalar(operation: str, kind: str = "f64") -> str:
    """A function of one operation."""
    return f"func.func @one(%x: {kind}) -> {kind} {{ %0 = {operation} %x : {kind} return %0 : {kind} }}"


POINT = np.array([0.4, 1.1, -0.7])


@pytest.mark.parametrize(
    ("text", "at"),
    [
        (PRODUCT, (1.5, 0.7)),
        (CHAIN, (np.linspace(0.3, 1.7, 5), 2.5, 0)),
        (POLYNOMIAL, (POINT, 3.0)),
        (PAIR, (0.7, 1.3)),
        (SQUARES, (POINT, np.zeros(3))),
        (IN_PLACE, (POINT,)),
        (SCRATCH, (1.5, np.zeros(2))),
        (MATVEC, (np.linspace(-1, 1, 6).reshape(2, 3), POINT, np.zeros(2))),
    ],
)
def test_right_derivatives_pass(text: str, at: tuple[object, ...]) -> None:
    before = [np.copy(value) for value in at]  # type: ignore[call-overload]
    report = check_gradient(text, at=at)
    assert isinstance(report, GradientReport)
    assert report.is_right
    assert {row.verdict for row in report.rows} == {Verdict.RIGHT}
    assert {row.mode for row in report.rows} == {"forward", "reverse"}
    assert report.worst < 1e-9
    for value, old in zip(at, before, strict=True):
        np.testing.assert_array_equal(value, old)  # type: ignore[arg-type]


def test_every_element_is_looked_at() -> None:
    report = check_gradient(MATVEC, at=(np.ones((2, 3)), POINT, np.zeros(2)), wrt=["a", "y"], modes="reverse")
    elements = [(row.argument, row.element) for row in report.rows]
    assert elements == [*(("a", (i, j)) for i in range(2) for j in range(3)), ("y", (0,)), ("y", (1,))]


def test_a_wrong_derivative_is_a_mismatch_with_a_table() -> None:
    memory = np.array([0.5, 2.0])
    with pytest.raises(GradientMismatch) as caught:
        check_gradient(STOPPED, at=(3.0, memory))
    report = caught.value.report
    assert [(row.argument, row.mode, row.derivative) for row in report.mismatches] == [
        ("x", "forward", 6.0),
        ("x", "reverse", 6.0),
    ]
    assert report.mismatches[0].difference[0] == pytest.approx(12.0, rel=1e-10)
    lines = str(caught.value).splitlines()
    assert lines[0] == (
        "6 derivatives of @stopped beside finite differences (2 wrong); rtol 1e-06, worst error 5.0e-01"
    )
    assert lines[1].split() == ["argument", "element", "mode", "derivative", "finite", "difference", "error", "verdict"]
    assert lines[2].split() == ["x", "forward", "6", "12", "6.0e+00", "MISMATCH"]
    assert lines[4].split() == ["m", "[0]", "forward", "0", "0", "0.0e+00", "ok"]
    assert isinstance(caught.value, AssertionError)
    again = pickle.loads(pickle.dumps(caught.value))
    assert (str(again), again.report.rows) == (str(caught.value), report.rows)


def test_one_mode_alone() -> None:
    report = check_gradient(STOPPED, at=(3.0, np.array([0.5, 2.0])), wrt="m", modes=["forward"])
    assert [row.mode for row in report.rows] == ["forward"] * 2


def test_kinks_are_told_and_accepted() -> None:
    report = check_gradient(scalar("math.absf"), at=(0.0,))
    assert {row.verdict for row in report.rows} == {Verdict.KINK}
    assert report.rows[0].difference == pytest.approx((-1.0, 1.0), abs=1e-12)
    assert "-1 to 1" in str(report)
    assert "(2 at kinks)" in str(report)
    found = {row.argument: row.verdict for row in check_gradient(RELU, at=(0.0, 2.0)).rows}
    assert found == {"x": Verdict.KINK, "y": Verdict.RIGHT}


def test_a_derivative_outside_a_kink_is_wrong() -> None:
    doubled = """func.func @f(%x: f64) -> f64 {
      %z = arith.constant 0.0 : f64 %two = arith.constant 2.0 : f64
      %a = arith.maximumf %x, %z : f64
      %s = arith.mulf %x, %two : f64
      %i = "enzyme.ignore_derivatives"(%s) : (f64) -> f64
      %r = arith.addf %a, %i : f64
      return %r : f64 }"""
    with pytest.raises(GradientMismatch) as caught:
        check_gradient(doubled, at=(0.0,))
    row = caught.value.report.mismatches[0]
    assert row.difference == pytest.approx((2.0, 3.0), abs=1e-9)
    assert row.error >= 1.0 - 1e-9


def test_beside_a_jump_one_side_is_enough() -> None:
    report = check_gradient(scalar("math.floor"), at=(1.0,))
    assert {row.verdict for row in report.rows} == {Verdict.EDGE}


def test_where_there_is_no_slope_it_is_unsure() -> None:
    report = check_gradient(scalar("math.sqrt"), at=(0.0,))
    assert {row.verdict for row in report.rows} == {Verdict.UNSURE}
    assert report.is_right
    assert "(2 unsure)" in str(report)


@pytest.mark.parametrize(("kind", "bound"), [("f32", 1e-4), ("f16", 0.05), ("bf16", 0.1)])
def test_floats_of_few_digits(kind: str, bound: float) -> None:
    report = check_gradient(scalar("math.sin", kind), at=(0.8,))
    assert {row.verdict for row in report.rows} == {Verdict.RIGHT}
    assert abs(report.rows[0].difference[0] - math.cos(0.8)) < bound


def test_a_sample_of_many_elements_says_so() -> None:
    x = np.linspace(0.0, 1.0, 500)
    report = check_gradient(CHAIN, at={"x": x, "k": 2.0, "n": 0}, elements=4, modes="reverse")
    assert [row.argument for row in report.rows] == ["x"] * 4 + ["k"]
    assert report.notes == ("x: 4 of 500 elements, chosen with seed 0",)
    assert str(report).splitlines()[-1] == report.notes[0]
    again = check_gradient(CHAIN, at=(x, 2.0, 0), elements=4, modes="reverse")
    assert [row.element for row in again.rows] == [row.element for row in report.rows]
    other = check_gradient(CHAIN, at=(x, 2.0, 0), elements=4, modes="reverse", seed=1)
    assert [row.element for row in other.rows] != [row.element for row in report.rows]


def test_derived_functions_are_checked_too() -> None:
    report = check_gradient(enzyme_mlir.grad(PRODUCT), at=(1.5, 0.7))
    assert report.function == "grad of @product"
    assert report.worst < 1e-9
    pushed = check_gradient(enzyme_mlir.jvp(PRODUCT, wrt="x"), at=((1.5, 0.7), 1.0))
    assert {row.argument for row in pushed.rows} == {"x", "y", "tangent of x"}


def test_a_tolerance_of_ones_own() -> None:
    assert check_gradient(STOPPED, at=(3.0, np.array([0.5, 2.0])), rtol=0.6).is_right


def test_a_long_report_is_cut_but_not_what_is_striking() -> None:
    plain = [Row("x", (i,), "reverse", 1.0, (1.0, 1.0), 0.0, Verdict.RIGHT) for i in range(90)]
    wrong = Row("x", (90,), "reverse", 1.0, (2.0, 2.0), 0.0, Verdict.WRONG)
    lines = str(GradientReport("@f", (*plain, wrong), 1e-6)).splitlines()
    assert lines[0].startswith("91 derivatives of @f beside finite differences (1 wrong)")
    assert lines[-2].split()[1] == "[90]"
    assert lines[-1] == "and 51 more that are ok"


def test_what_is_not_a_number_is_wrong() -> None:
    text = """func.func @f(%x: f64) -> f64 {
      %z = arith.constant 0.0 : f64
      %l = math.log %x : f64
      %p = arith.mulf %l, %z : f64
      %c = arith.cmpf ogt, %x, %z : f64
      %r = arith.select %c, %p, %z : f64
      return %r : f64 }"""
    with pytest.raises(GradientMismatch) as caught:
        check_gradient(text, at=(0.0,))
    assert math.isnan(caught.value.report.mismatches[0].derivative)
