"""`enzyme.gradient`, `value_and_gradient`, `vjp` and `jvp` through the real Enzyme, compiled: the numbers are right."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest

from enzyme_mlir import HOST, ir, jit, lowering, new_context
from enzyme_mlir.dialects import enzyme

pytestmark = [
    pytest.mark.skipif(not lowering.is_available(), reason="enzyme-ad is not installed"),
    pytest.mark.skipif(HOST != "mlir", reason="only the host mlir compiles"),
]

X, Y, SEED = 1.5, 0.7, 2.5
FUNCTIONS = """
func.func @f(%x: f64, %y: f64) -> f64 {
  %0 = arith.mulf %x, %x : f64
  %1 = math.sin %y : f64
  %2 = arith.mulf %0, %1 : f64
  return %2 : f64
}
func.func @pair(%x: f64, %y: f64) -> (f64, f64) {
  %0 = arith.mulf %x, %y : f64
  %1 = math.exp %x : f64
  return %0, %1 : f64, f64
}
func.func @caller(%x: f64, %y: f64, %s: f64) -> (f64, f64) { return %x, %y : f64, f64 }
"""
F, FX, FY = X * X * math.sin(Y), 2 * X * math.sin(Y), X * X * math.cos(Y)

Build = Callable[[Any, Any, Any], Any]

CASES: dict[str, tuple[Build, tuple[float, float]]] = {
    "gradient": (lambda x, y, s: enzyme.gradient("f", [x, y]), (FX, FY)),
    "gradient by one": (lambda x, y, s: [x, enzyme.gradient("f", [x, y], wrt=1)], (X, FY)),
    "value and gradient": (lambda x, y, s: enzyme.value_and_gradient("f", [x, y], wrt=0), (F, FX)),
    "vjp": (lambda x, y, s: enzyme.vjp("f", [x, y], [s], results=False).derivatives, (SEED * FX, SEED * FY)),
    "vjp of one result": (
        lambda x, y, s: enzyme.vjp("pair", [x, y], [None, s], results=False).derivatives,
        (SEED * math.exp(X), 0.0),
    ),
    "vjp of both": (
        lambda x, y, s: enzyme.vjp("pair", [x, y], [s, s], results=False).derivatives,
        (SEED * (Y + math.exp(X)), SEED * X),
    ),
    "jvp": (
        lambda x, y, s: [*enzyme.jvp("f", [x, y], [s, None])[0], *enzyme.jvp("f", [x, y], [s, s])[1]],
        (F, SEED * (FX + FY)),
    ),
    "jvp of both": (
        lambda x, y, s: enzyme.jvp("pair", [x, y], [s, None], results=False).tangents,
        (SEED * Y, SEED * math.exp(X)),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_derivative_is_the_analytic_one(case: str) -> None:
    build, expected = CASES[case]
    with new_context(), ir.Location.unknown():
        module = ir.Module.parse(FUNCTIONS)
        block = list(module.body.operations)[-1].operation.regions[0].blocks[0]
        (end,) = list(block.operations)
        with ir.InsertionPoint(end):
            first, second = build(*block.arguments)
        end.operation.operands[0], end.operation.operands[1] = first, second
        caller = jit.compile(lowering.run(module), "caller")
    assert caller(X, Y, SEED) == pytest.approx(expected, rel=1e-14)
