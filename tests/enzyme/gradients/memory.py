"""Memrefs that the caller owns, with shadows of the same shape, and tensors."""

from __future__ import annotations

from typing import Any

import numpy as np

from enzyme_mlir import jit

from .checks import Check, asks

SUM_OF_SQUARES = """
func.func @f(%x: memref<?xf64>, %y: memref<f64>) {
  %c0 = arith.constant 0 : index %c1 = arith.constant 1 : index %z = arith.constant 0.0 : f64
  %n = memref.dim %x, %c0 : memref<?xf64>
  %s = scf.for %i = %c0 to %n step %c1 iter_args(%a = %z) -> (f64) {
    %v = memref.load %x[%i] : memref<?xf64> %q = arith.mulf %v, %v : f64 %b = arith.addf %a, %q : f64 scf.yield %b : f64
  }
  memref.store %s, %y[] : memref<f64>
  return
}
"""
MEMREFS = "(memref<?xf64>, memref<?xf64>, memref<f64>, memref<f64>) -> ()"
POINT = np.array([0.5, -1.25, 3.0])


def shadows(compiled: jit.Function) -> tuple[Any, Any]:
    """Sum of squares into memory: the shadow of the result is used up, that of the argument grows."""
    x, dx, y, dy = POINT.copy(), np.full(3, 0.25), np.array(0.0), np.array(2.0)
    compiled(x, dx, y, dy)
    return (x, dx, dy), (POINT, 0.25 + 2 * 2 * POINT, 0.0)


def tangents(compiled: jit.Function) -> tuple[Any, Any]:
    """Sum of squares into memory: the shadow of the result is its tangent."""
    x, dx, y, dy = POINT.copy(), np.array([1.0, 2.0, -1.0]), np.array(0.0), np.array(7.0)
    compiled(x, dx, y, dy)
    return (x, y, dy), (POINT, np.sum(POINT**2), 2 * POINT @ dx)


def main(arguments: str, body: str, results: str = "") -> str:
    """`@main` with a body."""
    arrow = f" -> ({results})" if results else ""
    return f"func.func @main({arguments}){arrow} {{ {body} }}"


MAIN_MEMREFS = "%x: memref<?xf64>, %dx: memref<?xf64>, %y: memref<f64>, %dy: memref<f64>"
ALL = "%x, %dx, %y, %dy"

IN_PLACE = """
func.func @f(%m: memref<2x3xf64>, %k: f64) -> f64 {
  affine.for %i = 0 to 2 { affine.for %j = 0 to 3 {
    %v = affine.load %m[%i, %j] : memref<2x3xf64> %s = math.sin %v : f64 %p = arith.mulf %s, %k : f64
    affine.store %p, %m[%i, %j] : memref<2x3xf64> } }
  %c0 = arith.constant 0 : index %c1 = arith.constant 1 : index
  %a = memref.load %m[%c0, %c1] : memref<2x3xf64> %b = memref.load %m[%c1, %c0] : memref<2x3xf64>
  %r = arith.mulf %a, %b : f64
  return %r : f64
}
"""
GRID = np.linspace(0.2, 1.2, 6).reshape(2, 3)


def in_place(compiled: jit.Function) -> tuple[Any, Any]:
    """k sin(m) in place, then a product of two elements."""
    k = 1.5
    m, dm = GRID.copy(), np.zeros((2, 3))
    dk = compiled(m, dm, k, 1.0)
    a, b = k * np.sin(GRID[0, 1]), k * np.sin(GRID[1, 0])
    wanted = np.zeros((2, 3))
    wanted[0, 1] = b * k * np.cos(GRID[0, 1])
    wanted[1, 0] = a * k * np.cos(GRID[1, 0])
    return (dk, dm), (2 * a * b / k, wanted)


STRIDED = "memref<?xf64, strided<[?], offset: ?>>"
SCALED = """
func.func @f(%x: MEMREF, %y: MEMREF) {
  %c0 = arith.constant 0 : index %c1 = arith.constant 1 : index %n = memref.dim %x, %c0 : MEMREF
  scf.for %i = %c0 to %n step %c1 {
    %v = memref.load %x[%i] : MEMREF %e = math.exp %v : f64 memref.store %e, %y[%i] : MEMREF }
  return
}
"""


def every_other(compiled: jit.Function) -> tuple[Any, Any]:
    """exp of every other element."""
    x, dx, y, dy = np.linspace(0, 1, 6), np.zeros(6), np.zeros(6), np.ones(6)
    compiled(x[::2], dx[1::2], y[::2], dy[::-2])
    wanted = np.zeros(6)
    wanted[1::2] = np.exp(x[::2])
    return (dx, dy), (wanted, [1, 0] * 3)


TEMPORARY = """
func.func @f(%x: memref<?xf64>) -> f64 {
  %c0 = arith.constant 0 : index %c1 = arith.constant 1 : index %z = arith.constant 0.0 : f64
  %n = memref.dim %x, %c0 : memref<?xf64>
  %t = memref.alloc(%n) : memref<?xf64>
  scf.for %i = %c0 to %n step %c1 {
    %v = memref.load %x[%i] : memref<?xf64> %e = math.exp %v : f64 memref.store %e, %t[%i] : memref<?xf64> }
  %s = scf.for %i = %c0 to %n step %c1 iter_args(%a = %z) -> (f64) {
    %v = memref.load %t[%i] : memref<?xf64> %q = arith.mulf %v, %v : f64 %b = arith.addf %a, %q : f64 scf.yield %b : f64
  }
  memref.dealloc %t : memref<?xf64>
  return %s : f64
}
"""


WITHOUT_DEALLOC = TEMPORARY.replace("memref.dealloc %t : memref<?xf64>", "")
"""Enzyme frees nothing in reverse mode, so this leaks."""


def temporary(compiled: jit.Function) -> tuple[Any, Any]:
    """Sum of exp(x)^2 by way of memory of the function's own."""
    x, dx = POINT.copy(), np.zeros(3)
    compiled(x, dx, 1.0)
    return (dx,), (2 * np.exp(2 * POINT),)


ON_MEMREFS = """
#i = affine_map<(d0) -> (d0)>
#o = affine_map<(d0) -> ()>
func.func @f(%x: memref<?xf64>, %y: memref<f64>) {
  linalg.generic {indexing_maps = [#i, #o], iterator_types = ["reduction"]}
    ins(%x : memref<?xf64>) outs(%y : memref<f64>) {
  ^bb0(%a: f64, %c: f64):
    %p = arith.mulf %a, %a : f64 %s = arith.addf %p, %c : f64 linalg.yield %s : f64 }
  return
}
"""


def accumulated(compiled: jit.Function) -> tuple[Any, Any]:
    """Sum of squares added to memory: the shadow of the result stays."""
    x, dx, y, dy = POINT.copy(), np.full(3, 0.25), np.array(1.0), np.array(2.0)
    compiled(x, dx, y, dy)
    return (x, dx, y, dy), (POINT, 0.25 + 2 * 2 * POINT, 1 + np.sum(POINT**2), 2.0)


DOT = """
#i = affine_map<(d0) -> (d0)>
#o = affine_map<(d0) -> ()>
func.func @f(%x: tensor<3xf64>, %y: tensor<3xf64>) -> tensor<f64> {
  %z = arith.constant dense<0.0> : tensor<f64>
  %r = linalg.generic {indexing_maps = [#i, #i, #o], iterator_types = ["reduction"]}
    ins(%x, %y : tensor<3xf64>, tensor<3xf64>) outs(%z : tensor<f64>) {
  ^bb0(%a: f64, %b: f64, %c: f64):
    %p = arith.mulf %a, %b : f64 %s = arith.addf %p, %c : f64 linalg.yield %s : f64 } -> tensor<f64>
  return %r : tensor<f64>
}
"""
OTHER = np.array([2.0, 0.5, -1.0])
TENSORS = "(tensor<3xf64>, tensor<3xf64>, tensor<f64>) -> (tensor<3xf64>, tensor<3xf64>)"


def dot_gradient(compiled: jit.Function) -> tuple[Any, Any]:
    """The gradient of x . y."""
    return compiled(POINT, OTHER, np.array(1.5)), (1.5 * OTHER, 1.5 * POINT)


def dot_tangent(compiled: jit.Function) -> tuple[Any, Any]:
    """x . y along (dx, dy)."""
    dx, dy = np.array([1.0, 2.0, 3.0]), np.array([-1.0, 0.0, 1.0])
    return (compiled(POINT, dx, OTHER, dy),), (dx @ OTHER + POINT @ dy,)


SQUARES = """
#i = affine_map<(d0, d1) -> (d0, d1)>
func.func @f(%x: tensor<2x3xf64>) -> tensor<2x3xf64> {
  %e = tensor.empty() : tensor<2x3xf64>
  %r = linalg.generic {indexing_maps = [#i, #i], iterator_types = ["parallel", "parallel"]}
    ins(%x : tensor<2x3xf64>) outs(%e : tensor<2x3xf64>) {
  ^bb0(%a: f64, %c: f64): %p = arith.mulf %a, %a : f64 linalg.yield %p : f64 } -> tensor<2x3xf64>
  return %r : tensor<2x3xf64>
}
"""
ELEMENTWISE = """
func.func @f(%x: tensor<2x3xf64>) -> tensor<2x3xf64> {
  %s = math.sin %x : tensor<2x3xf64> %r = arith.mulf %s, %x : tensor<2x3xf64> return %r : tensor<2x3xf64>
}
"""
EXTRACT = """
func.func @f(%x: tensor<3xf64>) -> f64 {
  %c0 = arith.constant 0 : index %c2 = arith.constant 2 : index
  %a = tensor.extract %x[%c0] : tensor<3xf64> %b = tensor.extract %x[%c2] : tensor<3xf64>
  %r = arith.mulf %a, %b : f64 return %r : f64
}
"""
SEEDS = np.linspace(-1, 1, 6).reshape(2, 3)
GRIDS = "%x: tensor<2x3xf64>, %d: tensor<2x3xf64>"
GRID_TYPES = "(tensor<2x3xf64>, tensor<2x3xf64>) -> tensor<2x3xf64>"


def reverse_grid(text: str) -> str:
    """The adjoint of a function from a tensor to one of its shape."""
    call = asks("autodiff", "f", "%x, %d", "active", "activenoneed", GRID_TYPES)
    return text + main(GRIDS, f"%0 = {call} return %0 : tensor<2x3xf64>", "tensor<2x3xf64>")


def forward_grid(text: str) -> str:
    """The tangent of a function from a tensor to one of its shape."""
    call = asks("fwddiff", "f", "%x, %d", "dup", "dupnoneed", GRID_TYPES)
    return text + main(GRIDS, f"%0 = {call} return %0 : tensor<2x3xf64>", "tensor<2x3xf64>")


MEMORY_CHECKS = (
    Check(
        "memrefs, dup",
        "reverse",
        SUM_OF_SQUARES + main(MAIN_MEMREFS, f"{asks('autodiff', 'f', ALL, 'dup dup', '', MEMREFS)} return"),
        shadows,
    ),
    Check(
        "memrefs, dup and dupnoneed",
        "reverse",
        SUM_OF_SQUARES + main(MAIN_MEMREFS, f"{asks('autodiff', 'f', ALL, 'dup dupnoneed', '', MEMREFS)} return"),
        shadows,
    ),
    Check(
        "memrefs, dup",
        "forward",
        SUM_OF_SQUARES + main(MAIN_MEMREFS, f"{asks('fwddiff', 'f', ALL, 'dup dup', '', MEMREFS)} return"),
        tangents,
    ),
    Check(
        "memref changed in place, and a float (affine.for, affine.load, affine.store)",
        "reverse",
        IN_PLACE
        + main(
            "%m: memref<2x3xf64>, %dm: memref<2x3xf64>, %k: f64, %s: f64",
            "%0 = "
            + asks(
                "autodiff",
                "f",
                "%m, %dm, %k, %s",
                "dup active",
                "activenoneed",
                "(memref<2x3xf64>, memref<2x3xf64>, f64, f64) -> f64",
            )
            + " return %0 : f64",
            "f64",
        ),
        in_place,
    ),
    Check(
        "memrefs with strides",
        "reverse",
        SCALED.replace("MEMREF", STRIDED)
        + main(
            MAIN_MEMREFS.replace("memref<?xf64>", STRIDED).replace("memref<f64>", STRIDED),
            asks("autodiff", "f", ALL, "dup dup", "", f"({STRIDED}, {STRIDED}, {STRIDED}, {STRIDED}) -> ()")
            + " return",
        ),
        every_other,
    ),
    Check(
        "memref.dealloc",
        "reverse",
        TEMPORARY
        + main(
            "%x: memref<?xf64>, %dx: memref<?xf64>, %s: f64",
            asks("autodiff", "f", "%x, %dx, %s", "dup", "activenoneed", "(memref<?xf64>, memref<?xf64>, f64) -> ()")
            + " return",
        ),
        temporary,
    ),
    Check(
        "memref.alloc of a size known at run time",
        "reverse",
        WITHOUT_DEALLOC
        + main(
            "%x: memref<?xf64>, %dx: memref<?xf64>, %s: f64",
            asks("autodiff", "f", "%x, %dx, %s", "dup", "activenoneed", "(memref<?xf64>, memref<?xf64>, f64) -> ()")
            + " return",
        ),
        temporary,
    ),
    Check(
        "linalg.generic on memrefs",
        "reverse",
        ON_MEMREFS + main(MAIN_MEMREFS, f"{asks('autodiff', 'f', ALL, 'dup dup', '', MEMREFS)} return"),
        accumulated,
    ),
    Check(
        "linalg.generic, a dot product",
        "reverse",
        DOT
        + main(
            "%x: tensor<3xf64>, %y: tensor<3xf64>, %s: tensor<f64>",
            f"%0:2 = {asks('autodiff', 'f', '%x, %y, %s', 'active active', 'activenoneed', TENSORS)} "
            "return %0#0, %0#1 : tensor<3xf64>, tensor<3xf64>",
            "tensor<3xf64>, tensor<3xf64>",
        ),
        dot_gradient,
    ),
    Check(
        "linalg.generic, a dot product",
        "forward",
        DOT
        + main(
            "%x: tensor<3xf64>, %dx: tensor<3xf64>, %y: tensor<3xf64>, %dy: tensor<3xf64>",
            "%0 = "
            + asks(
                "fwddiff",
                "f",
                "%x, %dx, %y, %dy",
                "dup dup",
                "dupnoneed",
                "(tensor<3xf64>, tensor<3xf64>, tensor<3xf64>, tensor<3xf64>) -> tensor<f64>",
            )
            + " return %0 : tensor<f64>",
            "tensor<f64>",
        ),
        dot_tangent,
    ),
    Check(
        "linalg.generic, elementwise",
        "reverse",
        reverse_grid(SQUARES),
        lambda compiled: ((compiled(GRID, SEEDS),), (2 * GRID * SEEDS,)),
    ),
    Check(
        "linalg.generic, elementwise",
        "forward",
        forward_grid(SQUARES),
        lambda compiled: ((compiled(GRID, SEEDS),), (2 * GRID * SEEDS,)),
    ),
    Check(
        "arith and math on tensors",
        "reverse",
        reverse_grid(ELEMENTWISE),
        lambda compiled: ((compiled(GRID, SEEDS),), ((np.sin(GRID) + GRID * np.cos(GRID)) * SEEDS,)),
    ),
    Check(
        "arith and math on tensors",
        "forward",
        forward_grid(ELEMENTWISE),
        lambda compiled: ((compiled(GRID, SEEDS),), ((np.sin(GRID) + GRID * np.cos(GRID)) * SEEDS,)),
    ),
    Check(
        "tensor.extract",
        "reverse",
        EXTRACT
        + main(
            "%x: tensor<3xf64>, %s: f64",
            "%0 = "
            + asks("autodiff", "f", "%x, %s", "active", "activenoneed", "(tensor<3xf64>, f64) -> tensor<3xf64>")
            + " return %0 : tensor<3xf64>",
            "tensor<3xf64>",
        ),
        lambda compiled: ((compiled(POINT, 2.0),), ([2 * POINT[2], 0.0, 2 * POINT[0]],)),
    ),
    Check(
        "tensor.extract",
        "forward",
        EXTRACT
        + main(
            "%x: tensor<3xf64>, %d: tensor<3xf64>",
            "%0 = "
            + asks("fwddiff", "f", "%x, %d", "dup", "dupnoneed", "(tensor<3xf64>, tensor<3xf64>) -> f64")
            + " return %0 : f64",
            "f64",
        ),
        lambda compiled: ((compiled(POINT, OTHER),), (OTHER[0] * POINT[2] + OTHER[2] * POINT[0],)),
    ),
)
"""Derivatives with respect to memory and tensors."""
