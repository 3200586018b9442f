"""How alike two melodies are though one is played slower: dynamic time warping with a soft minimum.

`@distance` fills a table by the recursion of Bellman: each cell takes the soft minimum of three neighbours. The table's
border is infinitely far, but for its corner; differentiated by both melodies. NumPy goes through the table backwards.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from program import Program, main_of, show

MLIR = """
func.func @softmin(%a: f64, %b: f64, %c: f64) -> f64 {
  %ab = arith.minimumf %a, %b : f64
  %least = arith.minimumf %ab, %c : f64
  %da = arith.subf %least, %a : f64
  %db = arith.subf %least, %b : f64
  %dc = arith.subf %least, %c : f64
  %ea = math.exp %da : f64
  %eb = math.exp %db : f64
  %ec = math.exp %dc : f64
  %eab = arith.addf %ea, %eb : f64
  %sum = arith.addf %eab, %ec : f64
  %log = math.log %sum : f64
  %r = arith.subf %least, %log : f64
  return %r : f64
}

func.func @distance(%x: memref<?xf64>, %y: memref<?xf64>) -> f64 {
  %zero = arith.constant 0.0 : f64
  %far = arith.constant 1.0e10 : f64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %m = memref.dim %x, %c0 : memref<?xf64>
  %n = memref.dim %y, %c0 : memref<?xf64>
  %m1 = arith.addi %m, %c1 : index
  %n1 = arith.addi %n, %c1 : index
  %table = memref.alloc(%m1, %n1) : memref<?x?xf64>
  linalg.fill ins(%far : f64) outs(%table : memref<?x?xf64>)
  memref.store %zero, %table[%c0, %c0] : memref<?x?xf64>
  scf.for %i = %c1 to %m1 step %c1 {
    scf.for %j = %c1 to %n1 step %c1 {
      %up = arith.subi %i, %c1 : index
      %left = arith.subi %j, %c1 : index
      %a = memref.load %table[%up, %left] : memref<?x?xf64>
      %b = memref.load %table[%up, %j] : memref<?x?xf64>
      %c = memref.load %table[%i, %left] : memref<?x?xf64>
      %least = func.call @softmin(%a, %b, %c) : (f64, f64, f64) -> f64
      %xi = memref.load %x[%up] : memref<?xf64>
      %yj = memref.load %y[%left] : memref<?xf64>
      %off = arith.subf %xi, %yj : f64
      %square = arith.mulf %off, %off : f64
      %cell = arith.addf %square, %least : f64
      memref.store %cell, %table[%i, %j] : memref<?x?xf64>
    }
  }
  %r = memref.load %table[%m, %n] : memref<?x?xf64>
  memref.dealloc %table : memref<?x?xf64>
  return %r : f64
}
"""


def melodies(size: int = 6) -> dict[str, Any]:
    """A melody, and the same one slower."""
    return {"x": np.sin(np.linspace(0.0, 6.0, size)), "y": np.sin(np.linspace(0.2, 6.0, 3 * size // 2))}


def tables(x: Any, y: Any) -> tuple[Any, Any]:
    """The table, and for each cell the weights of its three neighbours."""
    table = np.full((len(x) + 1, len(y) + 1), 1e10)
    weights = np.zeros((len(x) + 1, len(y) + 1, 3))
    table[0, 0] = 0.0
    for i, j in np.ndindex(len(x), len(y)):
        near = np.array([table[i, j], table[i, j + 1], table[i + 1, j]])
        e = np.exp(near.min() - near)
        weights[i + 1, j + 1] = e / e.sum()
        table[i + 1, j + 1] = (x[i] - y[j]) ** 2 + near.min() - np.log(e.sum())
    return table, weights


def distance(x: Any, y: Any) -> float:
    """The last cell."""
    return float(tables(x, y)[0][-1, -1])


def gradient(x: Any, y: Any) -> tuple[Any, Any]:
    """The table backwards."""
    _, weights = tables(x, y)
    back = np.zeros(weights.shape[:2])
    back[-1, -1] = 1.0
    for i, j in reversed(list(np.ndindex(len(x), len(y)))):
        for near, weight in zip(((i, j), (i, j + 1), (i + 1, j)), weights[i + 1, j + 1], strict=True):
            back[near] += back[i + 1, j + 1] * weight
    pull = 2 * back[1:, 1:] * (x[:, None] - y)
    return pull.sum(axis=1), -pull.sum(axis=0)


PROGRAM = Program(
    "dynamic time warping", MLIR, "distance", ("x", "y"), melodies, distance, gradient, large=lambda: melodies(100)
)


def main() -> bool:
    """Melodies of six and nine notes."""
    return show(PROGRAM)


if __name__ == "__main__":
    main_of(main)
