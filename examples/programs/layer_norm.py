"""Layer normalisation and a rectified unit on tensors: rows are brought to mean 0 and variance 1, scaled and shifted.

`@normal` takes each row of a tensor by a slice, and puts what it makes of it into the tensor that the loop carries. At
zero the rectifier `max(z, 0)` has a kink.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from program import Program, main_of, show

MLIR = """
func.func @normal(%x: tensor<5x6xf64>, %gain: tensor<6xf64>, %shift: tensor<6xf64>) -> tensor<5x6xf64> {
  %zero = arith.constant 0.0 : f64
  %tiny = arith.constant 1.0e-5 : f64
  %width = arith.constant 6.0 : f64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c5 = arith.constant 5 : index
  %start = tensor.empty() : tensor<5x6xf64>
  %end = scf.for %i = %c0 to %c5 step %c1 iter_args(%out = %start) -> (tensor<5x6xf64>) {
    %row = tensor.extract_slice %x[%i, 0] [1, 6] [1, 1] : tensor<5x6xf64> to tensor<6xf64>
    %none = tensor.from_elements %zero : tensor<f64>
    %sum_of = linalg.reduce { arith.addf } ins(%row : tensor<6xf64>) outs(%none : tensor<f64>) dimensions = [0]
    %sum = tensor.extract %sum_of[] : tensor<f64>
    %mean = arith.divf %sum, %width : f64
    %empty = tensor.empty() : tensor<6xf64>
    %centred = linalg.map ins(%row : tensor<6xf64>) outs(%empty : tensor<6xf64>) (%a: f64, %old: f64) {
      %less = arith.subf %a, %mean : f64
      linalg.yield %less : f64
    }
    %squares_of = linalg.generic {indexing_maps = [affine_map<(d) -> (d)>, affine_map<(d) -> ()>],
                                  iterator_types = ["reduction"]}
        ins(%centred : tensor<6xf64>) outs(%none : tensor<f64>) {
    ^bb0(%a: f64, %before: f64):
      %square = arith.mulf %a, %a : f64
      %after = arith.addf %before, %square : f64
      linalg.yield %after : f64
    } -> tensor<f64>
    %squares = tensor.extract %squares_of[] : tensor<f64>
    %variance = arith.divf %squares, %width : f64
    %safe = arith.addf %variance, %tiny : f64
    %scale = math.rsqrt %safe : f64
    %line = linalg.map ins(%centred, %gain, %shift : tensor<6xf64>, tensor<6xf64>, tensor<6xf64>)
        outs(%empty : tensor<6xf64>) (%a: f64, %g: f64, %s: f64, %old: f64) {
      %unit = arith.mulf %a, %scale : f64
      %scaled = arith.mulf %unit, %g : f64
      %z = arith.addf %scaled, %s : f64
      %positive = arith.maximumf %z, %zero : f64
      linalg.yield %positive : f64
    }
    %next = tensor.insert_slice %line into %out[%i, 0] [1, 6] [1, 1] : tensor<6xf64> into tensor<5x6xf64>
    scf.yield %next : tensor<5x6xf64>
  }
  return %end : tensor<5x6xf64>
}
"""


def activations() -> dict[str, Any]:
    """Five rows of six."""
    rng = np.random.default_rng(25)
    return {"x": rng.normal(size=(5, 6)), "gain": rng.uniform(0.5, 1.5, 6), "shift": rng.normal(size=6)}


def parts(x: Any, gain: Any, shift: Any) -> tuple[Any, Any, Any]:
    """Rows of mean 0 and variance 1, one over their deviation, and what the rectifier gets."""
    centred = x - x.mean(axis=1, keepdims=True)
    scale = 1 / np.sqrt(np.mean(centred**2, axis=1, keepdims=True) + 1e-5)
    return centred * scale, scale, centred * scale * gain + shift


def normal(x: Any, gain: Any, shift: Any) -> Any:
    """The normalised rows, rectified."""
    return np.maximum(parts(x, gain, shift)[2], 0)


def gradient(x: Any, gain: Any, shift: Any, seeds: tuple[Any]) -> tuple[Any, Any, Any]:
    """Backpropagation by hand."""
    unit, scale, z = parts(x, gain, shift)
    back = np.where(z > 0, seeds[0], 0)
    by_unit = back * gain
    along = np.mean(by_unit * unit, axis=1, keepdims=True)
    by_x = scale * (by_unit - by_unit.mean(axis=1, keepdims=True) - unit * along)
    return by_x, (back * unit).sum(axis=0), back.sum(axis=0)


PROGRAM = Program("layer normalisation", MLIR, "normal", ("x", "gain", "shift"), activations, normal, gradient)


def main() -> bool:
    """Five rows."""
    return show(PROGRAM)


if __name__ == "__main__":
    main_of(main)
