"""Three kinds of flowers told apart by two measurements: the cross-entropy of a softmax, minimised.

`@loss` takes a table of points with a label each. Batched labels are integers; the picked score is a load at a computed
place. Trained to the loss that can be reached, where the gradient vanishes.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from program import Program, main_of, show

MLIR = """
func.func @loss(%w: memref<3x3xf64>, %x: memref<?x3xf64>, %label: memref<?xi8>) -> f64 {
  %zero = arith.constant 0.0 : f64
  %low = arith.constant 0xFFF0000000000000 : f64  // minus infinity
  %weight_decay = arith.constant 1.0e-3 : f64
  %c0 = arith.constant 0 : index
  %rows = memref.dim %x, %c0 : memref<?x3xf64>
  %score = memref.alloca() : memref<3xf64>
  %sum = affine.for %i = 0 to %rows iter_args(%before = %zero) -> (f64) {
    affine.for %k = 0 to 3 {
      %s = affine.for %j = 0 to 3 iter_args(%part = %zero) -> (f64) {
        %a = affine.load %x[%i, %j] : memref<?x3xf64>
        %b = affine.load %w[%j, %k] : memref<3x3xf64>
        %ab = arith.mulf %a, %b : f64
        %more = arith.addf %part, %ab : f64
        affine.yield %more : f64
      }
      affine.store %s, %score[%k] : memref<3xf64>
    }
    %most = affine.for %k = 0 to 3 iter_args(%best = %low) -> (f64) {
      %s = affine.load %score[%k] : memref<3xf64>
      %better = arith.maximumf %best, %s : f64
      affine.yield %better : f64
    }
    %total = affine.for %k = 0 to 3 iter_args(%part = %zero) -> (f64) {
      %s = affine.load %score[%k] : memref<3xf64>
      %less = arith.subf %s, %most : f64
      %e = math.exp %less : f64
      %more = arith.addf %part, %e : f64
      affine.yield %more : f64
    }
    %log = math.log %total : f64
    %all = arith.addf %log, %most : f64
    %kind_int = affine.load %label[%i] : memref<?xi8>
    %kind = arith.index_cast %kind_int : i8 to index
    %picked = memref.load %score[%kind] : memref<3xf64>
    %term = arith.subf %all, %picked : f64
    %after = arith.addf %before, %term : f64
    affine.yield %after : f64
  }
  %rows_int = arith.index_cast %rows : index to i64
  %many = arith.sitofp %rows_int : i64 to f64
  %mean = arith.divf %sum, %many : f64
  %squares = affine.for %j = 0 to 3 iter_args(%outer = %zero) -> (f64) {
    %row = affine.for %k = 0 to 3 iter_args(%part = %outer) -> (f64) {
      %b = affine.load %w[%j, %k] : memref<3x3xf64>
      %bb = arith.mulf %b, %b : f64
      %more = arith.addf %part, %bb : f64
      affine.yield %more : f64
    }
    affine.yield %row : f64
  }
  %penalty = arith.mulf %weight_decay, %squares : f64
  %r = arith.addf %mean, %penalty : f64
  return %r : f64
}
"""


def flowers(size: int = 30) -> dict[str, Any]:
    """Three clouds of points with a one in front, and weights at random."""
    rng = np.random.default_rng(19)
    label = np.arange(size) % 3
    centre = np.array([[0.0, 2.0], [2.0, -1.0], [-2.0, -1.0]])
    x = np.column_stack([np.ones(size), centre[label] + rng.normal(size=(size, 2))])
    return {"w": 0.5 * rng.normal(size=(3, 3)), "x": x, "label": label.astype(np.int8)}


def probabilities(w: Any, x: Any) -> Any:
    """The softmax of the scores."""
    score = x @ w
    e = np.exp(score - score.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


def loss(w: Any, x: Any, label: Any) -> float:
    """The cross-entropy, with a penalty."""
    picked = probabilities(w, x)[np.arange(len(x)), label]
    return float(-np.mean(np.log(picked)) + 1e-3 * np.sum(w * w))


def gradient(w: Any, x: Any, label: Any) -> tuple[Any]:
    """The residual of the probabilities, projected."""
    return (x.T @ (probabilities(w, x) - np.eye(3)[label]) / len(x) + 2e-3 * w,)


PROGRAM = Program("softmax regression", MLIR, "loss", ("w",), flowers, loss, gradient, large=lambda: flowers(3000))


def train(steps: int = 2000) -> tuple[Any, list[float]]:
    """Gradient descent: the weights, and the loss at each step."""
    from enzyme_mlir import value_and_grad

    step, given = value_and_grad(MLIR, "loss", wrt="w"), flowers(150)
    losses: list[float] = []
    for _ in range(steps):
        value, slope = step(**given)
        losses.append(value)
        given["w"] = given["w"] - 0.5 * slope
    return given["w"], losses


def main() -> bool:
    """Compare, then learn."""
    good = show(PROGRAM, 4)
    w, losses = train()
    given = flowers(150)
    right = float(np.mean(probabilities(w, given["x"]).argmax(axis=1) == given["label"]))
    steep = float(np.max(np.abs(gradient(w, given["x"], given["label"])[0])))
    print(
        f"the loss: {losses[0]:.3f} at first, {losses[-1]:.3f} after {len(losses)} steps, where it is {steep:.0e} steep"
    )
    print(f"{right:.0%} of the flowers are told right")
    return good and steep < 1e-3 and right > 0.9


if __name__ == "__main__":
    main_of(main)
