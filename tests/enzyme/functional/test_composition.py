"""Functions made of functions made here: what they compute, and what they are in the IR."""

from __future__ import annotations

import math

import numpy as np
import pytest

import enzyme_mlir
from enzyme_mlir import jit
from tests.enzyme.functional.programs import CHAIN, POLYNOMIAL, PRODUCT, SQUARES, chain_hessian

SINE = "func.func @sine(%x: f64) -> f64 { %0 = math.sin %x : f64 return %0 : f64 }"
X, Y = 1.5, 0.7


def test_derivatives_of_derivatives_of_a_number() -> None:
    right = [math.cos(0.3), -math.sin(0.3), -math.cos(0.3)]
    derived = enzyme_mlir.grad(SINE)
    for expected in right:
        assert derived(0.3) == pytest.approx(expected, rel=1e-13)
        derived = enzyme_mlir.grad(derived)


def test_a_gradient_of_one_component_of_a_gradient() -> None:
    mixed = enzyme_mlir.grad(enzyme_mlir.grad(PRODUCT, wrt="x"), wrt="y")
    assert mixed(X, Y) == pytest.approx(2 * X * math.cos(Y), rel=1e-13)


def test_every_mode_over_every_mode() -> None:
    right = 2 * X * math.cos(Y)
    push = enzyme_mlir.jvp(enzyme_mlir.jvp(PRODUCT, wrt="x"), wrt="y")
    found = push(((X, Y), 1.0), 1.0)
    assert found.tangents.tangents == pytest.approx(right, rel=1e-13)
    over_reverse = enzyme_mlir.jvp(enzyme_mlir.vjp(PRODUCT, wrt="x"), wrt="y")
    assert over_reverse(((X, Y), 1.0), 1.0).tangents.derivatives == pytest.approx(right, rel=1e-13)
    over_forward = enzyme_mlir.vjp(enzyme_mlir.jvp(PRODUCT, wrt="x"), wrt="y")
    assert over_forward(((X, Y), 1.0), (0.0, 1.0)).derivatives == pytest.approx(right, rel=1e-13)
    pull = enzyme_mlir.vjp(enzyme_mlir.vjp(PRODUCT, wrt="x"), wrt="y")
    assert pull(((X, Y), 1.0), (0.0, 1.0)).derivatives == pytest.approx(right, rel=1e-13)


def test_arguments_of_the_inner_function_keep_their_names() -> None:
    push = enzyme_mlir.jvp(PRODUCT)
    outer = enzyme_mlir.grad(enzyme_mlir.grad(PRODUCT, wrt="y"), wrt="tangent of x") if False else push
    assert [one.name for one in outer.signature.inputs] == ["x", "y", "tangent of x", "tangent of y"]
    again = enzyme_mlir.jvp(push, wrt="tangent of x")
    assert again(((X, Y), (1.0, 0.0)), 1.0).tangents.tangents == pytest.approx(2 * X * math.sin(Y), rel=1e-13)


def test_memory_of_an_inner_derivative() -> None:
    x, v = np.linspace(0.3, 1.7, 5), np.array([1.0, -2.0, 0.5, 3.0, -1.0])
    hessian = chain_hessian(x, 2.5)
    slope = enzyme_mlir.grad(CHAIN, wrt="x")
    pushed = enzyme_mlir.jvp(slope, wrt="x")((x, 2.5, 0), v)
    np.testing.assert_allclose(pushed.tangents, hessian @ v, rtol=1e-12)
    pulled = enzyme_mlir.vjp(slope, wrt="x")((x, 2.5, 0), v)
    np.testing.assert_allclose(pulled.derivatives, hessian.T @ v, rtol=1e-12)
    np.testing.assert_allclose(pulled.results, slope(x, 2.5, 0), rtol=1e-13)


def test_a_batch_of_second_derivatives() -> None:
    points = np.array([0.3, 0.9, 2.0])
    found = enzyme_mlir.vmap(enzyme_mlir.grad(enzyme_mlir.grad(SINE)))(points)
    np.testing.assert_allclose(found, -np.sin(points), rtol=1e-13)
    x, v = np.linspace(0.3, 1.7, 10).reshape(2, 5), np.ones(5)
    products = enzyme_mlir.vmap(enzyme_mlir.hvp(CHAIN, wrt="x"), in_axes=(0, None, None, None))((x, 2.5, 0), v)
    np.testing.assert_allclose(products, [chain_hessian(each, 2.5) @ v for each in x], rtol=1e-12)


def test_a_derivative_of_a_batch() -> None:
    points = np.array([0.3, 0.9, 2.0])
    found = enzyme_mlir.jacobian(enzyme_mlir.vmap(SINE, size=3))(points)
    np.testing.assert_allclose(found, np.diag(np.cos(points)), rtol=1e-13)
    x, out = points.reshape(1, 3), np.zeros((1, 3))
    by_x = enzyme_mlir.vjp(enzyme_mlir.vmap(SQUARES), wrt="x")((x, out), np.ones((1, 3))).derivatives
    np.testing.assert_allclose(by_x, 2 * x, rtol=1e-13)


def test_a_derived_function_is_a_function_of_the_ir() -> None:
    for derived in (
        enzyme_mlir.grad(PRODUCT),
        enzyme_mlir.grad(enzyme_mlir.grad(PRODUCT, wrt="x"), wrt="y"),
        enzyme_mlir.hvp(POLYNOMIAL, wrt="x"),
    ):
        assert f"@{derived.entry}(" in derived.ir("built")
        compiled = jit.compile(derived.ir("lowered"), derived.entry)
        assert compiled.name == derived.entry
        assert [str(kind) for kind in compiled.parameters] == [str(one.kind) for one in derived.signature.parameters]
