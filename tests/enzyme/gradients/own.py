"""Memory, tensors and complex numbers of a function's own, as functions of two floats."""

from __future__ import annotations

from .cases import Case
from .flow import BOUNDS, CELLS, FIVE, PAIR, POINTS, STEP, function, sines, squared

MEMORY = """%c0 = arith.constant 0 : index %m = memref.ALLOC() : memref<1xf64> memref.store %x, %m[%c0] : memref<1xf64>
  %0 = memref.load %m[%c0] : memref<1xf64> %1 = arith.mulf %0, %0 : f64 memref.store %1, %m[%c0] : memref<1xf64>
  %2 = memref.load %m[%c0] : memref<1xf64> %r = arith.mulf %2, %y : f64"""
TENSOR = "tensor<2xf64>"

OWN_CASES = (
    Case("memref.alloc", function(MEMORY.replace("ALLOC", "alloc")), POINTS, lambda x, y: (2 * x * y, x * x)),
    Case("memref.alloca", function(MEMORY.replace("ALLOC", "alloca")), POINTS, lambda x, y: (2 * x * y, x * x)),
    Case(
        "memref.alloc in scf.for",
        function(
            f"{BOUNDS} {FIVE} %m = memref.alloc() : memref<1xf64> memref.store %x, %m[%c0] : memref<1xf64> "
            "scf.for %i = %c0 to %n step %c1 { %a = memref.load %m[%c0] : memref<1xf64> "
            f"{STEP} memref.store %s, %m[%c0] : memref<1xf64> }} %r = memref.load %m[%c0] : memref<1xf64>"
        ),
        POINTS,
        sines(5),
    ),
    Case(
        "memref.copy",
        function(
            f"{CELLS} %n = memref.alloc() : {PAIR} memref.store %x, %m[%c0] : {PAIR} memref.store %y, %m[%c1] : {PAIR} "
            f"memref.copy %m, %n : {PAIR} to {PAIR} %a = memref.load %n[%c0] : {PAIR} "
            f"%b = memref.load %n[%c1] : {PAIR} %c = arith.mulf %a, %b : f64 %r = arith.mulf %c, %a : f64"
        ),
        POINTS,
        squared,
    ),
    Case(
        "memref.dealloc",
        function(
            f"{CELLS} %p = arith.mulf %x, %x : f64 memref.store %p, %m[%c0] : {PAIR} %a = memref.load %m[%c0] : {PAIR} "
            f"memref.dealloc %m : {PAIR} %r = arith.mulf %a, %y : f64"
        ),
        POINTS,
        squared,
    ),
    Case(
        "memref.subview",
        function(
            f"{CELLS} %v = memref.subview %m[1] [1] [1] : {PAIR} to memref<1xf64, strided<[1], offset: 1>> "
            "%p = arith.mulf %x, %x : f64 memref.store %p, %v[%c0] : memref<1xf64, strided<[1], offset: 1>> "
            f"%a = memref.load %m[%c1] : {PAIR} %r = arith.mulf %a, %y : f64"
        ),
        POINTS,
        squared,
    ),
    Case(
        "memref.get_global as scratch memory",
        function(
            f"%c0 = arith.constant 0 : index %m = memref.get_global @scratch : {PAIR} %p = arith.mulf %x, %x : f64 "
            f"memref.store %p, %m[%c0] : {PAIR} %a = memref.load %m[%c0] : {PAIR} %r = arith.mulf %a, %y : f64",
            f'memref.global "private" @scratch : {PAIR} = uninitialized',
        ),
        POINTS,
        squared,
    ),
    Case(
        "memref.store of a constant over another value",
        function(
            f"{CELLS} %z = arith.constant 0.0 : f64 memref.store %y, %m[%c0] : {PAIR} "
            f"memref.store %z, %m[%c0] : {PAIR} %a = memref.load %m[%c0] : {PAIR} %p = arith.mulf %x, %x : f64 "
            "%q = arith.mulf %p, %y : f64 %r = arith.addf %q, %a : f64"
        ),
        POINTS,
        squared,
    ),
    Case(
        "linalg.matmul onto one column",
        function(
            "%c0 = arith.constant 0 : index %c1 = arith.constant 1 : index %z = arith.constant 0.0 : f64 "
            "%a = memref.alloc() : memref<1x2xf64> %b = memref.alloc() : memref<2x1xf64> "
            "%m = memref.alloc() : memref<1x1xf64> %p = arith.mulf %x, %y : f64 "
            "memref.store %x, %a[%c0, %c0] : memref<1x2xf64> memref.store %z, %a[%c0, %c1] : memref<1x2xf64> "
            "memref.store %p, %b[%c0, %c0] : memref<2x1xf64> memref.store %x, %b[%c1, %c0] : memref<2x1xf64> "
            "linalg.fill ins(%z : f64) outs(%m : memref<1x1xf64>) "
            "linalg.matmul ins(%a, %b : memref<1x2xf64>, memref<2x1xf64>) outs(%m : memref<1x1xf64>) "
            "%r = memref.load %m[%c0, %c0] : memref<1x1xf64>"
        ),
        POINTS,
        squared,
    ),
    Case(
        "tensor.from_elements, tensor.insert and tensor.extract",
        function(
            f"{BOUNDS} %e = tensor.from_elements %x, %y : {TENSOR} "
            f"%p = arith.mulf %x, %x : f64 %i = tensor.insert %p into %e[%c0] : {TENSOR} "
            f"%a = tensor.extract %i[%c0] : {TENSOR} %b = tensor.extract %i[%c1] : {TENSOR} "
            "%r = arith.mulf %a, %b : f64"
        ),
        POINTS,
        squared,
    ),
    Case(
        "linalg.map and linalg.reduce on tensors",
        function(
            f"%e = tensor.from_elements %x, %x : {TENSOR} %f = tensor.from_elements %x, %x : {TENSOR} "
            f"%o = tensor.empty() : {TENSOR} %h = arith.constant 0.5 : f64 "
            f"%p = linalg.map {{ arith.mulf }} ins(%e, %f : {TENSOR}, {TENSOR}) outs(%o : {TENSOR}) "
            "%z = arith.constant 0.0 : f64 %t = tensor.from_elements %z : tensor<f64> "
            f"%s = linalg.reduce {{ arith.addf }} ins(%p : {TENSOR}) outs(%t : tensor<f64>) dimensions = [0] "
            "%v = tensor.extract %s[] : tensor<f64> %w = arith.mulf %v, %h : f64 %r = arith.mulf %w, %y : f64"
        ),
        POINTS,
        squared,
    ),
    Case(
        "scf.for that carries a tensor",
        function(
            f"{BOUNDS} {FIVE} %e = tensor.from_elements %x, %y : {TENSOR} "
            f"%w = scf.for %i = %c0 to %n step %c1 iter_args(%v = %e) -> ({TENSOR}) {{ "
            f"%a = tensor.extract %v[%c0] : {TENSOR} {STEP} %q = tensor.insert %s into %v[%c0] : {TENSOR} "
            f"scf.yield %q : {TENSOR} }} %r = tensor.extract %w[%c0] : {TENSOR}"
        ),
        POINTS,
        sines(5),
    ),
    Case(
        "complex.create, complex.mul and complex.im",
        function(
            "%z = complex.create %x, %y : complex<f64> %a = complex.mul %z, %z : complex<f64> "
            "%i = complex.im %a : complex<f64> %h = arith.constant 0.5 : f64 %p = arith.mulf %i, %h : f64 "
            "%r = arith.mulf %p, %x : f64"
        ),
        POINTS,
        squared,
    ),
)
"""Functions with memory, tensors and complex numbers of their own."""
