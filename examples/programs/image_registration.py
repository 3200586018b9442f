"""How far one picture is shifted from another: bilinear interpolation, differentiated by the shift and by the picture.

`@misfit` samples a picture at shifted places between its pixels (`math.floor` finds the pixel, the rest are weights)
and compares that with the other picture. Gauss and Newton's steps along the Jacobian of `@sampled` find the shift.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from program import Program, check, main_of, show

MLIR = """
func.func @sampled(%picture: memref<?x?xf64>, %down: f64, %right: f64, %out: memref<?x?xf64>) {
  %one = arith.constant 1.0 : f64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %rows = memref.dim %out, %c0 : memref<?x?xf64>
  %columns = memref.dim %out, %c1 : memref<?x?xf64>
  scf.for %i = %c0 to %rows step %c1 {
    scf.for %j = %c0 to %columns step %c1 {
      %i_int = arith.index_cast %i : index to i64
      %j_int = arith.index_cast %j : index to i64
      %i_float = arith.sitofp %i_int : i64 to f64
      %j_float = arith.sitofp %j_int : i64 to f64
      %y = arith.addf %i_float, %down : f64
      %x = arith.addf %j_float, %right : f64
      %y_low = math.floor %y : f64
      %x_low = math.floor %x : f64
      %b = arith.subf %y, %y_low : f64
      %a = arith.subf %x, %x_low : f64
      %row_int = arith.fptosi %y_low : f64 to i64
      %column_int = arith.fptosi %x_low : f64 to i64
      %row = arith.index_cast %row_int : i64 to index
      %column = arith.index_cast %column_int : i64 to index
      %row2 = arith.addi %row, %c1 : index
      %column2 = arith.addi %column, %c1 : index
      %p00 = memref.load %picture[%row, %column] : memref<?x?xf64>
      %p01 = memref.load %picture[%row, %column2] : memref<?x?xf64>
      %p10 = memref.load %picture[%row2, %column] : memref<?x?xf64>
      %p11 = memref.load %picture[%row2, %column2] : memref<?x?xf64>
      %a1 = arith.subf %one, %a : f64
      %b1 = arith.subf %one, %b : f64
      %l0 = arith.mulf %p00, %a1 : f64
      %r0 = arith.mulf %p01, %a : f64
      %l1 = arith.mulf %p10, %a1 : f64
      %r1 = arith.mulf %p11, %a : f64
      %upper = arith.addf %l0, %r0 : f64
      %lower = arith.addf %l1, %r1 : f64
      %u = arith.mulf %upper, %b1 : f64
      %l = arith.mulf %lower, %b : f64
      %sample = arith.addf %u, %l : f64
      memref.store %sample, %out[%i, %j] : memref<?x?xf64>
    }
  }
  return
}
"""


def blob(down: float, right: float, size: int = 12) -> Any:
    """A smooth bright spot."""
    y, x = np.mgrid[:size, :size]
    return np.exp(-((y - size / 2 + down) ** 2 + (x - size / 2 + right) ** 2) / size)


def pictures(size: int = 12) -> dict[str, Any]:
    """A picture, a shift, and room for the picture inside of it."""
    return {"picture": blob(0, 0, size), "down": 1.3, "right": 0.6, "out": np.zeros((size - 4, size - 4))}


def corners(picture: Any, down: float, right: float, out: Any) -> tuple[Any, float, float]:
    """The four neighbours of each place, and the weights of the lower and the right ones."""
    i, j = int(down), int(right)
    h, w = out.shape
    shifted = [[picture[i + y : i + y + h, j + x : j + x + w] for x in (0, 1)] for y in (0, 1)]
    return shifted, down - i, right - j


def sampled(picture: Any, down: float, right: float, out: Any) -> Any:
    """The interpolated picture."""
    ((p00, p01), (p10, p11)), b, a = corners(picture, down, right, out)
    return (1 - b) * ((1 - a) * p00 + a * p01) + b * ((1 - a) * p10 + a * p11)


def gradient(picture: Any, down: float, right: float, out: Any, seeds: tuple[Any]) -> tuple[Any, float, float]:
    """By the picture, a scatter of the weights; by the shift, differences of neighbours."""
    ((p00, p01), (p10, p11)), b, a = corners(picture, down, right, out)
    by_picture = np.zeros_like(picture)
    shifted, _, _ = corners(by_picture, down, right, out)
    for y, x in np.ndindex(2, 2):
        shifted[y][x] += seeds[0] * (b if y else 1 - b) * (a if x else 1 - a)
    by_down = (1 - a) * (p10 - p00) + a * (p11 - p01)
    by_right = (1 - b) * (p01 - p00) + b * (p11 - p10)
    return by_picture, float(np.vdot(seeds[0], by_down)), float(np.vdot(seeds[0], by_right))


PROGRAM = Program(
    "bilinear interpolation",
    MLIR,
    "sampled",
    ("picture", "down", "right"),
    pictures,
    sampled,
    gradient,
    outputs=("out",),
    large=lambda: pictures(100),
)


def find_shift(wanted: Any) -> tuple[float, float]:
    """The shift that makes one picture the other, by Gauss and Newton's steps."""
    from enzyme_mlir import jacobian

    slopes = jacobian(MLIR, "sampled", wrt=("down", "right"), mode="forward")
    given = pictures()
    for _ in range(20):
        by_down, by_right = slopes(**given)
        off = sampled(**given) - wanted
        steep = np.stack([by_down.ravel(), by_right.ravel()], axis=1)
        move = np.linalg.lstsq(steep, -off.ravel(), rcond=None)[0]
        given["down"] += float(move[0])
        given["right"] += float(move[1])
    return given["down"], given["right"]


def main() -> bool:
    """Compare, then find a shift."""
    good = show(PROGRAM)
    true = pictures() | {"down": 1.75, "right": 0.25}
    down, right = find_shift(sampled(**true))
    return check([("down", down, 1.75), ("right", right, 0.25)], 1e-9, ("found", "shifted by")) and good


if __name__ == "__main__":
    main_of(main)
