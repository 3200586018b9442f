"""A bag of words: the rows of a table are gathered, averaged and scored. Gather forwards is scatter backwards.

`@score` looks up the row of each word, whose numbers may repeat. The gradient by the table has an entry for each time a
word occurs, added up.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from program import Program, main_of, show

MLIR = """
func.func @score(%table: memref<?x?xf64>, %words: memref<?xi64>, %weights: memref<?xf64>) -> f64 {
  %zero = arith.constant 0.0 : f64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %length = memref.dim %words, %c0 : memref<?xi64>
  %width = memref.dim %weights, %c0 : memref<?xf64>
  %length_int = arith.index_cast %length : index to i64
  %many = arith.sitofp %length_int : i64 to f64
  %score = scf.for %j = %c0 to %width step %c1 iter_args(%before = %zero) -> (f64) {
    %sum = scf.for %i = %c0 to %length step %c1 iter_args(%part = %zero) -> (f64) {
      %word = memref.load %words[%i] : memref<?xi64>
      %row = arith.index_cast %word : i64 to index
      %entry = memref.load %table[%row, %j] : memref<?x?xf64>
      %more = arith.addf %part, %entry : f64
      scf.yield %more : f64
    }
    %mean = arith.divf %sum, %many : f64
    %active = math.tanh %mean : f64
    %weight = memref.load %weights[%j] : memref<?xf64>
    %term = arith.mulf %active, %weight : f64
    %after = arith.addf %before, %term : f64
    scf.yield %after : f64
  }
  return %score : f64
}
"""


def sentence(words: int = 7, vocabulary: int = 10, width: int = 4) -> dict[str, Any]:
    """Words with repetitions."""
    rng = np.random.default_rng(8)
    return {
        "table": rng.normal(size=(vocabulary, width)),
        "words": rng.integers(0, vocabulary, words),
        "weights": rng.normal(size=width),
    }


def score(table: Any, words: Any, weights: Any) -> float:
    """The weighted sum."""
    return float(np.tanh(table[words].mean(axis=0)) @ weights)


def gradient(table: Any, words: Any, weights: Any) -> tuple[Any, Any]:
    """Backpropagation by hand, with a scatter."""
    active = np.tanh(table[words].mean(axis=0))
    by_table = np.zeros_like(table)
    np.add.at(by_table, words, weights * (1 - active**2) / len(words))
    return by_table, active


PROGRAM = Program(
    "gather: a bag of words",
    MLIR,
    "score",
    ("table", "weights"),
    sentence,
    score,
    gradient,
    large=lambda: sentence(500, 200, 16),
)


def main() -> bool:
    """A sentence of seven words."""
    return show(PROGRAM)


if __name__ == "__main__":
    main_of(main)
