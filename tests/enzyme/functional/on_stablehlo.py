"""A program on the host `jaxlib.mlir`: derivatives of StableHLO, beside JAX's own; prints what agrees."""

from __future__ import annotations

import os
import sys

os.environ["ENZYME_MLIR_HOST"] = "jaxlib.mlir"

import jax
import numpy as np

import enzyme_mlir
from enzyme_mlir.testing import check_gradient

TEXT = """
func.func @loss(%x: tensor<4xf64>, %k: tensor<f64>) -> tensor<f64> {
  %0 = stablehlo.sine %x : tensor<4xf64>
  %1 = stablehlo.multiply %0, %x : tensor<4xf64>
  %z = stablehlo.constant dense<0.0> : tensor<f64>
  %s = stablehlo.reduce(%1 init: %z) applies stablehlo.add across dimensions = [0]
    : (tensor<4xf64>, tensor<f64>) -> tensor<f64>
  %r = stablehlo.multiply %s, %k : tensor<f64>
  return %r : tensor<f64>
}
func.func @wave(%x: tensor<4xf64>) -> tensor<4xf64> {
  %0 = stablehlo.sine %x : tensor<4xf64>
  %1 = stablehlo.multiply %0, %x : tensor<4xf64>
  %2 = stablehlo.reverse %x, dims = [0] : tensor<4xf64>
  %3 = stablehlo.multiply %1, %2 : tensor<4xf64>
  return %3 : tensor<4xf64>
}
"""
X, V, K = np.array([0.5, 1.5, -0.7, 2.0]), np.array([1.0, -2.0, 0.25, 3.0]), 2.0
MANY = np.stack([X, X + 1, -X])


def loss(x, k):  # type: ignore[no-untyped-def]
    return jax.numpy.sum(jax.numpy.sin(x) * x) * k


def wave(x):  # type: ignore[no-untyped-def]
    return jax.numpy.sin(x) * x * x[::-1]


def same(what: str, found: object, right: object) -> None:
    """Compare, and say so."""
    one, other = jax.tree.leaves(found), jax.tree.leaves(right)
    assert len(one) == len(other), what
    for each, wanted in zip(one, other, strict=True):
        np.testing.assert_allclose(np.asarray(each), np.asarray(wanted), rtol=1e-12, atol=1e-14, err_msg=what)
    print(what)


def first() -> None:
    """First derivatives."""
    gradient = enzyme_mlir.grad(TEXT, "loss")
    same("grad", gradient(X, K), jax.grad(loss, (0, 1))(X, K))
    value, by_x = enzyme_mlir.value_and_grad(TEXT, "loss", wrt="x")(X, K)
    same("value_and_grad", (value, by_x), jax.value_and_grad(loss)(X, K))
    same("jvp", tuple(enzyme_mlir.jvp(TEXT, "wave")(X, V)), jax.jvp(wave, (X,), (V,)))
    same("vjp", enzyme_mlir.vjp(TEXT, "wave")(X, V).derivatives, jax.vjp(wave, X)[1](V)[0])
    same("jacobian", enzyme_mlir.jacobian(TEXT, "wave")(X), jax.jacfwd(wave)(X))
    same("jacobian, reverse", enzyme_mlir.jacobian(TEXT, "wave", mode="reverse")(X), jax.jacrev(wave)(X))
    assert check_gradient(TEXT, "loss", at=(X, K)).is_right
    print("check_gradient")
    assert "stablehlo" in str(gradient)
    assert "jaxlib.mlir" in str(gradient)
    print("text")


def batches() -> None:
    """A function over a batch, and its gradient."""
    same("vmap", enzyme_mlir.vmap(TEXT, "wave")(MANY), jax.vmap(wave)(MANY))
    batched = enzyme_mlir.vmap(enzyme_mlir.grad(TEXT, "loss", wrt="x"), in_axes=(0, None))
    same("vmap of grad", batched(MANY, K), jax.vmap(jax.grad(loss), (0, None))(MANY, K))


def second() -> None:
    """Derivatives of derivatives."""
    slope = enzyme_mlir.grad(TEXT, "loss", wrt="x")
    same("hvp", enzyme_mlir.hvp(TEXT, "loss", wrt="x")((X, K), V), jax.hessian(loss)(X, K) @ V)
    same("hessian", enzyme_mlir.jacobian(slope, wrt="x")(X, K), jax.hessian(loss)(X, K))


if __name__ == "__main__":
    with jax.enable_x64(True):
        {"first": first, "batches": batches, "second": second}[sys.argv[1]]()
    sys.stdout.flush()
