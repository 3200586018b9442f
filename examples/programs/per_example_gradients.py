"""The gradient of each example by itself: `vmap` over `grad`, as one clips gradients for training with privacy.

`@loss` is the logistic loss of one example. One call gives a gradient for each row of the data; clipped to a length and
averaged, they take part in training without any of them showing.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from program import Program, distance, main_of, show

MLIR = """
func.func @loss(%w: memref<?xf64>, %x: memref<?xf64>, %y: f64) -> f64 {
  %zero = arith.constant 0.0 : f64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %size = memref.dim %w, %c0 : memref<?xf64>
  %z = scf.for %j = %c0 to %size step %c1 iter_args(%before = %zero) -> (f64) {
    %a = memref.load %w[%j] : memref<?xf64>
    %b = memref.load %x[%j] : memref<?xf64>
    %ab = arith.mulf %a, %b : f64
    %after = arith.addf %before, %ab : f64
    scf.yield %after : f64
  }
  %yz = arith.mulf %y, %z : f64
  %margin = arith.negf %yz : f64
  %e = math.exp %margin : f64
  %r = math.log1p %e : f64
  return %r : f64
}
"""


def example(size: int = 4) -> dict[str, Any]:
    """Weights and one example."""
    rng = np.random.default_rng(23)
    return {"w": rng.normal(size=size), "x": rng.normal(size=size), "y": -1.0}


def loss(w: Any, x: Any, y: float) -> float:
    """The loss of one example."""
    return float(np.log1p(np.exp(-y * (w @ x))))


def gradient(w: Any, x: Any, y: float) -> tuple[Any]:
    """Its gradient."""
    return (-y * x / (1 + np.exp(y * (w @ x))),)


PROGRAM = Program(
    "logistic loss of one example", MLIR, "loss", ("w",), example, loss, gradient, large=lambda: example(20_000)
)


def main() -> bool:
    """Compare one, then many; and train with clipped gradients."""
    from enzyme_mlir import grad, vmap

    good = show(PROGRAM, 4)
    rng = np.random.default_rng(24)
    x = rng.normal(size=(200, 4))
    y = np.where(x @ [1.0, -2.0, 0.5, 0.0] > 0, 1.0, -1.0)
    each = vmap(grad(MLIR, "loss", wrt="w"), in_axes={"x": 0, "y": 0})
    w = np.zeros(4)
    found = each(example()["w"], x, y)
    right = np.array([gradient(example()["w"], *row)[0] for row in zip(x, y, strict=True)])
    off = distance(found, right)
    print(f"200 gradients in one call, {found.shape}: the worst relative error is {off:.1e}")
    for _ in range(300):
        slopes = each(w, x, y)
        lengths = np.maximum(1.0, np.linalg.norm(slopes, axis=1, keepdims=True))
        w = w - np.mean(slopes / lengths, axis=0)
    hits = float(np.mean(np.sign(x @ w) == y))
    print(f"trained with gradients of length 1 at most: {hits:.1%} are right")
    return good and off < 1e-12 and hits > 0.97


if __name__ == "__main__":
    main_of(main)
