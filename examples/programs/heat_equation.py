"""The heat in a rod, by explicit steps on two buffers that change places; how it was at the start, found from the end.

`@misfit` spreads the temperatures for some steps and compares them with those that were measured. Its gradient by the
temperatures at the start and by the conductivity between neighbours is what the adjoint heat equation gives.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from program import Program, main_of, show

MLIR = """
func.func @misfit(%start: memref<?xf64>, %conductivity: memref<?xf64>, %measured: memref<?xf64>, %steps: index) -> f64 {
  %zero = arith.constant 0.0 : f64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %size = memref.dim %start, %c0 : memref<?xf64>
  %last = arith.subi %size, %c1 : index
  %here = memref.alloc(%size) : memref<?xf64>
  %there = memref.alloc(%size) : memref<?xf64>
  memref.copy %start, %here : memref<?xf64> to memref<?xf64>
  memref.copy %start, %there : memref<?xf64> to memref<?xf64>  // both ends stay as they are
  %end:2 = scf.for %t = %c0 to %steps step %c1 iter_args(%old = %here, %new = %there)
      -> (memref<?xf64>, memref<?xf64>) {
    scf.for %i = %c1 to %last step %c1 {
      %j = arith.subi %i, %c1 : index
      %k = arith.addi %i, %c1 : index
      %left = memref.load %old[%j] : memref<?xf64>
      %middle = memref.load %old[%i] : memref<?xf64>
      %right = memref.load %old[%k] : memref<?xf64>
      %from_left = memref.load %conductivity[%j] : memref<?xf64>
      %from_right = memref.load %conductivity[%i] : memref<?xf64>
      %down = arith.subf %left, %middle : f64
      %up = arith.subf %right, %middle : f64
      %flow_left = arith.mulf %from_left, %down : f64
      %flow_right = arith.mulf %from_right, %up : f64
      %flow = arith.addf %flow_left, %flow_right : f64
      %next = arith.addf %middle, %flow : f64
      memref.store %next, %new[%i] : memref<?xf64>
    }
    scf.yield %new, %old : memref<?xf64>, memref<?xf64>
  }
  %sum = scf.for %i = %c0 to %size step %c1 iter_args(%before = %zero) -> (f64) {
    %found = memref.load %end#0[%i] : memref<?xf64>
    %wanted = memref.load %measured[%i] : memref<?xf64>
    %off = arith.subf %found, %wanted : f64
    %square = arith.mulf %off, %off : f64
    %after = arith.addf %before, %square : f64
    scf.yield %after : f64
  }
  memref.dealloc %here : memref<?xf64>
  memref.dealloc %there : memref<?xf64>
  return %sum : f64
}
"""


def spread(start: Any, conductivity: Any, steps: int) -> list[Any]:
    """The temperatures at all times."""
    times = [start]
    for _ in range(steps):
        flow = conductivity[:-1] * np.diff(times[-1])
        times.append(times[-1] + np.concatenate([[0.0], np.diff(flow), [0.0]]))
    return times


def rod(size: int = 12, steps: int = 15) -> dict[str, Any]:
    """A rod that conducts better at one end, a guess of its temperatures, and what was measured after some steps."""
    conductivity = np.linspace(0.1, 0.4, size)
    measured = spread(np.exp(-(np.linspace(-2.0, 2.0, size) ** 2)), conductivity, steps)[-1]
    return {"start": np.linspace(0.0, 1.0, size), "conductivity": conductivity, "measured": measured, "steps": steps}


def misfit(start: Any, conductivity: Any, measured: Any, steps: int) -> float:
    """The sum of squares of the differences."""
    return float(np.sum((spread(start, conductivity, steps)[-1] - measured) ** 2))


def adjoint(start: Any, conductivity: Any, measured: Any, steps: int) -> tuple[Any, Any]:
    """The heat equation backwards."""
    times = spread(start, conductivity, steps)
    back = 2 * (times[-1] - measured)
    by_conductivity = np.zeros_like(conductivity)
    for old in reversed(times[:-1]):
        inner = np.concatenate([[0.0], back[1:-1], [0.0]])
        pull = np.diff(inner)
        by_conductivity[:-1] -= pull * np.diff(old)
        flow = conductivity[:-1] * pull
        back = back + np.concatenate([flow, [0.0]]) - np.concatenate([[0.0], flow])
    return back, by_conductivity


PROGRAM = Program(
    "heat equation on two buffers",
    MLIR,
    "misfit",
    ("start", "conductivity"),
    rod,
    misfit,
    adjoint,
    large=lambda: rod(200, 50),
)


def main() -> bool:
    """Compare the gradient, and go back in time along it."""
    from enzyme_mlir import value_and_grad

    good = show(PROGRAM, 4)
    step, given = value_and_grad(MLIR, "misfit", wrt="start"), rod(12, 3)
    losses = []
    for _ in range(2000):
        value, slope = step(**given)
        losses.append(value)
        given["start"] = given["start"] - 0.4 * slope
    print(f"the misfit of the rod three steps ago: {losses[0]:.2e} at first, {losses[-1]:.2e} after 2000 steps")
    return good and losses[-1] < 1e-5


if __name__ == "__main__":
    main_of(main)
