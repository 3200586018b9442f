"""Functions whose derivatives are known."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

PRODUCT = """
func.func @product(%x: f64, %y: f64) -> f64 {
  %0 = arith.mulf %x, %x : f64
  %1 = math.sin %y : f64
  %2 = arith.mulf %0, %1 : f64
  return %2 : f64
}
"""
"""x^2 sin y."""


def product_by(x: float, y: float) -> tuple[float, float]:
    """The gradient of `@product`."""
    return 2 * x * math.sin(y), x * x * math.cos(y)


CHAIN = """
func.func @chain(%x: memref<?xf64>, %k: f64, %n: i64) -> f64 {
  %zero = arith.constant 0.0 : f64
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %size = memref.dim %x, %c0 : memref<?xf64>
  %last = arith.subi %size, %c1 : index
  %sum = scf.for %i = %c0 to %last step %c1 iter_args(%before = %zero) -> (f64) {
    %j = arith.addi %i, %c1 : index
    %a = memref.load %x[%i] : memref<?xf64>
    %b = memref.load %x[%j] : memref<?xf64>
    %s = math.sin %a : f64
    %b2 = arith.mulf %b, %b : f64
    %term = arith.mulf %s, %b2 : f64
    %after = arith.addf %before, %term : f64
    scf.yield %after : f64
  }
  %r = arith.mulf %sum, %k : f64
  return %r : f64
}
"""
"""k sum(sin(x[i]) x[i+1]^2), with an integer that does nothing."""


def chain(x: Any, k: float) -> float:
    """`@chain`."""
    return float(k * np.sum(np.sin(x[:-1]) * x[1:] ** 2))


def chain_by(x: Any, k: float) -> tuple[Any, float]:
    """The gradient of `@chain`."""
    by = np.zeros_like(x)
    by[:-1] += k * np.cos(x[:-1]) * x[1:] ** 2
    by[1:] += 2 * k * np.sin(x[:-1]) * x[1:]
    return by, float(np.sum(np.sin(x[:-1]) * x[1:] ** 2))


def chain_hessian(x: Any, k: float) -> Any:
    """The Hessian of `@chain` by x."""
    found = np.zeros((len(x), len(x)))
    for i in range(len(x) - 1):
        found[i, i] -= k * np.sin(x[i]) * x[i + 1] ** 2
        found[i + 1, i + 1] += 2 * k * np.sin(x[i])
        found[i, i + 1] += 2 * k * np.cos(x[i]) * x[i + 1]
        found[i + 1, i] += 2 * k * np.cos(x[i]) * x[i + 1]
    return found


POLYNOMIAL = """
func.func @polynomial(%x: tensor<3xf64>, %y: f64) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %a = tensor.extract %x[%c0] : tensor<3xf64>
  %b = tensor.extract %x[%c1] : tensor<3xf64>
  %p = arith.mulf %a, %b : f64
  %p2 = arith.mulf %p, %a : f64
  %q = arith.mulf %p2, %y : f64
  return %q : f64
}
"""
"""x0^2 x1 y, of a tensor."""


def polynomial_by(x: Any, y: float) -> tuple[Any, float]:
    """The gradient of `@polynomial`."""
    return np.array([2 * x[0] * x[1] * y, x[0] ** 2 * y, 0.0]), float(x[0] ** 2 * x[1])


PAIR = """
func.func @pair(%x: f64, %y: f64) -> (f64, i32, f64) {
  %p = arith.mulf %x, %y : f64
  %n = arith.constant 7 : i32
  %e = math.exp %x : f64
  %q = arith.mulf %e, %y : f64
  return %p, %n, %q : f64, i32, f64
}
"""
"""x y, 7 and exp(x) y."""

SQUARES = """
func.func @squares(%x: memref<3xf64>, %out: memref<3xf64>) {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  scf.for %i = %c0 to %c3 step %c1 {
    %a = memref.load %x[%i] : memref<3xf64>
    %b = arith.mulf %a, %a : f64
    memref.store %b, %out[%i] : memref<3xf64>
  }
  return
}
"""
"""out[i] = x[i]^2, in memory."""

IN_PLACE = """
func.func @in_place(%m: memref<3xf64>) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %a = memref.load %m[%c0] : memref<3xf64>
  %b = arith.mulf %a, %a : f64
  memref.store %b, %m[%c0] : memref<3xf64>
  %d = memref.load %m[%c1] : memref<3xf64>
  %e = arith.mulf %d, %b : f64
  return %e : f64
}
"""
"""m[0] becomes m[0]^2; the result is that times m[1]."""

SCRATCH = """
func.func @scratch(%x: f64, %m: memref<2xf64>) -> f64 {
  %c0 = arith.constant 0 : index
  memref.store %x, %m[%c0] : memref<2xf64>
  %b = memref.load %m[%c0] : memref<2xf64>
  %e = arith.mulf %b, %b : f64
  return %e : f64
}
"""
"""x^2, by way of memory of the caller."""

MATVEC = """
func.func @matvec(%a: memref<2x3xf64>, %x: memref<3xf64>, %y: memref<2xf64>) {
  %z = arith.constant 0.0 : f64
  linalg.fill ins(%z : f64) outs(%y : memref<2xf64>)
  linalg.matvec ins(%a, %x : memref<2x3xf64>, memref<3xf64>) outs(%y : memref<2xf64>)
  return
}
"""
"""y = A x, in memory."""
