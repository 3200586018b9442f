"""A smallest program for each kind of wrong derivative and mode."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from enzyme_mlir.lowering import PIPELINES, Pipeline

INDICES = "".join(f"  %c{number} = arith.constant {number} : index\n" for number in range(5))
ZERO = "  %z = arith.constant 0.0 : f64\n"
MEMORY = "memref<4xf64>"

Arguments = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A derivative that comes out wrong where Enzyme gets the module as it is."""

    kind: str
    """The kind, a key of `HAZARD_KINDS`."""
    mode: str
    text: str
    """A module; `@main` is or calls the derivative."""
    arguments: Callable[[], Arguments]
    """Fresh arguments of `@main`."""
    wanted: tuple[Any, ...]
    """The right results of `@main`; where it has none, the right contents of its arrays that are named in `outputs`."""
    outputs: tuple[int, ...] = ()
    """Arguments whose contents are results."""
    pipeline: str | Pipeline = "differentiate"


def _names(count: int) -> str:
    return ", ".join(f"%r#{each}" for each in range(count))


def _memory(count: int, word: str) -> tuple[str, str, str, str]:
    """Memory arguments of `@main`, their operands, types and activities, with shadows unless they are constant."""
    parts = ["m"] if word == "const" else ["m", "s"]
    names = [f"%{part}{each}" for each in range(count) for part in parts]
    return (
        "".join(f", {name}: {MEMORY}" for name in names),
        "".join(f", {name}" for name in names),
        f", {MEMORY}" * len(names),
        f", #enzyme.activity<enzyme_{word}>" * count,
    )


def _arrays(count: int, word: str, shadow: float) -> list[np.ndarray[Any, Any]]:
    pair = 1 if word == "const" else 2
    return [each for _ in range(count) for each in (np.arange(1.0, 5.0), np.full(4, shadow))[:pair]]


def reverse(kind: str, function: str, memory: int, wanted: tuple[float, ...], **more: Any) -> Case:
    """A gradient of `@f(%x: f64, memory...) -> f64` at 0.7, memory 1, 2, 3, 4 with shadows that begin at 0.

    `wanted` is the derivative by the number, then those by the elements of the memory.
    """
    word = more.pop("memory_word", "dup")
    head = more.pop("head", "")
    given, operands, types, words = _memory(memory, word)
    text = f"""{head}{function}
func.func @main(%x: f64{given}, %seed: f64) -> f64 {{
  %d = "enzyme.autodiff"(%x{operands}, %seed) {{fn = @f, activity = [#enzyme.activity<enzyme_active>{words}],
    ret_activity = [#enzyme.activity<enzyme_activenoneed>]}} : (f64{types}, f64) -> f64
  return %d : f64
}}
"""

    def arguments() -> Arguments:
        return (0.7, *_arrays(memory, word, 0.0), 1.0)

    shadows = tuple(2 + 2 * each for each in range(memory)) if word != "const" else ()
    return Case(kind, "reverse", text, arguments, wanted, shadows, **more)


def forward(kind: str, function: str, memory: int, wanted: tuple[float, ...], **more: Any) -> Case:
    """Value and derivative of `@f(%x: f64, memory...) -> f64` at 0.7, direction 1, memory with shadows of 10."""
    word = more.pop("memory_word", "dup")
    head = more.pop("head", "")
    given, operands, types, words = _memory(memory, word)
    text = f"""{head}{function}
func.func @main(%x: f64, %dx: f64{given}) -> (f64, f64) {{
  %r:2 = "enzyme.fwddiff"(%x, %dx{operands}) {{fn = @f, activity = [#enzyme.activity<enzyme_dup>{words}],
    ret_activity = [#enzyme.activity<enzyme_dup>]}} : (f64, f64{types}) -> (f64, f64)
  return {_names(2)} : f64, f64
}}
"""

    def arguments() -> Arguments:
        return (0.7, 1.0, *_arrays(memory, word, 10.0))

    return Case(kind, "forward", text, arguments, wanted, **more)


def body(text: str, arguments: str = "%x: f64") -> str:
    """`@f` with the constants that the cases use."""
    return f"func.func @f({arguments}) -> f64 {{\n{INDICES}{ZERO}{text}\n}}\n"


BITS = body("""
  %sign = arith.constant -9223372036854775808 : i64
  %i = arith.bitcast %x : f64 to i64
  %j = arith.xori %i, %sign : i64
  %r = arith.bitcast %j : i64 to f64
  return %r : f64""")
GLOBAL = body(f"""
  %m = memref.get_global @g : {MEMORY}
  memref.store %x, %m[%c1] : {MEMORY}
  %l = memref.load %m[%c1] : {MEMORY}
  %r = arith.mulf %l, %x : f64
  return %r : f64""")
GLOBAL_HEAD = f'memref.global "private" @g : {MEMORY} = uninitialized\n'
STRUCTURED = body(
    f"""
  linalg.generic {{indexing_maps = [affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]}} outs(%m: {MEMORY}) {{
    ^bb0(%e: f64):
      %p = arith.mulf %e, %e : f64
      linalg.yield %p : f64
  }}
  %l = memref.load %m[%c1] : {MEMORY}
  %r = arith.addf %x, %l : f64
  return %r : f64""",
    f"%x: f64, %m: {MEMORY}",
)
STEPS = body(
    f"""
  %s = scf.for %i = %c0 to %c4 step %c2 iter_args(%a = %x) -> (f64) {{
    %l = memref.load %m[%i] : {MEMORY}
    %p = arith.mulf %l, %l : f64
    %n = arith.addf %a, %p : f64
    scf.yield %n : f64
  }}
  return %s : f64""",
    f"%x: f64, %m: {MEMORY}",
)
AFFINE_STEPS = body(
    f"""
  %s = affine.for %i = 1 to 4 iter_args(%a = %x) -> (f64) {{
    %l = affine.load %m[%i] : {MEMORY}
    %p = arith.mulf %l, %l : f64
    %n = arith.addf %a, %p : f64
    affine.yield %n : f64
  }}
  return %s : f64""",
    f"%x: f64, %m: {MEMORY}",
)
STORE = body(
    f"""
  memref.store %z, %m[%c1] : {MEMORY}
  %l = memref.load %m[%c1] : {MEMORY}
  %r = arith.addf %x, %l : f64
  return %r : f64""",
    f"%x: f64, %m: {MEMORY}",
)
STORE_IN_LOOP = body(
    f"""
  scf.for %i = %c0 to %c4 step %c1 {{
    memref.store %z, %m[%i] : {MEMORY}
  }}
  %l = memref.load %m[%c1] : {MEMORY}
  %r = arith.addf %x, %l : f64
  return %r : f64""",
    f"%x: f64, %m: {MEMORY}",
)
CONSTANT_MEMORY = body(
    f"""
  memref.store %x, %m[%c1] : {MEMORY}
  %l = memref.load %m[%c1] : {MEMORY}
  %r = arith.mulf %l, %l : f64
  return %r : f64""",
    f"%x: f64, %m: {MEMORY}",
)
ORDER = body("""
  %r:2 = scf.for %i = %c0 to %c3 step %c1 iter_args(%a = %x, %b = %x) -> (f64, f64) {
    %s = math.sin %a : f64
    %p = arith.addf %b, %s : f64
    scf.yield %s, %p : f64, f64
  }
  return %r#1 : f64""")
START = body("""
  %r:2 = scf.for %i = %c0 to %c3 step %c1 iter_args(%a = %z, %b = %x) -> (f64, f64) {
    %p = arith.addf %a, %b : f64
    scf.yield %p, %b : f64, f64
  }
  %q = arith.mulf %r#0, %r#1 : f64
  return %q : f64""")
YIELD = body("""
  %r = scf.for %i = %c0 to %c3 step %c1 iter_args(%a = %z) -> (f64) {
    scf.yield %x : f64
  }
  return %r : f64""")
NEEDED = body(
    f"""
  memref.store %x, %m[%c1] : {MEMORY}
  %l = memref.load %m[%c1] : {MEMORY}
  %r = math.sin %l : f64
  return %r : f64""",
    f"%x: f64, %m: {MEMORY}",
)


def _iterated_sine(x: float) -> tuple[float, float]:
    """The value of `ORDER` and its derivative."""
    a, da, b, db = x, 1.0, x, 1.0
    for _ in range(3):
        a, da = math.sin(a), math.cos(a) * da
        b, db = b + a, db + da
    return b, db


X = 0.7
ORDERED = _iterated_sine(X)
DUP, AD, AN, DN = (f"#enzyme.activity<enzyme_{word}>" for word in ("dup", "active", "activenoneed", "dupnoneed"))

TWO_SHADOWS = f"""func.func @f(%a: {MEMORY}, %b: {MEMORY}) -> f64 {{
{INDICES}  %l = memref.load %a[%c1] : {MEMORY}
  %p = arith.mulf %l, %l : f64
  memref.store %p, %b[%c1] : {MEMORY}
  %r = memref.load %a[%c1] : {MEMORY}
  return %r : f64
}}
func.func @main(%m: {MEMORY}, %d: {MEMORY}, %e: {MEMORY}) -> f64 {{
  %r = "enzyme.fwddiff"(%m, %d, %m, %e) {{fn = @f, activity = [{DUP}, {DUP}], ret_activity = [{DN}]}}
    : ({MEMORY}, {MEMORY}, {MEMORY}, {MEMORY}) -> f64
  return %r : f64
}}
"""
BOTH_SHADOWS = f"""{TWO_SHADOWS.partition("func.func @main")[0]}
func.func @main(%m: {MEMORY}, %d: {MEMORY}, %e: {MEMORY}, %seed: f64) {{
  "enzyme.autodiff"(%m, %d, %m, %e, %seed) {{fn = @f, activity = [{DUP}, {DUP}], ret_activity = [{AN}]}}
    : ({MEMORY}, {MEMORY}, {MEMORY}, {MEMORY}, f64) -> ()
  return
}}
"""
SHADOW_OF_A_NUMBER = f"""func.func @f(%x: f64, %y: f64) -> f64 {{
  %r = arith.mulf %x, %y : f64
  return %r : f64
}}
func.func @main(%x: f64, %y: f64, %s: f64, %seed: f64) -> (f64, f64) {{
  %r = "enzyme.autodiff"(%x, %y, %s, %seed) {{fn = @f, activity = [{AD}, {DUP}], ret_activity = [{AN}]}}
    : (f64, f64, f64, f64) -> f64
  return %r, %s : f64, f64
}}
"""
NESTED = f"""func.func @f(%x: f64) -> f64 {{
{INDICES}  %r = scf.for %i = %c0 to %c2 step %c1 iter_args(%q = %x) -> f64 {{
    %a = arith.mulf %q, %q : f64
    scf.yield %a : f64
  }}
  return %r : f64
}}
func.func @slope(%x: f64) -> f64 {{
  %one = arith.constant 1.0 : f64
  %r = "enzyme.fwddiff"(%x, %one) {{fn = @f, activity = [{DUP}], ret_activity = [{DN}]}} : (f64, f64) -> f64
  return %r : f64
}}
func.func @main(%x: f64, %dx: f64) -> f64 {{
  %r = "enzyme.fwddiff"(%x, %dx) {{fn = @slope, activity = [{DUP}], ret_activity = [{DN}]}} : (f64, f64) -> f64
  return %r : f64
}}
"""
QUOTIENT = """func.func @f(%x: f64) -> f64 {
  %y = arith.constant 1.0e200 : f64
  %r = arith.divf %x, %y : f64
  return %r : f64
}
"""
ROOT = """func.func @f(%x: f64) -> f64 {
  %y = arith.constant 0.7 : f64
  %d = arith.subf %x, %y : f64
  %r = math.sqrt %d : f64
  return %r : f64
}
"""

CASES = (
    reverse("bits-of-a-number", BITS, 0, (-1.0,)),
    forward("bits-of-a-number", BITS, 0, (-X, -1.0)),
    Case("two-shadows", "forward", TWO_SHADOWS, lambda: (np.full(4, 3.0), np.ones(4), np.zeros(4)), (6.0,)),
    Case(
        "two-shadows",
        "reverse",
        BOTH_SHADOWS,
        lambda: (np.full(4, 3.0), np.zeros(4), np.zeros(4), 1.0),
        (0.0, 6.0, 0.0, 0.0),
        (1,),
    ),
    Case("shadow-of-a-number", "reverse", SHADOW_OF_A_NUMBER, lambda: (X, 2.0, 0.0, 1.0), (2.0, X)),
    reverse("global-memory", GLOBAL, 0, (2 * X,), head=GLOBAL_HEAD),
    reverse(
        "structured-operation",
        STRUCTURED,
        1,
        (1.0, 0.0, 4.0, 0.0, 0.0),
        pipeline=replace(PIPELINES["differentiate"], passes=PIPELINES["differentiate"].passes[1:]),
    ),
    reverse("steps-of-a-loop", STEPS, 1, (1.0, 2.0, 0.0, 6.0, 0.0)),
    reverse("steps-of-a-loop", AFFINE_STEPS, 1, (1.0, 0.0, 4.0, 6.0, 8.0)),
    reverse("store-without-derivative", STORE, 1, (1.0, 0.0, 0.0, 0.0, 0.0)),
    forward("store-without-derivative", STORE_IN_LOOP, 1, (X, 1.0)),
    reverse("constant-memory", CONSTANT_MEMORY, 1, (2 * X,), memory_word="const"),
    forward("order-of-results", ORDER, 0, ORDERED),
    reverse("start-without-derivative", START, 0, (6 * X,)),
    reverse("yield-from-outside", YIELD, 0, (1.0,)),
    forward("memory-not-needed", NEEDED, 1, (math.sin(X), math.cos(X)), memory_word="dupnoneed"),
    reverse("memory-not-needed", NEEDED, 1, (math.cos(X), 0.0, 0.0, 0.0, 0.0), memory_word="dupnoneed"),
    Case("derivative-of-a-derivative", "forward", NESTED, lambda: (2.0, 1.0), (48.0,)),
    reverse("function-of-numbers", ROOT, 0, (math.inf,)),
    forward("function-of-numbers", QUOTIENT, 0, (X / 1e200, 1e-200)),
)
"""A case for each kind and mode."""
