"""A function from a table of Chebyshev coefficients: Clenshaw's recurrence, backwards through a constant global.

`@gamma_log` is the logarithm of the gamma function between 2 and 3, the coefficients being constants of the module.
The derivative is the digamma function; NumPy differentiates the polynomial.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from program import Program, main_of, show

DEGREE = 15
NODES = np.cos(np.pi * (np.arange(64) + 0.5) / 64)
TABLE = np.polynomial.chebyshev.chebfit(NODES, [math.lgamma((node + 5) / 2) for node in NODES], DEGREE)

MLIR = f"""
memref.global "private" constant @table : memref<{DEGREE + 1}xf64> = dense<[{", ".join(map(repr, TABLE.tolist()))}]>

func.func @gamma_log(%x: f64) -> f64 {{
  %zero = arith.constant 0.0 : f64
  %two = arith.constant 2.0 : f64
  %five = arith.constant 5.0 : f64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %last = arith.constant {DEGREE} : index
  %table = memref.get_global @table : memref<{DEGREE + 1}xf64>
  %double = arith.mulf %two, %x : f64
  %t = arith.subf %double, %five : f64  // from [2, 3] to [-1, 1]
  %t2 = arith.mulf %two, %t : f64
  %end:2 = scf.for %i = %c0 to %last step %c1 iter_args(%b1 = %zero, %b2 = %zero) -> (f64, f64) {{
    %k = arith.subi %last, %i : index
    %c = memref.load %table[%k] : memref<{DEGREE + 1}xf64>
    %tb = arith.mulf %t2, %b1 : f64
    %sum = arith.addf %c, %tb : f64
    %b = arith.subf %sum, %b2 : f64
    scf.yield %b, %b1 : f64, f64
  }}
  %first = memref.load %table[%c0] : memref<{DEGREE + 1}xf64>
  %tb = arith.mulf %t, %end#0 : f64
  %sum = arith.addf %first, %tb : f64
  %r = arith.subf %sum, %end#1 : f64
  return %r : f64
}}

func.func @all(%x: memref<?xf64>) -> f64 {{
  %zero = arith.constant 0.0 : f64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %n = memref.dim %x, %c0 : memref<?xf64>
  %sum = scf.for %i = %c0 to %n step %c1 iter_args(%before = %zero) -> (f64) {{
    %xi = memref.load %x[%i] : memref<?xf64>
    %g = func.call @gamma_log(%xi) : (f64) -> f64
    %after = arith.addf %before, %g : f64
    scf.yield %after : f64
  }}
  return %sum : f64
}}
"""


def places(count: int = 6) -> dict[str, Any]:
    """Numbers between 2 and 3."""
    return {"x": np.linspace(2.05, 2.95, count)}


def total(x: Any) -> float:
    """The sum of the polynomials."""
    return float(np.sum(np.polynomial.chebyshev.chebval(2 * x - 5, TABLE)))


def gradient(x: Any) -> tuple[Any]:
    """The derivatives of the polynomials."""
    return (2 * np.polynomial.chebyshev.chebval(2 * x - 5, np.polynomial.chebyshev.chebder(TABLE)),)


PROGRAM = Program(
    "Chebyshev series with a table", MLIR, "all", ("x",), places, total, gradient, large=lambda: places(2000)
)


def main() -> bool:
    """Compare; and the digamma function of 2.5 as the books have it."""
    from enzyme_mlir import grad

    good = show(PROGRAM)
    found, right = grad(MLIR, "gamma_log")(2.5), 0.7031566406452432
    print(f"digamma(2.5): found {found:.12g}, in the books {right:.12g}")
    return good and math.isclose(found, right, rel_tol=1e-10)


if __name__ == "__main__":
    main_of(main)
