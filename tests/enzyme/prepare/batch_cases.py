"""Functions of every kind that are batched, with what NumPy says of all elements at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

X = np.array([0.3, -0.7, 1.2, 2.5, -1.1])
Y = np.array([1.0, 2.0, -3.0, 0.5, 0.25])
ROWS = np.arange(15.0).reshape(5, 3) + 1
GRID = np.array([[0.3, -0.7, 1.2], [2.5, -1.1, 0.1]])
CUBE = np.arange(12.0).reshape(2, 3, 2)
INDICES = (
    "%c0 = arith.constant 0 : index %c1 = arith.constant 1 : index "
    "%c2 = arith.constant 2 : index %c3 = arith.constant 3 : index\n"
)


@dataclass(frozen=True, slots=True)
class Case:
    """A function `@f` that is batched."""

    name: str
    takes: str
    """The arguments of `@f`, as `%x: f64`."""
    gives: str
    """The types of its results."""
    body: str
    """What it does, `%c0` to `%c3` being the indices 0 to 3."""
    arguments: Sequence[Any]
    """The arguments of the batch."""
    wanted: Sequence[Any]
    """What the batch returns; where there are no results, what it leaves in its last argument."""
    others: str = ""
    """What else is in the module."""
    shape: tuple[int, ...] = (5,)

    @property
    def text(self) -> str:
        """A module with `@f`, and `@main` that is a batch of it."""
        return f"{self.function}{self.batch('main', 'f')}"

    @property
    def function(self) -> str:
        """`@f`, and what it needs."""
        gives = f" -> ({self.gives})" if self.gives else ""
        return f"{self.others}func.func @f({self.takes}){gives} {{\n{INDICES}{self.body}\n}}\n"

    def batch(self, name: str, callee: str) -> str:
        """A function that is a batch of another one."""
        types = [part.partition(": ")[2] for part in self.takes.split("%")[1:]]
        inputs = [widened(each.rstrip(", "), self.shape) for each in types]
        outputs = [widened(each, self.shape) for each in self.gives.split(", ") if each]
        names = [f"%a{position}" for position in range(len(inputs))]
        takes = ", ".join(f"{value}: {kind}" for value, kind in zip(names, inputs, strict=True))
        values = [f"%r#{position}" if len(outputs) > 1 else "%r" for position in range(len(outputs))]
        head = f"%r:{len(outputs)} = " if len(outputs) > 1 else "%r = " if outputs else ""
        shape = ": " + ", ".join(map(str, self.shape)) if self.shape else ""
        given = f" : {', '.join(outputs)}" if outputs else ""
        return f"""func.func @{name}({takes}) -> ({", ".join(outputs)}) {{
  {head}"enzyme.batch"({", ".join(names)}) {{fn = @{callee}, batch_shape = array<i64{shape}>}}
    : ({", ".join(inputs)}) -> ({", ".join(outputs)})
  return {", ".join(values)}{given}
}}
"""


def widened(kind: str, shape: Sequence[int]) -> str:
    """A type with dimensions in front."""
    front = "".join(f"{size}x" for size in shape)
    for word in ("tensor<", "memref<"):
        if kind.startswith(word):
            return f"{word}{front}{kind[len(word) :]}"
    return f"tensor<{front}{kind}>"


def number(name: str, body: str, wanted: Any, **more: Any) -> Case:
    """A function of one number."""
    return Case(name, "%x: f64", "f64", f"{body}\nreturn %r : f64", [X], [wanted], **more)


def writing(name: str, body: str, wanted: Any, **more: Any) -> Case:
    """A function that changes memory."""
    return Case(name, "%x: f64, %m: memref<3xf64>", "", f"{body}\nreturn", [X, ROWS.copy()], [wanted], **more)


def rows(name: str, gives: str, body: str, wanted: Any) -> Case:
    """A function of a tensor."""
    return Case(name, "%x: tensor<3xf64>", gives, f"{body}\nreturn %r : {gives}", [ROWS], [wanted])


STORED = np.column_stack([ROWS[:, 0], X, ROWS[:, 2]])
POWER = """func.func private @power(%x: f64, %n: index) -> f64 {
  %c0 = arith.constant 0 : index %c1 = arith.constant 1 : index %one = arith.constant 1.0 : f64
  %p = arith.cmpi eq, %n, %c0 : index
  %r = scf.if %p -> (f64) { scf.yield %one : f64 } else {
    %m = arith.subi %n, %c1 : index %q = func.call @power(%x, %m) : (f64, index) -> f64
    %w = arith.mulf %q, %x : f64 scf.yield %w : f64 }
  return %r : f64
}
"""
SQUARES = """func.func private @squares(%i: index, %m: memref<3xf64>) {
  %c1 = arith.constant 1 : index %c3 = arith.constant 3 : index %p = arith.cmpi slt, %i, %c3 : index
  scf.if %p {
    %x = memref.load %m[%i] : memref<3xf64> %y = arith.mulf %x, %x : f64 memref.store %y, %m[%i] : memref<3xf64>
    %j = arith.addi %i, %c1 : index func.call @squares(%j, %m) : (index, memref<3xf64>) -> () }
  return
}
"""

NUMBERS = (
    number("arithmetic", "%r = arith.mulf %x, %x : f64", X * X),
    number("a constant", "%c = arith.constant 2.0 : f64 %r = arith.mulf %x, %c : f64", 2 * X),
    number("nothing but a constant", "%r = arith.constant 2.0 : f64", np.full(5, 2.0)),
    Case("its argument", "%x: f64", "f64", "return %x : f64", [X], [X]),
    Case("no argument", "", "f64", "%r = arith.constant 2.0 : f64\nreturn %r : f64", [], [np.full(5, 2.0)]),
    number(
        "a choice",
        "%c = arith.constant 0.0 : f64 %p = arith.cmpf ogt, %x, %c : f64 %r = arith.select %p, %x, %c : f64",
        np.maximum(X, 0),
    ),
    number(
        "functions", "%a = math.sin %x : f64 %b = math.exp %a : f64 %r = math.tanh %b : f64", np.tanh(np.exp(np.sin(X)))
    ),
    number(
        "scf.if",
        """%c = arith.constant 0.0 : f64 %p = arith.cmpf ogt, %x, %c : f64
        %r = scf.if %p -> (f64) { %e = math.exp %x : f64 scf.yield %e : f64 } else { scf.yield %c : f64 }""",
        np.where(X > 0, np.exp(X), 0),
    ),
    number(
        "scf.for",
        """%r = scf.for %i = %c0 to %c3 step %c1 iter_args(%a = %x) -> (f64) {
          %s = math.sin %a : f64 scf.yield %s : f64 }""",
        np.sin(np.sin(np.sin(X))),
    ),
    number(
        "affine.for",
        "%r = affine.for %i = 0 to 2 iter_args(%a = %x) -> (f64) { %s = math.sin %a : f64 affine.yield %s : f64 }",
        np.sin(np.sin(X)),
    ),
    number(
        "scf.while, as often as each element needs",
        """%ten = arith.constant 10.0 : f64 %two = arith.constant 2.0 : f64 %p = math.absf %x : f64
        %r = scf.while (%a = %p) : (f64) -> f64 {
          %q = arith.cmpf olt, %a, %ten : f64 scf.condition(%q) %a : f64
        } do { ^bb0(%a: f64): %n = arith.mulf %a, %two : f64 scf.yield %n : f64 }""",
        np.abs(X) * 2 ** np.ceil(np.log2(10 / np.abs(X))),
    ),
    number(
        "scf.parallel",
        """%m = memref.alloca() : memref<3xf64>
        scf.parallel (%i) = (%c0) to (%c3) step (%c1) { memref.store %x, %m[%i] : memref<3xf64> }
        %r = memref.load %m[%c1] : memref<3xf64>""",
        X,
    ),
    number(
        "several blocks",
        """%c = arith.constant 0.0 : f64 %p = arith.cmpf ogt, %x, %c : f64 cf.cond_br %p, ^a, ^b(%c : f64)
        ^a: %e = math.exp %x : f64 cf.br ^b(%e : f64)
        ^b(%r: f64):""",
        np.where(X > 0, np.exp(X), 0),
    ),
    number(
        "a call",
        "%r = func.call @triple(%x) : (f64) -> f64",
        3 * X,
        others="""func.func private @triple(%x: f64) -> f64 {
          %k = arith.constant 3.0 : f64 %r = arith.mulf %x, %k : f64 return %r : f64 }\n""",
    ),
    number("recursion", "%r = func.call @power(%x, %c3) : (f64, index) -> f64", X**3, others=POWER),
    number(
        "memory of its own",
        """%m = memref.alloc() : memref<2xf64> memref.store %x, %m[%c0] : memref<2xf64>
        %s = math.sin %x : f64 memref.store %s, %m[%c1] : memref<2xf64>
        %a = memref.load %m[%c0] : memref<2xf64> %b = memref.load %m[%c1] : memref<2xf64>
        %r = arith.mulf %a, %b : f64""",
        X * np.sin(X),
    ),
    number(
        "constant memory",
        """%m = memref.get_global @weights : memref<2xf64> %a = memref.load %m[%c1] : memref<2xf64>
        %r = arith.mulf %a, %x : f64""",
        4 * X,
        others='memref.global "private" constant @weights : memref<2xf64> = dense<[1.0, 4.0]>\n',
    ),
    number(
        "vectors inside",
        """%v = vector.broadcast %x : f64 to vector<4xf64>
        %r = vector.reduction <add>, %v : vector<4xf64> into f64""",
        4 * X,
    ),
    Case(
        "two results",
        "%x: f64, %y: f64",
        "f64, f64",
        "%p = arith.mulf %x, %y : f64 %s = arith.addf %x, %y : f64\nreturn %p, %s : f64, f64",
        [X, Y],
        [X * Y, X + Y],
    ),
    Case(
        "integers",
        "%x: f64, %n: i64",
        "f64",
        """%c = arith.constant 3 : i64 %a = arith.muli %n, %c : i64 %b = arith.sitofp %a : i64 to f64
        %r = arith.mulf %b, %x : f64\nreturn %r : f64""",
        [X, np.arange(5)],
        [3 * np.arange(5) * X],
    ),
    Case(
        "a number of steps",
        "%x: f64, %n: index",
        "f64",
        """%one = arith.constant 1.0 : f64 %r = scf.for %i = %c0 to %n step %c1 iter_args(%a = %one) -> (f64) {
          %s = arith.mulf %a, %x : f64 scf.yield %s : f64 }\nreturn %r : f64""",
        [X, np.arange(5)],
        [X ** np.arange(5)],
    ),
    Case(
        "complex numbers",
        "%x: complex<f64>",
        "complex<f64>",
        "%r = complex.mul %x, %x : complex<f64>\nreturn %r : complex<f64>",
        [X + 1j * Y],
        [(X + 1j * Y) ** 2],
    ),
)

MEMORY = (
    Case(
        "memory that is read",
        "%x: f64, %m: memref<3xf64>",
        "f64",
        "%a = memref.load %m[%c1] : memref<3xf64> %r = arith.mulf %a, %x : f64\nreturn %r : f64",
        [X, ROWS],
        [ROWS[:, 1] * X],
    ),
    Case(
        "memory of any size",
        "%m: memref<?xf64>",
        "f64",
        """%z = arith.constant 0.0 : f64 %n = memref.dim %m, %c0 : memref<?xf64>
        %r = scf.for %i = %c0 to %n step %c1 iter_args(%a = %z) -> (f64) {
          %l = memref.load %m[%i] : memref<?xf64> %b = arith.addf %a, %l : f64 scf.yield %b : f64 }
        return %r : f64""",
        [ROWS],
        [ROWS.sum(1)],
    ),
    writing("memory that is written", "memref.store %x, %m[%c1] : memref<3xf64>", STORED),
    writing(
        "memory that is given on",
        "func.call @put(%x, %m) : (f64, memref<3xf64>) -> ()",
        STORED,
        others="""func.func private @put(%x: f64, %m: memref<3xf64>) {
          %c1 = arith.constant 1 : index memref.store %x, %m[%c1] : memref<3xf64> return }\n""",
    ),
    writing(
        "a view of memory",
        """%v = memref.subview %m[1] [2] [1] : memref<3xf64> to memref<2xf64, strided<[1], offset: 1>>
        memref.store %x, %v[%c0] : memref<2xf64, strided<[1], offset: 1>>""",
        STORED,
    ),
    writing(
        "memory with its size forgotten",
        "%v = memref.cast %m : memref<3xf64> to memref<?xf64> memref.store %x, %v[%c1] : memref<?xf64>",
        STORED,
    ),
    writing(
        "structured operations",
        "linalg.add ins(%m, %m : memref<3xf64>, memref<3xf64>) outs(%m : memref<3xf64>)",
        2 * ROWS,
    ),
    writing(
        "recursion over memory", "func.call @squares(%c0, %m) : (index, memref<3xf64>) -> ()", ROWS**2, others=SQUARES
    ),
)
