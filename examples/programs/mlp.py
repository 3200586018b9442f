"""A multilayer perceptron that learns a sine: two hidden layers of 12, tanh, the mean squared error, full batches.

`@loss` works on tensors, with `linalg` for the layers; the last layer is one wide. Its gradient by all weights drives
Adam until the loss is small.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from program import Program, main_of, show

MLIR = """
#each = affine_map<(d0, d1) -> (d0, d1)>
#row = affine_map<(d0, d1) -> (d1)>
#sum = affine_map<(d0, d1) -> ()>

func.func @layer(%x: tensor<32x12xf64>, %w: tensor<12x12xf64>, %b: tensor<12xf64>) -> tensor<32x12xf64> {
  %zero = arith.constant 0.0 : f64
  %empty = tensor.empty() : tensor<32x12xf64>
  %clear = linalg.fill ins(%zero : f64) outs(%empty : tensor<32x12xf64>) -> tensor<32x12xf64>
  %z = linalg.matmul ins(%x, %w : tensor<32x12xf64>, tensor<12x12xf64>) outs(%clear : tensor<32x12xf64>)
      -> tensor<32x12xf64>
  %y = linalg.generic {indexing_maps = [#each, #row, #each], iterator_types = ["parallel", "parallel"]}
      ins(%z, %b : tensor<32x12xf64>, tensor<12xf64>) outs(%empty : tensor<32x12xf64>) {
  ^bb0(%one: f64, %bias: f64, %old: f64):
    %sum = arith.addf %one, %bias : f64
    %t = math.tanh %sum : f64
    linalg.yield %t : f64
  } -> tensor<32x12xf64>
  return %y : tensor<32x12xf64>
}

func.func @loss(%x: tensor<32x1xf64>, %y: tensor<32x1xf64>, %w1: tensor<1x12xf64>, %b1: tensor<12xf64>,
                %w2: tensor<12x12xf64>, %b2: tensor<12xf64>, %w3: tensor<12x1xf64>, %b3: f64) -> f64 {
  %zero = arith.constant 0.0 : f64
  %count = arith.constant 32.0 : f64
  %wide = tensor.empty() : tensor<32x12xf64>
  %h1 = linalg.generic {
      indexing_maps = [affine_map<(d0, d1) -> (d0, 0)>, affine_map<(d0, d1) -> (0, d1)>, #row, #each],
      iterator_types = ["parallel", "parallel"]}
      ins(%x, %w1, %b1 : tensor<32x1xf64>, tensor<1x12xf64>, tensor<12xf64>) outs(%wide : tensor<32x12xf64>) {
  ^bb0(%one: f64, %weight: f64, %bias: f64, %old: f64):
    %product = arith.mulf %one, %weight : f64
    %sum = arith.addf %product, %bias : f64
    %t = math.tanh %sum : f64
    linalg.yield %t : f64
  } -> tensor<32x12xf64>
  %h2 = func.call @layer(%h1, %w2, %b2) : (tensor<32x12xf64>, tensor<12x12xf64>, tensor<12xf64>) -> tensor<32x12xf64>
  %narrow = tensor.empty() : tensor<32x1xf64>
  %biased = linalg.fill ins(%b3 : f64) outs(%narrow : tensor<32x1xf64>) -> tensor<32x1xf64>
  %out = linalg.matmul ins(%h2, %w3 : tensor<32x12xf64>, tensor<12x1xf64>) outs(%biased : tensor<32x1xf64>)
      -> tensor<32x1xf64>
  %start = tensor.from_elements %zero : tensor<f64>
  %total = linalg.generic {indexing_maps = [#each, #each, #sum], iterator_types = ["reduction", "reduction"]}
      ins(%out, %y : tensor<32x1xf64>, tensor<32x1xf64>) outs(%start : tensor<f64>) {
  ^bb0(%found: f64, %wanted: f64, %before: f64):
    %off = arith.subf %found, %wanted : f64
    %square = arith.mulf %off, %off : f64
    %after = arith.addf %before, %square : f64
    linalg.yield %after : f64
  } -> tensor<f64>
  %sum = tensor.extract %total[] : tensor<f64>
  %mean = arith.divf %sum, %count : f64
  return %mean : f64
}
"""


def start() -> dict[str, Any]:
    """The points of a sine, and weights at random."""
    rng = np.random.default_rng(1)
    x = np.linspace(-1.0, 1.0, 32)[:, None]
    return {
        "x": x,
        "y": np.sin(np.pi * x),
        "w1": rng.normal(size=(1, 12)),
        "b1": rng.normal(size=12) / 2,
        "w2": rng.normal(size=(12, 12)) / np.sqrt(12),
        "b2": np.zeros(12),
        "w3": rng.normal(size=(12, 1)) / np.sqrt(12),
        "b3": 0.1,
    }


def loss(x: Any, y: Any, w1: Any, b1: Any, w2: Any, b2: Any, w3: Any, b3: float) -> float:
    """The mean squared error."""
    return float(np.mean((np.tanh(np.tanh(x @ w1 + b1) @ w2 + b2) @ w3 + b3 - y) ** 2))


def backward(x: Any, y: Any, w1: Any, b1: Any, w2: Any, b2: Any, w3: Any, b3: float) -> tuple[Any, ...]:
    """Backpropagation by hand."""
    h1 = np.tanh(x @ w1 + b1)
    h2 = np.tanh(h1 @ w2 + b2)
    off = 2 * (h2 @ w3 + b3 - y) / len(x)
    back2 = off @ w3.T * (1 - h2**2)
    back1 = back2 @ w2.T * (1 - h1**2)
    return x.T @ back1, back1.sum(0), h1.T @ back2, back2.sum(0), h2.T @ off, float(off.sum())


WEIGHTS = ("w1", "b1", "w2", "b2", "w3", "b3")
PROGRAM = Program("multilayer perceptron", MLIR, "loss", WEIGHTS, start, loss, backward)


def train(steps: int = 1500, rate: float = 0.01) -> list[float]:
    """Adam, from the weights at random: the loss at each step."""
    from enzyme_mlir import value_and_grad

    step = value_and_grad(MLIR, "loss", wrt=WEIGHTS)
    net = start()
    mean = {name: np.zeros_like(net[name]) for name in WEIGHTS}
    square = {name: np.zeros_like(net[name]) for name in WEIGHTS}
    losses: list[float] = []
    for count in range(1, steps + 1):
        value, slopes = step(**net)
        losses.append(value)
        for name, slope in zip(WEIGHTS, slopes, strict=True):
            mean[name] = 0.9 * mean[name] + 0.1 * slope
            square[name] = 0.999 * square[name] + 0.001 * slope**2
            scale = np.sqrt(square[name] / (1 - 0.999**count)) + 1e-8
            net[name] = net[name] - rate * mean[name] / (1 - 0.9**count) / scale
    return losses


def main() -> bool:
    """Compare the gradient at the start, then learn."""
    good = show(PROGRAM, 1)
    losses = train()
    for count in (0, 10, 100, 500, len(losses) - 1):
        print(f"the loss after {count:4} steps: {losses[count]:.2e}")
    return good and losses[-1] < 1e-5


if __name__ == "__main__":
    main_of(main)
