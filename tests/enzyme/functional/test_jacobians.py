"""`jacobian`: a block for each output and argument, in both modes; the Hessian, of a gradient."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

import enzyme_mlir
from tests.enzyme.functional.programs import (
    CHAIN,
    IN_PLACE,
    MATVEC,
    PAIR,
    POLYNOMIAL,
    PRODUCT,
    SQUARES,
    chain_by,
    chain_hessian,
    product_by,
)

both_modes = pytest.mark.parametrize("mode", ["forward", "reverse", None])

DYNAMIC = """
func.func @square(%x: tensor<?xf64>) -> tensor<?xf64> {
  %0 = arith.mulf %x, %x : tensor<?xf64>
  return %0 : tensor<?xf64>
}
"""
OUTER = """
func.func @outer(%x: tensor<2xf64>, %y: tensor<3xf64>) -> tensor<2x3xf64> {
  %e = tensor.empty() : tensor<2x3xf64>
  %r = linalg.generic {
      indexing_maps = [affine_map<(i, j) -> (i)>, affine_map<(i, j) -> (j)>, affine_map<(i, j) -> (i, j)>],
      iterator_types = ["parallel", "parallel"]}
    ins(%x, %y : tensor<2xf64>, tensor<3xf64>) outs(%e : tensor<2x3xf64>) {
  ^bb0(%a: f64, %b: f64, %c: f64):
    %p = arith.mulf %a, %b : f64
    linalg.yield %p : f64
  } -> tensor<2x3xf64>
  return %r : tensor<2x3xf64>
}
"""


@both_modes
def test_numbers_have_floats_as_blocks(mode: str | None) -> None:
    by_x, by_y = enzyme_mlir.jacobian(PRODUCT, mode=mode)(1.5, 0.7)
    assert type(by_x) is float
    assert (by_x, by_y) == pytest.approx(product_by(1.5, 0.7), rel=1e-14)


@both_modes
def test_a_row_for_each_result(mode: str | None) -> None:
    first, second, third = enzyme_mlir.jacobian(PAIR, mode=mode)(0.7, 1.3)
    assert first == pytest.approx((1.3, 0.7), rel=1e-14)
    assert second is None  # an integer
    assert third == pytest.approx((math.exp(0.7) * 1.3, math.exp(0.7)), rel=1e-14)
    assert enzyme_mlir.jacobian(PAIR, wrt="y", mode=mode)(0.7, 1.3)[0] == 0.7


@both_modes
def test_blocks_by_memory(mode: str | None) -> None:
    x = np.linspace(0.3, 1.7, 5)
    by_x, by_k = enzyme_mlir.jacobian(CHAIN, mode=mode)(x, 2.5, 0)
    right = chain_by(x, 2.5)
    np.testing.assert_allclose(by_x, right[0], rtol=1e-13)
    assert by_k == pytest.approx(right[1], rel=1e-13)


@both_modes
def test_blocks_of_memory(mode: str | None) -> None:
    a, x, y = np.arange(6.0).reshape(2, 3), np.array([1.0, -1.0, 2.0]), np.zeros(2)
    by_a, by_x = enzyme_mlir.jacobian(MATVEC, wrt=["a", "x"], mode=mode)(a, x, y)
    assert by_a.shape == (2, 2, 3)
    np.testing.assert_allclose(by_a, np.einsum("ij,k->ijk", np.eye(2), x), rtol=1e-14)
    np.testing.assert_allclose(by_x, a, rtol=1e-14)
    np.testing.assert_allclose(y, a @ x)


@both_modes
def test_blocks_of_tensors(mode: str | None) -> None:
    x, y = np.array([2.0, 3.0]), np.array([1.0, -1.0, 0.5])
    by_x, by_y = enzyme_mlir.jacobian(OUTER, mode=mode)(x, y)
    np.testing.assert_allclose(by_x, np.einsum("ik,j->ijk", np.eye(2), y))
    np.testing.assert_allclose(by_y, np.einsum("i,jk->ijk", x, np.eye(3)))


@both_modes
@pytest.mark.parametrize("size", [1, 4])
def test_sizes_that_are_known_at_run_time_only(mode: str | None, size: int) -> None:
    x = np.linspace(1.0, 2.0, size)
    np.testing.assert_allclose(enzyme_mlir.jacobian(DYNAMIC, mode=mode)(x), np.diag(2 * x))


@both_modes
def test_what_the_function_does_to_memory_happens_once(mode: str | None) -> None:
    memory = np.array([2.0, 3.0, 4.0])
    by_m, of_m = enzyme_mlir.jacobian(IN_PLACE, mode=mode)(memory)
    np.testing.assert_array_equal(memory, [4.0, 3.0, 4.0])
    np.testing.assert_array_equal(by_m, [12.0, 4.0, 0.0])
    np.testing.assert_array_equal(of_m, np.diag([4.0, 1.0, 1.0]))


@both_modes
def test_the_jacobian_of_a_gradient_is_the_hessian(mode: str | None) -> None:
    x = np.linspace(0.3, 1.7, 5)
    hessian = enzyme_mlir.jacobian(enzyme_mlir.grad(CHAIN, wrt="x"), wrt="x", mode=mode)
    np.testing.assert_allclose(hessian(x, 2.5, 0), chain_hessian(x, 2.5), rtol=1e-11, atol=1e-13)


def test_the_hessian_of_numbers_and_tensors() -> None:
    (xx, xy), (yx, yy) = enzyme_mlir.jacobian(enzyme_mlir.grad(PRODUCT))(1.5, 0.7)
    s, c = math.sin(0.7), math.cos(0.7)
    assert (xx, xy, yx, yy) == pytest.approx((2 * s, 3 * c, 3 * c, -2.25 * s), rel=1e-13)
    block: Any = enzyme_mlir.jacobian(enzyme_mlir.grad(POLYNOMIAL, wrt="x"), wrt="x")([0.5, 1.5, -2.0], 3.0)
    np.testing.assert_allclose(block, [[9.0, 3.0, 0.0], [3.0, 0.0, 0.0], [0.0, 0.0, 0.0]], rtol=1e-13)


def test_the_mode_with_fewer_calls_is_taken() -> None:
    wide = enzyme_mlir.jacobian(CHAIN, wrt="x")
    wide(np.linspace(0.3, 1.7, 5), 1.0, 0)
    assert wide._programs["reverse"].is_compiled
    tall = enzyme_mlir.jacobian(SQUARES.replace("@squares", "@tall"), wrt="x")
    tall(np.ones(3), np.zeros(3))
    assert tall._programs["forward"].is_compiled
    assert not tall._programs["reverse"].is_compiled


def test_an_empty_argument_has_an_empty_block() -> None:
    assert enzyme_mlir.jacobian(DYNAMIC)(np.zeros(0)).shape == (0, 0)
