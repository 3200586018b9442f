"""Functions that Enzyme refuses, ends over, or gets wrong as they are: what preparing them makes of each is right."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

MEMORY = "memref<4xf64>"
HEAD = f"""func.func @f(%x: f64) -> f64 {{
  %c0 = arith.constant 0 : index
  %c1 = arith.constant 1 : index
  %c2 = arith.constant 2 : index
  %c3 = arith.constant 3 : index
  %c4 = arith.constant 4 : index
  %z = arith.constant 0.0 : f64
  %one = arith.constant 1.0 : f64
  %m = memref.alloc() : {MEMORY}
  %n = memref.alloc() : {MEMORY}
  scf.for %i = %c0 to %c4 step %c1 {{
    %ii = arith.index_cast %i : index to i64
    %fi = arith.sitofp %ii : i64 to f64
    %xi = arith.mulf %x, %fi : f64
    memref.store %xi, %m[%i] : {MEMORY}
    memref.store %one, %n[%i] : {MEMORY}
  }}
"""
"""`%m` is x times 0, 1, 2, 3; `%n` is 1, 1, 1, 1."""


@dataclass(frozen=True, slots=True)
class Case:
    """A function of one float."""

    name: str
    body: str
    """What comes behind `HEAD`; it gives `%r`."""
    reference: Callable[[float], float]
    without: str = "refused"
    """What becomes of its gradient without preparation: `refused`, `crash`, `wrong`, `left`, or `right`."""
    before: str = ""
    """What stands in front of the function."""

    @property
    def text(self) -> str:
        """The function."""
        return f"{self.before}{HEAD}{self.body}\n  return %r : f64\n}}\n"


def _exchanged(x: float) -> float:
    a, b = [x * each for each in range(4)], [1.0] * 4
    for _ in range(3):
        b = [math.sin(each) for each in a]
        a, b = b, a
    return a[2]


MEMORY_CASES = (
    Case(
        "memref.copy",
        f"""  memref.copy %m, %n : {MEMORY} to {MEMORY}
  %a = memref.load %n[%c3] : {MEMORY}
  %r = arith.mulf %a, %x : f64""",
        lambda x: 3 * x * x,
    ),
    Case(
        "memref.dealloc",
        f"""  %a = memref.load %m[%c3] : {MEMORY}
  %r = arith.mulf %a, %x : f64
  memref.dealloc %m : {MEMORY}""",
        lambda x: 3 * x * x,
    ),
    Case(
        "memref.subview at a computed place",
        f"""  %i = arith.fptosi %x : f64 to i64
  %k = arith.index_cast %i : i64 to index
  %e = memref.subview %m[%k] [2] [1] : {MEMORY} to memref<2xf64, strided<[1], offset: ?>>
  scf.for %j = %c0 to %c2 step %c1 {{
    %v = memref.load %e[%j] : memref<2xf64, strided<[1], offset: ?>>
    %s = math.sin %v : f64
    memref.store %s, %e[%j] : memref<2xf64, strided<[1], offset: ?>>
  }}
  %a = memref.load %m[%c2] : {MEMORY}
  %b = memref.load %m[%c3] : {MEMORY}
  %r = arith.mulf %a, %b : f64""",
        lambda x: math.sin(2 * x) * 3 * x,
        "right",
    ),
    Case(
        "memref.atomic_rmw",
        f"""  %old = memref.atomic_rmw mulf %x, %m[%c2] : (f64, {MEMORY}) -> f64
  %v = memref.load %m[%c2] : {MEMORY}
  %r = arith.mulf %v, %old : f64""",
        lambda x: 2 * x * x * 2 * x,
    ),
    Case(
        "memref.generic_atomic_rmw",
        f"""  %old = memref.generic_atomic_rmw %m[%c1] : {MEMORY} {{
  ^bb0(%now: f64):
    %new = arith.mulf %now, %x : f64
    memref.atomic_yield %new : f64
  }}
  %v = memref.load %m[%c1] : {MEMORY}
  %r = arith.mulf %v, %v : f64""",
        lambda x: x**4,
        "refused",
    ),
    Case(
        "buffers that a loop exchanges",
        f"""  %q:2 = scf.for %k = %c0 to %c3 step %c1 iter_args(%a = %m, %b = %n) -> ({MEMORY}, {MEMORY}) {{
    scf.for %i = %c0 to %c4 step %c1 {{
      %v = memref.load %a[%i] : {MEMORY}
      %s = math.sin %v : f64
      memref.store %s, %b[%i] : {MEMORY}
    }}
    scf.yield %b, %a : {MEMORY}, {MEMORY}
  }}
  %r = memref.load %q#0[%c2] : {MEMORY}""",
        _exchanged,
        "crash",
    ),
    Case(
        "scf.index_switch",
        """  %i = arith.fptosi %x : f64 to i64
  %k = arith.index_cast %i : i64 to index
  %q = scf.index_switch %k -> f64
  case 1 {
    %s = math.sin %x : f64
    scf.yield %s : f64
  }
  case 2 {
    scf.yield %one : f64
  }
  default {
    scf.yield %x : f64
  }
  %r = arith.mulf %q, %x : f64""",
        lambda x: math.sin(x) * x,
    ),
    Case(
        "scf.parallel with a sum",
        f"""  %s = scf.parallel (%i) = (%c0) to (%c4) step (%c1) init (%z) -> f64 {{
    %v = memref.load %m[%i] : {MEMORY}
    scf.reduce(%v : f64) {{
    ^bb0(%a: f64, %b: f64):
      %p = arith.addf %a, %b : f64
      scf.reduce.return %p : f64
    }}
  }}
  %r = arith.mulf %s, %x : f64""",
        lambda x: 6 * x * x,
    ),
    Case(
        "scf.parallel with a product and a maximum",
        f"""  %s:2 = scf.parallel (%i) = (%c1) to (%c4) step (%c2) init (%one, %z) -> (f64, f64) {{
    %v = memref.load %m[%i] : {MEMORY}
    scf.reduce(%v, %v : f64, f64) {{
    ^bb0(%a: f64, %b: f64):
      %p = arith.mulf %a, %b : f64
      scf.reduce.return %p : f64
    }}, {{
    ^bb0(%a: f64, %b: f64):
      %p = arith.maximumf %a, %b : f64
      scf.reduce.return %p : f64
    }}
  }}
  %r = arith.addf %s#0, %s#1 : f64""",
        lambda x: 3 * x * x + 3 * x,
    ),
    Case(
        "affine.parallel with a sum",
        f"""  %s = affine.parallel (%i) = (0) to (4) reduce ("addf") -> f64 {{
    %v = affine.load %m[%i] : {MEMORY}
    %p = arith.mulf %v, %v : f64
    affine.yield %p : f64
  }}
  %r = arith.mulf %s, %x : f64""",
        lambda x: 14 * x**3,
        "crash",
    ),
    Case(
        "scf.forall",
        f"""  scf.forall (%i) in (4) {{
    %v = memref.load %m[%i] : {MEMORY}
    %s = math.sin %v : f64
    memref.store %s, %m[%i] : {MEMORY}
  }}
  %r = memref.load %m[%c2] : {MEMORY}""",
        lambda x: math.sin(2 * x),
    ),
    Case(
        "scf.parallel that stores",
        f"""  scf.parallel (%i) = (%c0) to (%c4) step (%c1) {{
    %v = memref.load %m[%i] : {MEMORY}
    %s = math.sin %v : f64
    memref.store %s, %m[%i] : {MEMORY}
    scf.reduce
  }}
  %r = memref.load %m[%c2] : {MEMORY}""",
        lambda x: math.sin(2 * x),
        "right",
    ),
)
