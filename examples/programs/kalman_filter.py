"""The Kalman filter of a level with a trend, and the likelihood of its noises.

`@deviance` filters a series and returns minus twice its logarithmic likelihood, up to a constant. The derivatives by
the logarithms of three variances (of level, trend and measurement) are what one maximises the likelihood with.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from program import Program, complex_step, main_of, show

MLIR = """
func.func @deviance(%series: memref<?xf64>, %log_level: f64, %log_trend: f64, %log_noise: f64) -> f64 {
  %zero = arith.constant 0.0 : f64
  %wide = arith.constant 10.0 : f64
  %two = arith.constant 2.0 : f64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %length = memref.dim %series, %c0 : memref<?xf64>
  %level_var = math.exp %log_level : f64
  %trend_var = math.exp %log_trend : f64
  %noise_var = math.exp %log_noise : f64
  %end:6 = scf.for %t = %c0 to %length step %c1
      iter_args(%level = %zero, %trend = %zero, %p11 = %wide, %p12 = %zero, %p22 = %wide, %before = %zero)
      -> (f64, f64, f64, f64, f64, f64) {
    // predict: the level moves along the trend, and the covariance grows
    %level1 = arith.addf %level, %trend : f64
    %p12x2 = arith.mulf %two, %p12 : f64
    %grown = arith.addf %p11, %p12x2 : f64
    %grown2 = arith.addf %grown, %p22 : f64
    %q11 = arith.addf %grown2, %level_var : f64
    %q12 = arith.addf %p12, %p22 : f64
    %q22 = arith.addf %p22, %trend_var : f64
    // update: what was seen, beside what was expected
    %seen = memref.load %series[%t] : memref<?xf64>
    %surprise = arith.subf %seen, %level1 : f64
    %var = arith.addf %q11, %noise_var : f64
    %gain1 = arith.divf %q11, %var : f64
    %gain2 = arith.divf %q12, %var : f64
    %level_by = arith.mulf %gain1, %surprise : f64
    %trend_by = arith.mulf %gain2, %surprise : f64
    %level2 = arith.addf %level1, %level_by : f64
    %trend2 = arith.addf %trend, %trend_by : f64
    %known11 = arith.mulf %gain1, %q11 : f64
    %known12 = arith.mulf %gain1, %q12 : f64
    %known22 = arith.mulf %gain2, %q12 : f64
    %r11 = arith.subf %q11, %known11 : f64
    %r12 = arith.subf %q12, %known12 : f64
    %r22 = arith.subf %q22, %known22 : f64
    %square = arith.mulf %surprise, %surprise : f64
    %part = arith.divf %square, %var : f64
    %log = math.log %var : f64
    %term = arith.addf %part, %log : f64
    %after = arith.addf %before, %term : f64
    scf.yield %level2, %trend2, %r11, %r12, %r22, %after : f64, f64, f64, f64, f64, f64
  }
  return %end#5 : f64
}
"""

VARIANCES = ("log_level", "log_trend", "log_noise")


def measurements(length: int = 60) -> dict[str, Any]:
    """A series with noises of the variances 0.04, 0.01 and 0.25, and a guess of their logarithms."""
    rng = np.random.default_rng(5)
    trend = np.cumsum(0.1 * rng.normal(size=length))
    level = np.cumsum(trend + 0.2 * rng.normal(size=length))
    return {"series": level + 0.5 * rng.normal(size=length), "log_level": -2.0, "log_trend": -3.0, "log_noise": -1.0}


def deviance(series: Any, log_level: Any, log_trend: Any, log_noise: Any) -> Any:
    """The filter in matrices."""
    move = np.array([[1.0, 1.0], [0.0, 1.0]])
    state: Any = np.zeros(2)
    covariance: Any = np.diag([10.0, 10.0])
    total: Any = 0.0
    for seen in series:
        state = move @ state
        covariance = move @ covariance @ move.T + np.diag([np.exp(log_level), np.exp(log_trend)])
        variance = covariance[0, 0] + np.exp(log_noise)
        gain = covariance[:, 0] / variance
        surprise = seen - state[0]
        state = state + gain * surprise
        covariance = covariance - np.outer(gain, covariance[0])
        total += surprise**2 / variance + np.log(variance)
    return total


def gradient(**arguments: Any) -> tuple[Any, ...]:
    """The derivatives by steps into the complex plane."""
    return tuple(complex_step(deviance, arguments, name) for name in VARIANCES)


PROGRAM = Program(
    "Kalman filter", MLIR, "deviance", VARIANCES, measurements, deviance, gradient, large=lambda: measurements(3000)
)


def estimate(length: int = 2000, steps: int = 60) -> tuple[float, ...]:
    """Newton's method over the logarithms, with the Hessian from forward over reverse mode: the three variances."""
    from enzyme_mlir import grad, hvp

    slope, bend = grad(MLIR, "deviance", wrt=VARIANCES), hvp(MLIR, "deviance", wrt=VARIANCES)
    given = measurements(length)
    for _ in range(steps):
        hessian = np.array([bend(given, tuple(map(float, axis))) for axis in np.eye(3)])
        lift = max(0.0, 1.0 - float(np.linalg.eigvalsh(hessian)[0]))
        move = np.linalg.solve(hessian + lift * np.eye(3), -np.array(slope(**given)))
        move *= min(1.0, 1.0 / float(np.max(np.abs(move))))
        for name, by in zip(VARIANCES, move, strict=True):
            given[name] += float(by)
        if np.max(np.abs(move)) < 1e-9:
            break
    return tuple(float(np.exp(given[name])) for name in VARIANCES)


def main() -> bool:
    """Compare the derivatives, then find the variances of a long series."""
    good = show(PROGRAM)
    found = estimate()
    print("variances of level, trend, measurement: found", *(f"{each:.4f}" for each in found), "of 0.04, 0.01, 0.25")
    return good and bool(np.allclose(found, (0.04, 0.01, 0.25), rtol=0.5))


if __name__ == "__main__":
    main_of(main)
