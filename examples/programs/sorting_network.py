"""Numbers brought into order by a network of comparisons: minimum and maximum of pairs, in place.

`@sorted` takes rounds of pairs that begin at 0 and at 1 in turn, so the inner loop begins where the round says and goes
by 2. The derivative is a permutation: each seed goes back to where its number came from.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from program import Program, main_of, show

MLIR = """
func.func @sorted(%x: memref<?xf64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %n = memref.dim %x, %c0 : memref<?xf64>
  %last = arith.subi %n, %c1 : index
  scf.for %round = %c0 to %n step %c1 {
    %from = arith.remui %round, %c2 : index
    scf.for %i = %from to %last step %c2 {
      %j = arith.addi %i, %c1 : index
      %a = memref.load %x[%i] : memref<?xf64>
      %b = memref.load %x[%j] : memref<?xf64>
      %low = arith.minimumf %a, %b : f64
      %high = arith.maximumf %a, %b : f64
      memref.store %low, %x[%i] : memref<?xf64>
      memref.store %high, %x[%j] : memref<?xf64>
    }
  }
  return
}
"""


def numbers(size: int = 7) -> dict[str, Any]:
    """Numbers in no order."""
    return {"x": np.random.default_rng(27).normal(size=size)}


def in_order(x: Any) -> Any:
    """The numbers in order."""
    return np.sort(x)


def gradient(x: Any, seeds: tuple[Any]) -> tuple[Any]:
    """Each seed goes back to where its number came from."""
    back = np.empty_like(x)
    back[np.argsort(x)] = seeds[0]
    return (back,)


PROGRAM = Program(
    "sorting network", MLIR, "sorted", ("x",), numbers, in_order, gradient, outputs=("x",), large=lambda: numbers(60)
)


def main() -> bool:
    """Seven numbers."""
    return show(PROGRAM, 7)


if __name__ == "__main__":
    main_of(main)
