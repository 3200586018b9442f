"""A recurrent network that learns to remember: the first number of a series, told at its end.

`@loss` runs a state of six numbers through each series, in memory that is overwritten at every step, and compares a
weighted sum of the last state with the number that was to be remembered. Trained by gradient descent with momentum.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from program import Program, main_of, show

MLIR = """
func.func @advance(%w: memref<6x6xf64>, %in: memref<6xf64>, %x: f64, %old: memref<6xf64>, %new: memref<6xf64>) {
  affine.for %i = 0 to 6 {
    %u = affine.load %in[%i] : memref<6xf64>
    %start = arith.mulf %u, %x : f64
    %sum = affine.for %j = 0 to 6 iter_args(%before = %start) -> (f64) {
      %wij = affine.load %w[%i, %j] : memref<6x6xf64>
      %h = affine.load %old[%j] : memref<6xf64>
      %wh = arith.mulf %wij, %h : f64
      %after = arith.addf %before, %wh : f64
      affine.yield %after : f64
    }
    %t = math.tanh %sum : f64
    affine.store %t, %new[%i] : memref<6xf64>
  }
  return
}

func.func @loss(%w: memref<6x6xf64>, %in: memref<6xf64>, %out: memref<6xf64>, %series: memref<?x?xf64>) -> f64 {
  %zero = arith.constant 0.0 : f64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %count = memref.dim %series, %c0 : memref<?x?xf64>
  %length = memref.dim %series, %c1 : memref<?x?xf64>
  %state = memref.alloc() : memref<6xf64>
  %next = memref.alloc() : memref<6xf64>
  %sum = scf.for %s = %c0 to %count step %c1 iter_args(%before = %zero) -> (f64) {
    linalg.fill ins(%zero : f64) outs(%state : memref<6xf64>)
    scf.for %t = %c0 to %length step %c1 {
      %x = memref.load %series[%s, %t] : memref<?x?xf64>
      func.call @advance(%w, %in, %x, %state, %next)
          : (memref<6x6xf64>, memref<6xf64>, f64, memref<6xf64>, memref<6xf64>) -> ()
      memref.copy %next, %state : memref<6xf64> to memref<6xf64>
    }
    %told = affine.for %i = 0 to 6 iter_args(%part = %zero) -> (f64) {
      %v = affine.load %out[%i] : memref<6xf64>
      %h = affine.load %state[%i] : memref<6xf64>
      %vh = arith.mulf %v, %h : f64
      %more = arith.addf %part, %vh : f64
      affine.yield %more : f64
    }
    %wanted = memref.load %series[%s, %c0] : memref<?x?xf64>
    %off = arith.subf %told, %wanted : f64
    %square = arith.mulf %off, %off : f64
    %after = arith.addf %before, %square : f64
    scf.yield %after : f64
  }
  %count_int = arith.index_cast %count : index to i64
  %many = arith.sitofp %count_int : i64 to f64
  %mean = arith.divf %sum, %many : f64
  memref.dealloc %next : memref<6xf64>
  memref.dealloc %state : memref<6xf64>
  return %mean : f64
}
"""

WEIGHTS = ("w", "in", "out")


def start(count: int = 12, length: int = 4) -> dict[str, Any]:
    """Weights at random, and series of noise."""
    rng = np.random.default_rng(17)
    return {
        "w": 0.8 * np.linalg.qr(rng.normal(size=(6, 6)))[0],
        "in": 0.3 * rng.normal(size=6),
        "out": 0.5 * rng.normal(size=6),
        "series": rng.uniform(-1.0, 1.0, (count, length)),
    }


def states(given: dict[str, Any]) -> list[Any]:
    """The states at all times, a row for each series."""
    found = [np.zeros((len(given["series"]), 6))]
    for x in given["series"].T:
        found.append(np.tanh(found[-1] @ given["w"].T + np.outer(x, given["in"])))
    return found


def loss(**given: Any) -> float:
    """The mean squared error."""
    return float(np.mean((states(given)[-1] @ given["out"] - given["series"][:, 0]) ** 2))


def backward(**given: Any) -> tuple[Any, Any, Any]:
    """Backpropagation through time, by hand."""
    found, series = states(given), given["series"]
    off = 2 * (found[-1] @ given["out"] - series[:, 0]) / len(series)
    back = np.outer(off, given["out"])
    by_w, by_in = np.zeros((6, 6)), np.zeros(6)
    for old, new, x in zip(found[-2::-1], found[:0:-1], series.T[::-1], strict=True):
        inner = back * (1 - new**2)
        by_w += inner.T @ old
        by_in += x @ inner
        back = inner @ given["w"]
    return by_w, by_in, off @ found[-1]


PROGRAM = Program("recurrent network", MLIR, "loss", WEIGHTS, start, loss, backward, large=lambda: start(64, 12))


def train(steps: int = 3000, rate: float = 0.05) -> list[float]:
    """Gradient descent with momentum: the loss at each step."""
    from enzyme_mlir import value_and_grad

    step, given = value_and_grad(MLIR, "loss", wrt=WEIGHTS), start()
    speed = {name: np.zeros_like(given[name]) for name in WEIGHTS}
    losses: list[float] = []
    for _ in range(steps):
        value, slopes = step(**given)
        losses.append(value)
        for name, slope in zip(WEIGHTS, slopes, strict=True):
            speed[name] = 0.9 * speed[name] - rate * slope
            given[name] = given[name] + speed[name]
    return losses


def main() -> bool:
    """Compare, then learn."""
    good = show(PROGRAM)
    losses = train()
    for count in (0, 10, 100, 1000, len(losses) - 1):
        print(f"the loss after {count:4} steps: {losses[count]:.2e}")
    return good and losses[-1] < 1e-3


if __name__ == "__main__":
    main_of(main)
