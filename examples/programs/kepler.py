"""Kepler's equation E - e sin E = M by Newton's method: where a planet is on its ellipse at a time.

`@anomaly` iterates until the step is small (`scf.while`), so the number of steps depends on the numbers. Enzyme
differentiates through the iteration; analytically dE/dM = 1 / (1 - e cos E) and dE/de = sin E / (1 - e cos E).
"""

from __future__ import annotations

from typing import Any

import numpy as np
from program import Program, main_of, show

MLIR = """
func.func @anomaly(%mean: f64, %eccentricity: f64) -> f64 {
  %one = arith.constant 1.0 : f64
  %small = arith.constant 1.0e-10 : f64
  %r:2 = scf.while (%e = %mean, %step = %one) : (f64, f64) -> (f64, f64) {
    %size = math.absf %step : f64
    %more = arith.cmpf ogt, %size, %small : f64
    scf.condition(%more) %e, %step : f64, f64
  } do {
  ^bb0(%e: f64, %old: f64):
    %sin = math.sin %e : f64
    %cos = math.cos %e : f64
    %es = arith.mulf %eccentricity, %sin : f64
    %ec = arith.mulf %eccentricity, %cos : f64
    %less = arith.subf %e, %es : f64
    %off = arith.subf %less, %mean : f64
    %slope = arith.subf %one, %ec : f64
    %step = arith.divf %off, %slope : f64
    %next = arith.subf %e, %step : f64
    scf.yield %next, %step : f64, f64
  }
  return %r#0 : f64
}

func.func @ephemeris(%times: memref<?xf64>, %eccentricity: f64, %anomalies: memref<?xf64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %count = memref.dim %times, %c0 : memref<?xf64>
  scf.for %i = %c0 to %count step %c1 {
    %mean = memref.load %times[%i] : memref<?xf64>
    %e = func.call @anomaly(%mean, %eccentricity) : (f64, f64) -> f64
    memref.store %e, %anomalies[%i] : memref<?xf64>
  }
  return
}
"""


def year(count: int = 6) -> dict[str, Any]:
    """Mean anomalies over a year, on an orbit about as eccentric as Mercury's."""
    return {"times": np.linspace(0.3, 6.0, count), "eccentricity": 0.2, "anomalies": np.zeros(count)}


def ephemeris(times: Any, eccentricity: float, anomalies: Any) -> Any:
    """The eccentric anomalies, by as many steps as are surely enough."""
    e = times
    for _ in range(20):
        e = e - (e - eccentricity * np.sin(e) - times) / (1 - eccentricity * np.cos(e))
    return e


def gradient(times: Any, eccentricity: float, anomalies: Any, seeds: tuple[Any]) -> tuple[Any, float]:
    """The derivatives of the implicit function."""
    e = ephemeris(times, eccentricity, anomalies)
    by_times = seeds[0] / (1 - eccentricity * np.cos(e))
    return by_times, float(np.sum(by_times * np.sin(e)))


PROGRAM = Program(
    "Newton's method: Kepler's equation",
    MLIR,
    "ephemeris",
    ("times", "eccentricity"),
    year,
    ephemeris,
    gradient,
    outputs=("anomalies",),
    large=lambda: year(1000),
    tolerance=1e-9,
)


def main() -> bool:
    """Six places on the orbit."""
    return show(PROGRAM)


if __name__ == "__main__":
    main_of(main)
