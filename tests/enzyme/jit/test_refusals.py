"""What `jit` cannot run is said before anything runs; what does not survive does not take the program along."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import numpy as np
import pytest

pytest.importorskip("mlir", reason="the host `mlir` is not installed (xtc-mlir-python-bindings)")

from enzyme_mlir import jit
from enzyme_mlir.jit import JitError

RUNS = "func.func @main(%x: f64) -> f64 { return %x : f64 }"
REFUSED = {
    "a derivative that is still to be expanded": (
        f"""{RUNS} func.func @d(%x: f64) -> f64 {{
        %0 = "enzyme.autodiff"(%x, %x) {{fn = @main, activity = [], ret_activity = []}} : (f64, f64) -> f64
        return %0 : f64 }}""",
        r"^enzyme\.autodiff is left in @d; expand it first, with enzyme_mlir\.lowering\.run\(module\)$",
    ),
    "a Jacobian that is used as a whole": (
        """func.func @main(%x: tensor<2xf64>) -> tensor<2x2xf64> {
        %0 = "enzyme.jacobian"(%x) {fn = @main, activity = [], ret_activity = []} : (tensor<2xf64>) -> tensor<2x2xf64>
        return %0 : tensor<2x2xf64> }""",
        r"^enzyme\.jacobian is left; only its products with vectors",
    ),
    "a dialect that the host does not have": (
        'func.func @main(%x: f64) -> f64 { %0 = "other.op"(%x) : (f64) -> f64 return %0 : f64 }',
        r"^other\.op in @main belongs to a dialect that mlir does not have",
    ),
    "text that is no module": ("func.func @main(", r"^the module cannot be read: "),
    "no such function": (
        f"func.func @other() {{ return }} {RUNS.replace('main', 'more')}",
        "functions are: @other, @more$",
    ),
    "no function at all": ("module {}", r"^there is no function @main; the module's functions are: none$"),
    "a declaration": ("func.func private @main(f64) -> f64", r"^@main is only declared, there is nothing to compile$"),
    "a number of odd width": (
        RUNS.replace("f64", "i7"),
        r"^argument 0 of @main has the type i7, which cannot be passed",
    ),
    "a number that is too wide": (
        RUNS.replace("f64", "f128"),
        r"has the type f128, which cannot be passed from Python",
    ),
    "a vector": (RUNS.replace("f64", "vector<4xf64>"), r"has the type vector<4xf64>; pass memrefs or tensors"),
    "a memref without rank": (
        RUNS.replace("f64", "memref<*xf64>"),
        r"has the type memref<\*xf64>; pass memrefs or tensors",
    ),
    "other memory": (RUNS.replace("f64", "memref<4xf64, 1>"), "only memory of the default space can be passed"),
    "a tensor with an encoding": (RUNS.replace("f64", 'tensor<4xf64, "x">'), "tensors with an encoding cannot be run"),
    "a memref of memrefs": (RUNS.replace("f64", "memref<2xmemref<2xf64>>"), "has the type memref<2xf64>, which cannot"),
    "a type of another dialect": (RUNS.replace("f64", "!enzyme.Cache<f64>"), r"has the type !enzyme\.Cache<f64>"),
    "a layout without strides": (
        RUNS.replace("f64", "memref<4xf64, affine_map<(d0) -> (d0 floordiv 2)>>"),
        "whose layout has no strides",
    ),
    "an operation without a way to machine code": (
        """func.func @main(%x: f64) -> f64 { %r = memref.alloca_scope -> (complex<f64>) {
        %z = complex.create %x, %x : complex<f64> memref.alloca_scope.return %z : complex<f64> }
        %0 = complex.re %r : complex<f64> return %0 : f64 }""",
        r"^lowering to LLVM failed: 'llvm\.br' op operand #0 must be variadic of LLVM dialect-compatible type",
    ),
    "a function that nobody has": (
        "func.func private @no_such_function(f64) "
        + RUNS.replace("return", "call @no_such_function(%x) : (f64) -> () return"),
        r"^@no_such_function is declared, but no library that is loaded has it; name one with libraries=\[\.\.\.\]$",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_with_its_reason(what: str, capfd: pytest.CaptureFixture[str]) -> None:
    text, reason = REFUSED[what]
    with pytest.raises(JitError, match=reason):
        jit.compile(text)
    assert capfd.readouterr() == ("", "")


def test_functions_of_the_c_library_are_found() -> None:
    text = RUNS.replace("return %x", "%0 = call @lgamma(%x) : (f64) -> f64 return %0")
    assert jit.compile(f"func.func private @lgamma(f64) -> f64 {text}")(3.0) == pytest.approx(np.log(2.0), rel=1e-14)


def test_passes_of_ones_own() -> None:
    assert jit.compile(RUNS, passes="convert-func-to-llvm,reconcile-unrealized-casts")(2.0) == 2.0
    with pytest.raises(JitError, match="the pipeline for lowering to LLVM cannot be read"):
        jit.compile(RUNS, passes="no-such-pass")
    with pytest.raises(JitError, match=r"func\.func in @main is left after lowering|func\.func is left"):
        jit.compile(RUNS, passes="canonicalize")


def test_what_enzyme_leaves_behind_is_expanded() -> None:
    text = """func.func @main(%m: memref<2x?xf64>, %x: f64, %t: tensor<?xf64>) -> (tensor<3xf64>, tensor<2x?xf64>) {
      "enzyme.fill_zero"(%m) : (memref<2x?xf64>) -> ()
      %0 = "enzyme.broadcast"(%x) {shape = array<i64: 3>} : (f64) -> tensor<3xf64>
      %1 = "enzyme.broadcast"(%t) {shape = array<i64: 2>} : (tensor<?xf64>) -> tensor<2x?xf64>
      return %0, %1 : tensor<3xf64>, tensor<2x?xf64> }"""
    memory = np.ones((2, 3))
    three, two = jit.compile(text)(memory, 1.5, [1.0, 2.0])
    assert memory.tolist() == [[0.0] * 3] * 2
    assert three.tolist() == [1.5] * 3
    assert two.tolist() == [[1.0, 2.0]] * 2


OUT_OF_BOUNDS = """func.func @main(%m: memref<?xf64>, %i: index) -> f64 {
  %c = arith.constant 5.0 : f64 memref.store %c, %m[%i] : memref<?xf64>
  %0 = memref.load %m[%i] : memref<?xf64> return %0 : f64 }"""
DIVISION = "func.func @main(%x: i64, %y: i64) -> i64 { %0 = arith.divsi %x, %y : i64 return %0 : i64 }"
ENDLESS = """func.func @main() { %t = arith.constant true scf.while : () -> () { scf.condition(%t) }
  do { func.call @nothing() : () -> () scf.yield } return }
  func.func private @getpid() -> i32 func.func private @nothing() { %0 = call @getpid() : () -> i32 return }"""


def test_isolated_code_may_die() -> None:
    store = jit.compile(OUT_OF_BOUNDS, isolated=True)
    array = np.zeros(3)
    assert store(array, 1) == 5.0
    assert array.tolist() == [0.0, 5.0, 0.0]
    with pytest.raises(JitError, match=r"^@main died of SIGSEGV$"):
        store(array, 2**40)
    assert array.tolist() == [0.0, 5.0, 0.0]
    divide = jit.compile(DIVISION, isolated=True)
    assert divide(7, 2) == 3
    with pytest.raises(JitError, match=r"^@main died of SIG(FPE|ILL|TRAP)$"):
        divide(7, 0)


def test_isolated_code_may_hang() -> None:
    endless = jit.compile(ENDLESS, isolated=True, timeout=0.5)
    started = time.monotonic()
    with pytest.raises(JitError, match=r"^@main did not end within 0\.5 seconds$"):
        endless()
    assert time.monotonic() - started < 10


def test_checked_code_does_not_go_out_of_bounds() -> None:
    store = jit.compile(OUT_OF_BOUNDS, checked=True, isolated=True)
    array = np.zeros(3)
    assert store(array, 2) == 5.0
    with pytest.raises(JitError, match=r"^@main died of SIG"):
        store(array, 3)


def test_large_arrays_come_back_from_isolation() -> None:
    text = """func.func @main(%t: tensor<?xf64>) -> tensor<?xf64> { %0 = arith.addf %t, %t : tensor<?xf64>
      return %0 : tensor<?xf64> }"""
    array = np.arange(300_000.0)
    assert np.array_equal(jit.compile(text, isolated=True)(array), 2 * array)


def test_other_hosts_are_refused_or_served() -> None:
    pytest.importorskip("jaxlib")
    program = f"""
from enzyme_mlir import jit
try:
    jit.compile({RUNS!r})
except jit.JitError as error:
    print(error)
print(jit.compile('''func.func private @main() {{ return }} func.func @f(%x: tensor<2xf32>) -> tensor<2xf32> {{
  %0 = stablehlo.add %x, %x : tensor<2xf32> return %0 : tensor<2xf32> }}''', "f")([1.5, 2.5]))
"""
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "ENZYME_MLIR_HOST": "jaxlib.mlir"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stdout.splitlines() == [
        "@main has the type f64 among its arguments and results; StableHLO takes tensors only",
        "[3. 5.]",
    ], done.stderr
