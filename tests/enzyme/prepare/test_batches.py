"""Batches of every function, of derivatives and of batches, and derivatives of batches, against NumPy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from enzyme_mlir import jit, lowering

from ..gradients.checks import asks
from .batch_cases import INDICES, MEMORY, NUMBERS, ROWS, Case, X
from .batch_tensors import SHAPES, TENSORS

pytestmark = pytest.mark.usefixtures("enzyme_installed")


def compiled(text: str, pipeline: str = "differentiate") -> jit.Function:
    """`@main` of a module that has been through Enzyme."""
    return jit.compile(str(lowering.run(text, pipeline)), "main")


def check(case: Case, function: jit.Function) -> None:
    """Compare what a batch does with what NumPy does."""
    arguments = [np.array(each) for each in case.arguments]
    result = function(*arguments)
    given = arguments[-1:] if not case.gives else result if isinstance(result, tuple) else (result,)
    for found, wanted in zip(given, case.wanted, strict=True):
        np.testing.assert_allclose(found, wanted, rtol=1e-14)


@pytest.mark.parametrize("case", NUMBERS, ids=lambda case: case.name)
def test_functions_of_numbers(case: Case) -> None:
    check(case, compiled(case.text))


@pytest.mark.parametrize("case", MEMORY, ids=lambda case: case.name)
def test_functions_of_memory(case: Case) -> None:
    check(case, compiled(case.text))


@pytest.mark.parametrize("case", TENSORS, ids=lambda case: case.name)
def test_functions_of_tensors(case: Case) -> None:
    check(case, compiled(case.text))


@pytest.mark.parametrize("case", SHAPES, ids=lambda case: case.name)
def test_shapes(case: Case) -> None:
    check(case, compiled(case.text))


@pytest.mark.parametrize("case", [NUMBERS[1], NUMBERS[7], TENSORS[4]], ids=lambda case: case.name)
def test_the_pipeline_for_batches_alone(case: Case) -> None:
    check(case, compiled(case.text, "batch"))


@pytest.mark.parametrize("case", [NUMBERS[1], NUMBERS[7]], ids=lambda case: case.name)
def test_batch_of_a_batch(case: Case) -> None:
    inner = case.batch("g", "f")
    outer = Case("", "%x: tensor<5xf64>", "tensor<5xf64>", "", [], [], shape=(2,)).batch("main", "g")
    function = compiled(f"{case.function}{inner}{outer}")
    both = np.stack([X, X])
    np.testing.assert_allclose(function(both), np.stack([case.wanted[0]] * 2), rtol=1e-14)


def test_several_batches_of_one_function() -> None:
    text = f"""{NUMBERS[1].function}
    func.func @main(%x: tensor<5xf64>, %y: tensor<2x3xf64>) -> (tensor<5xf64>, tensor<2x3xf64>) {{
      %0 = "enzyme.batch"(%x) {{fn = @f, batch_shape = array<i64: 5>}} : (tensor<5xf64>) -> tensor<5xf64>
      %1 = "enzyme.batch"(%y) {{fn = @f, batch_shape = array<i64: 2, 3>}} : (tensor<2x3xf64>) -> tensor<2x3xf64>
      %2 = "enzyme.batch"(%0) {{fn = @f, batch_shape = array<i64: 5>}} : (tensor<5xf64>) -> tensor<5xf64>
      return %2, %1 : tensor<5xf64>, tensor<2x3xf64>
    }}"""
    module = str(lowering.run(text))
    assert module.count("func.func private @batched_f") == 2
    first, second = jit.compile(module, "main")(X, np.ones((2, 3)))
    np.testing.assert_array_equal(first, 4 * X)
    np.testing.assert_array_equal(second, np.full((2, 3), 2.0))


@dataclass(frozen=True, slots=True)
class Smooth:
    """A function of one number with its derivatives."""

    name: str
    body: str
    first: Callable[[Any], Any]
    second: Callable[[Any], Any]

    @property
    def text(self) -> str:
        """The function `@f`."""
        return f"""func.func @f(%x: f64) -> f64 {{ {INDICES} {self.body} return %r : f64 }}
        func.func private @cube(%x: f64) -> f64 {{
          %a = arith.mulf %x, %x : f64 %r = arith.mulf %x, %a : f64 return %r : f64 }}
        """


SMOOTH = (
    Smooth(
        "arithmetic",
        "%c = arith.constant 2.0 : f64 %q = arith.mulf %x, %x : f64 %r = arith.mulf %q, %c : f64",
        lambda x: 4 * x,
        lambda x: np.full_like(x, 4),
    ),
    Smooth(
        "functions",
        "%q = math.sin %x : f64 %r = arith.mulf %q, %x : f64",
        lambda x: np.sin(x) + x * np.cos(x),
        lambda x: 2 * np.cos(x) - x * np.sin(x),
    ),
    Smooth(
        "scf.if",
        """%c = arith.constant 0.0 : f64 %p = arith.cmpf ogt, %x, %c : f64
        %r = scf.if %p -> (f64) { %e = math.exp %x : f64 scf.yield %e : f64 } else { scf.yield %c : f64 }""",
        lambda x: np.where(x > 0, np.exp(x), 0),
        lambda x: np.where(x > 0, np.exp(x), 0),
    ),
    Smooth(
        "scf.for",
        """%r = scf.for %i = %c0 to %c2 step %c1 iter_args(%a = %x) -> (f64) {
          %s = arith.mulf %a, %a : f64 scf.yield %s : f64 }""",
        lambda x: 4 * x**3,
        lambda x: 12 * x**2,
    ),
    Smooth(
        "memory",
        """%m = memref.alloc() : memref<2xf64> memref.store %x, %m[%c0] : memref<2xf64>
        %s = math.sin %x : f64 memref.store %s, %m[%c1] : memref<2xf64> %a = memref.load %m[%c0] : memref<2xf64>
        %b = memref.load %m[%c1] : memref<2xf64> %r = arith.mulf %a, %b : f64""",
        lambda x: np.sin(x) + x * np.cos(x),
        lambda x: 2 * np.cos(x) - x * np.sin(x),
    ),
    Smooth(
        "a call",
        "%k = arith.constant 3.0 : f64 %q = func.call @cube(%x) : (f64) -> f64 %r = arith.mulf %q, %k : f64",
        lambda x: 9 * x**2,
        lambda x: 18 * x,
    ),
)
WORDS = {"autodiff": ("active", "activenoneed"), "fwddiff": ("dup", "dupnoneed")}
BATCH = Case("", "%x: f64", "f64", "", [], [])


def slope(op: str, name: str, callee: str) -> str:
    """A function that is the derivative of another one."""
    call = asks(op, callee, "%x, %one", *WORDS[op], "(f64, f64) -> f64")
    return f"func.func @{name}(%x: f64) -> f64 {{ %one = arith.constant 1.0 : f64 %r = {call} return %r : f64 }}\n"


def along(op: str, callee: str) -> str:
    """The derivative of a function of five numbers, with a tangent or a seed."""
    five = "tensor<5xf64>"
    call = asks(op, callee, "%x, %d", *WORDS[op], f"({five}, {five}) -> {five}")
    return f"func.func @main(%x: {five}, %d: {five}) -> {five} {{ %r = {call} return %r : {five} }}\n"


SEEDS = np.array([1, -2, 0.5, 3, 4])


@pytest.mark.parametrize("op", WORDS)
@pytest.mark.parametrize("smooth", SMOOTH, ids=lambda smooth: smooth.name)
def test_batch_of_a_derivative(smooth: Smooth, op: str) -> None:
    function = compiled(smooth.text + slope(op, "g", "f") + BATCH.batch("main", "g"))
    np.testing.assert_allclose(function(X), smooth.first(X), rtol=1e-13)


@pytest.mark.parametrize("smooth", SMOOTH, ids=lambda smooth: smooth.name)
def test_batch_of_a_second_derivative(smooth: Smooth) -> None:
    text = smooth.text + slope("fwddiff", "g", "f") + slope("autodiff", "h", "g") + BATCH.batch("main", "h")
    np.testing.assert_allclose(compiled(text)(X), smooth.second(X), rtol=1e-13)


@pytest.mark.parametrize("op", WORDS)
@pytest.mark.parametrize("smooth", SMOOTH, ids=lambda smooth: smooth.name)
def test_derivative_of_a_batch(smooth: Smooth, op: str) -> None:
    function = compiled(smooth.text + BATCH.batch("g", "f") + along(op, "g"))
    np.testing.assert_allclose(function(X, SEEDS), SEEDS * smooth.first(X), rtol=1e-13)


@pytest.mark.parametrize("smooth", SMOOTH, ids=lambda smooth: smooth.name)
def test_derivative_of_a_batch_of_a_derivative(smooth: Smooth) -> None:
    text = smooth.text + slope("autodiff", "g", "f") + BATCH.batch("h", "g") + along("fwddiff", "h")
    np.testing.assert_allclose(compiled(text)(X, SEEDS), SEEDS * smooth.second(X), rtol=1e-13)


def test_arithmetic_stays_arithmetic() -> None:
    module = lowering.run(NUMBERS[1].text)
    assert "arith.mulf %arg0, %cst : tensor<5xf64>" in str(module)
    assert "scf.for" not in str(module)


def test_the_callers_functions_stay_as_they_are() -> None:
    case = MEMORY[0]
    text = str(lowering.run(case.text))
    assert "func.func @f(%arg0: f64, %arg1: memref<3xf64>) -> f64" in text
    check(case, jit.compile(text, "main"))


REFUSED = {
    "another size": (
        "%x: f64",
        "tensor<4xf64>",
        "argument 0 of @f is a f64, so the batch needs a tensor<5xf64> for it, not a tensor<4xf64>",
    ),
    "a vector": (
        "%x: vector<4xf64>",
        "vector<4xf64>",
        "argument 0 of @f is a vector<4xf64>, of which there is no batch",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_has_no_batch_is_refused(name: str) -> None:
    takes, kind, sentence = REFUSED[name]
    text = f"""func.func @f({takes}) {{ return }}
    func.func @main(%x: {kind}) {{
      "enzyme.batch"(%x) {{fn = @f, batch_shape = array<i64: 5>}} : ({kind}) -> () loc("here":7:3)
      return
    }}"""
    with pytest.raises(lowering.EnzymeRefusal, match=r"because of enzyme\.batch in @main") as caught:
        lowering.run(text)
    assert sentence in str(caught.value)
    assert caught.value.fault is not None
    assert caught.value.fault.location == 'loc("here":7:3)'


def test_sizes_that_are_known_late_are_refused_for_memory() -> None:
    case = Case(
        "",
        "%m: memref<3xf64>",
        "tensor<?xf64>",
        "%r = tensor.empty(%c2) : tensor<?xf64>\nreturn %r : tensor<?xf64>",
        [ROWS],
        [],
    )
    with pytest.raises(lowering.EnzymeRefusal, match="a size that is known only when it has been called"):
        lowering.run(case.text)
