"""`vmap`: over numbers, tensors and memory, along any axes, of functions and of their derivatives."""

from __future__ import annotations

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
    chain,
    chain_by,
    polynomial_by,
    product_by,
)

XS, YS = np.array([0.5, 1.5, -2.0]), np.array([0.1, 0.7, 2.0])
POINTS = np.linspace(0.2, 1.9, 12).reshape(3, 4)


def test_numbers_become_arrays() -> None:
    np.testing.assert_allclose(enzyme_mlir.vmap(PRODUCT)(XS, YS), XS**2 * np.sin(YS), rtol=1e-14)


def test_results_come_as_the_function_gives_them() -> None:
    products, sevens, exponentials = enzyme_mlir.vmap(PAIR)(XS, YS)
    np.testing.assert_allclose(products, XS * YS)
    np.testing.assert_array_equal(sevens, [7, 7, 7])
    np.testing.assert_allclose(exponentials, np.exp(XS) * YS, rtol=1e-14)


@pytest.mark.parametrize("axes", [(0, None), {"x": 0}, {0: 0}, [-1, None]])
def test_what_all_elements_share(axes: Any) -> None:
    found = enzyme_mlir.vmap(PRODUCT, in_axes=axes)(XS, 0.7)
    np.testing.assert_allclose(found, XS**2 * np.sin(0.7), rtol=1e-14)


def test_a_program_for_each_size() -> None:
    batched = enzyme_mlir.vmap(PRODUCT)
    for size in (1, 2, 5, 2):
        np.testing.assert_allclose(batched(np.ones(size), np.full(size, 0.7)), np.full(size, np.sin(0.7)), rtol=1e-14)


def test_tensors() -> None:
    found = enzyme_mlir.vmap(POLYNOMIAL, in_axes=(0, None))(POINTS[:, :3], 3.0)
    np.testing.assert_allclose(found, POINTS[:, 0] ** 2 * POINTS[:, 1] * 3, rtol=1e-14)
    along = enzyme_mlir.vmap(POLYNOMIAL, in_axes=(1, 0))(POINTS[:, :3].T, YS)
    np.testing.assert_allclose(along, POINTS[:, 0] ** 2 * POINTS[:, 1] * YS, rtol=1e-14)


def test_memory_that_is_read() -> None:
    batched = enzyme_mlir.vmap(CHAIN, in_axes=(0, 0, None))
    for points in (POINTS, POINTS[:2]):  # one program for all sizes
        found = batched(points, YS[: len(points)], 0)
        np.testing.assert_allclose(found, [chain(x, k) for x, k in zip(points, YS, strict=False)], rtol=1e-13)
    along = enzyme_mlir.vmap(CHAIN, in_axes=(1, None, None))(POINTS.T, 2.0, 0)
    np.testing.assert_allclose(along, [chain(x, 2.0) for x in POINTS], rtol=1e-13)


def test_memory_that_is_written_to() -> None:
    out = np.zeros((4, 3))
    assert enzyme_mlir.vmap(SQUARES)(POINTS.T.copy(), out) is None
    np.testing.assert_allclose(out, POINTS.T**2)
    moved = np.zeros((3, 4))
    enzyme_mlir.vmap(SQUARES, in_axes=(1, 1))(POINTS, moved)
    np.testing.assert_allclose(moved, POINTS**2)
    memory = np.array([[2.0, 3.0, 4.0], [1.0, 5.0, 6.0]])
    np.testing.assert_array_equal(enzyme_mlir.vmap(IN_PLACE)(memory), [12.0, 5.0])
    np.testing.assert_array_equal(memory, [[4.0, 3.0, 4.0], [1.0, 5.0, 6.0]])


def test_memory_that_all_elements_share() -> None:
    a, y = np.arange(6.0).reshape(2, 3), np.zeros((3, 2))
    enzyme_mlir.vmap(MATVEC, in_axes={"x": 0, "y": 0})(a, POINTS[:, :3].copy(), y)
    np.testing.assert_allclose(y, POINTS[:, :3] @ a.T)


def test_a_gradient_for_each_element() -> None:
    by_x, by_y = enzyme_mlir.vmap(enzyme_mlir.grad(PRODUCT))(XS, YS)
    right = np.array([product_by(x, y) for x, y in zip(XS, YS, strict=True)])
    np.testing.assert_allclose(by_x, right[:, 0], rtol=1e-14)
    np.testing.assert_allclose(by_y, right[:, 1], rtol=1e-14)


def test_a_gradient_by_what_is_shared_has_the_batch_in_front() -> None:
    value, (by_x, by_y) = enzyme_mlir.vmap(enzyme_mlir.value_and_grad(POLYNOMIAL), in_axes=(0, None))(
        POINTS[:, :3], 3.0
    )
    right = [polynomial_by(x, 3.0) for x in POINTS]
    np.testing.assert_allclose(value, [3 * each[1] for each in right], rtol=1e-13)
    np.testing.assert_allclose(by_x, [each[0] for each in right], rtol=1e-13)
    np.testing.assert_allclose(by_y, [each[1] for each in right], rtol=1e-13)


def test_a_gradient_by_memory_for_each_element() -> None:
    by_x, by_k = enzyme_mlir.vmap(enzyme_mlir.grad(CHAIN), in_axes=(0, None, None))(POINTS, 2.5, 0)
    right = [chain_by(x, 2.5) for x in POINTS]
    np.testing.assert_allclose(by_x, [each[0] for each in right], rtol=1e-13)
    np.testing.assert_allclose(by_k, [each[1] for each in right], rtol=1e-13)


def test_products_are_called_as_before() -> None:
    pushed = enzyme_mlir.vmap(enzyme_mlir.jvp(PRODUCT))((XS, YS), (np.ones(3), np.zeros(3)))
    np.testing.assert_allclose(pushed.results, XS**2 * np.sin(YS), rtol=1e-14)
    np.testing.assert_allclose(pushed.tangents, 2 * XS * np.sin(YS), rtol=1e-14)
    x, out, seeds = POINTS[:, :3].copy(), np.zeros((3, 3)), np.arange(9.0).reshape(3, 3)
    pulled = enzyme_mlir.vmap(enzyme_mlir.vjp(SQUARES, wrt="x"))((x, out), seeds)
    np.testing.assert_allclose(pulled.derivatives, 2 * x * seeds, rtol=1e-14)
    np.testing.assert_allclose(out, x**2)


def test_the_size_can_be_said() -> None:
    batched = enzyme_mlir.vmap(PRODUCT, size=3)
    assert "enzyme.batch" in batched.ir("built")
    batched.compile()
    np.testing.assert_allclose(batched(XS, YS), XS**2 * np.sin(YS), rtol=1e-14)
