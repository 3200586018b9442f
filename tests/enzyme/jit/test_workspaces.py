"""Memory that compiled code allocates: given back after each call, however it was allocated and by whatever thread."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("mlir", reason="the host `mlir` is not installed (xtc-mlir-python-bindings)")

from enzyme_mlir import jit, lowering
from enzyme_mlir.jit import JitError

ROOT = Path(__file__).parents[3]
CALLS = 20_000
RESIDENT = f"""
import numpy as np
from enzyme_mlir import jit, lowering

def resident():
    return int(open("/proc/self/statm").read().split()[1]) * 4

def grown(run, calls={CALLS}):
    for _ in range(calls // 10):
        run()
    before = resident()
    for _ in range(calls):
        run()
    return resident() - before
"""


def grown(program: str) -> int:
    """By how many KiB a process of its own grows in 20,000 calls of `run`, which a program defines."""
    done = subprocess.run(
        [sys.executable, "-c", f"{RESIDENT}\n{program}\nprint(grown(run))"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    return int(done.stdout.split()[-1])


NEVER_FREED = """func.func @main(%n: index, %x: f64) -> f64 {
  %c0 = arith.constant 0 : index %c1 = arith.constant 1 : index %c3 = arith.constant 3 : index
  %small = memref.alloc() : memref<40xf64>
  %large = memref.alloc() : memref<2000xf64> %open = memref.alloc(%n) : memref<?xf64>
  scf.for %i = %c0 to %c3 step %c1 {
    %each = memref.alloc(%n) {alignment = 64 : i64} : memref<?xf64>
    memref.store %x, %each[%i] : memref<?xf64> memref.store %x, %open[%i] : memref<?xf64>
    %v = memref.load %each[%i] : memref<?xf64> memref.store %v, %large[%n] : memref<2000xf64>
    memref.store %v, %small[%i] : memref<40xf64>
  }
  %0 = memref.load %large[%n] : memref<2000xf64> %1 = memref.load %small[%c1] : memref<40xf64>
  %2 = arith.addf %0, %1 : f64 return %2 : f64 }"""


@pytest.mark.parametrize("size", [10, 300, 1900])
def test_memory_that_nobody_frees(size: int) -> None:
    assert grown(f"run = lambda f=jit.compile({NEVER_FREED!r}): f({size}, 1.5)") < 256


TENSORS = """func.func @main(%t: tensor<?xf64>, %x: f64) -> (tensor<?xf64>, tensor<?xf64>, memref<600xf64>) {
  %c0 = arith.constant 0 : index %c1 = arith.constant 1 : index %c3 = arith.constant 3 : index
  %r:2 = scf.for %i = %c0 to %c3 step %c1 iter_args(%a = %t, %b = %t) -> (tensor<?xf64>, tensor<?xf64>) {
    %s = arith.addf %a, %b : tensor<?xf64> scf.yield %b, %s : tensor<?xf64>, tensor<?xf64> }
  %m = memref.alloc() : memref<600xf64>
  return %r#0, %r#1, %m : tensor<?xf64>, tensor<?xf64>, memref<600xf64> }"""


def test_tensors_and_results() -> None:
    assert grown(f"run = lambda f=jit.compile({TENSORS!r}), t=np.ones(200): f(t, 1.5)") < 256


LOSS = """func.func @loss(%w: memref<32x8xf64>, %x: memref<8xf64>) -> f64 {
  %zero = arith.constant 0.0 : f64
  %h = memref.alloc() : memref<32xf64>
  affine.for %i = 0 to 32 {
    %s = affine.for %j = 0 to 8 iter_args(%a = %zero) -> (f64) {
      %p = affine.load %w[%i, %j] : memref<32x8xf64> %q = affine.load %x[%j] : memref<8xf64>
      %m = arith.mulf %p, %q : f64 %n = arith.addf %a, %m : f64 affine.yield %n : f64 }
    %t = math.tanh %s : f64 affine.store %t, %h[%i] : memref<32xf64> }
  %r = affine.for %i = 0 to 32 iter_args(%a = %zero) -> (f64) {
    %v = affine.load %h[%i] : memref<32xf64> %m = arith.mulf %v, %v : f64 %n = arith.addf %a, %m : f64
    affine.yield %n : f64 }
  return %r : f64 }
func.func @main(%w: memref<32x8xf64>, %dw: memref<32x8xf64>, %x: memref<8xf64>, %s: f64) {
  "enzyme.autodiff"(%w, %dw, %x, %s) {fn = @loss,
    activity = [#enzyme.activity<enzyme_dup>, #enzyme.activity<enzyme_const>],
    ret_activity = [#enzyme.activity<enzyme_activenoneed>]}
    : (memref<32x8xf64>, memref<32x8xf64>, memref<8xf64>, f64) -> ()
  return }"""


def test_gradient_steps(enzyme_installed: None) -> None:
    text = str(lowering.run(LOSS))
    assert text.count("memref.alloc") > text.count("memref.dealloc"), "Enzyme frees its caches by now"
    w, dw, x = np.linspace(-1, 1, 256).reshape(32, 8), np.zeros((32, 8)), np.linspace(0.5, 1.5, 8)
    jit.compile(text)(w, dw, x, 1.0)
    h = np.tanh(w @ x)
    assert np.allclose(dw, np.outer(2 * h * (1 - h * h), x), rtol=1e-13)
    program = f"""
f = jit.compile({text!r})
w, dw, x = np.linspace(-1, 1, 256).reshape(32, 8), np.zeros((32, 8)), np.linspace(0.5, 1.5, 8)
run = lambda: f(w, dw, x, 1.0)
"""
    assert grown(program) < 256


def test_functions_that_go_away_leave_nothing() -> None:
    program = f"""
def run():
    f = jit.compile({NEVER_FREED!r})
    f(1900, 1.0), f(300, 1.0)
for _ in range(20):
    run()
before = resident()
for _ in range(40):
    run()
print((resident() - before) // 40)
run = lambda: None
"""
    done = subprocess.run([sys.executable, "-c", RESIDENT + program], capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) < 16, "KiB a function; its machine code is what MLIR's engine leaves"


FREED_AGAIN = """func.func @main(%n: index, %turns: index) -> index {
  %c0 = arith.constant 0 : index %c1 = arith.constant 1 : index
  %r = scf.for %i = %c0 to %turns step %c1 iter_args(%s = %c0) -> (index) {
    %m = memref.alloc(%n) : memref<?xf64> %p = memref.extract_aligned_pointer_as_index %m : memref<?xf64> -> index
    %q = arith.maxui %p, %s : index memref.dealloc %m : memref<?xf64> scf.yield %q : index }
  return %r : index }"""


@pytest.mark.parametrize("size", [1, 100, 511, 512, 513, 10_000])
def test_what_is_freed_within_a_call_is_used_again(size: int) -> None:
    program = f"""
f = jit.compile({FREED_AGAIN!r})
run = lambda: f({size}, 10_000)
run()
print(grown(run, 10))
run = lambda: None
"""
    assert grown(program) < 256


WRONG = {
    "an argument": "memref.dealloc %m : memref<600xf64>",
    "a part of an argument": """%s = memref.subview %m[0] [4] [1] : memref<600xf64> to memref<4xf64, strided<[1]>>
        memref.dealloc %s : memref<4xf64, strided<[1]>>""",
    "a constant": "%g = memref.get_global @g : memref<4xf64> memref.dealloc %g : memref<4xf64>",
    "the stack": "%a = memref.alloca() : memref<4xf64> memref.dealloc %a : memref<4xf64>",
    "the same memory twice": """%a = memref.alloc(%n) : memref<?xf64>
        %p = memref.extract_aligned_pointer_as_index %a : memref<?xf64> -> index %s = arith.cmpi eq, %p, %n : index
        scf.if %s { %x = arith.constant 0.0 : f64 memref.store %x, %m[%n] : memref<600xf64> }
        memref.dealloc %a : memref<?xf64> memref.dealloc %a : memref<?xf64>""",
}


@pytest.mark.parametrize("what", WRONG)
def test_what_must_not_be_freed(what: str) -> None:
    free = jit.compile(f"""memref.global "private" @g : memref<4xf64> = uninitialized
      func.func @main(%m: memref<600xf64>, %t: i1, %n: index) {{ scf.if %t {{ {WRONG[what]} }} return }}""")
    array = np.arange(600.0)
    assert free(array, False, 4) is None
    for _ in range(3):
        with pytest.raises(JitError, match=r"^@main frees memory that is not its own, or that it has freed before"):
            free(array, True, 4)
    assert array.tolist() == list(range(600))
    with pytest.raises(JitError, match=r"^@main frees memory that is not its own"):
        jit.compile(
            """func.func @main(%m: memref<4xf64>) { memref.dealloc %m : memref<4xf64> return }""", isolated=True
        )(np.zeros(4))


def test_a_librarys_memory_is_freed_by_the_library() -> None:
    """`strdup` is a function that allocates and that every process has."""
    text = """func.func private @strdup(!llvm.ptr) -> !llvm.ptr func.func private @free(!llvm.ptr)
      func.func @main(%m: memref<8xi8>) -> i8 {
        %p = memref.extract_aligned_pointer_as_index %m : memref<8xi8> -> index %i = arith.index_cast %p : index to i64
        %q = llvm.inttoptr %i : i64 to !llvm.ptr %d = call @strdup(%q) : (!llvm.ptr) -> !llvm.ptr
        %v = llvm.load %d : !llvm.ptr -> i8 call @free(%d) : (!llvm.ptr) -> () return %v : i8 }"""
    array = np.frombuffer(b"abcdefg\0", np.int8).copy()
    assert jit.compile(text)(array) == ord("a")
    assert (
        grown(f"array = np.frombuffer(b'abcdefg\\0', np.int8).copy()\nrun = lambda f=jit.compile({text!r}): f(array)")
        < 256
    )


def test_results_may_be_one_buffer_or_an_argument() -> None:
    text = """func.func @main(%a: memref<4xf64>, %n: index)
        -> (memref<4xf64>, memref<?xf64>, memref<?xf64>, memref<2xf64, strided<[1], offset: 1>>) {
      %c0 = arith.constant 0 : index %x = arith.constant 2.5 : f64 %m = memref.alloc(%n) : memref<?xf64>
      linalg.fill ins(%x : f64) outs(%m : memref<?xf64>)
      %s = memref.subview %a[1] [2] [1] : memref<4xf64> to memref<2xf64, strided<[1], offset: 1>>
      return %a, %m, %m, %s : memref<4xf64>, memref<?xf64>, memref<?xf64>, memref<2xf64, strided<[1], offset: 1>> }"""
    function = jit.compile(text)
    array = np.arange(4.0)
    for size in (0, 1, 3, 600, 100_000):
        same, one, other, part = function(array, size)
        assert same.tolist() == [0, 1, 2, 3]
        assert part.tolist() == [1, 2]
        assert one.tolist() == other.tolist() == [2.5] * size
        assert not any(np.shares_memory(x, y) for x, y in ((same, array), (one, other), (part, array)))


ALIGNED = """func.func @main(%n: index) -> (index, index) {
  %m = memref.alloc(%n) : memref<?xi8> %p = memref.extract_aligned_pointer_as_index %m : memref<?xi8> -> index
  %k = memref.alloc(%n) {alignment = 4096 : i64} : memref<?xi8>
  %q = memref.extract_aligned_pointer_as_index %k : memref<?xi8> -> index return %p, %q : index, index }"""


def test_memory_is_aligned() -> None:
    where = jit.compile(ALIGNED)
    for size in (0, 1, 15, 16, 17, 4095, 4096, 4097, 5000, 1_000_000):
        plain, page = where(size)
        assert plain % 16 == 0
        assert page % 4096 == 0


ZEROED = """func.func @main(%n: index, %i: index) -> i8 {
  %z = arith.constant 0 : i8 %m = memref.alloc(%n) : memref<?xi8> linalg.fill ins(%z : i8) outs(%m : memref<?xi8>)
  %k = memref.alloc(%n) : memref<?xi8> %o = arith.constant 7 : i8 linalg.fill ins(%o : i8) outs(%k : memref<?xi8>)
  memref.dealloc %k : memref<?xi8> %l = memref.alloc(%n) : memref<?xi8>
  linalg.fill ins(%z : i8) outs(%l : memref<?xi8>) memref.store %z, %l[%i] : memref<?xi8>
  %a = memref.load %m[%i] : memref<?xi8> %b = memref.load %l[%i] : memref<?xi8> %r = arith.addi %a, %b : i8
  return %r : i8 }"""


def test_memory_that_is_to_be_zero_is() -> None:
    """LLVM makes one call of `calloc` of an allocation and what clears it."""
    zeroed = jit.compile(ZEROED)
    for size in (1, 16, 100, 4096, 4097, 100_000):
        assert [zeroed(size, at) for at in (0, size // 2, size - 1)] == [0, 0, 0]


SHARED = """func.func @main(%n: index, %x: f64) -> f64 {
  %c0 = arith.constant 0 : index %c1 = arith.constant 1 : index %z = arith.constant 0.0 : f64
  %m = memref.alloc(%n) : memref<?xf64>
  scf.for %i = %c0 to %n step %c1 {
    %k = memref.alloc() : memref<8xf64> memref.store %x, %k[%c1] : memref<8xf64>
    %v = memref.load %k[%c1] : memref<8xf64> memref.store %v, %m[%i] : memref<?xf64> memref.dealloc %k : memref<8xf64> }
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%a = %z) -> (f64) {
    %v = memref.load %m[%i] : memref<?xf64> %s = arith.addf %a, %v : f64 scf.yield %s : f64 }
  return %r : f64 }"""


def test_threads_have_workspaces_of_their_own() -> None:
    total = jit.compile(SHARED)
    wrong: list[tuple[int, float]] = []

    def work(number: int) -> None:
        for size in (10, 100, 2000, 30_000) * 50:
            found = total(size, float(number))
            if found != number * size:
                wrong.append((size, found))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_threads_do_not_wait_for_each_other() -> None:
    """A function that only ends when it is called a second time at once."""
    text = """func.func private @usleep(i32) -> i32
    func.func @main(%m: memref<2xi32>, %me: index, %other: index) -> i1 {
      %c0 = arith.constant 0 : index %c1 = arith.constant 1 : index %n = arith.constant 5000 : index
      %one = arith.constant 1 : i32 %ms = arith.constant 1000 : i32 %no = arith.constant false
      %k = memref.alloc(%n) : memref<?xf64> %f = arith.constant 1.0 : f64 memref.store %f, %k[%me] : memref<?xf64>
      memref.store %one, %m[%me] : memref<2xi32>
      %r = scf.for %i = %c0 to %n step %c1 iter_args(%seen = %no) -> (i1) {
        %s = scf.if %seen -> (i1) { scf.yield %seen : i1 } else {
          %u = func.call @usleep(%ms) : (i32) -> i32 %v = memref.load %m[%other] : memref<2xi32>
          %t = arith.cmpi eq, %v, %one : i32 scf.yield %t : i1 }
        scf.yield %s : i1 }
      return %r : i1 }"""
    meet = jit.compile(text)
    flags = np.zeros(2, np.int32)
    met: list[bool] = []
    other = threading.Thread(target=lambda: met.append(meet(flags, 1, 0)))
    other.start()
    met.append(meet(flags, 0, 1))
    other.join()
    assert met == [True, True]


def test_a_function_may_call_itself_through_python() -> None:
    """Its calls have a workspace each."""
    depth: list[float] = []
    kept: list[object] = []

    @ctypes.CFUNCTYPE(ctypes.c_double, ctypes.c_double)
    def again(x: float) -> float:
        depth.append(x)
        return float(function(x - 1.0)) if x > 0 else 0.0

    kept.append(again)
    address = ctypes.cast(again, ctypes.c_void_p).value
    function = jit.compile(f"""func.func @main(%x: f64) -> f64 {{
      %n = arith.constant 600 : index %i = arith.constant 5 : index %m = memref.alloc(%n) : memref<?xf64>
      memref.store %x, %m[%i] : memref<?xf64> %a = llvm.mlir.constant({address} : i64) : i64
      %p = llvm.inttoptr %a : i64 to !llvm.ptr %r = llvm.call %p(%x) : !llvm.ptr, (f64) -> f64
      %y = memref.load %m[%i] : memref<?xf64> %s = arith.addf %r, %y : f64 return %s : f64 }}""")
    assert function(3.0) == 6.0
    assert depth == [3.0, 2.0, 1.0, 0.0]


def test_isolated_calls_allocate_too() -> None:
    function = jit.compile(NEVER_FREED, isolated=True)
    assert [function(1900, float(number)) for number in range(3)] == [0.0, 2.0, 4.0]


def test_a_fork_goes_on_with_the_same_functions() -> None:
    function = jit.compile(NEVER_FREED)
    assert function(1900, 1.0) == 2.0
    pid = os.fork()
    if pid == 0:
        os._exit(0 if [function(1900, float(number)) for number in range(3)] == [0.0, 2.0, 4.0] else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def test_too_much_memory_ends_only_the_isolated_call() -> None:
    text = """func.func @main(%n: index) -> f64 { %c0 = arith.constant 0 : index %x = arith.constant 1.0 : f64
      %m = memref.alloc(%n) : memref<?xf64> memref.store %x, %m[%c0] : memref<?xf64>
      %p = memref.extract_aligned_pointer_as_index %m : memref<?xf64> -> index %i = arith.index_cast %p : index to i64
      %f = arith.sitofp %i : i64 to f64 return %f : f64 }"""
    function = jit.compile(text, isolated=True)
    assert function(10) > 0
    for size in (2**58, 2**60, -1):
        with pytest.raises(JitError, match=r"^@main died of SIGSEGV$"):
            function(size)


IN_A_LOOP = """func.func private @use(%m: memref<64xf64>, %k: index, %x: f64) {
  memref.store %x, %m[%k] : memref<64xf64> return }
func.func @main(%n: index, %x: f64, %k: index, %l: index) -> f64 {
  %c0 = arith.constant 0 : index %c1 = arith.constant 1 : index %z = arith.constant 0.0 : f64
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%a = %z) -> (f64) {
    %m = memref.alloca() : memref<64xf64>
    %s = memref.subview %m[0] [64] [1] : memref<64xf64> to memref<64xf64, strided<[1]>>
    func.call @use(%m, %k, %x) : (memref<64xf64>, index, f64) -> ()
    %y = memref.load %s[%l] : memref<64xf64, strided<[1]>> %b = arith.addf %a, %y : f64 scf.yield %b : f64 }
  return %r : f64 }"""


def test_scratch_memory_in_a_loop_is_taken_once() -> None:
    total = jit.compile(IN_A_LOOP, isolated=True)
    for turns in (0, 1, 1_000_000):
        assert total(turns, 1.5, 3, 3) == 1.5 * turns


KEPT = """func.func @main(%n: index) -> f64 {
  %c0 = arith.constant 0 : index %c1 = arith.constant 1 : index %one = arith.constant 1.0 : f64
  %first = memref.alloca() : memref<f64> memref.store %one, %first[] : memref<f64>
  %r = scf.for %i = %c0 to %n step %c1 iter_args(%a = %first) -> (memref<f64>) {
    %m = memref.alloca() : memref<f64> %v = memref.load %a[] : memref<f64> %w = arith.addf %v, %v : f64
    memref.store %w, %m[] : memref<f64> %u = memref.load %a[] : memref<f64>
    %t = arith.cmpf oeq, %u, %v : f64 %s = arith.select %t, %m, %a : memref<f64> scf.yield %s : memref<f64> }
  %0 = memref.load %r[] : memref<f64> return %0 : f64 }"""


def test_scratch_memory_that_is_carried_stays_in_its_loop() -> None:
    """Two turns look at it, so each has to have its own."""
    assert [jit.compile(KEPT)(turns) for turns in range(5)] == [1, 2, 4, 8, 16]
