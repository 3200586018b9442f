"""A membrane that swings: the wave equation on a square, with its edge held (`affine.if`), in three buffers.

`@swing` goes from the shape at the start to the shape after some steps, from a shape at rest; the speed of waves is one
parameter. It is linear in the shape, so NumPy has its adjoint as a matrix; the derivative by the speed comes from a
step into the complex plane.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from program import Program, complex_step, main_of, show

MLIR = """
#inside = affine_set<(i, j) : (i - 1 >= 0, 6 - i >= 0, j - 1 >= 0, 6 - j >= 0)>

func.func @swing(%shape: memref<8x8xf64>, %speed: f64, %steps: index) {
  %zero = arith.constant 0.0 : f64
  %two = arith.constant 2.0 : f64
  %four = arith.constant 4.0 : f64
  %before = memref.alloc() : memref<8x8xf64>
  %after = memref.alloc() : memref<8x8xf64>
  memref.copy %shape, %before : memref<8x8xf64> to memref<8x8xf64>
  %square = arith.mulf %speed, %speed : f64
  affine.for %t = 0 to %steps {
    affine.for %i = 0 to 8 {
      affine.for %j = 0 to 8 {
        %next = affine.if #inside(%i, %j) -> f64 {
          %n = affine.load %shape[%i - 1, %j] : memref<8x8xf64>
          %s = affine.load %shape[%i + 1, %j] : memref<8x8xf64>
          %w = affine.load %shape[%i, %j - 1] : memref<8x8xf64>
          %e = affine.load %shape[%i, %j + 1] : memref<8x8xf64>
          %c = affine.load %shape[%i, %j] : memref<8x8xf64>
          %old = affine.load %before[%i, %j] : memref<8x8xf64>
          %ns = arith.addf %n, %s : f64
          %we = arith.addf %w, %e : f64
          %all = arith.addf %ns, %we : f64
          %c4 = arith.mulf %four, %c : f64
          %bend = arith.subf %all, %c4 : f64
          %force = arith.mulf %square, %bend : f64
          %c2 = arith.mulf %two, %c : f64
          %move = arith.subf %c2, %old : f64
          %new = arith.addf %move, %force : f64
          affine.yield %new : f64
        } else {
          affine.yield %zero : f64
        }
        affine.store %next, %after[%i, %j] : memref<8x8xf64>
      }
    }
    memref.copy %shape, %before : memref<8x8xf64> to memref<8x8xf64>
    memref.copy %after, %shape : memref<8x8xf64> to memref<8x8xf64>
  }
  memref.dealloc %after : memref<8x8xf64>
  memref.dealloc %before : memref<8x8xf64>
  return
}
"""


def membrane(steps: int = 12) -> dict[str, Any]:
    """A membrane that was hit beside its middle."""
    y, x = np.mgrid[:8, :8]
    return {"shape": np.exp(-((x - 3.0) ** 2) - (y - 4.0) ** 2), "speed": 0.4, "steps": steps}


def swing(shape: Any, speed: Any, steps: int) -> Any:
    """The shape at the end."""
    before = shape
    for _ in range(steps):
        bend = shape[:-2, 1:-1] + shape[2:, 1:-1] + shape[1:-1, :-2] + shape[1:-1, 2:] - 4 * shape[1:-1, 1:-1]
        after = np.pad(2 * shape[1:-1, 1:-1] - before[1:-1, 1:-1] + speed**2 * bend, 1)
        before, shape = shape, after
    return shape


def gradient(seeds: tuple[Any], **arguments: Any) -> tuple[Any, ...]:
    """The adjoint of the linear map, one element of the shape at a time; the speed by a complex step."""
    by_shape = np.zeros((8, 8))
    for at in np.ndindex(8, 8):
        unit = np.zeros((8, 8))
        unit[at] = 1.0
        by_shape[at] = np.vdot(seeds[0], swing(unit, arguments["speed"], arguments["steps"]))
    return by_shape, complex_step(lambda **given: np.sum(seeds[0] * swing(**given)), arguments, "speed")


PROGRAM = Program(
    "wave equation on a square",
    MLIR,
    "swing",
    ("shape", "speed"),
    membrane,
    swing,
    gradient,
    outputs=("shape",),
    large=lambda: membrane(200),
)


def main() -> bool:
    """Twelve steps."""
    return show(PROGRAM)


if __name__ == "__main__":
    main_of(main)
