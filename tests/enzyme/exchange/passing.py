"""Modules that go through Enzyme and nothing happens to them, and how they come back, on any host."""

from __future__ import annotations

import json
import re
from pathlib import Path

from enzyme_mlir import HOST, ir, lowering
from enzyme_mlir.lowering.contexts import full_context
from enzyme_mlir.lowering.reading import print_module, show_hidden

BODIES = {
    "memref properties": """func.func @f(%i: index, %x: f64) {
  %0 = "memref.alloc"() <{alignment = 64 : i64, operandSegmentSizes = array<i32: 0, 0>}> : () -> memref<4xf64>
  %1 = "memref.load"(%0, %i) <{nontemporal = true}> : (memref<4xf64>, index) -> f64
  "memref.store"(%x, %0, %i) <{nontemporal = true}> : (f64, memref<4xf64>, index) -> ()
  return
}
"memref.global"() <{alignment = 16 : i64, constant, initial_value = dense<[1.0, 2.0]> : tensor<2xf64>, sym_name = "g",
  sym_visibility = "private", type = memref<2xf64>}> : () -> ()""",
    "llvm": """llvm.func @f(%p: !llvm.ptr, %x: f64) -> f64 {
  %0 = "llvm.load"(%p) <{alignment = 8 : i64, ordering = 0 : i64}> : (!llvm.ptr) -> f64
  %1 = "llvm.fadd"(%0, %x) <{fastmathFlags = #llvm.fastmath<contract>}> : (f64, f64) -> f64
  "llvm.store"(%1, %p) <{alignment = 4 : i64, ordering = 0 : i64}> : (f64, !llvm.ptr) -> ()
  %2 = llvm.mlir.constant(1 : i64) : i64
  %3 = llvm.alloca %2 x f64 {alignment = 16 : i64} : (i64) -> !llvm.ptr
  %4 = llvm.getelementptr inbounds %p[1] : (!llvm.ptr) -> !llvm.ptr, f64
  llvm.return %1 : f64
}
llvm.mlir.global internal constant @c("a\\00b") {addr_space = 0 : i32}""",
    "gpu": """gpu.module @m { gpu.func @k(%m: memref<4xf64>) {
  %0 = gpu.thread_id x
  %1 = gpu.block_dim y
  gpu.barrier
  gpu.return
} }""",
    "odd symbols": """func.func private @"a \\"b\\" > c"()
func.func private @"with space"()
func.func private @"gr\u00f6\u00dfe \u2028 \U0001f600"()
func.func private @a.b.c$d()
func.func private @"1st"()
func.func @f() { call @"a \\"b\\" > c"() : () -> () call @"gr\u00f6\u00dfe \u2028 \U0001f600"() : () -> ()
  call @"1st"() : () -> () return }""",
    "locations": """#at = loc("model.py":7:3)
func.func @f(%x: f64 loc("argument")) -> f64 {
  %0 = arith.addf %x, %x : f64 loc(fused["a.py":1:2, "b.py":3:4])
  %1 = arith.addf %0, %x : f64 loc(callsite("callee"("c.py":5:6) at "d.py":7:8))
  %2 = arith.addf %1, %x : f64 loc("name with \\"quotes\\"")
  %3 = arith.addf %2, %x : f64 loc(fused<"metadata">["e.py":9:1])
  %4 = arith.addf %3, %x : f64 loc(#at)
  %5 = arith.addf %4, %x : f64 loc(unknown)
  return %5 : f64 loc("gr\u00f6\u00dfe.py":1:1)
} loc("callsite.x"("f.py":2:2))""",
    "resources": """func.func @f() -> tensor<4xf32> {
  %0 = arith.constant dense_resource<blob1> : tensor<4xf32>
  return %0 : tensor<4xf32>
}
{-#
  dialect_resources: { builtin: { blob1: "0x040000000000803F000000400000404000008040" } }
#-}""",
    "large elements": "func.func @f() { %0 = arith.constant dense<["
    + ", ".join(f"{each}.5" for each in range(300))
    + "]> : tensor<300xf64> %1 = arith.constant sparse<[[0], [2]], [1, 2]> : tensor<4xi32> return }",
    "long text": 'func.func private @f() attributes {note = "' + "word " * 2000 + '"}',
    "maps, sets and aliases": """#map = affine_map<(d0, d1)[s0] -> (d0 + s0 floordiv 2, d1 mod 4)>
#set = affine_set<(d0) : (d0 - 1 >= 0, -d0 + 5 == 0)>
!arr = memref<4x4xf64, affine_map<(d0, d1) -> (d1, d0)>>
func.func @f(%m: !arr, %i: index) attributes {a = #map, b = [#map, #set]} {
  %0 = affine.apply affine_map<(d0) -> (d0 * 2)>(%i)
  affine.if affine_set<(d0) : (d0 - 1 >= 0)>(%i) { }
  affine.for %j = 0 to 4 step 2 { %v = affine.load %m[%j, %j] : !arr affine.store %v, %m[%j, 0] : !arr }
  return
}""",
    "control": """func.func @f(%c: i1, %n: index, %t: tensor<4xf64>) -> f64 {
  %z = arith.constant 0 : index
  %o = arith.constant 1 : index
  %x = arith.constant 1.0 : f64
  %r = scf.for %i = %z to %n step %o iter_args(%a = %x) -> (f64) {
    %q = scf.if %c -> (f64) { scf.yield %a : f64 } else { %s = arith.mulf %a, %a : f64 scf.yield %s : f64 }
    scf.yield %q : f64 } {unroll = 2 : i32}
  cf.cond_br %c, ^bb1(%r : f64), ^bb2
^bb1(%u: f64):
  cf.br ^bb3(%u : f64)
^bb2:
  cf.br ^bb3(%x : f64)
^bb3(%w: f64):
  return %w : f64
}""",
    "numbers": """func.func @f(%a: i8, %x: f64, %y: f32) {
  %0 = arith.extui %a : i8 to i32
  %1 = arith.addi %a, %a overflow<nsw> : i8
  %2 = arith.addf %x, %x fastmath<nnan,ninf> : f64
  %3 = arith.truncf %x : f64 to f32
  %4 = arith.constant 0x7FF8000000000001 : f64
  %5 = arith.constant -0.0 : f64
  %6 = math.powf %x, %x : f64
  %7 = complex.create %x, %x : complex<f64>
  %8 = vector.broadcast %x : f64 to vector<4xf64>
  %9 = vector.reduction <add>, %8 : vector<4xf64> into f64
  %10 = arith.cmpf olt, %x, %x : f64
  return
}""",
    "tensors": """func.func @f(%t: tensor<4x?xf64>, %i: index, %u: tensor<4x4xf64>) -> tensor<4x4xf64> {
  %0 = tensor.extract %u[%i, %i] : tensor<4x4xf64>
  %1 = tensor.empty() : tensor<4x4xf64>
  %2 = linalg.matmul ins(%u, %u : tensor<4x4xf64>, tensor<4x4xf64>) outs(%1 : tensor<4x4xf64>) -> tensor<4x4xf64>
  %3 = linalg.generic {indexing_maps = [affine_map<(d0, d1) -> (d0, d1)>, affine_map<(d0, d1) -> (d1, d0)>],
    iterator_types = ["parallel", "parallel"]} ins(%2 : tensor<4x4xf64>) outs(%1 : tensor<4x4xf64>) {
  ^bb0(%a: f64, %b: f64): linalg.yield %a : f64 } -> tensor<4x4xf64>
  %4 = tensor.extract_slice %3[0, 1] [2, 2] [1, 1] : tensor<4x4xf64> to tensor<2x2xf64>
  %5 = tensor.cast %t : tensor<4x?xf64> to tensor<4x4xf64>
  return %3 : tensor<4x4xf64>
}""",
    "distinct attributes": """func.func private @f() attributes {
  a = distinct[0]<"x">, b = distinct[1]<"x">, c = distinct[0]<"x">}""",
    "attributes of all kinds": """func.func private @f() attributes {a = 1 : i8, b = [1, "x", [unit]],
  c = {d = true, "e f" = 2.5 : f32},
  g = @x::@"y z", h = array<i64: 1, 2>, i = array<i1>, j = tensor<2xi1>, k = dense<true> : tensor<2xi1>,
  l = strided<[1, ?], offset: 3>, n = -1 : si4, o = 0xFF80 : bf16, p = unit}""",
    "the family": """func.func @s(%x: f64) -> f64 { return %x : f64 }
func.func @f(%x: f64, %t: tensor<4xf64>) {
  %0 = "enzyme.fwddiff"(%x, %x) {fn = @s, activity = [#enzyme.activity<enzyme_dup>],
    ret_activity = [#enzyme.activity<enzyme_dupnoneed>],
    extra = "}> <{ \\" (", more = [{}, []]} : (f64, f64) -> f64
  %1 = "enzymexla.lapack.gemqrt"(%t, %t, %t) {side = #enzymexla.side<left>} : (tensor<4xf64>, tensor<4xf64>,
    tensor<4xf64>) -> tensor<4xf64>
  %2 = "enzyme.init"() : () -> !enzyme.Cache<tensor<4xf64>>
  return
}""",
    "an empty module": "module {}",
    "a module with a name": 'module @"x y" attributes {x.a = 1 : i64} { module @inner { } }',
}


SNAPSHOTS = Path(__file__).parents[3] / "generated" / "snapshots"
"""A sample of every operation of the nine dialects."""

WORD = re.compile(r"[^\s,{}]+")
_RESOURCE = re.compile(r"blob1(_\d+)*")


def become(text: str) -> str:
    """What becomes of a module: `same`, `completed` with defaults, how it differs, or what is raised."""
    context = full_context()
    with context, ir.Location.unknown():
        try:
            module = lowering.parse(text)
            result = lowering.run(module, "")
            again = lowering.run(result, "")
        except lowering.EnzymeError as error:
            return f"{type(error).__name__}: {error}"
    # a context that has a resource gives another of its name a new one
    before, after, last = (_RESOURCE.sub("blob1", print_module(each)) for each in (show_hidden(module), result, again))
    if before == after == last:
        return "same"
    pairs = list(zip(before.splitlines(), after.splitlines(), strict=False))
    odd = [(one, other) for one, other in pairs if one != other]
    if after == last and all(set(WORD.findall(one)) <= set(WORD.findall(other)) for one, other in odd):
        return "completed"
    return f"differs: {odd[0] if odd else (before, after)}"


def rows() -> dict[str, str]:
    """What becomes of each module."""
    texts = dict(BODIES)
    for path in sorted(SNAPSHOTS.rglob("*.mlir")):
        texts[f"{path.parent.name}.{path.stem}"] = path.read_text(encoding="utf-8")
    return {name: become(text) for name, text in texts.items()}


if __name__ == "__main__":
    print(json.dumps({"host": HOST, "rows": rows()}))
