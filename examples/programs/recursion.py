"""Legendre polynomials by their recursion, as a function that calls itself: n P(n) = (2n-1) x P(n-1) - (n-1) P(n-2).

`@series` sums them with coefficients, a potential at some latitude, say. Differentiated by x and by the coefficients;
the derivative of a polynomial is (1 - x^2) P'(n) = n (P(n-1) - x P(n)).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from program import Program, main_of, show

MLIR = """
// Takes numbers only: of a function that calls itself and touches memory there is forward mode, but no reverse mode.
func.func @legendre(%n: i64, %x: f64) -> f64 {
  %one = arith.constant 1.0 : f64
  %n0 = arith.constant 0 : i64
  %n1 = arith.constant 1 : i64
  %n2 = arith.constant 2 : i64
  %is_simple = arith.cmpi sle, %n, %n1 : i64
  %r = scf.if %is_simple -> (f64) {
    %is_first = arith.cmpi eq, %n, %n0 : i64
    %simple = arith.select %is_first, %one, %x : f64
    scf.yield %simple : f64
  } else {
    %less1 = arith.subi %n, %n1 : i64
    %less2 = arith.subi %n, %n2 : i64
    %p1 = func.call @legendre(%less1, %x) : (i64, f64) -> f64
    %p2 = func.call @legendre(%less2, %x) : (i64, f64) -> f64
    %sum = arith.addi %n, %less1 : i64
    %times1 = arith.sitofp %sum : i64 to f64
    %times2 = arith.sitofp %less1 : i64 to f64
    %whole = arith.sitofp %n : i64 to f64
    %xp = arith.mulf %x, %p1 : f64
    %a = arith.mulf %times1, %xp : f64
    %b = arith.mulf %times2, %p2 : f64
    %ab = arith.subf %a, %b : f64
    %p = arith.divf %ab, %whole : f64
    scf.yield %p : f64
  }
  return %r : f64
}

func.func @series(%coefficient: memref<?xf64>, %x: f64) -> f64 {
  %zero = arith.constant 0.0 : f64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %count = memref.dim %coefficient, %c0 : memref<?xf64>
  %sum = scf.for %i = %c0 to %count step %c1 iter_args(%before = %zero) -> (f64) {
    %n = arith.index_cast %i : index to i64
    %p = func.call @legendre(%n, %x) : (i64, f64) -> f64
    %c = memref.load %coefficient[%i] : memref<?xf64>
    %cp = arith.mulf %c, %p : f64
    %after = arith.addf %before, %cp : f64
    scf.yield %after : f64
  }
  return %sum : f64
}
"""


def potential(count: int = 7) -> dict[str, Any]:
    """Coefficients of a potential, and the sine of a latitude."""
    return {"coefficient": np.random.default_rng(12).normal(size=count), "x": 0.3}


def series(coefficient: Any, x: float) -> float:
    """The sum, by Clenshaw's method."""
    return float(np.polynomial.legendre.legval(x, coefficient))


def gradient(coefficient: Any, x: float) -> tuple[Any, float]:
    """The polynomials, and the series of the derivatives."""
    by_coefficient = np.polynomial.legendre.legvander(np.array([x]), len(coefficient) - 1)[0]
    slopes = np.polynomial.legendre.legder(coefficient)
    return by_coefficient, float(np.polynomial.legendre.legval(x, slopes))


PROGRAM = Program(
    "recursion: Legendre polynomials",
    MLIR,
    "series",
    ("coefficient", "x"),
    potential,
    series,
    gradient,
    large=lambda: potential(14),
)


def main() -> bool:
    """Seven polynomials."""
    return show(PROGRAM)


if __name__ == "__main__":
    main_of(main)
