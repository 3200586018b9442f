"""Tensors that change buffers: in loops, branches and calls. More of them are in `test_sweep.py`."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("mlir", reason="the host `mlir` is not installed (xtc-mlir-python-bindings)")

from enzyme_mlir import jit, lowering
from enzyme_mlir.jit import JitError

T = "tensor<3xf64>"
HEAD = (
    "%c0 = arith.constant 0 : index %c1 = arith.constant 1 : index %c2 = arith.constant 2 : index "
    "%c3 = arith.constant 3 : index %nine = arith.constant 9.0 : f64"
)
X, Y = np.array([1.0, 2.0, 3.0]), np.array([4.0, 5.0, 6.0])


def run(body: str, beside: str = "", results: int = 2) -> list[list[float]]:
    """What a function of two tensors returns, twice the same."""
    types = ", ".join([T] * results)
    function = jit.compile(f"{beside} func.func @main(%x: {T}, %y: {T}) -> ({types}) {{ {HEAD} {body} }}")
    x, y = X.copy(), Y.copy()
    first = function(x, y)
    for one, other in zip(first, function(x, y), strict=True):
        assert one.tolist() == other.tolist()
    assert x.tolist() == X.tolist()
    assert y.tolist() == Y.tolist()
    return [array.tolist() for array in first]


def test_a_loop_that_yields_one_tensor_twice() -> None:
    """Both results would be one buffer, and the insertion change both."""
    found = run(f"""%r:2 = scf.for %i = %c0 to %c2 step %c1 iter_args(%a = %x, %b = %y) -> ({T}, {T}) {{
      %k = tensor.insert %nine into %x[%c0] : {T} scf.yield %k, %k : {T}, {T} }}
      %q = tensor.insert %nine into %r#1[%c2] : {T} return %r#0, %q : {T}, {T}""")
    assert found == [[9, 2, 3], [9, 2, 9]]


def test_a_loop_that_yields_a_tensor_and_a_part_of_it() -> None:
    found = run(f"""%r:2 = scf.for %i = %c0 to %c2 step %c1 iter_args(%a = %x, %b = %y) -> ({T}, {T}) {{
      %k = tensor.insert %nine into %x[%c0] : {T} %l = tensor.extract_slice %k[0] [3] [1] : {T} to {T}
      scf.yield %k, %l : {T}, {T} }}
      %q = tensor.insert %nine into %r#1[%c2] : {T} return %r#0, %q : {T}, {T}""")
    assert found == [[9, 2, 3], [9, 2, 9]]


def test_a_while_loop_that_hands_on_one_tensor_twice() -> None:
    found = run(f"""%r:3 = scf.while (%a = %x, %i = %c0) : ({T}, index) -> ({T}, {T}, index) {{
      %k = tensor.insert %nine into %a[%c0] : {T} %t = arith.cmpi slt, %i, %c2 : index
      scf.condition(%t) %k, %k, %i : {T}, {T}, index }} do {{ ^bb0(%a: {T}, %b: {T}, %i: index):
      %j = arith.addi %i, %c1 : index scf.yield %b, %j : {T}, index }}
      %q = tensor.insert %nine into %r#1[%c2] : {T} return %r#0, %q : {T}, {T}""")
    assert found == [[9, 2, 3], [9, 2, 9]]


@pytest.mark.parametrize("result", ["%f", "%x"])
def test_a_function_that_returns_one_tensor_twice(result: str) -> None:
    beside = f"""func.func private @two(%x: {T}) -> ({T}, {T}) {{ %f = arith.addf %x, %x : {T}
      return {result}, {result} : {T}, {T} }}"""
    found = run(
        f"""%r:2 = func.call @two(%x) : ({T}) -> ({T}, {T})
      %q = tensor.insert %nine into %r#1[%c2] : {T} return %r#0, %q : {T}, {T}""",
        beside,
    )
    assert found == ([[2, 4, 6], [2, 4, 9]] if result == "%f" else [[1, 2, 3], [1, 2, 9]])


def test_a_constant_is_not_written_to() -> None:
    found = run(f"""%r = scf.for %i = %c0 to %c2 step %c1 iter_args(%a = %x) -> ({T}) {{
      %k = arith.constant dense<[1., 2., 3.]> : {T} scf.yield %k : {T} }}
      %q = tensor.insert %nine into %r[%c2] : {T} return %r, %q : {T}, {T}""")
    assert found == [[1, 2, 3], [1, 2, 9]]


def test_loops_in_loops() -> None:
    found = run(f"""%r:2 = scf.for %i = %c0 to %c3 step %c1 iter_args(%a = %x, %b = %y) -> ({T}, {T}) {{
      %q:2 = affine.for %j = 0 to 2 iter_args(%c = %b, %d = %a) -> ({T}, {T}) {{
        %s = arith.addf %c, %d : {T} affine.yield %d, %s : {T}, {T} }}
      scf.yield %q#1, %q#0 : {T}, {T} }} return %r#0, %r#1 : {T}, {T}""")
    a, b = X, Y
    for _ in range(3):
        c, d = b, a
        for _ in range(2):
            c, d = d, c + d
        a, b = d, c
    assert found == [a.tolist(), b.tolist()]


def test_tensors_that_grow() -> None:
    text = """func.func @main(%x: tensor<?xf64>, %n: index) -> tensor<?xf64> {
      %c0 = arith.constant 0 : index %c1 = arith.constant 1 : index
      %r = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x) -> (tensor<?xf64>) {
        %s = tensor.concat dim(0) %a, %a : (tensor<?xf64>, tensor<?xf64>) -> tensor<?xf64>
        scf.yield %s : tensor<?xf64> }
      return %r : tensor<?xf64> }"""
    grow = jit.compile(text)
    for turns in range(5):
        assert grow(X, turns).tolist() == X.tolist() * 2**turns


def test_blocks_become_loops() -> None:
    text = f"""func.func @main(%x: {T}, %y: {T}, %n: index) -> {T} {{ {HEAD} cf.br ^head(%x, %y, %c0 : {T}, {T}, index)
      ^head(%a: {T}, %b: {T}, %i: index): %t = arith.cmpi slt, %i, %n : index cf.cond_br %t, ^body, ^end
      ^body: %s = arith.addf %a, %b : {T} %j = arith.addi %i, %c1 : index cf.br ^head(%b, %s, %j : {T}, {T}, index)
      ^end: return %a : {T} }}"""
    fibonacci = jit.compile(text)
    a, b = X, Y
    for turns in range(6):
        assert fibonacci(X, Y, turns).tolist() == a.tolist()
        a, b = b, a + b


def test_what_has_no_equal_on_memory_is_named() -> None:
    text = f"""func.func private @f(%x: {T}) -> {T} {{ return %x : {T} }} func.func @main(%x: {T}) -> {T} {{
      %f = constant @f : ({T}) -> {T} %r = call_indirect %f(%x) : ({T}) -> {T} return %r : {T} }}"""
    with pytest.raises(JitError, match=r"^bufferization failed: op was not bufferized\n.*func\.call_indirect"):
        jit.compile(text)


FORWARD = """func.func @f(%x: f64, %y: f64) -> f64 {{ {body} }}
func.func @main(%x: f64, %dx: tensor<{width}xf64>, %y: f64, %dy: tensor<{width}xf64>) -> tensor<{width}xf64> {{
  %r = "enzyme.fwddiff"(%x, %dx, %y, %dy) {{fn = @f, width = {width} : i64,
    activity = [#enzyme.activity<enzyme_dup>, #enzyme.activity<enzyme_dup>],
    ret_activity = [#enzyme.activity<enzyme_dupnoneed>]}}
    : (f64, tensor<{width}xf64>, f64, tensor<{width}xf64>) -> tensor<{width}xf64>
  return %r : tensor<{width}xf64> }}"""
LOOP = """%c0 = arith.constant 0 : index %c1 = arith.constant 1 : index %c3 = arith.constant 3 : index
  %r:2 = scf.for %i = %c0 to %c3 step %c1 iter_args(%p = %x, %q = %y) -> (f64, f64) {
    %a = arith.mulf %p, %q : f64 scf.yield %a, %p : f64, f64 } return %r#0 : f64"""


@pytest.mark.parametrize("width", [2, 3])
def test_several_directions_through_a_loop(width: int, enzyme_installed: None) -> None:
    """x**3 y**2: the directions are carried as tensors."""
    gradient = jit.compile(lowering.run(FORWARD.format(body=LOOP, width=width)))
    x, y, dx, dy = 1.5, 0.5, np.arange(1.0, width + 1), np.linspace(-1, 1, width)
    wanted = 3 * x**2 * y**2 * dx + 2 * x**3 * y * dy
    assert np.allclose(gradient(x, dx, y, dy), wanted, rtol=1e-14)


@pytest.mark.parametrize("width", [2, 3])
def test_several_directions_of_a_maximum(width: int, enzyme_installed: None) -> None:
    """The derivative chooses between tensors."""
    body = "%r = arith.maximumf %x, %y : f64 return %r : f64"
    gradient = jit.compile(lowering.run(FORWARD.format(body=body, width=width)))
    dx, dy = np.arange(1.0, width + 1), np.linspace(-1, 1, width)
    assert gradient(2.0, dx, 1.0, dy).tolist() == dx.tolist()
    assert gradient(1.0, dx, 2.0, dy).tolist() == dy.tolist()
