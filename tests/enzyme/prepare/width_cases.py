"""Functions that are differentiated in several directions, with their Jacobians."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import cos, exp, prod, sin, sqrt
from typing import Any

import numpy as np

INDICES = (
    "%c0 = arith.constant 0 : index %c1 = arith.constant 1 : index %c2 = arith.constant 2 : index "
    "%c3 = arith.constant 3 : index %two = arith.constant 2.0 : f64 %zero = arith.constant 0.0 : f64\n"
)
X, Y = 0.8, 0.6
POINT = np.array([0.4, 1.2, 0.8])
VECTOR = "tensor<3xf64>"


@dataclass(frozen=True, slots=True)
class Case:
    """A function `@f` from values to values, and constants."""

    name: str
    body: str
    jacobian: Callable[..., Any]
    """The partial derivatives, a row for each number that comes out, a column for each that goes in."""
    takes: tuple[str, ...] = ("f64", "f64")
    """The types of the arguments `%a0`, `%a1`; those in memory and whole numbers are constants."""
    gives: tuple[str, ...] = ("f64",)
    """The types of the results `%r0`, `%r1`."""
    point: Sequence[Any] = (X, Y)
    others: str = ""
    after: Sequence[Any] = ()
    """What is in memory afterwards, where the function changes it."""

    @property
    def text(self) -> str:
        """The function."""
        takes = ", ".join(f"%a{position}: {kind}" for position, kind in enumerate(self.takes))
        gives = ", ".join(self.gives)
        values = ", ".join(f"%r{position}" for position in range(len(self.gives)))
        return (
            f"{self.others}func.func @f({takes}) -> ({gives}) {{\n{INDICES}{self.body}\nreturn {values} : {gives}\n}}\n"
        )


def wide(kind: str, width: int) -> str:
    """The type of several at once."""
    return f"tensor<{width}x{kind.removeprefix('tensor<')}" if kind.startswith("tensor") else f"tensor<{width}x{kind}>"


def asking(case: Case, mode: str, width: int) -> str:
    """The module with `@main`: the function's values, and its derivatives in several directions."""
    names, kinds, operands, types, words = [], [], [], [], []
    active = [position for position, kind in enumerate(case.takes) if is_value(kind)]
    for position, kind in enumerate(case.takes):
        names.append(f"%a{position}")
        kinds.append(kind)
        operands.append(names[-1])
        types.append(kind)
        words.append("const" if position not in active else "dup" if mode == "fwddiff" else "active")
        if position in active and mode == "fwddiff":
            names.append(f"%d{position}")
            kinds.append(wide(kind, width))
            operands.append(names[-1])
            types.append(kinds[-1])
    results: list[str] = []
    for position, kind in enumerate(case.gives):
        results.append(kind)
        if mode == "fwddiff":
            results.append(wide(kind, width))
        else:
            names.append(f"%s{position}")
            kinds.append(wide(kind, width))
            operands.append(names[-1])
            types.append(kinds[-1])
    if mode == "autodiff":
        results += [wide(case.takes[position], width) for position in active]
    takes = ", ".join(f"{name}: {kind}" for name, kind in zip(names, kinds, strict=True))
    values = ", ".join(f"%r#{position}" for position in range(len(results)))
    given = ["dup" if mode == "fwddiff" else "active"] * len(case.gives)
    return f"""{case.text}
func.func @main({takes}) -> ({", ".join(results)}) {{
  %r:{len(results)} = "enzyme.{mode}"({", ".join(operands)}) {{fn = @f, width = {width} : i64,
    activity = {spelled(words)}, ret_activity = {spelled(given)}}} : ({", ".join(types)}) -> ({", ".join(results)})
  return {values} : {", ".join(results)}
}}
"""


def spelled(words: Sequence[str]) -> str:
    """Activities as MLIR writes them."""
    return f"[{', '.join(f'#enzyme.activity<enzyme_{word}>' for word in words)}]"


def is_value(kind: str) -> bool:
    """Whether a type is one of numbers that are differentiated."""
    return kind.startswith(("tensor", "f"))


def vector(name: str, body: str, jacobian: Any, gives: str = VECTOR) -> Case:
    """A function of three numbers."""
    return Case(name, body, lambda x: jacobian(x), (VECTOR,), (gives,), (POINT,))


def loop(x: float, y: float) -> list[list[float]]:
    """Three times x = sin(x y)."""
    dx, dy = 1.0, 0.0
    for _ in range(3):
        x, dx, dy = sin(x * y), cos(x * y) * y * dx, cos(x * y) * (y * dy + x)
    return [[dx, dy]]


POWER = """func.func private @power(%x: f64, %n: index) -> f64 {
  %c0 = arith.constant 0 : index %c1 = arith.constant 1 : index %one = arith.constant 1.0 : f64
  %p = arith.cmpi eq, %n, %c0 : index
  %r = scf.if %p -> (f64) { scf.yield %one : f64 } else {
    %m = arith.subi %n, %c1 : index %q = func.call @power(%x, %m) : (f64, index) -> f64
    %w = arith.mulf %q, %x : f64 scf.yield %w : f64 }
  return %r : f64
}
"""
KEPT = (X, np.array([1.0, 2.0, 3.0]))

CASES = (
    Case("a product", "%r0 = arith.mulf %a0, %a1 : f64", lambda x, y: [[y, x]]),
    Case("a constant", "%p = arith.mulf %a0, %two : f64 %r0 = arith.addf %p, %a1 : f64", lambda x, y: [[2, 1]]),
    Case("nothing but a constant", "%r0 = arith.mulf %two, %two : f64", lambda x, y: [[0, 0]]),
    Case("the greater one", "%r0 = arith.maximumf %a0, %a1 : f64", lambda x, y: [[1, 0]]),
    Case("the lesser one", "%r0 = arith.minimumf %a0, %a1 : f64", lambda x, y: [[0, 1]]),
    Case(
        "a choice",
        "%p = arith.cmpf ogt, %a0, %zero : f64 %r0 = arith.select %p, %a1, %zero : f64",
        lambda x, y: [[0, 1]],
    ),
    Case(
        "a root", "%q = math.sqrt %a0 : f64 %r0 = arith.mulf %q, %a1 : f64", lambda x, y: [[y / (2 * sqrt(x)), sqrt(x)]]
    ),
    Case("a power", "%r0 = math.powf %a0, %a1 : f64", lambda x, y: [[y * x ** (y - 1), x**y * np.log(x)]]),
    Case("an absolute value", "%q = math.absf %a0 : f64 %r0 = arith.mulf %q, %a1 : f64", lambda x, y: [[y, x]]),
    Case(
        "a tangent",
        "%q = math.tanh %a0 : f64 %r0 = arith.mulf %q, %a1 : f64",
        lambda x, y: [[y * (1 - np.tanh(x) ** 2), np.tanh(x)]],
    ),
    Case(
        "two results",
        "%r0 = arith.mulf %a0, %a1 : f64 %r1 = math.exp %a0 : f64",
        lambda x, y: [[y, x], [exp(x), 0]],
        gives=("f64", "f64"),
    ),
    Case(
        "a call",
        "%r0 = func.call @h(%a0, %a1) : (f64, f64) -> f64",
        lambda x, y: [[cos(x) * y, sin(x)]],
        others="""func.func private @h(%x: f64, %y: f64) -> f64 {
          %s = math.sin %x : f64 %r = arith.mulf %s, %y : f64 return %r : f64 }\n""",
    ),
    Case(
        "scf.if",
        """%p = arith.cmpf ogt, %a0, %zero : f64
        %r0 = scf.if %p -> (f64) {
          %e = arith.mulf %a0, %a1 : f64 scf.yield %e : f64 } else { scf.yield %zero : f64 }""",
        lambda x, y: [[y, x]],
    ),
    Case(
        "scf.for",
        """%r0 = scf.for %i = %c0 to %c3 step %c1 iter_args(%x = %a0) -> (f64) {
          %s = arith.mulf %x, %a1 : f64 %t = math.sin %s : f64 scf.yield %t : f64 }""",
        loop,
    ),
    Case(
        "scf.while",
        """%r0, %n = scf.while (%x = %a0, %i = %c0) : (f64, index) -> (f64, index) {
          %p = arith.cmpi slt, %i, %c3 : index scf.condition(%p) %x, %i : f64, index
        } do { ^bb0(%x: f64, %i: index):
          %t = arith.mulf %x, %a1 : f64 %j = arith.addi %i, %c1 : index scf.yield %t, %j : f64, index }""",
        lambda x, y: [[y**3, 3 * x * y**2]],
    ),
    Case(
        "memory of its own",
        """%m = memref.alloc() : memref<2xf64>
        memref.store %a0, %m[%c0] : memref<2xf64> memref.store %a1, %m[%c1] : memref<2xf64>
        %x = memref.load %m[%c0] : memref<2xf64> %y = memref.load %m[%c1] : memref<2xf64>
        %t = arith.mulf %x, %y : f64 %r0 = math.sin %t : f64""",
        lambda x, y: [[cos(x * y) * y, cos(x * y) * x]],
    ),
    Case(
        "structured operations",
        """%m = memref.alloc() : memref<2xf64> linalg.fill ins(%a0 : f64) outs(%m : memref<2xf64>)
        linalg.add ins(%m, %m : memref<2xf64>, memref<2xf64>) outs(%m : memref<2xf64>)
        %x = memref.load %m[%c0] : memref<2xf64> %r0 = arith.mulf %x, %a1 : f64""",
        lambda x, y: [[2 * y, 2 * x]],
    ),
    Case(
        "global memory",
        """%m = memref.get_global @g : memref<4xf64> memref.store %a0, %m[%c1] : memref<4xf64>
        %l = memref.load %m[%c1] : memref<4xf64> %r0 = arith.mulf %a1, %l : f64""",
        lambda x, y: [[y, x]],
        others='memref.global "private" @g : memref<4xf64> = dense<0.0>\n',
    ),
    vector(
        "element by element",
        "%s = math.sin %a0 : tensor<3xf64> %r0 = arith.mulf %s, %a0 : tensor<3xf64>",
        lambda x: np.diag(np.sin(x) + x * np.cos(x)),
    ),
    vector(
        "elements",
        """%x = tensor.extract %a0[%c0] : tensor<3xf64> %y = tensor.extract %a0[%c2] : tensor<3xf64>
        %r0 = arith.mulf %x, %y : f64""",
        lambda x: [[x[2], 0, x[0]]],
        "f64",
    ),
    vector(
        "a tensor that a loop changes",
        """%r0 = scf.for %i = %c0 to %c3 step %c1 iter_args(%t = %a0) -> (tensor<3xf64>) {
          %e = tensor.extract %t[%i] : tensor<3xf64> %s = math.sin %e : f64
          %n = tensor.insert %s into %t[%i] : tensor<3xf64> scf.yield %n : tensor<3xf64> }""",
        lambda x: np.diag(np.cos(x)),
    ),
    Case(
        "a tensor and a number",
        "%x = tensor.extract %a0[%c0] : tensor<3xf64> %r0 = arith.mulf %x, %a1 : f64",
        lambda x, y: [[y, 0, 0, x[0]]],
        takes=(VECTOR, "f64"),
        point=(POINT, Y),
    ),
    Case(
        "constant memory",
        "%x = memref.load %a1[%c1] : memref<3xf64> %r0 = arith.mulf %x, %a0 : f64",
        lambda x, m: [[m[1]]],
        takes=("f64", "memref<3xf64>"),
        point=KEPT,
        after=[1, 2, 3],
    ),
    Case(
        "constant memory that is counted up, once",
        """%x = memref.load %a1[%c1] : memref<3xf64> %n = arith.addf %x, %a0 : f64
        memref.store %n, %a1[%c1] : memref<3xf64> %r0 = arith.mulf %n, %a0 : f64""",
        lambda x, m: [[2 * x + m[1]]],
        takes=("f64", "memref<3xf64>"),
        point=KEPT,
        after=[1, 2 + X, 3],
    ),
    Case(
        "a whole number",
        "%n = arith.sitofp %a1 : i64 to f64 %r0 = arith.mulf %n, %a0 : f64",
        lambda x, n: [[n]],
        takes=("f64", "i64"),
        point=(X, 3),
    ),
)
RECURSION = Case(
    "recursion",
    "%r0 = func.call @power(%a0, %c3) : (f64, index) -> f64",
    lambda x: [[3 * x**2]],
    takes=("f64",),
    point=(X,),
    others=POWER,
)
"""Calls that stay calls; Enzyme's reverse mode refuses them in one direction as well."""


def sizes_of(kinds: Sequence[str]) -> list[int]:
    """How many numbers values of some types hold."""
    return [
        prod(int(each) for each in kind.removeprefix("tensor<").split("x")[:-1]) for kind in kinds if is_value(kind)
    ]
