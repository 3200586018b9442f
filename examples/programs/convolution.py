"""The blur of a camera, found from a sharp and a blurred picture: a two-dimensional convolution and its gradient.

`@misfit` blurs a picture with a kernel of 3 by 3 (`linalg.conv_2d`) and compares it with the blurred one. The gradient
by the kernel is a correlation of the picture with the residual; by the picture it is a convolution with the kernel.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from program import Program, check, main_of, show

MLIR = """
#each = affine_map<(i, j) -> (i, j)>
#sum = affine_map<(i, j) -> ()>

func.func @misfit(%picture: memref<?x?xf64>, %kernel: memref<3x3xf64>, %blurred: memref<?x?xf64>) -> f64 {
  %zero = arith.constant 0.0 : f64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %rows = memref.dim %blurred, %c0 : memref<?x?xf64>
  %columns = memref.dim %blurred, %c1 : memref<?x?xf64>
  %out = memref.alloc(%rows, %columns) : memref<?x?xf64>
  linalg.fill ins(%zero : f64) outs(%out : memref<?x?xf64>)
  linalg.conv_2d ins(%picture, %kernel : memref<?x?xf64>, memref<3x3xf64>) outs(%out : memref<?x?xf64>)
  %sum = memref.alloca() : memref<f64>
  memref.store %zero, %sum[] : memref<f64>
  linalg.generic {indexing_maps = [#each, #each, #sum], iterator_types = ["reduction", "reduction"]}
      ins(%out, %blurred : memref<?x?xf64>, memref<?x?xf64>) outs(%sum : memref<f64>) {
  ^bb0(%found: f64, %seen: f64, %before: f64):
    %off = arith.subf %found, %seen : f64
    %square = arith.mulf %off, %off : f64
    %after = arith.addf %before, %square : f64
    linalg.yield %after : f64
  }
  %r = memref.load %sum[] : memref<f64>
  memref.dealloc %out : memref<?x?xf64>
  return %r : f64
}
"""

BLUR = np.array([[1.0, 2.0, 1.0], [2.0, 4.0, 2.0], [1.0, 2.0, 1.0]]) / 16


def blur(picture: Any, kernel: Any) -> Any:
    """The correlation that neural networks call a convolution, where the kernel fits into the picture."""
    windows = np.lib.stride_tricks.sliding_window_view(picture, kernel.shape)
    return np.einsum("ijkl,kl->ij", windows, kernel)


def pictures(size: int = 10) -> dict[str, Any]:
    """A picture of noise, a first guess of the kernel, and the picture that the camera took."""
    picture = np.random.default_rng(3).normal(size=(size, size))
    guess = np.full((3, 3), 1 / 9)
    return {"picture": picture, "kernel": guess, "blurred": blur(picture, BLUR)}


def misfit(picture: Any, kernel: Any, blurred: Any) -> float:
    """The sum of squares of the residual."""
    return float(np.sum((blur(picture, kernel) - blurred) ** 2))


def backward(picture: Any, kernel: Any, blurred: Any) -> tuple[Any, Any]:
    """The gradient by picture and kernel."""
    off = 2 * (blur(picture, kernel) - blurred)
    return blur(np.pad(off, 2), kernel[::-1, ::-1]), blur(picture, off)


PROGRAM = Program(
    "convolution", MLIR, "misfit", ("picture", "kernel"), pictures, misfit, backward, large=lambda: pictures(64)
)


def find_blur(steps: int = 100) -> Any:
    """Gradient descent over the kernel."""
    from enzyme_mlir import grad

    slope = grad(MLIR, "misfit", wrt="kernel")
    given = pictures(40)
    for _ in range(steps):
        given["kernel"] = given["kernel"] - slope(**given) / (2 * 38 * 38)
    return given["kernel"]


def main() -> bool:
    """Compare the gradient, then find the kernel."""
    good = show(PROGRAM)
    kernel = find_blur()
    print("The kernel, found from a blurred picture:")
    rows = [(f"kernel {at}", float(kernel[at]), float(BLUR[at])) for at in ((0, 0), (0, 1), (1, 1), (2, 1))]
    return check(rows, 1e-6, ("found", "the camera's")) and good


if __name__ == "__main__":
    main_of(main)
