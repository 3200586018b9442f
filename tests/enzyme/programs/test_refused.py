"""What `docs/programs.md` says does not work is refused, with an error that names the operation.

Where one of these works, the page is to be changed, and the form belongs into `forms/`.
"""

from __future__ import annotations

import re

import numpy as np
import pytest

import enzyme_mlir
from enzyme_mlir import jit, lowering

X = np.array([0.5, 0.6, 0.7, 0.8])

EXCHANGED = """
func.func @f(%x: memref<4xf64>) -> f64 {
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c3 = arith.constant 3 : index
  %p = memref.alloc() : memref<4xf64>
  %q = memref.alloc() : memref<4xf64>
  memref.copy %x, %p : memref<4xf64> to memref<4xf64>
  %r:3 = scf.while (%a = %p, %b = %q, %i = %c0) : (memref<4xf64>, memref<4xf64>, index)
      -> (memref<4xf64>, memref<4xf64>, index) {
    %more = arith.cmpi ult, %i, %c3 : index
    scf.condition(%more) %a, %b, %i : memref<4xf64>, memref<4xf64>, index
  } do {
  ^bb0(%a: memref<4xf64>, %b: memref<4xf64>, %i: index):
    %v = memref.load %a[%c0] : memref<4xf64>
    %s = math.sin %v : f64
    memref.store %s, %b[%c0] : memref<4xf64>
    %j = arith.addi %i, %c1 : index
    scf.yield %b, %a, %j : memref<4xf64>, memref<4xf64>, index
  }
  %v = memref.load %r#0[%c0] : memref<4xf64>
  return %v : f64
}
"""

HALVES = """
func.func @part(%x: memref<4xf64>, %from: index, %to: index) -> f64 {
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %n = arith.subi %to, %from : index
  %one = arith.cmpi ule, %n, %c1 : index
  %r = scf.if %one -> f64 {
    %v = memref.load %x[%from] : memref<4xf64>
    %s = math.sin %v : f64
    scf.yield %s : f64
  } else {
    %h = arith.divui %n, %c2 : index
    %m = arith.addi %from, %h : index
    %a = func.call @part(%x, %from, %m) : (memref<4xf64>, index, index) -> f64
    %b = func.call @part(%x, %m, %to) : (memref<4xf64>, index, index) -> f64
    %s = arith.mulf %a, %b : f64
    scf.yield %s : f64
  }
  return %r : f64
}

func.func @f(%x: memref<4xf64>) -> f64 {
  %c0 = arith.constant 0 : index
  %c4 = arith.constant 4 : index
  %r = func.call @part(%x, %c0, %c4) : (memref<4xf64>, index, index) -> f64
  return %r : f64
}
"""

CAST = """
func.func @f(%x: memref<4xf64>) -> f64 {
  %c1 = arith.constant 1 : index
  %s = memref.reinterpret_cast %x to offset: [1], sizes: [2], strides: [2]
      : memref<4xf64> to memref<2xf64, strided<[2], offset: 1>>
  %a = memref.load %s[%c1] : memref<2xf64, strided<[2], offset: 1>>
  %r = arith.mulf %a, %a : f64
  return %r : f64
}
"""

VECTOR = """
func.func @f(%x: memref<4xf64>) -> f64 {
  %c0 = arith.constant 0 : index
  %v = vector.load %x[%c0] : memref<4xf64>, vector<4xf64>
  %w = arith.mulf %v, %v : vector<4xf64>
  %r = vector.reduction <add>, %w : vector<4xf64> into f64
  return %r : f64
}
"""

SOFTMAX = """
func.func @f(%x: tensor<3x4xf64>) -> tensor<3x4xf64> {
  %e = tensor.empty() : tensor<3x4xf64>
  %r = linalg.softmax dimension(1) ins(%x : tensor<3x4xf64>) outs(%e : tensor<3x4xf64>) -> tensor<3x4xf64>
  return %r : tensor<3x4xf64>
}
"""


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (EXCHANGED, "scf.while in @f"),
        (HALVES, "func.call in @f"),
        (CAST, "memref.reinterpret_cast in @f"),
        (VECTOR, "vector.load in @f"),
    ],
    ids=["exchanged", "recursion", "cast", "vector"],
)
def test_reverse_mode_is_refused_by_name(text: str, named: str) -> None:
    with pytest.raises(lowering.EnzymeError, match=re.escape(named)):
        enzyme_mlir.grad(text, "f")(X)


def test_forward_mode_of_a_recursion_over_memory() -> None:
    found = enzyme_mlir.jvp(HALVES, "f")(X, np.ones(4))
    assert found.results == pytest.approx(np.prod(np.sin(X)), rel=1e-14)
    assert found.tangents == pytest.approx(np.prod(np.sin(X)) * np.sum(1 / np.tan(X)), rel=1e-14)


def test_a_softmax_by_name_cannot_be_compiled() -> None:
    with pytest.raises(jit.JitError, match=r"linalg\.softmax"):
        jit.compile(SOFTMAX, "f")
