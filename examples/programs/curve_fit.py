"""A decay with a background, fitted by the method of Gauss and Newton: the Jacobian of a model in one call.

`@model` takes a vector of three parameters and leaves the model at all times in memory, by a parallel loop. `jacobian`
gives a column for each parameter, by three runs of forward mode.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from program import Program, check, main_of, show

MLIR = """
func.func @model(%p: memref<3xf64>, %time: memref<?xf64>, %y: memref<?xf64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %count = memref.dim %time, %c0 : memref<?xf64>
  %height = memref.load %p[%c0] : memref<3xf64>
  %rate = memref.load %p[%c1] : memref<3xf64>
  %ground = memref.load %p[%c2] : memref<3xf64>
  scf.parallel (%i) = (%c0) to (%count) step (%c1) {
    %t = memref.load %time[%i] : memref<?xf64>
    %minus = arith.negf %rate : f64
    %power = arith.mulf %minus, %t : f64
    %e = math.exp %power : f64
    %decay = arith.mulf %height, %e : f64
    %sum = arith.addf %decay, %ground : f64
    memref.store %sum, %y[%i] : memref<?xf64>
  }
  return
}
"""


def counts(size: int = 10) -> dict[str, Any]:
    """Times, and a guess of the parameters."""
    return {"p": np.array([2.0, 0.5, 0.0]), "time": np.linspace(0.0, 4.0, size), "y": np.zeros(size)}


def model(p: Any, time: Any, y: Any) -> Any:
    """The model at all times."""
    return p[0] * np.exp(-p[1] * time) + p[2]


def gradient(p: Any, time: Any, y: Any, seeds: tuple[Any]) -> tuple[Any]:
    """The transposed Jacobian times the seeds."""
    e = np.exp(-p[1] * time)
    return (np.stack([e, -p[0] * time * e, np.ones_like(e)]) @ seeds[0],)


PROGRAM = Program(
    "curve fit, in a parallel loop",
    MLIR,
    "model",
    ("p",),
    counts,
    model,
    gradient,
    outputs=("y",),
    large=lambda: counts(5000),
)


def fit(measured: Any) -> Any:
    """Gauss and Newton's steps: the parameters."""
    from enzyme_mlir import jacobian

    slopes = jacobian(MLIR, "model", wrt="p")
    given = counts(len(measured))
    for _ in range(20):
        off = measured - model(**given)
        given["p"] = given["p"] + np.linalg.lstsq(slopes(**given), off, rcond=None)[0]
    return given["p"]


def main() -> bool:
    """Compare, then find the parameters of a curve."""
    good = show(PROGRAM)
    true = np.array([3.0, 0.7, 0.5])
    found = fit(model(**(counts(30) | {"p": true})))
    rows = [(name, float(found[i]), float(true[i])) for i, name in enumerate(("height", "rate", "background"))]
    return check(rows, 1e-9, ("fitted", "the curve's")) and good


if __name__ == "__main__":
    main_of(main)
