"""Scaled dot-product attention: each query takes the mean of the values, weighted by the softmax of its scores.

`@attention` is a function from tensors to a tensor; differentiated by queries, keys and values. The largest score is
taken off before the exponential, as one does lest it overflow.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from program import Program, main_of, show

MLIR = """
#qk = affine_map<(i, j, d) -> (i, d)>
#kk = affine_map<(i, j, d) -> (j, d)>
#ss = affine_map<(i, j, d) -> (i, j)>
#each = affine_map<(i, j) -> (i, j)>
#row = affine_map<(i, j) -> (i)>

func.func @attention(%q: tensor<8x4xf64>, %k: tensor<8x4xf64>, %v: tensor<8x4xf64>) -> tensor<8x4xf64> {
  %zero = arith.constant 0.0 : f64
  %low = arith.constant -1.0e300 : f64
  %scale = arith.constant 0.5 : f64  // one over the root of the width 4
  %square = tensor.empty() : tensor<8x8xf64>
  %line = tensor.empty() : tensor<8xf64>
  %wide = tensor.empty() : tensor<8x4xf64>
  %none = linalg.fill ins(%zero : f64) outs(%square : tensor<8x8xf64>) -> tensor<8x8xf64>
  %scores = linalg.generic {indexing_maps = [#qk, #kk, #ss], iterator_types = ["parallel", "parallel", "reduction"]}
      ins(%q, %k : tensor<8x4xf64>, tensor<8x4xf64>) outs(%none : tensor<8x8xf64>) {
  ^bb0(%a: f64, %b: f64, %before: f64):
    %ab = arith.mulf %a, %b : f64
    %scaled = arith.mulf %ab, %scale : f64
    %after = arith.addf %before, %scaled : f64
    linalg.yield %after : f64
  } -> tensor<8x8xf64>
  %lowest = linalg.fill ins(%low : f64) outs(%line : tensor<8xf64>) -> tensor<8xf64>
  %largest = linalg.reduce { arith.maximumf } ins(%scores : tensor<8x8xf64>) outs(%lowest : tensor<8xf64>)
      dimensions = [1]
  %e = linalg.generic {indexing_maps = [#each, #row, #each], iterator_types = ["parallel", "parallel"]}
      ins(%scores, %largest : tensor<8x8xf64>, tensor<8xf64>) outs(%square : tensor<8x8xf64>) {
  ^bb0(%score: f64, %most: f64, %old: f64):
    %less = arith.subf %score, %most : f64
    %power = math.exp %less : f64
    linalg.yield %power : f64
  } -> tensor<8x8xf64>
  %nothing = linalg.fill ins(%zero : f64) outs(%line : tensor<8xf64>) -> tensor<8xf64>
  %sums = linalg.reduce { arith.addf } ins(%e : tensor<8x8xf64>) outs(%nothing : tensor<8xf64>) dimensions = [1]
  %weights = linalg.generic {indexing_maps = [#each, #row, #each], iterator_types = ["parallel", "parallel"]}
      ins(%e, %sums : tensor<8x8xf64>, tensor<8xf64>) outs(%square : tensor<8x8xf64>) {
  ^bb0(%power: f64, %sum: f64, %old: f64):
    %weight = arith.divf %power, %sum : f64
    linalg.yield %weight : f64
  } -> tensor<8x8xf64>
  %clear = linalg.fill ins(%zero : f64) outs(%wide : tensor<8x4xf64>) -> tensor<8x4xf64>
  %out = linalg.matmul ins(%weights, %v : tensor<8x8xf64>, tensor<8x4xf64>) outs(%clear : tensor<8x4xf64>)
      -> tensor<8x4xf64>
  return %out : tensor<8x4xf64>
}
"""


def words() -> dict[str, Any]:
    """Queries, keys and values of eight words."""
    rng = np.random.default_rng(2)
    return {name: rng.normal(size=(8, 4)) for name in ("q", "k", "v")}


def softmax(scores: Any) -> Any:
    """Weights that add up to one in each row."""
    e = np.exp(scores - scores.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def attention(q: Any, k: Any, v: Any) -> Any:
    """The weighted means."""
    return softmax(q @ k.T / 2) @ v


def backward(q: Any, k: Any, v: Any, seeds: tuple[Any, ...]) -> tuple[Any, Any, Any]:
    """The gradient, with the derivative of softmax from the textbook."""
    weights = softmax(q @ k.T / 2)
    by_weights = seeds[0] @ v.T
    by_scores = weights * (by_weights - np.sum(weights * by_weights, axis=1, keepdims=True))
    return by_scores @ k / 2, by_scores.T @ q / 2, weights.T @ seeds[0]


PROGRAM = Program("softmax attention", MLIR, "attention", ("q", "k", "v"), words, attention, backward)


def main() -> bool:
    """What eight words make of each other."""
    return show(PROGRAM)


if __name__ == "__main__":
    main_of(main)
