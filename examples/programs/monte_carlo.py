"""An option on the mean price of a share, by simulation: the derivatives of a Monte Carlo estimate, path by path.

`@estimate` draws its own random numbers with a generator of integers, which have no derivative, and makes normal ones
of them by the method of Box and Muller. What the option pays has a kink where the mean price is the strike.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from program import Program, complex_step, main_of, show

MLIR = """
func.func @uniform(%seed: i64) -> (i64, f64) {  // the next number of a generator, and the upper bits as a fraction
  %factor = arith.constant 6364136223846793005 : i64
  %shift = arith.constant 1442695040888963407 : i64
  %low = arith.constant 11 : i64
  %scale = arith.constant 1.1102230246251565e-16 : f64
  %half = arith.constant 5.5511151231257827e-17 : f64
  %product = arith.muli %seed, %factor : i64
  %next = arith.addi %product, %shift : i64
  %bits = arith.shrui %next, %low : i64
  %number = arith.uitofp %bits : i64 to f64
  %fraction = arith.mulf %number, %scale : f64
  %inside = arith.addf %fraction, %half : f64  // never 0
  return %next, %inside : i64, f64
}

func.func @estimate(%spot: f64, %volatility: f64, %rate: f64, %paths: index) -> f64 {
  %zero = arith.constant 0.0 : f64
  %half = arith.constant 0.5 : f64
  %strike = arith.constant 100.0 : f64
  %minus_two = arith.constant -2.0 : f64
  %circle = arith.constant 6.2831853071795865 : f64
  %dates = arith.constant 12.0 : f64
  %month = arith.constant 0.083333333333333333 : f64
  %start = arith.constant 42 : i64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c12 = arith.constant 12 : index
  %variance = arith.mulf %volatility, %volatility : f64
  %half_variance = arith.mulf %half, %variance : f64
  %growth = arith.subf %rate, %half_variance : f64
  %drift = arith.mulf %growth, %month : f64
  %root = math.sqrt %month : f64
  %spread = arith.mulf %volatility, %root : f64
  %end:2 = scf.for %p = %c0 to %paths step %c1 iter_args(%seed = %start, %before = %zero) -> (i64, f64) {
    %path:3 = scf.for %t = %c0 to %c12 step %c1 iter_args(%s = %seed, %price = %spot, %sum = %zero) -> (i64, f64, f64) {
      %u:2 = func.call @uniform(%s) : (i64) -> (i64, f64)
      %v:2 = func.call @uniform(%u#0) : (i64) -> (i64, f64)
      %log = math.log %u#1 : f64
      %twice = arith.mulf %minus_two, %log : f64
      %long = math.sqrt %twice : f64
      %turn = arith.mulf %circle, %v#1 : f64
      %cos = math.cos %turn : f64
      %normal = arith.mulf %long, %cos : f64
      %shock = arith.mulf %spread, %normal : f64
      %move = arith.addf %drift, %shock : f64
      %times = math.exp %move : f64
      %next = arith.mulf %price, %times : f64
      %more = arith.addf %sum, %next : f64
      scf.yield %v#0, %next, %more : i64, f64, f64
    }
    %mean = arith.divf %path#2, %dates : f64
    %gain = arith.subf %mean, %strike : f64
    %paid = arith.maximumf %gain, %zero : f64
    %after = arith.addf %before, %paid : f64
    scf.yield %path#0, %after : i64, f64
  }
  %paths_int = arith.index_cast %paths : index to i64
  %many = arith.sitofp %paths_int : i64 to f64
  %average = arith.divf %end#1, %many : f64
  %minus = arith.negf %rate : f64
  %discount = math.exp %minus : f64
  %r = arith.mulf %average, %discount : f64
  return %r : f64
}
"""


def option(paths: int = 50) -> dict[str, Any]:
    """A share at 100."""
    return {"spot": 100.0, "volatility": 0.25, "rate": 0.03, "paths": paths}


def normals(paths: int) -> Any:
    """The normal random numbers, a row for each path."""
    seed, found = 42, np.empty((paths, 12, 2))
    for index in np.ndindex(found.shape):
        seed = (seed * 6364136223846793005 + 1442695040888963407) % 2**64
        found[index] = (seed >> 11) * 2.0**-53 + 2.0**-54
    return np.sqrt(-2 * np.log(found[:, :, 0])) * np.cos(2 * math.pi * found[:, :, 1])


def estimate(spot: Any, volatility: Any, rate: Any, paths: int) -> Any:
    """The mean of what the paths pay, discounted."""
    moves = (rate - volatility**2 / 2) / 12 + volatility * math.sqrt(1 / 12) * normals(paths)
    gain = np.mean(spot * np.exp(np.cumsum(moves, axis=1)), axis=1) - 100
    return np.mean(np.where(np.real(gain) > 0, gain, 0)) * np.exp(-rate)


def gradient(**arguments: Any) -> tuple[Any, ...]:
    """Delta, vega and rho, by steps into the complex plane."""
    return tuple(complex_step(estimate, arguments, name) for name in ("spot", "volatility", "rate"))


PROGRAM = Program(
    "Monte Carlo: an Asian option",
    MLIR,
    "estimate",
    ("spot", "volatility", "rate"),
    option,
    estimate,
    gradient,
    large=lambda: option(2000),
    tolerance=1e-10,
)


def main() -> bool:
    """Fifty paths."""
    return show(PROGRAM)


if __name__ == "__main__":
    main_of(main)
