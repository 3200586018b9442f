"""Gradients of functions of tensors, which become memory, beside a module's own memory."""

from __future__ import annotations

import numpy as np
import pytest

import enzyme_mlir
from enzyme_mlir import HOST

pytestmark = [
    pytest.mark.usefixtures("enzyme_installed"),
    pytest.mark.skipif(HOST != "mlir", reason="only the host mlir compiles"),
]
EXPONENTIAL = """func.func @f(%a: tensor<3xf64>) -> f64 {
  %c1 = arith.constant 1 : index
  %e = tensor.empty() : tensor<3xf64>
  %m = linalg.map { math.exp } ins(%a : tensor<3xf64>) outs(%e : tensor<3xf64>)
  %r = tensor.extract %m[%c1] : tensor<3xf64>
  return %r : f64
}
"""


def test_a_gradient_by_a_tensor() -> None:
    found = enzyme_mlir.grad(EXPONENTIAL, "f")(np.array([1.0, 0.5, 2.0]))
    np.testing.assert_allclose(found, [0.0, np.exp(0.5), 0.0], rtol=1e-15)


def test_a_tangent_along_a_tensor() -> None:
    found = enzyme_mlir.jvp(EXPONENTIAL, "f")((np.array([1.0, 0.5, 2.0]),), (np.array([1.0, 2.0, 3.0]),))
    np.testing.assert_allclose(found.tangents, 2 * np.exp(0.5), rtol=1e-15)
