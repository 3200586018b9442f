"""`jit.compile` and its functions when they are used again and again: by threads, after each other."""

from __future__ import annotations

import gc
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pytest

pytest.importorskip("mlir", reason="the host `mlir` is not installed (xtc-mlir-python-bindings)")

from enzyme_mlir import jit
from enzyme_mlir.jit import known

SQUARE = "func.func @main(%x: f64) -> f64 { %0 = arith.mulf %x, %x : f64 return %0 : f64 }"
SCALE = """
func.func @main(%s: f64, %m: memref<4xf64>, %k: i64) -> (f64, i64, i1) {
  %i = arith.constant 1 : index
  %v = memref.load %m[%i] : memref<4xf64>
  %w = arith.mulf %v, %s : f64
  memref.store %w, %m[%i] : memref<4xf64>
  %two = arith.constant 2 : i64
  %d = arith.muli %k, %two : i64
  %c = arith.cmpf ogt, %w, %v : f64
  return %w, %d, %c : f64, i64, i1
}
"""
COUNTER = """
memref.global "private" @state : memref<1xi64> = dense<0>
func.func @main() -> i64 {
  %i = arith.constant 0 : index
  %m = memref.get_global @state : memref<1xi64>
  %v = memref.load %m[%i] : memref<1xi64>
  %one = arith.constant 1 : i64
  %n = arith.addi %v, %one : i64
  memref.store %n, %m[%i] : memref<1xi64>
  return %n : i64
}
"""
TABLE = """
memref.global "private" constant @table : memref<3xi64> = dense<[5, 6, 7]>
func.func @main(%i: index) -> i64 {
  %m = memref.get_global @table : memref<3xi64>
  %v = memref.load %m[%i] : memref<3xi64>
  return %v : i64
}
"""


@pytest.fixture(autouse=True)
def _fresh() -> None:
    known._known.clear()


def test_numbers_and_arrays_go_in_and_come_out() -> None:
    run, array = jit.compile(SCALE), np.arange(4.0)
    for number in range(1, 6):
        before = array[1]
        found = run(3.0, array, number)
        assert found == (before * 3.0, number * 2, True)
        assert list(map(type, found)) == [float, int, bool]
        assert array[1] == before * 3.0
        array = np.arange(4.0) + number  # another one of the same form


def test_what_does_not_fit_is_refused_after_calls_that_did() -> None:
    run, array = jit.compile(SCALE), np.arange(4.0)
    read_only = np.arange(4.0)
    read_only.flags.writeable = False
    for _ in range(3):
        run(1.0, array, 1)
        with pytest.raises(TypeError, match="takes 3 arguments"):
            run(1.0, array)
        with pytest.raises(TypeError, match="argument 0 takes a number"):
            run(True, array, 1)
        with pytest.raises(TypeError, match="argument 2"):
            run(1.0, array, True)
        with pytest.raises(ValueError, match="does not fit in 64 bits"):
            run(1.0, array, 2**64)
        with pytest.raises(TypeError, match="an array of float64"):
            run(1.0, array.astype(np.float32), 1)
        with pytest.raises(ValueError, match="shape"):
            run(1.0, np.arange(5.0), 1)
        with pytest.raises(ValueError, match="row by row"):
            run(1.0, np.arange(8.0)[::2], 1)
        with pytest.raises(ValueError, match="read-only"):
            run(1.0, read_only, 1)


def test_what_needs_a_conversion_gets_it() -> None:
    run, array = jit.compile(SCALE), np.arange(4.0)
    assert run(2, array, np.int8(3)) == (2.0, 6, True)
    assert run(np.float32(0.5), array, 2**64 - 1) == (1.0, -2, False)
    assert jit.compile(SQUARE)(float("inf")) == float("inf")
    assert np.isnan(jit.compile(SQUARE)(float("nan")))


def test_sizes_that_are_known_at_run_time() -> None:
    run = jit.compile(
        "func.func @main(%m: memref<?x3x?xi32>, %i: index, %j: index, %k: index, %l: memref<?xf32>) -> (i32, index) {\n"
        "%z = arith.constant 0 : index\n%n = memref.dim %l, %z : memref<?xf32>\n"
        "%v = memref.load %m[%i, %j, %k] : memref<?x3x?xi32>\nreturn %v, %n : i32, index }"
    )
    line = np.zeros(7, np.float32)
    for shape in ((2, 3, 5), (4, 3, 1), (1, 3, 2), (2, 3, 5)):
        array = np.arange(np.prod(shape), dtype=np.int32).reshape(shape)
        for place in ((0, 0, 0), (shape[0] - 1, 2, shape[2] - 1), (0, 1, 0)):
            assert run(array, *place, line) == (array[place], 7)
            assert run(array.astype(np.uint32), *place, line) == (array[place], 7)
    for wrong in (np.zeros((2, 4, 5), np.int32), np.zeros((2, 3), np.int32), np.zeros((2, 3, 5), np.int32).T):
        with pytest.raises(ValueError, match="argument 0"):
            run(wrong, 0, 0, 0, line)
    assert jit.compile("func.func @main(%m: memref<f64>) { return }")(np.zeros(())) is None


def test_an_array_that_changed_its_form_in_place_is_refused() -> None:
    run, array = jit.compile(SCALE), np.arange(4.0)
    run(1.0, array, 1)
    array.shape = (2, 2)
    with pytest.raises(ValueError, match="rank"):
        run(1.0, array, 1)
    array.shape = (4,)
    array.flags.writeable = False
    with pytest.raises(ValueError, match="read-only"):
        run(1.0, array, 1)


def test_threads_do_not_share_arguments() -> None:
    run = jit.compile(
        "func.func @main(%n: index, %x: f64, %m: memref<1xf64>) -> f64 {\n"
        "%i = arith.constant 0 : index\n%one = arith.constant 1 : index\n%zero = arith.constant 0.0 : f64\n"
        "memref.store %zero, %m[%i] : memref<1xf64>\n"
        "scf.for %k = %i to %n step %one {\n %v = memref.load %m[%i] : memref<1xf64>\n %w = arith.addf %v, %x : f64\n"
        " memref.store %w, %m[%i] : memref<1xf64>\n}\n%r = memref.load %m[%i] : memref<1xf64>\nreturn %r : f64 }"
    )

    def work(number: int) -> bool:
        array = np.zeros(1)
        return all(run(2000, float(number), array) == 2000.0 * number == array[0] for _ in range(30))

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(24)))


def test_a_module_that_was_compiled_before_is_there_at_once() -> None:
    first, second = jit.compile(SQUARE), jit.compile(SQUARE)
    assert first._program is second._program
    assert first(3.0) == second(3.0) == 9.0
    del first
    gc.collect()
    assert second(4.0) == 16.0
    for others in ({"opt_level": 0}, {"checked": True}, {"entry": "other"}):
        text = SQUARE.replace("@main", "@other") if "entry" in others else SQUARE
        other = jit.compile(text, **others)  # type: ignore[arg-type]
        assert other._program is not second._program
        assert other(3.0) == 9.0


def test_modules_with_variables_do_not_share_them() -> None:
    first, second = jit.compile(COUNTER), jit.compile(COUNTER)
    assert [first(), first(), first(), second(), second()] == [1, 2, 3, 1, 2]
    assert jit.compile(COUNTER)() == 1
    assert jit.compile(TABLE)._program is jit.compile(TABLE)._program
    assert jit.compile(TABLE)(1) == 6


def test_isolated_calls_of_the_same_program() -> None:
    plain, apart = jit.compile(SQUARE), jit.compile(SQUARE, isolated=True)
    assert plain(3.0) == apart(3.0) == 9.0
    assert apart._program is plain._program


def test_errors_are_made_anew() -> None:
    for _ in range(2):
        with pytest.raises(jit.JitError, match="cannot be read"):
            jit.compile("func.func @main( {")
        with pytest.raises(jit.JitError, match="no library"):
            jit.compile(
                "func.func private @nowhere_at_all()\nfunc.func @main() { call @nowhere_at_all() : () -> () return }"
            )


def test_few_programs_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "MOST", 2)
    texts = [SQUARE.replace("%x, %x", f"%x, %x // {number}\n") for number in range(4)]
    functions = [jit.compile(text) for text in texts]
    assert len(known._known) == 2
    assert [run(3.0) for run in functions] == [9.0] * 4
    assert jit.compile(texts[3])._program is functions[3]._program
    assert jit.compile(texts[0])._program is not functions[0]._program


def test_threads_compile_the_same_module() -> None:
    start = threading.Barrier(4)

    def work(_: int) -> Any:
        start.wait()
        return jit.compile(SQUARE)(5.0)

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(work, range(4))) == [25.0] * 4


ALLOCATING = """
func.func @main(%x: f64, %m: memref<4xf64>, %n: index) -> f64 {
  %i = arith.constant 0 : index
  %b = memref.alloc(%n) : memref<?xf64>
  memref.store %x, %b[%i] : memref<?xf64>
  %v = memref.load %b[%i] : memref<?xf64>
  %w = memref.load %m[%i] : memref<4xf64>
  %r = arith.addf %v, %w : f64
  return %r : f64
}
"""


def test_functions_that_allocate_give_everything_back() -> None:
    run, array = jit.compile(ALLOCATING), np.ones(4)
    for size in (1, 100, 1_000_000) * 20:
        assert run(2.0, array, size) == 3.0

    def work(number: int) -> bool:
        own = np.full(4, float(number))
        return all(run(1.0, own, 1 << (turn % 18)) == 1.0 + number for turn in range(100))

    with ThreadPoolExecutor(6) as pool:
        assert all(pool.map(work, range(12)))


def test_functions_that_free_what_is_not_theirs_are_told_each_time() -> None:
    run = jit.compile(
        "func.func @main(%m: memref<4xf64>, %x: f64) -> f64 {\n"
        "%b = memref.alloc() : memref<4xf64>\nmemref.dealloc %b : memref<4xf64>\n"
        "memref.dealloc %m : memref<4xf64>\nreturn %x : f64 }"
    )
    array = np.ones(4)
    for _ in range(3):
        with pytest.raises(jit.JitError, match="frees memory that is not its own"):
            run(array, 1.0)
    assert array.sum() == 4.0
