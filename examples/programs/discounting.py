"""What payments in the future are worth today: a cumulative product of discounts, and a cumulative sum of payments.

`@worth` runs through the years with both carried by one loop, of which the product starts at the constant 1. It leaves
the discount factors and the worth up to each year in memory. Before the functions were prepared, this derivative was
wrong: values that start without derivative and are carried on.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from program import Program, main_of, show

MLIR = """
func.func @worth(%rate: memref<?xf64>, %paid: memref<?xf64>, %factor: memref<?xf64>, %worth: memref<?xf64>) {
  %zero = arith.constant 0.0 : f64
  %one = arith.constant 1.0 : f64
  %c0 = arith.constant 0 : index
  %years = memref.dim %rate, %c0 : memref<?xf64>
  %end:2 = affine.for %t = 0 to %years iter_args(%product = %one, %sum = %zero) -> (f64, f64) {
    %r = affine.load %rate[%t] : memref<?xf64>
    %grown = arith.addf %one, %r : f64
    %discount = arith.divf %product, %grown : f64
    affine.store %discount, %factor[%t] : memref<?xf64>
    %p = affine.load %paid[%t] : memref<?xf64>
    %today = arith.mulf %p, %discount : f64
    %after = arith.addf %sum, %today : f64
    affine.store %after, %worth[%t] : memref<?xf64>
    affine.yield %discount, %after : f64, f64
  }
  return
}
"""


def bond(years: int = 6) -> dict[str, Any]:
    """Interest and payments over some years."""
    return {
        "rate": np.linspace(0.01, 0.05, years),
        "paid": np.linspace(100.0, 200.0, years),
        "factor": np.zeros(years),
        "worth": np.zeros(years),
    }


def worth(rate: Any, paid: Any, factor: Any, worth: Any) -> tuple[Any, Any]:
    """The factors and the worth up to each year."""
    factors = np.cumprod(1 / (1 + rate))
    return factors, np.cumsum(paid * factors)


def gradient(rate: Any, paid: Any, factor: Any, worth: Any, seeds: tuple[Any, Any]) -> tuple[Any, Any]:
    """Sums from the end."""
    factors = np.cumprod(1 / (1 + rate))
    by_payment = np.cumsum(seeds[1][::-1])[::-1]
    by_factor = seeds[0] + by_payment * paid
    return -np.cumsum((by_factor * factors)[::-1])[::-1] / (1 + rate), by_payment * factors


PROGRAM = Program(
    "cumulative sum and product: discounting",
    MLIR,
    "worth",
    ("rate", "paid"),
    bond,
    worth,
    gradient,
    outputs=("factor", "worth"),
    large=lambda: bond(5000),
)


def main() -> bool:
    """Six years."""
    return show(PROGRAM)


if __name__ == "__main__":
    main_of(main)
