"""More functions that preparing makes right: see `prepared_cases`."""

from __future__ import annotations

import math

from .prepared_cases import MEMORY, MEMORY_CASES, Case


def _halved(x: float) -> float:
    while x > 1:
        x = (x / 2 + math.sin(x)) / 2
    return x


def _triangle(x: float) -> float:
    m = [x * each for each in range(4)]
    for i in range(4):
        for j in range(i):
            m[i] = m[i] * m[j] + x
    return m[3]


def _grown(x: float) -> float:
    a = x
    for _ in range(4):
        a = math.sin(a)
    return a * x


def _fall(x: float) -> float:
    return math.sin(x) if x < 1 else _fall(x / 2) * x


RECURSIVE = """func.func @fall(%x: f64) -> f64 {
  %one = arith.constant 1.0 : f64
  %h = arith.constant 0.5 : f64
  %c = arith.cmpf olt, %x, %one : f64
  %r = scf.if %c -> f64 {
    %o = math.sin %x : f64
    scf.yield %o : f64
  } else {
    %m = arith.mulf %x, %h : f64
    %q = func.call @fall(%m) : (f64) -> f64
    %w = arith.mulf %q, %x : f64
    scf.yield %w : f64
  }
  return %r : f64
}
"""
WRITES = f"""func.func private @writes(%m: {MEMORY}, %x: f64) -> (f64, f64) {{
  %c1 = arith.constant 1 : index
  %s = math.sin %x : f64
  memref.store %s, %m[%c1] : {MEMORY}
  %p = arith.mulf %s, %x : f64
  return %s, %p : f64, f64
}}
"""
AFFINE_CALLEE = f"""func.func private @twice(%m: {MEMORY}) {{
  affine.for %i = 0 to 4 {{
    %v = affine.load %m[%i] : {MEMORY}
    %w = arith.addf %v, %v : f64
    affine.store %w, %m[%i] : {MEMORY}
  }}
  return
}}
"""
SQUARES = """{indexing_maps = [affine_map<(d0) -> (d0)>, affine_map<(d0) -> (d0)>], iterator_types = ["parallel"]}"""

CASES = (
    *MEMORY_CASES,
    Case(
        "scf.while",
        """  %r = scf.while (%a = %x) : (f64) -> (f64) {
    %c = arith.cmpf ogt, %a, %one : f64
    scf.condition(%c) %a : f64
  } do {
  ^bb0(%a: f64):
    %h = arith.constant 0.5 : f64
    %s = math.sin %a : f64
    %b = arith.mulf %a, %h : f64
    %t = arith.addf %b, %s : f64
    %u = arith.mulf %t, %h : f64
    scf.yield %u : f64
  }""",
        _halved,
    ),
    Case(
        "scf.while in memory",
        f"""  memref.store %x, %m[%c0] : {MEMORY}
  scf.while : () -> () {{
    %a = memref.load %m[%c0] : {MEMORY}
    %c = arith.cmpf ogt, %a, %one : f64
    scf.condition(%c)
  }} do {{
    %h = arith.constant 0.5 : f64
    %a = memref.load %m[%c0] : {MEMORY}
    %s = math.sin %a : f64
    %b = arith.mulf %a, %h : f64
    %t = arith.addf %b, %s : f64
    %u = arith.mulf %t, %h : f64
    memref.store %u, %m[%c0] : {MEMORY}
    scf.yield
  }}
  %r = memref.load %m[%c0] : {MEMORY}""",
        _halved,
    ),
    Case(
        "a triangle of loops",
        f"""  scf.for %i = %c0 to %c4 step %c1 {{
    scf.for %j = %c0 to %i step %c1 {{
      %v = memref.load %m[%i] : {MEMORY}
      %u = memref.load %m[%j] : {MEMORY}
      %p = arith.mulf %v, %u : f64
      %q = arith.addf %p, %x : f64
      memref.store %q, %m[%i] : {MEMORY}
    }}
  }}
  %r = memref.load %m[%c3] : {MEMORY}""",
        _triangle,
        "right",
    ),
    Case(
        "memory taken in a loop",
        """  %s = scf.for %i = %c0 to %c4 step %c1 iter_args(%a = %x) -> f64 {
    %k = arith.addi %i, %c1 : index
    %t = memref.alloc(%k) : memref<?xf64>
    memref.store %a, %t[%i] : memref<?xf64>
    %v = memref.load %t[%i] : memref<?xf64>
    %p = math.sin %v : f64
    memref.dealloc %t : memref<?xf64>
    scf.yield %p : f64
  }
  %r = arith.mulf %s, %x : f64""",
        _grown,
    ),
    Case(
        "a branch whose result is returned",
        """  %c = arith.cmpf ogt, %x, %one : f64
  %r = scf.if %c -> f64 {
    %p = arith.mulf %x, %x : f64
    scf.yield %p : f64
  } else {
    scf.yield %z : f64
  }""",
        lambda x: x * x,
        "crash",
    ),
    Case(
        "a call that writes memory and gives two results",
        f"""  %a:2 = func.call @writes(%m, %x) : ({MEMORY}, f64) -> (f64, f64)
  %v = memref.load %m[%c1] : {MEMORY}
  %p = arith.mulf %v, %a#1 : f64
  %r = arith.addf %p, %a#0 : f64""",
        lambda x: math.sin(x) * math.sin(x) * x + math.sin(x),
        "refused",
        WRITES,
    ),
    Case(
        "a call of a function with affine loops, in a loop",
        f"""  scf.for %i = %c0 to %c2 step %c1 {{
    func.call @twice(%m) : ({MEMORY}) -> ()
  }}
  %v = memref.load %m[%c1] : {MEMORY}
  %r = arith.mulf %v, %x : f64""",
        lambda x: 4 * x * x,
        "refused",
        AFFINE_CALLEE,
    ),
    Case("a function that calls itself", "  %r = func.call @fall(%x) : (f64) -> f64", _fall, "refused", RECURSIVE),
    Case(
        "branches to blocks",
        """  %c = arith.cmpf ogt, %x, %one : f64
  cf.cond_br %c, ^big, ^small
^big:
  %s = math.sin %x : f64
  cf.br ^end(%s : f64)
^small:
  cf.br ^end(%x : f64)
^end(%v: f64):
  %r = arith.mulf %v, %x : f64""",
        lambda x: math.sin(x) * x,
    ),
    Case(
        "a mask in memory",
        f"""  %b = memref.alloc() : memref<4xi1>
  scf.for %i = %c0 to %c4 step %c1 {{
    %v = memref.load %m[%i] : {MEMORY}
    %c = arith.cmpf ogt, %v, %one : f64
    memref.store %c, %b[%i] : memref<4xi1>
  }}
  %s = scf.for %i = %c0 to %c4 step %c1 iter_args(%a = %z) -> f64 {{
    %c = memref.load %b[%i] : memref<4xi1>
    %v = memref.load %m[%i] : {MEMORY}
    %q = arith.select %c, %v, %z : f64
    %p = arith.addf %a, %q : f64
    scf.yield %p : f64
  }}
  %r = arith.mulf %s, %x : f64""",
        lambda x: 6 * x * x,
        "right",
    ),
    Case(
        "tensors: from_elements, insert, generic, extract",
        f"""  %t = tensor.from_elements %x, %one, %x, %z : tensor<4xf64>
  %u = tensor.insert %x into %t[%c1] : tensor<4xf64>
  %e = tensor.empty() : tensor<4xf64>
  %q = linalg.generic {SQUARES} ins(%u : tensor<4xf64>) outs(%e : tensor<4xf64>) {{
  ^bb0(%i: f64, %o: f64):
    %s = arith.mulf %i, %i : f64
    linalg.yield %s : f64
  }} -> tensor<4xf64>
  %a = tensor.extract %q[%c1] : tensor<4xf64>
  %b = tensor.extract %q[%c2] : tensor<4xf64>
  %r = arith.mulf %a, %b : f64""",
        lambda x: x**4,
    ),
    Case(
        "tensors that a loop exchanges",
        """  %t = tensor.splat %x : tensor<4xf64>
  %o = tensor.splat %one : tensor<4xf64>
  %q:2 = scf.for %k = %c0 to %c3 step %c1 iter_args(%a = %t, %b = %o) -> (tensor<4xf64>, tensor<4xf64>) {
    %s = arith.addf %a, %b : tensor<4xf64>
    scf.yield %b, %s : tensor<4xf64>, tensor<4xf64>
  }
  %v = tensor.extract %q#1[%c1] : tensor<4xf64>
  %r = arith.mulf %v, %x : f64""",
        lambda x: (2 * x + 3) * x,
    ),
)
