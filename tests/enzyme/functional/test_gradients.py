"""`grad` and `value_and_grad`: numbers, tensors and memory."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest

import enzyme_mlir
from enzyme_mlir import ir, jit, new_context
from tests.enzyme.functional.programs import (
    CHAIN,
    IN_PLACE,
    POLYNOMIAL,
    PRODUCT,
    SCRATCH,
    chain,
    chain_by,
    polynomial_by,
    product_by,
)

close = pytest.approx


def test_by_default_all_floats_are_differentiated_by() -> None:
    gradient = enzyme_mlir.grad(PRODUCT, "product")
    assert gradient(1.5, 0.7) == close(product_by(1.5, 0.7), rel=1e-14)
    assert gradient(y=0.7, x=1.5) == gradient(1.5, 0.7)


@pytest.mark.parametrize(("wrt", "index"), [(0, 0), (1, 1), ("x", 0), ("y", 1), ("%y", 1)])
def test_one_argument_gives_one_derivative(wrt: int | str, index: int) -> None:
    found = enzyme_mlir.grad(PRODUCT, "product", wrt=wrt)(1.5, 0.7)
    assert type(found) is float
    assert found == close(product_by(1.5, 0.7)[index], rel=1e-14)


def test_a_sequence_of_arguments_gives_a_tuple_in_its_order() -> None:
    by_x, by_y = product_by(1.5, 0.7)
    assert enzyme_mlir.grad(PRODUCT, wrt=["y", 0])(1.5, 0.7) == close((by_y, by_x), rel=1e-14)
    assert enzyme_mlir.grad(PRODUCT, wrt=["y"])(1.5, 0.7) == close((by_y,), rel=1e-14)


def test_the_value_comes_first() -> None:
    value, (by_x, by_y) = enzyme_mlir.value_and_grad(PRODUCT)(1.5, 0.7)
    assert value == close(2.25 * math.sin(0.7), rel=1e-14)
    assert (by_x, by_y) == close(product_by(1.5, 0.7), rel=1e-14)


@pytest.mark.parametrize("size", [2, 5, 33])
def test_the_derivative_by_memory_is_an_array(size: int) -> None:
    x = np.linspace(0.3, 1.7, size)
    before = x.copy()
    by_x, by_k = enzyme_mlir.grad(CHAIN)(x, 2.5, 3)
    right = chain_by(x, 2.5)
    np.testing.assert_allclose(by_x, right[0], rtol=1e-13, atol=1e-13)
    assert by_k == close(right[1], rel=1e-13)
    np.testing.assert_array_equal(x, before)
    value, again = enzyme_mlir.value_and_grad(CHAIN, wrt="x")(x, 2.5, 3)
    assert value == close(chain(x, 2.5), rel=1e-13)
    np.testing.assert_array_equal(again, by_x)


def test_shadows_are_cleared_at_each_call() -> None:
    gradient = enzyme_mlir.grad(CHAIN, wrt="x")
    x = np.linspace(0.3, 1.7, 4)
    first = gradient(x, 1.0, 0)
    second = gradient(x, 1.0, 0)
    np.testing.assert_array_equal(first, second)
    assert first is not second


def test_the_derivative_by_a_tensor_is_an_array() -> None:
    x = np.array([0.5, 1.5, -2.0])
    by_x, by_y = enzyme_mlir.grad(POLYNOMIAL)(x, 3.0)
    right = polynomial_by(x, 3.0)
    np.testing.assert_allclose(by_x, right[0], rtol=1e-14)
    assert by_y == close(right[1], rel=1e-14)
    np.testing.assert_array_equal(enzyme_mlir.grad(POLYNOMIAL, wrt="x")([0.5, 1.5, -2], 3), by_x)


def test_memory_that_is_written_to_is_as_after_a_plain_call() -> None:
    given, plain = np.array([2.0, 3.0, 4.0]), np.array([2.0, 3.0, 4.0])
    value = jit.compile(IN_PLACE, "in_place")(plain)
    found, by_m = enzyme_mlir.value_and_grad(IN_PLACE)(given)
    assert found == value == 12.0
    np.testing.assert_array_equal(given, plain)
    np.testing.assert_array_equal(by_m, [12.0, 4.0, 0.0])


def test_memory_that_is_written_to_has_a_shadow_even_if_it_is_not_asked_for() -> None:
    memory = np.zeros(2)
    assert enzyme_mlir.grad(SCRATCH, wrt="x")(3.0, memory) == 6.0
    np.testing.assert_array_equal(memory, [3.0, 0.0])


def test_memory_that_is_only_read_may_be_laid_out_in_any_way() -> None:
    gradient = enzyme_mlir.grad(CHAIN, wrt="x")
    x = np.linspace(0.3, 1.7, 8)
    expected = gradient(x[::2].copy(), 1.0, 0)
    np.testing.assert_array_equal(gradient(x[::2], 1.0, 0), expected)
    np.testing.assert_array_equal(gradient(list(x[::2]), 1.0, 0), expected)
    fixed = x[::2].copy()
    fixed.flags.writeable = False
    np.testing.assert_array_equal(gradient(fixed, 1.0, 0), expected)


STRIDED = "memref<3xf64, strided<[?], offset: ?>>"


def test_memory_with_strides() -> None:
    text = f"""func.func @f(%m: {STRIDED}) -> f64 {{
      %c0 = arith.constant 0 : index
      %c2 = arith.constant 2 : index
      %a = memref.load %m[%c0] : {STRIDED}
      %b = memref.load %m[%c2] : {STRIDED}
      %e = arith.mulf %a, %b : f64
      return %e : f64 }}"""
    np.testing.assert_array_equal(enzyme_mlir.grad(text)(np.arange(6.0)[::2]), [4.0, 0.0, 0.0])


@pytest.mark.parametrize("kind", ["f64", "f32", "f16", "bf16"])
def test_floats_of_every_width(kind: str) -> None:
    text = f"func.func @f(%x: {kind}) -> {kind} {{ %0 = arith.mulf %x, %x : {kind} return %0 : {kind} }}"
    assert enzyme_mlir.grad(text)(1.5) == 3.0


def test_an_operation_is_a_function_of_its_module() -> None:
    with new_context(), ir.Location.unknown():
        module = ir.Module.parse(PRODUCT + CHAIN)
        function: Any = module.body.operations[0]
        expected = enzyme_mlir.grad(module, "product")(1.5, 0.7)
        assert enzyme_mlir.grad(function)(1.5, 0.7) == expected
        assert enzyme_mlir.grad(function.operation, wrt="arg1")(1.5, 0.7) == expected[1]
        assert enzyme_mlir.grad(module.operation, "@product")(1.5, 0.7) == expected


def test_what_from_py_func_made_is_a_function() -> None:
    from mlir.dialects import arith, func
    from mlir.dialects import math as of_math

    function: Any = func.FuncOp.from_py_func
    with new_context(), ir.Location.unknown():
        f64 = ir.F64Type.get()
        module = ir.Module.create()
        with ir.InsertionPoint(module.body):

            @function(f64, f64)
            def wave(x: Any, y: Any) -> Any:
                return arith.mulf(x, of_math.sin(y))

            @function(f64, f64)
            def twice(x: Any, y: Any) -> Any:
                return arith.addf(wave(x, y), wave(x, y))

        assert enzyme_mlir.grad(wave)(2.0, 0.5) == close((math.sin(0.5), 2 * math.cos(0.5)), rel=1e-14)
        assert enzyme_mlir.grad(twice, wrt=0)(2.0, 0.5) == close(2 * math.sin(0.5), rel=1e-14)


def test_what_becomes_of_the_module_later_changes_nothing() -> None:
    with new_context(), ir.Location.unknown():
        module = ir.Module.parse(PRODUCT)
        gradient = enzyme_mlir.grad(module, "product")
        module.body.operations[0].operation.erase()
        assert gradient(1.5, 0.7) == close(product_by(1.5, 0.7), rel=1e-14)


def test_zero_times_infinity_is_zero_where_it_is_asked_for() -> None:
    text = """func.func @f(%x: f64, %y: f64) -> f64 {
      %0 = math.log %x : f64
      %1 = arith.mulf %0, %y : f64
      return %1 : f64 }"""
    assert math.isnan(enzyme_mlir.grad(text, wrt="x")(0.0, 0.0))
    assert enzyme_mlir.grad(text, wrt="x", strong_zero=True)(0.0, 0.0) == 0.0
