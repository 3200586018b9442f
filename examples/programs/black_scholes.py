"""The sensitivities of a book of European call options ("greeks"), by the formula of Black and Scholes.

`@book` is the worth of the whole book. Its gradient by the spot prices is the delta of each option, by the volatilities
vega, by the rate rho; the Hessian times a vector gives gamma. The analytic ones stand in every textbook.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from program import Program, check, main_of, show

MLIR = """
func.func @normal(%x: f64) -> f64 {
  %root = arith.constant 0.70710678118654752 : f64
  %half = arith.constant 0.5 : f64
  %one = arith.constant 1.0 : f64
  %scaled = arith.mulf %x, %root : f64
  %e = math.erf %scaled : f64
  %up = arith.addf %e, %one : f64
  %r = arith.mulf %half, %up : f64
  return %r : f64
}

func.func @call_price(%spot: f64, %strike: f64, %volatility: f64, %rate: f64, %years: f64) -> f64 {
  %half = arith.constant 0.5 : f64
  %t = math.sqrt %years : f64
  %spread = arith.mulf %volatility, %t : f64
  %ratio = arith.divf %spot, %strike : f64
  %moneyness = math.log %ratio : f64
  %variance = arith.mulf %volatility, %volatility : f64
  %half_variance = arith.mulf %half, %variance : f64
  %growth = arith.addf %rate, %half_variance : f64
  %drift = arith.mulf %growth, %years : f64
  %sum = arith.addf %moneyness, %drift : f64
  %d1 = arith.divf %sum, %spread : f64
  %d2 = arith.subf %d1, %spread : f64
  %n1 = func.call @normal(%d1) : (f64) -> f64
  %n2 = func.call @normal(%d2) : (f64) -> f64
  %minus = arith.negf %rate : f64
  %interest = arith.mulf %minus, %years : f64
  %discount = math.exp %interest : f64
  %gain = arith.mulf %spot, %n1 : f64
  %paid = arith.mulf %strike, %discount : f64
  %cost = arith.mulf %paid, %n2 : f64
  %price = arith.subf %gain, %cost : f64
  return %price : f64
}

func.func @book(%spot: memref<?xf64>, %strike: memref<?xf64>, %volatility: memref<?xf64>, %years: memref<?xf64>,
                %rate: f64) -> f64 {
  %zero = arith.constant 0.0 : f64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %count = memref.dim %spot, %c0 : memref<?xf64>
  %worth = scf.for %i = %c0 to %count step %c1 iter_args(%before = %zero) -> (f64) {
    %s = memref.load %spot[%i] : memref<?xf64>
    %k = memref.load %strike[%i] : memref<?xf64>
    %v = memref.load %volatility[%i] : memref<?xf64>
    %y = memref.load %years[%i] : memref<?xf64>
    %price = func.call @call_price(%s, %k, %v, %rate, %y) : (f64, f64, f64, f64, f64) -> f64
    %after = arith.addf %before, %price : f64
    scf.yield %after : f64
  }
  return %worth : f64
}
"""


def options(count: int = 5) -> dict[str, Any]:
    """Calls on shares at 80 to 120, all with the strike 100, for a quarter to two years."""
    return {
        "spot": np.linspace(80.0, 120.0, count),
        "strike": np.full(count, 100.0),
        "volatility": np.linspace(0.15, 0.4, count),
        "years": np.linspace(0.25, 2.0, count),
        "rate": 0.03,
    }


def normal(x: Any) -> Any:
    """The distribution function of the standard normal distribution."""
    return 0.5 * (1 + np.vectorize(math.erf)(x / math.sqrt(2)))


def distances(spot: Any, strike: Any, volatility: Any, years: Any, rate: float) -> tuple[Any, Any]:
    """What the textbooks call d1 and d2."""
    spread = volatility * np.sqrt(years)
    d1 = (np.log(spot / strike) + (rate + volatility**2 / 2) * years) / spread
    return d1, d1 - spread


def worth(spot: Any, strike: Any, volatility: Any, years: Any, rate: float) -> float:
    """The worth of the book."""
    d1, d2 = distances(spot, strike, volatility, years, rate)
    return float(np.sum(spot * normal(d1) - strike * np.exp(-rate * years) * normal(d2)))


def greeks(spot: Any, strike: Any, volatility: Any, years: Any, rate: float) -> tuple[Any, Any, float]:
    """Delta and vega of each option, and rho of the book."""
    d1, d2 = distances(spot, strike, volatility, years, rate)
    density = np.exp(-d1 * d1 / 2) / math.sqrt(2 * math.pi)
    rho = strike * years * np.exp(-rate * years) * normal(d2)
    return normal(d1), spot * density * np.sqrt(years), float(np.sum(rho))


PROGRAM = Program(
    "Black-Scholes", MLIR, "book", ("spot", "volatility", "rate"), options, worth, greeks, large=lambda: options(2000)
)


def main() -> bool:
    """The greeks of five options; gamma by forward mode over reverse mode."""
    from enzyme_mlir import hvp

    good = show(PROGRAM)
    book = options()
    gamma = hvp(MLIR, "book", wrt="spot")(book, np.ones(5))  # an option depends on its own spot price only
    d1, _ = distances(**book)
    density = np.exp(-d1 * d1 / 2) / math.sqrt(2 * math.pi)
    right = density / (book["spot"] * book["volatility"] * np.sqrt(book["years"]))
    print()
    return check([(f"gamma {i}", float(gamma[i]), float(right[i])) for i in range(5)], 1e-11) and good


if __name__ == "__main__":
    main_of(main)
