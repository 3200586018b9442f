"""`vjp`, `jvp` and `hvp`: several results, memory outputs, seeds and tangents in every form."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

import enzyme_mlir
from enzyme_mlir.functional import Jvp, Vjp
from tests.enzyme.functional.programs import (
    CHAIN,
    MATVEC,
    PAIR,
    POLYNOMIAL,
    PRODUCT,
    SCRATCH,
    SQUARES,
    chain_by,
    chain_hessian,
    product_by,
)

close = pytest.approx
X, Y = 0.7, 1.3
E = math.exp(X)


@pytest.mark.parametrize(
    "seeds", [(2.0, None, -0.5), (2.0, -0.5), {"result 0": 2.0, "result 2": -0.5}, {0: 2.0, 2: -0.5}]
)
def test_a_seed_for_each_result(seeds: Any) -> None:
    found = enzyme_mlir.vjp(PAIR)((X, Y), seeds)
    assert isinstance(found, Vjp)
    assert found.results == close((X * Y, 7, E * Y), rel=1e-14)
    assert found.derivatives == close((2 * Y - 0.5 * E * Y, 2 * X - 0.5 * E), rel=1e-14)


def test_no_seed_is_zero() -> None:
    assert enzyme_mlir.vjp(PAIR, wrt="y")((X, Y), (None, 3.0)).derivatives == close(3 * E, rel=1e-14)
    assert enzyme_mlir.vjp(PAIR)((X, Y), {}).derivatives == (0.0, 0.0)


def test_one_seed_stands_by_itself() -> None:
    by_x, by_y = product_by(1.5, 0.7)
    assert enzyme_mlir.vjp(PRODUCT)((1.5, 0.7), 2.0).derivatives == close((2 * by_x, 2 * by_y), rel=1e-14)
    assert enzyme_mlir.vjp(PRODUCT)({"y": 0.7, "x": 1.5}, (2.0,)).derivatives == close((2 * by_x, 2 * by_y), rel=1e-14)


def test_the_seed_of_memory_belongs_to_its_contents_after_the_call() -> None:
    x, out, seed = np.array([1.0, 2.0, 3.0]), np.full(3, 9.0), np.array([1.0, 10.0, 100.0])
    results, (by_x, by_out) = enzyme_mlir.vjp(SQUARES)((x, out), seed)
    assert results is None
    np.testing.assert_array_equal(by_x, [2.0, 40.0, 600.0])
    np.testing.assert_array_equal(by_out, [0.0, 0.0, 0.0])
    np.testing.assert_array_equal(out, [1.0, 4.0, 9.0])
    np.testing.assert_array_equal(seed, [1.0, 10.0, 100.0])  # the caller's own stays as it is


def test_seeds_of_memory_may_be_left_out_behind_those_of_results() -> None:
    memory = np.zeros(2)
    found = enzyme_mlir.vjp(SCRATCH)((3.0, memory), (1.0,))
    assert (found.results, found.derivatives[0]) == (9.0, 6.0)
    by_name = enzyme_mlir.vjp(SCRATCH, wrt="x")((3.0, memory), {"m": [10.0, 0.0]})
    assert by_name.derivatives == 10.0
    assert enzyme_mlir.vjp(SCRATCH, wrt="x")((3.0, memory), (1.0, np.array([10.0, 0.0]))).derivatives == 16.0


def test_tangents_of_numbers() -> None:
    found = enzyme_mlir.jvp(PAIR)((X, Y), (1.0, 2.0))
    assert isinstance(found, Jvp)
    assert found.results == close((X * Y, 7, E * Y), rel=1e-14)
    assert found.tangents[1] is None
    assert (found.tangents[0], found.tangents[2]) == close((Y + 2 * X, E * Y + 2 * E), rel=1e-14)


@pytest.mark.parametrize("tangents", [(1.0, None), {"x": 1.0}, {0: 1.0}, [1.0, 0.0]])
def test_no_tangent_is_zero(tangents: Any) -> None:
    value, tangent = enzyme_mlir.jvp(PRODUCT)((1.5, 0.7), tangents)
    assert value == close(2.25 * math.sin(0.7), rel=1e-14)
    assert tangent == close(product_by(1.5, 0.7)[0], rel=1e-14)


def test_tangents_of_some_arguments() -> None:
    assert enzyme_mlir.jvp(PRODUCT, wrt="y")((1.5, 0.7), 1.0).tangents == close(product_by(1.5, 0.7)[1], rel=1e-14)


def test_tangents_of_memory() -> None:
    x, v = np.linspace(0.3, 1.7, 6), np.array([1.0, -2.0, 0.5, 3.0, -1.0, 0.25])
    by_x, by_k = chain_by(x, 2.5)
    assert enzyme_mlir.jvp(CHAIN)((x, 2.5, 0), (v, 3.0)).tangents == close(by_x @ v + 3 * by_k, rel=1e-13)
    assert enzyme_mlir.jvp(CHAIN)((x, 2.5, 0), (v, 3.0, None)).tangents == close(by_x @ v + 3 * by_k, rel=1e-13)


def test_the_tangent_of_memory_is_that_of_its_contents_after_the_call() -> None:
    x, out = np.array([1.0, 2.0, 3.0]), np.full(3, 9.0)
    along_x, along_out = np.array([1.0, 10.0, 100.0]), np.full(3, 5.0)
    results, tangent = enzyme_mlir.jvp(SQUARES)((x, out), (along_x, along_out))
    assert results is None
    np.testing.assert_array_equal(tangent, [2.0, 40.0, 600.0])
    np.testing.assert_array_equal(along_out, [5.0, 5.0, 5.0])
    np.testing.assert_array_equal(out, [1.0, 4.0, 9.0])


def test_memory_of_every_argument() -> None:
    a, x, y = np.arange(6.0).reshape(2, 3), np.array([1.0, -1.0, 2.0]), np.zeros(2)
    seed = np.array([1.0, 10.0])
    _, (by_a, by_x, by_y) = enzyme_mlir.vjp(MATVEC)((a, x, y), seed)
    np.testing.assert_allclose(by_a, np.outer(seed, x), rtol=1e-14)
    np.testing.assert_allclose(by_x, a.T @ seed, rtol=1e-14)
    np.testing.assert_array_equal(by_y, [0.0, 0.0])
    np.testing.assert_allclose(y, a @ x, rtol=1e-14)


def test_tensors_are_values() -> None:
    x = np.array([0.5, 1.5, -2.0])
    assert enzyme_mlir.jvp(POLYNOMIAL, wrt="x")((x, 3.0), [1, 0, 0]).tangents == close(2 * 0.5 * 1.5 * 3, rel=1e-14)
    found = enzyme_mlir.vjp(POLYNOMIAL, wrt="x")((x, 3.0), 2.0)
    np.testing.assert_allclose(found.derivatives, [2 * 4.5, 2 * 0.75, 0.0], rtol=1e-14)


def test_the_hessian_times_a_vector() -> None:
    x, v = np.linspace(0.3, 1.7, 6), np.array([1.0, -2.0, 0.5, 3.0, -1.0, 0.25])
    found = enzyme_mlir.hvp(CHAIN, wrt="x")((x, 2.5, 0), v)
    np.testing.assert_allclose(found, chain_hessian(x, 2.5) @ v, rtol=1e-12)
    by_x, by_y = enzyme_mlir.hvp(PRODUCT)((1.5, 0.7), (1.0, 2.0))
    assert by_x == close(2 * math.sin(0.7) + 2 * 2 * 1.5 * math.cos(0.7), rel=1e-13)
    assert by_y == close(2 * 1.5 * math.cos(0.7) - 2 * 2.25 * math.sin(0.7), rel=1e-13)


def test_the_hessian_by_some_arguments_of_a_tensor() -> None:
    found = enzyme_mlir.hvp(POLYNOMIAL, wrt="x")(([0.5, 1.5, -2.0], 3.0), [1.0, 1.0, 0.0])
    np.testing.assert_allclose(found, [2 * 1.5 * 3 + 2 * 0.5 * 3, 2 * 0.5 * 3, 0.0], rtol=1e-13)
