"""Control flow and calls, as functions of two floats."""

from __future__ import annotations

import math
from collections.abc import Callable

from .cases import Case

POINTS = ((0.7, 1.3), (1.6, 0.9))
BOUNDS = "%c0 = arith.constant 0 : index %c1 = arith.constant 1 : index"
STEP = "%p = arith.mulf %a, %y : f64 %s = math.sin %p : f64"


def function(body: str, before: str = "") -> str:
    """`@f` of two floats with a body that ends in `%r`."""
    return f"{before} func.func @f(%x: f64, %y: f64) -> f64 {{ {body} return %r : f64 }}"


def sines(count: int) -> Callable[[float, float], tuple[float, float]]:
    """The gradient of a -> sin(a * y), done `count` times from x, by the chain rule."""

    def gradient(x: float, y: float) -> tuple[float, float]:
        value, along_x, along_y = x, 1.0, 0.0
        for _ in range(count):
            slope = math.cos(value * y)
            along_x, along_y = slope * y * along_x, slope * (y * along_y + value)
            value = math.sin(value * y)
        return along_x, along_y

    return gradient


def steps_of(x: float, y: float) -> tuple[float, float]:
    """Five times: the sine where the value is above 0.8, else times y."""
    value, along_x, along_y = x, 1.0, 0.0
    for _ in range(5):
        if value > 0.8:
            along_x, along_y = math.cos(value) * along_x, math.cos(value) * along_y
            value = math.sin(value)
        else:
            along_x, along_y = y * along_x, y * along_y + value
            value = value * y
    return along_x, along_y


def squares(x: float, y: float) -> tuple[float, float]:
    """a -> a * a + y from x, as long as a is below 3."""
    value, along_x, along_y = x, 1.0, 0.0
    while value < 3:
        along_x, along_y = 2 * value * along_x, 2 * value * along_y + 1
        value = value * value + y
    return along_x, along_y


def dynamic(x: float, y: float) -> tuple[float, float]:
    """As many sines as five and the whole part of x."""
    return sines(5 + math.trunc(x))(x, y)


BRANCH = """%c = arith.cmpf ogt, %x, %y : f64 %r = scf.if %c -> (f64) { %t = arith.mulf %x, %x : f64 scf.yield %t
  : f64 } else { %e = arith.mulf %x, %y : f64 scf.yield %e : f64 }"""


def branch(x: float, y: float) -> tuple[float, float]:
    """x squared where x is above y, else x times y."""
    return (2 * x, 0.0) if x > y else (y, x)


LOOP = f"""%r = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x) -> (f64) {{ {STEP} scf.yield %s : f64 }}"""
CALLED = "func.func private @g(%x: f64) -> f64 { %0 = math.exp %x : f64 return %0 : f64 }"
RECURSIVE = """func.func private @g(%x: f64, %n: i64) -> f64 {
  %c0 = arith.constant 0 : i64 %c1 = arith.constant 1 : i64 %c = arith.cmpi eq, %n, %c0 : i64
  %r = scf.if %c -> (f64) { scf.yield %x : f64 } else {
    %m = arith.subi %n, %c1 : i64 %s = math.sin %x : f64 %0 = func.call @g(%s, %m) : (f64, i64) -> f64
    scf.yield %0 : f64 } return %r : f64 }"""


def nested_call(x: float, y: float) -> tuple[float, float]:
    """exp(exp(x) * y)."""
    outer = math.exp(math.exp(x) * y)
    return outer * math.exp(x) * y, outer * math.exp(x)


def recursion(x: float, y: float) -> tuple[float, float]:
    """sin(sin(sin(x))) * y."""
    once, twice = math.sin(x), math.sin(math.sin(x))
    return math.cos(twice) * math.cos(once) * math.cos(x) * y, math.sin(twice)


FIVE = "%n = arith.constant 5 : index"


def switched(x: float, y: float) -> tuple[float, float]:
    """sin(x) y where the whole part of x is 0, x y y where it is 1."""
    return (math.cos(x) * y, math.sin(x)) if math.trunc(x) == 0 else (y * y, 2 * x * y)


def summed(x: float, y: float) -> tuple[float, float]:
    """The sum of sin(i x) y for i from 0 to 4."""
    return sum(i * math.cos(i * x) for i in range(5)) * y, sum(math.sin(i * x) for i in range(5))


def squared(x: float, y: float) -> tuple[float, float]:
    """x x y."""
    return 2 * x * y, x * x


FIVE_TIMES = "%k = arith.index_cast %i : index to i64 %t = arith.sitofp %k : i64 to f64 %u = arith.mulf %t, %x : f64"
PAIR = "memref<2xf64>"
CELLS = f"%c0 = arith.constant 0 : index %c1 = arith.constant 1 : index %m = memref.alloc() : {PAIR}"
WRITES = f"""func.func private @g(%x: f64, %m: {PAIR}) {{
  %c0 = arith.constant 0 : index %c1 = arith.constant 1 : index %s = arith.mulf %x, %x : f64
  memref.store %x, %m[%c0] : {PAIR} memref.store %s, %m[%c1] : {PAIR} return }}"""

FLOW_CASES = (
    Case("scf.if", function(BRANCH), POINTS, branch),
    Case("scf.for", function(f"{BOUNDS} {FIVE} {LOOP}"), POINTS, sines(5)),
    Case(
        "scf.for with a trip count known at run time",
        function(
            f"{BOUNDS} {FIVE.replace('%n', '%five')} %t = arith.fptosi %x : f64 to i64 "
            f"%j = arith.index_cast %t : i64 to index %n = arith.addi %j, %five : index {LOOP}"
        ),
        POINTS,
        dynamic,
    ),
    Case(
        "scf.for in scf.for",
        function(
            f"{BOUNDS} {FIVE} %two = arith.constant 2 : index "
            "%r = scf.for %i = %c0 to %two step %c1 iter_args(%b = %x) -> (f64) { "
            f"%q = scf.for %j = %c1 to %n step %c1 iter_args(%a = %b) -> (f64) {{ {STEP} scf.yield %s : f64 }} "
            "scf.yield %q : f64 }"
        ),
        POINTS,
        sines(8),
    ),
    Case(
        "scf.if in scf.for",
        function(
            f"{BOUNDS} {FIVE} %h = arith.constant 0.8 : f64 "
            "%r = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x) -> (f64) { %c = arith.cmpf ogt, %a, %h : f64 "
            "%q = scf.if %c -> (f64) { %0 = math.sin %a : f64 scf.yield %0 : f64 } "
            "else { %1 = arith.mulf %a, %y : f64 scf.yield %1 : f64 } scf.yield %q : f64 }"
        ),
        POINTS,
        steps_of,
    ),
    Case(
        "scf.for with two values",
        function(
            f"{BOUNDS} {FIVE} %t:2 = scf.for %i = %c0 to %n step %c1 iter_args(%a = %x, %b = %y) -> (f64, f64) {{ "
            "%s = arith.addf %a, %b : f64 scf.yield %b, %s : f64, f64 } %r = arith.mulf %t#0, %t#1 : f64"
        ),
        POINTS,
        lambda x, y: (3 * (5 * x + 8 * y) + 5 * (3 * x + 5 * y), 5 * (5 * x + 8 * y) + 8 * (3 * x + 5 * y)),
    ),
    Case(
        "scf.while",
        function(
            "%k = arith.constant 3.0 : f64 %r = scf.while (%a = %x) : (f64) -> f64 { "
            "%c = arith.cmpf olt, %a, %k : f64 scf.condition(%c) %a : f64 } do { ^bb0(%b: f64): "
            "%0 = arith.mulf %b, %b : f64 %1 = arith.addf %0, %y : f64 scf.yield %1 : f64 }"
        ),
        POINTS,
        squares,
    ),
    Case(
        "affine.for",
        function(f"%r = affine.for %i = 0 to 5 iter_args(%a = %x) -> (f64) {{ {STEP} affine.yield %s : f64 }}"),
        POINTS,
        sines(5),
    ),
    Case(
        "cf.cond_br",
        function(
            "%c = arith.cmpf ogt, %x, %y : f64 cf.cond_br %c, ^a, ^b ^a: %t = arith.mulf %x, %x : f64 "
            "cf.br ^e(%t : f64) ^b: %e = arith.mulf %x, %y : f64 cf.br ^e(%e : f64) ^e(%r: f64):"
        ),
        POINTS,
        branch,
    ),
    Case(
        "func.call",
        function(
            "%0 = call @g(%x) : (f64) -> f64 %1 = arith.mulf %0, %y : f64 %r = call @g(%1) : (f64) -> f64", CALLED
        ),
        ((0.7, 1.3), (-0.6, 0.9)),
        nested_call,
    ),
    Case(
        "recursion",
        function(
            "%n = arith.constant 3 : i64 %0 = call @g(%x, %n) : (f64, i64) -> f64 %r = arith.mulf %0, %y : f64",
            RECURSIVE,
        ),
        POINTS,
        recursion,
    ),
    Case(
        "scf.index_switch",
        function(
            "%i = arith.fptoui %x : f64 to i64 %j = arith.index_cast %i : i64 to index "
            "%r = scf.index_switch %j -> f64 case 0 { %s = math.sin %x : f64 %a = arith.mulf %s, %y : f64 "
            "scf.yield %a : f64 } default { %b = arith.mulf %x, %y : f64 %d = arith.mulf %b, %y : f64 "
            "scf.yield %d : f64 }"
        ),
        POINTS,
        switched,
    ),
    Case(
        "scf.parallel with a reduction",
        function(
            f"{BOUNDS} {FIVE} %z = arith.constant 0.0 : f64 "
            f"%q = scf.parallel (%i) = (%c0) to (%n) step (%c1) init (%z) -> f64 {{ {FIVE_TIMES} "
            "%v = math.sin %u : f64 scf.reduce(%v : f64) { ^bb0(%a: f64, %b: f64): %c = arith.addf %a, %b : f64 "
            "scf.reduce.return %c : f64 } } %r = arith.mulf %q, %y : f64"
        ),
        POINTS,
        summed,
    ),
    Case(
        "scf.parallel that stores",
        function(
            f"{BOUNDS} {FIVE} %z = arith.constant 0.0 : f64 %m = memref.alloc() : memref<5xf64> "
            f"scf.parallel (%i) = (%c0) to (%n) step (%c1) {{ {FIVE_TIMES} %v = math.sin %u : f64 "
            "memref.store %v, %m[%i] : memref<5xf64> scf.reduce } "
            "%q = scf.for %i = %c0 to %n step %c1 iter_args(%a = %z) -> (f64) { "
            "%v = memref.load %m[%i] : memref<5xf64> %b = arith.addf %a, %v : f64 scf.yield %b : f64 } "
            "%r = arith.mulf %q, %y : f64"
        ),
        POINTS,
        summed,
    ),
    Case(
        "affine.parallel with a reduction",
        function(
            f'%q = affine.parallel (%i) = (0) to (5) reduce ("addf") -> (f64) {{ {FIVE_TIMES} %v = math.sin %u : f64 '
            "affine.yield %v : f64 } %r = arith.mulf %q, %y : f64"
        ),
        POINTS,
        summed,
    ),
    Case(
        "affine.for with another lower bound and step",
        function(f"%r = affine.for %i = 1 to 10 step 2 iter_args(%a = %x) -> (f64) {{ {STEP} affine.yield %s : f64 }}"),
        POINTS,
        sines(5),
    ),
    Case(
        "func.call that writes to memory",
        function(
            f"{CELLS} func.call @g(%x, %m) : (f64, {PAIR}) -> () %v = memref.load %m[%c1] : {PAIR} "
            "%r = arith.mulf %v, %y : f64",
            WRITES,
        ),
        POINTS,
        squared,
    ),
)
"""Functions with control flow and calls."""
