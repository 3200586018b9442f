"""Every way to ask for a derivative."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from enzyme_mlir import jit

from .checks import Check, asks
from .memory import main

CUBE = "func.func @cube(%x: f64) -> f64 { %0 = arith.mulf %x, %x : f64 %1 = arith.mulf %0, %x : f64 return %1 : f64 }\n"
ONE = "%one = arith.constant 1.0 : f64"


def slope(op: str, fn: str) -> str:
    """The derivative of a function of one float at %x, in reverse or forward mode."""
    activity, ret = ("active", "activenoneed") if op == "autodiff" else ("dup", "dupnoneed")
    return f"{ONE} %0 = {asks(op, fn, '%x, %one', activity, ret, '(f64, f64) -> f64')} return %0 : f64"


def second(outer: str, inner: str, function: str = CUBE) -> str:
    """The second derivative of the cube."""
    return (
        function
        + f"func.func @slope(%x: f64) -> f64 {{ {slope(inner, 'cube')} }}\n"
        + main("%x: f64", slope(outer, "slope"), "f64")
    )


def seconds(compiled: jit.Function) -> tuple[Any, Any]:
    """(x^3)'' = 6 x."""
    return [compiled(1.7), compiled(-0.3)], [6 * 1.7, 6 * -0.3]


LOOPED = """func.func @cube(%x: f64) -> f64 {
  %c0 = arith.constant 0 : index %c1 = arith.constant 1 : index %c3 = arith.constant 3 : index
  %one = arith.constant 1.0 : f64
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%a = %one) -> (f64) {
    %p = arith.mulf %a, %x : f64 scf.yield %p : f64 }
  return %r : f64 }
"""
STORED = """func.func @cube(%x: f64) -> f64 {
  %c0 = arith.constant 0 : index %c1 = arith.constant 1 : index %c3 = arith.constant 3 : index
  %one = arith.constant 1.0 : f64 %m = memref.alloc() : memref<1xf64> memref.store %one, %m[%c0] : memref<1xf64>
  scf.for %i = %c0 to %c3 step %c1 {
    %a = memref.load %m[%c0] : memref<1xf64> %p = arith.mulf %a, %x : f64 memref.store %p, %m[%c0] : memref<1xf64> }
  %r = memref.load %m[%c0] : memref<1xf64> return %r : f64 }
"""
WORDS = {"autodiff": "reverse", "fwddiff": "forward"}

PAIR = """
func.func @pair(%x: f64, %y: f64) -> (f64, f64) {
  %p = arith.mulf %x, %y : f64 %e = math.exp %x : f64 %q = arith.mulf %e, %y : f64 return %p, %q : f64, f64 }
"""


def both_seeds(compiled: jit.Function) -> tuple[Any, Any]:
    """x y and exp(x) y with a seed for each."""
    x, y, s, t = 0.7, 1.3, 2.0, -0.5
    return compiled(x, y, s, t), (s * y + t * math.exp(x) * y, s * x + t * math.exp(x))


def values_too(compiled: jit.Function) -> tuple[Any, Any]:
    """The values come in front where they are needed."""
    x, y = 0.7, 1.3
    return compiled(x, y, 1.0), (x * y, math.exp(x) * y, math.exp(x) * y, math.exp(x))


def both_tangents(compiled: jit.Function) -> tuple[Any, Any]:
    """x y and exp(x) y along (1, 2): a value and a tangent for each result."""
    x, y, e = 0.7, 1.3, math.exp(0.7)
    return compiled(x, 1.0, y, 2.0), (x * y, y + 2 * x, e * y, e * y + 2 * e)


DIRECTIONS = np.array([1.0, 10.0])
LOG = """func.func @f(%x: f64, %y: f64) -> f64 {
  %0 = math.log %x : f64 %1 = arith.mulf %0, %y : f64 return %1 : f64 }
"""


def partly(strong: str) -> str:
    """The derivative of y log x with respect to x at a point where the adjoint is zero and the factor infinite."""
    call = asks(
        "autodiff",
        "f",
        "%x, %y, %one",
        "active const",
        "activenoneed",
        "(f64, f64, f64) -> f64",
        f", strong_zero = {strong}",
    )
    return LOG + main("%x: f64, %y: f64", f"{ONE} %0 = {call} return %0 : f64", "f64")


IGNORING = """func.func @f(%x: f64) -> f64 {
  %0 = "enzyme.ignore_derivatives"(%x) : (f64) -> f64 %1 = arith.mulf %0, %x : f64 return %1 : f64 }
"""


def region(op: str) -> str:
    """The derivative of a cube written in place, times a value from around it."""
    activity, ret = ("active", "activenoneed") if op == "autodiff_region" else ("dup", "dupnoneed")
    return main(
        "%x: f64, %k: f64",
        f"""{ONE} %0 = "enzyme.{op}"(%x, %one) ({{ ^bb0(%a: f64):
          %1 = arith.mulf %a, %a : f64 %2 = arith.mulf %1, %a : f64 %3 = arith.mulf %2, %k : f64
          "enzyme.yield"(%3) : (f64) -> () }}) {{activity = [#enzyme.activity<enzyme_{activity}>],
          ret_activity = [#enzyme.activity<enzyme_{ret}>]}} : (f64, f64) -> f64 return %0 : f64""",
        "f64",
    )


BATCH = '"enzyme.batch"(%x) {fn = @FN, batch_shape = array<i64: 2>} : (tensor<2xf64>) -> tensor<2xf64>'
HALF = """func.func @f(%x: TYPE) -> TYPE { %0 = math.sin %x : TYPE %1 = arith.mulf %0, %x : TYPE return %1 : TYPE }
"""


def of_width(type_: str) -> str:
    """The derivative of x sin x in a type of floats."""
    call = asks("autodiff", "f", "%x, %one", "active", "activenoneed", f"({type_}, {type_}) -> {type_}")
    return HALF.replace("TYPE", type_) + main(
        f"%x: {type_}", f"%one = arith.constant 1.0 : {type_} %0 = {call} return %0 : {type_}", type_
    )


def wave(compiled: jit.Function) -> tuple[Any, Any]:
    """(x sin x)' = sin x + x cos x."""
    return [compiled(0.75)], [math.sin(0.75) + 0.75 * math.cos(0.75)]


def wide(op: str, fn: str, text: str, operand: str = "tensor<2xf64>") -> str:
    """Two directions at once."""
    activity, ret = ("active", "activenoneed") if op == "autodiff" else ("dup", "dupnoneed")
    call = asks(op, fn, "%x, %d", activity, ret, f"(f64, {operand}) -> {operand}", ", width = 2 : i64")
    return text + main(f"%x: f64, %d: {operand}", f"%0 = {call} return %0 : {operand}", operand)


MODE_CHECKS = (
    *(
        Check(
            f"second derivative of a cube{made}, {outer} of {inner}",
            f"{WORDS[outer]} over {WORDS[inner]}",
            second(outer, inner, function),
            seconds,
        )
        for made, function in (("", CUBE), (" by a loop", LOOPED), (" in memory", STORED))
        for outer in WORDS
        for inner in WORDS
    ),
    Check(
        "two results, two seeds",
        "reverse",
        PAIR
        + main(
            "%x: f64, %y: f64, %s: f64, %t: f64",
            "%0:2 = "
            + asks(
                "autodiff",
                "pair",
                "%x, %y, %s, %t",
                "active active",
                "activenoneed activenoneed",
                "(f64, f64, f64, f64) -> (f64, f64)",
            )
            + " return %0#0, %0#1 : f64, f64",
            "f64, f64",
        ),
        both_seeds,
    ),
    Check(
        "two results, one constant, values wanted",
        "reverse",
        PAIR
        + main(
            "%x: f64, %y: f64, %s: f64",
            "%0:4 = "
            + asks(
                "autodiff",
                "pair",
                "%x, %y, %s",
                "active active",
                "const active",
                "(f64, f64, f64) -> (f64, f64, f64, f64)",
            )
            + " return %0#0, %0#1, %0#2, %0#3 : f64, f64, f64, f64",
            "f64, f64, f64, f64",
        ),
        values_too,
    ),
    Check(
        "two results, values wanted",
        "forward",
        PAIR
        + main(
            "%x: f64, %dx: f64, %y: f64, %dy: f64",
            "%0:4 = "
            + asks(
                "fwddiff",
                "pair",
                "%x, %dx, %y, %dy",
                "dup dup",
                "dup dup",
                "(f64, f64, f64, f64) -> (f64, f64, f64, f64)",
            )
            + " return %0#0, %0#1, %0#2, %0#3 : f64, f64, f64, f64",
            "f64, f64, f64, f64",
        ),
        both_tangents,
    ),
    *(
        Check(
            f"width = 2{made}",
            WORDS[op],
            wide(op, "cube", function),
            lambda compiled: ([compiled(2.0, DIRECTIONS)], [12 * DIRECTIONS]),
        )
        for made, function in (("", CUBE), (", through a loop", LOOPED), (", through memory", STORED))
        for op in ("fwddiff", "autodiff")
    ),
    Check(
        "batch",
        "batch",
        CUBE
        + main("%x: tensor<2xf64>", f"%0 = {BATCH.replace('FN', 'cube')} return %0 : tensor<2xf64>", "tensor<2xf64>"),
        lambda compiled: ([compiled(DIRECTIONS)], [DIRECTIONS**3]),
    ),
    Check(
        "batch of a derivative",
        "batch over reverse",
        CUBE
        + f"func.func @slope(%x: f64) -> f64 {{ {slope('autodiff', 'cube')} }}\n"
        + main("%x: tensor<2xf64>", f"%0 = {BATCH.replace('FN', 'slope')} return %0 : tensor<2xf64>", "tensor<2xf64>"),
        lambda compiled: ([compiled(DIRECTIONS)], [3 * DIRECTIONS**2]),
    ),
    Check(
        "derivative of a batch",
        "reverse over batch",
        CUBE
        + f"func.func @many(%x: tensor<2xf64>) -> tensor<2xf64> {{ %0 = {BATCH.replace('FN', 'cube')} "
        + "return %0 : tensor<2xf64> }\n"
        + main(
            "%x: tensor<2xf64>, %s: tensor<2xf64>",
            "%0 = "
            + asks(
                "autodiff",
                "many",
                "%x, %s",
                "active",
                "activenoneed",
                "(tensor<2xf64>, tensor<2xf64>) -> tensor<2xf64>",
            )
            + " return %0 : tensor<2xf64>",
            "tensor<2xf64>",
        ),
        lambda compiled: ([compiled(DIRECTIONS, [2.0, 0.5])], [[6.0, 150.0]]),
    ),
    *(
        Check(
            f"enzyme.{op}",
            mode,
            region(op),
            lambda compiled: ([compiled(2.0, 0.5)], [6.0]),
            pipeline="regions",
        )
        for op, mode in (("autodiff_region", "reverse"), ("fwddiff_region", "forward"))
    ),
    *(
        Check(
            "enzyme.ignore_derivatives",
            mode,
            IGNORING + main("%x: f64", slope(op, "f"), "f64"),
            lambda compiled: ([compiled(1.7)], [1.7]),
        )
        for op, mode in (("autodiff", "reverse"), ("fwddiff", "forward"))
    ),
    Check("strong_zero = true", "reverse", partly("true"), lambda compiled: ([compiled(0.0, 0.0)], [0.0])),
    Check(
        "strong_zero = false",
        "reverse",
        partly("false"),
        lambda compiled: ([compiled(0.0, 0.0)], [math.nan]),
        why="zero times infinity is not a number",
    ),
    Check("x sin x in f32", "reverse", of_width("f32"), wave, tolerance=2.0**-22, why="the unit of f32 is 2^-23"),
    Check("x sin x in f16", "reverse", of_width("f16"), wave, tolerance=2.0**-9, why="the unit of f16 is 2^-10"),
    Check("x sin x in bf16", "reverse", of_width("bf16"), wave, tolerance=2.0**-6, why="the unit of bf16 is 2^-7"),
)
"""Derivatives of derivatives, of batches, in several directions, of regions, and what is special."""
