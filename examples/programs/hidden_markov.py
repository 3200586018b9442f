"""A hidden Markov model: the logarithm of the likelihood of what was observed, by the forward algorithm.

All in logarithms, with the largest taken off before each sum of exponentials. The derivative by the scores of emissions
counts how often each state is expected to have emitted what was seen, which the forward-backward algorithm gives.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from program import Program, main_of, show

MLIR = """
func.func @log_likelihood(%move: memref<?x?xf64>, %emit: memref<?x?xf64>, %seen: memref<?xindex>) -> f64 {
  %zero = arith.constant 0.0 : f64
  %low = arith.constant -1.0e300 : f64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %states = memref.dim %move, %c0 : memref<?x?xf64>
  %length = memref.dim %seen, %c0 : memref<?xindex>
  %old = memref.alloc(%states) : memref<?xf64>
  %new = memref.alloc(%states) : memref<?xf64>
  %first = memref.load %seen[%c0] : memref<?xindex>
  scf.for %s = %c0 to %states step %c1 {
    %score = memref.load %emit[%s, %first] : memref<?x?xf64>
    memref.store %score, %old[%s] : memref<?xf64>
  }
  scf.for %t = %c1 to %length step %c1 {
    %symbol = memref.load %seen[%t] : memref<?xindex>
    scf.for %s = %c0 to %states step %c1 {
      %most = scf.for %r = %c0 to %states step %c1 iter_args(%best = %low) -> (f64) {
        %a = memref.load %old[%r] : memref<?xf64>
        %b = memref.load %move[%r, %s] : memref<?x?xf64>
        %ab = arith.addf %a, %b : f64
        %better = arith.maximumf %best, %ab : f64
        scf.yield %better : f64
      }
      %sum = scf.for %r = %c0 to %states step %c1 iter_args(%before = %zero) -> (f64) {
        %a = memref.load %old[%r] : memref<?xf64>
        %b = memref.load %move[%r, %s] : memref<?x?xf64>
        %ab = arith.addf %a, %b : f64
        %less = arith.subf %ab, %most : f64
        %e = math.exp %less : f64
        %after = arith.addf %before, %e : f64
        scf.yield %after : f64
      }
      %log = math.log %sum : f64
      %score = memref.load %emit[%s, %symbol] : memref<?x?xf64>
      %reached = arith.addf %most, %log : f64
      %all = arith.addf %reached, %score : f64
      memref.store %all, %new[%s] : memref<?xf64>
    }
    memref.copy %new, %old : memref<?xf64> to memref<?xf64>
  }
  %top = memref.load %old[%c0] : memref<?xf64>
  %total = scf.for %s = %c0 to %states step %c1 iter_args(%before = %zero) -> (f64) {
    %a = memref.load %old[%s] : memref<?xf64>
    %less = arith.subf %a, %top : f64
    %e = math.exp %less : f64
    %after = arith.addf %before, %e : f64
    scf.yield %after : f64
  }
  %log = math.log %total : f64
  %r = arith.addf %log, %top : f64
  memref.dealloc %new : memref<?xf64>
  memref.dealloc %old : memref<?xf64>
  return %r : f64
}
"""


def weather(length: int = 10, states: int = 3, symbols: int = 4) -> dict[str, Any]:
    """Logarithms of probabilities, and what was seen."""
    rng = np.random.default_rng(18)
    return {
        "move": np.log(rng.dirichlet(np.ones(states), states)),
        "emit": np.log(rng.dirichlet(np.ones(symbols), states)),
        "seen": rng.integers(0, symbols, length),
    }


def forward(move: Any, emit: Any, seen: Any) -> Any:
    """The logarithms of the forward probabilities, a row for each time."""
    rows = [emit[:, seen[0]]]
    for symbol in seen[1:]:
        rows.append(np.logaddexp.reduce(rows[-1][:, None] + move, axis=0) + emit[:, symbol])
    return np.array(rows)


def log_likelihood(move: Any, emit: Any, seen: Any) -> float:
    """The logarithm of the likelihood."""
    return float(np.logaddexp.reduce(forward(move, emit, seen)[-1]))


def expected(move: Any, emit: Any, seen: Any) -> tuple[Any, Any]:
    """The expected numbers of moves and emissions, by the forward-backward algorithm."""
    before = forward(move, emit, seen)
    after = [np.zeros(len(move))]
    for symbol in seen[:0:-1]:
        after.insert(0, np.logaddexp.reduce(move + emit[:, symbol] + after[0], axis=1))
    total = np.logaddexp.reduce(before[-1])
    moves, emissions = np.zeros_like(move), np.zeros_like(emit)
    for t, symbol in enumerate(seen):
        emissions[:, symbol] += np.exp(before[t] + after[t] - total)
        if t:
            moves += np.exp(before[t - 1][:, None] + move + emit[:, symbol] + after[t] - total)
    return moves, emissions


PROGRAM = Program(
    "hidden Markov model",
    MLIR,
    "log_likelihood",
    ("move", "emit"),
    weather,
    log_likelihood,
    expected,
    large=lambda: weather(200, 8, 6),
)


def main() -> bool:
    """Ten days of weather."""
    return show(PROGRAM)


if __name__ == "__main__":
    main_of(main)
