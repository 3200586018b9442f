"""The normal distribution fitted by maximum likelihood: minus the logarithm of the likelihood of some measurements.

Differentiated by mean, logarithm of the deviation, and the measurements. Newton's method with the Hessian, which is
`jacobian` of what `grad` makes, comes to the mean and the deviation of the sample.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from program import Program, check, main_of, show

MLIR = """
func.func @surprise(%sample: memref<?xf64>, %mean: f64, %log_deviation: f64) -> f64 {
  %zero = arith.constant 0.0 : f64
  %half = arith.constant 0.5 : f64
  %log_circle = arith.constant 1.8378770664093453 : f64  // the logarithm of 2 pi
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %size = memref.dim %sample, %c0 : memref<?xf64>
  %deviation = math.exp %log_deviation : f64
  %sum = scf.for %i = %c0 to %size step %c1 iter_args(%before = %zero) -> (f64) {
    %x = memref.load %sample[%i] : memref<?xf64>
    %off = arith.subf %x, %mean : f64
    %z = arith.divf %off, %deviation : f64
    %z2 = arith.mulf %z, %z : f64
    %inner = arith.addf %z2, %log_circle : f64
    %part = arith.mulf %half, %inner : f64
    %term = arith.addf %part, %log_deviation : f64
    %after = arith.addf %before, %term : f64
    scf.yield %after : f64
  }
  return %sum : f64
}
"""


def heights(size: int = 20) -> dict[str, Any]:
    """Heights of people in metres."""
    return {"sample": np.random.default_rng(10).normal(1.75, 0.1, size), "mean": 1.7, "log_deviation": -2.5}


def surprise(sample: Any, mean: float, log_deviation: float) -> float:
    """Minus the logarithm of the likelihood."""
    z = (sample - mean) / math.exp(log_deviation)
    return float(np.sum(z * z / 2 + math.log(2 * math.pi) / 2 + log_deviation))


def gradient(sample: Any, mean: float, log_deviation: float) -> tuple[Any, float, float]:
    """The derivatives, by hand."""
    z = (sample - mean) / math.exp(log_deviation)
    by_sample = z / math.exp(log_deviation)
    return by_sample, -float(np.sum(by_sample)), float(np.sum(1 - z * z))


PROGRAM = Program(
    "Gaussian log-likelihood",
    MLIR,
    "surprise",
    ("sample", "mean", "log_deviation"),
    heights,
    surprise,
    gradient,
    large=lambda: heights(10_000),
)


def fit() -> tuple[float, float]:
    """Newton's method: mean and deviation."""
    from enzyme_mlir import grad, jacobian

    by = ("mean", "log_deviation")
    slope = grad(MLIR, "surprise", wrt=by)
    hessian = jacobian(slope, wrt=by)
    given = heights()
    for _ in range(20):
        move = np.linalg.solve(np.array(hessian(**given), dtype=float), np.array(slope(**given)))
        for name, step in zip(by, move, strict=True):
            given[name] -= float(step)
    return given["mean"], math.exp(given["log_deviation"])


def main() -> bool:
    """Compare, then fit."""
    good = show(PROGRAM)
    sample = heights()["sample"]
    mean, deviation = fit()
    rows = [("mean", mean, float(sample.mean())), ("deviation", deviation, float(sample.std()))]
    return check(rows, 1e-10, ("fitted", "the sample's")) and good


if __name__ == "__main__":
    main_of(main)
