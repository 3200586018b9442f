"""Programs that nobody should write: types without a place in memory, names that are taken, memory freed that must not
be. Each is refused, or right; none ends the process.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from .program import HEAD, Program

__all__ = ["MISFITS"]

ODD_TYPES = (
    "i2 i4 i7 i9 i65 i128 i1000 i16777215 si8 ui8 si4 ui1 f8E4M3FN f8E5M2 f4E2M1FN f6E2M3FN f8E8M0FNU tf32 f80 f128 "
    "complex<i32> complex<f16> complex<bf16> complex<i1> none tuple<f64> !llvm.ptr vector<3xi7> "
    "vector<4xi1> memref<2xi1> "
    "!async.token complex<index> !quant.uniform<i8:f32,1.0>"
).split()
UNARY = ("math.sin", "math.exp", "math.tanh", "math.sqrt", "math.erf", "math.log1p", "arith.negf", "complex.exp")
BINARY = (
    *("arith.addf", "arith.addi", "arith.mulf", "arith.divsi", "arith.maximumf"),
    *("complex.add", "complex.mul", "complex.div"),
)
FOREIGN = (
    "gpu.barrier",
    "%t = gpu.thread_id x",
    "omp.barrier",
    "omp.parallel { omp.terminator }",
    "acc.parallel { acc.yield }",
    "%t = async.execute { async.yield }",
    "%t = spirv.Constant 1 : i32",
    '%t = "emitc.constant"() {value = 1 : i32} : () -> i32',
    "%t = ml_program.token",
    "%t = shape.const_shape [1, 2] : tensor<2xindex>",
    "%t = tosa.add %q, %q : (tensor<4xf32>, tensor<4xf32>) -> tensor<4xf32>",
    "%t = x86vector.avx.rsqrt %v : vector<8xf32>",
    '%t = "test.x"() : () -> i32',
    "%t = index.sizeof",
    'llvm.inline_asm "bogus", "" : () -> ()',
    '%t = llvm.call_intrinsic "llvm.nosuch"() : () -> f64',
    "%t = llvm.mlir.addressof @nothing : !llvm.ptr",
    "%t = llvm.intr.vscale : i64",
    "%t = vector.broadcast %z : f64 to vector<[4]xf64> %u = vector.reduction <add>, %t : vector<[4]xf64> into f64",
    "%t = memref.alloc() : memref<4xi1> %u = vector.load %t[%c0] : memref<4xi1>, vector<4xi1>",
    "%t = memref.alloc() : memref<8xf64, affine_map<(d0) -> (d0 floordiv 2)>>",
    '%t = memref.alloc() : memref<8xf64, "elsewhere">',
    "%t = memref.alloc() : memref<0xf64> memref.copy %t, %t : memref<0xf64> to memref<0xf64>",
    "%t = arith.constant dense<> : tensor<0xf64> %u = arith.addf %t, %t : tensor<0xf64>",
    "%t = arith.constant dense_resource<x> : tensor<2xf64>",
    "%t = bufferization.alloc_tensor() : tensor<4xf64, #sparse_tensor.encoding<{map = (d0) -> (d0 : compressed)}>>",
)
NAMES = (
    "malloc",
    "free",
    "printf",
    "memcpy",
    "sin",
    "abort",
    "memrefCopy",
    "a b",
    "é",
    "_mlir_main",
    "_mlir_ciface_main",
)


def _make(what: str, body: str, *given: object, signature: str = "()", beside: str = "") -> Program:
    text = f"{beside} func.func @main{signature} {{ {HEAD} {body} return }}"
    return Program(what, "", text, given, is_alone=True)


def _of_odd_types() -> Iterator[Program]:
    for type_ in ODD_TYPES:
        four = f"4x{type_}"
        yield _make(
            f"memory of {type_}",
            f"%a = memref.alloc() : memref<{four}> %l = memref.load %a[%c0] : memref<{four}> "
            f"memref.store %l, %a[%c1] : memref<{four}> memref.dealloc %a : memref<{four}>",
        )
        yield _make(
            f"tensors of {type_}",
            f"%a = tensor.empty() : tensor<{four}> %l = tensor.extract %a[%c0] : tensor<{four}> "
            f"%b = tensor.insert %l into %a[%c1] : tensor<{four}>",
        )
        part = f"memref<2x{type_}, strided<[2], offset: 1>>"
        yield _make(
            f"copies of {type_}",
            f"%a = memref.alloc() : memref<{four}> %b = memref.alloc() : memref<2x{type_}> "
            f"%s = memref.subview %a[1] [2] [2] : memref<{four}> to {part} memref.copy %s, %b : {part} to "
            f"memref<2x{type_}>",
        )
        yield _make(
            f"globals of {type_}",
            f"%a = memref.get_global @g : memref<{four}>",
            beside=f'memref.global "private" @g : memref<{four}> = uninitialized',
        )
        for name in (*UNARY, *BINARY):
            operands = "%x, %x" if name in BINARY else "%x"
            yield _make(
                f"{name} of {type_}",
                f"%p = ub.poison : {type_} %q = call @f(%p) : ({type_}) -> {type_}",
                beside=f"func.func private @f(%x: {type_}) -> {type_} {{ %r = {name} {operands} : {type_} "
                f"return %r : {type_} }}",
            )


def _others() -> Iterator[Program]:
    values = "%z = arith.constant 0.0 : f64 %q = ub.poison : tensor<4xf32> %v = ub.poison : vector<8xf32>"
    for body in FOREIGN:
        yield _make(body, f"{values} {body}")
    for name in NAMES:
        yield Program(
            f"a function called {name!r}",
            "f64",
            f'func.func @"{name}"(%x: f64) -> f64 {{ return %x : f64 }} func.func @main(%x: f64) -> f64 {{ '
            f'%r = call @"{name}"(%x) : (f64) -> f64 %s = math.sin %x : f64 return %s : f64 }}',
            (1.0,),
            (np.sin(1.0),),
            is_alone=True,
        )
        yield Program(
            f"a declaration of {name!r}",
            "f64",
            f'func.func private @"{name}"(f64) -> f64 func.func @main(%x: f64) -> f64 {{ {HEAD} '
            f"%m = memref.alloc() : memref<4xf64> memref.store %x, %m[%c0] : memref<4xf64> %s = math.sin %x : f64 "
            f"memref.dealloc %m : memref<4xf64> return %s : f64 }}",
            (1.0,),
            (np.sin(1.0),),
            is_alone=True,
        )
    for name in ("batch_matmul", "batch_reduce_matmul"):
        for type_ in ("index", "vector<2xf64>"):
            for kind in ("memref", "tensor"):
                cube = f"{kind}<1x2x2x{type_}>"
                out = cube if name == "batch_matmul" else f"{kind}<2x2x{type_}>"
                arrow, shown = (f" -> {out}", "%r = ") if kind == "tensor" else ("", "")
                yield _make(
                    f"linalg.{name} of {cube}",
                    "",
                    beside=f"func.func @f(%a: {cube}, %b: {cube}, %c: {out}) {{ "
                    f"{shown}linalg.{name} ins(%a, %b : {cube}, {cube}) outs(%c : {out}){arrow} return }}",
                )
    for what, text in {
        "memory that is only declared": 'memref.global "private" @g : memref<4xf64> func.func @main() { '
        "%m = memref.get_global @g : memref<4xf64> %c = arith.constant 0 : index %x = memref.load %m[%c] : "
        "memref<4xf64> return }",
        "a module in a module": "module { func.func @main() { return } } func.func @main() { return }",
        "two functions of one name": "func.func @main() { return } func.func @main() { return }",
        "a function of the llvm dialect": "llvm.func @main() { llvm.return }",
        "a body without an end": "func.func @main() { }",
        "attributes of LLVM's": 'func.func @main() attributes {passthrough = ["nosuch", ["a", "b"]], '
        "llvm.varargs = true} { return }",
        "an operation that goes on over an error": "func.func @main(%m: memref<3xf64>, %x: f64, %i: index) -> f64 { "
        "%r = memref.generic_atomic_rmw %m[%i] : memref<3xf64> { ^bb0(%old: f64): memref.atomic_yield %x : "
        "f64 } return %r : f64 }",
    }.items():
        given = (np.zeros(3), 1.0, 1) if "%i: index" in text else ()
        results, after = ((0.0,), ((0, np.array([0.0, 1.0, 0.0])),)) if given else ((), ())
        yield Program(what, "", text, given, results, after, is_alone=True)


MISFITS = [*_of_odd_types(), *_others()]
"""All of these programs."""
