"""`jit.compile`: numbers and arrays go in and come out as they are; what does not fit is an error with its reason."""

from __future__ import annotations

import gc
import math
import resource
from typing import Any

import numpy as np
import pytest

pytest.importorskip("mlir", reason="the host `mlir` is not installed (xtc-mlir-python-bindings)")

from enzyme_mlir import ir, jit, new_context

FLOATS = {"f64": 1.5, "f32": 1.5, "f16": 1.5, "bf16": 1.5}
INTEGERS = {"i8": 8, "i16": 16, "i32": 32, "i64": 64, "index": 64}
ARRAYS = {
    "f64": "float64",
    "f32": "float32",
    "f16": "float16",
    "i1": "bool",
    "i8": "int8",
    "i16": "int16",
    "i32": "int32",
    "i64": "int64",
    "index": "int64",
    "complex<f32>": "complex64",
    "complex<f64>": "complex128",
}


def identity(*types: str) -> jit.Function:
    """A function that returns its arguments."""
    arguments = ", ".join(f"%{index}: {type_}" for index, type_ in enumerate(types))
    names = ", ".join(f"%{index}" for index in range(len(types)))
    listed = ", ".join(types)
    returned = f"return {names} : {listed}" if types else "return"
    return jit.compile(f"func.func @main({arguments}) -> ({listed}) {{ {returned} }}")


@pytest.mark.parametrize("type_", FLOATS)
def test_a_float_of_every_width(type_: str) -> None:
    same = identity(type_)
    for value in (0.0, -2.25, 1.5, math.inf):
        found = same(value)
        assert type(found) is float
        assert found == value
    assert math.isnan(same(math.nan))
    assert same(3) == 3.0
    assert same(np.float32(0.5)) == 0.5
    assert same(np.array(0.5)) == 0.5


@pytest.mark.parametrize("type_", INTEGERS)
def test_an_integer_of_every_width(type_: str) -> None:
    same, bits = identity(type_), INTEGERS[type_]
    for value in (0, 1, -1, 2 ** (bits - 1) - 1, -(2 ** (bits - 1))):
        found = same(value)
        assert type(found) is int
        assert found == value
    assert same(2**bits - 1) == -1
    assert same(np.int8(5)) == 5
    with pytest.raises(ValueError, match=f"does not fit in {bits} bits"):
        same(2**bits)


def test_truth_values() -> None:
    same = identity("i1")
    assert same(True) is True
    assert same(np.bool_(False)) is False
    assert same(1) is True
    with pytest.raises(TypeError, match=r"@main: argument 0 takes a bool \(i1\), got 2 \(int\)"):
        same(2)


@pytest.mark.parametrize("type_", ["complex<f32>", "complex<f64>"])
def test_complex_numbers(type_: str) -> None:
    assert identity(type_)(1.5 - 2j) == 1.5 - 2j


def test_several_results_of_different_kinds() -> None:
    types = ["i8", "f64", "i1", "f32", "complex<f64>", "i16", "memref<2xi32>", "bf16", "tensor<f64>"]
    array = np.array([7, 8], np.int32)
    found = identity(*types)(-3, 2.5, True, 0.5, 1 + 2j, 300, array, 0.25, np.array(9.0))
    assert found[:6] == (-3, 2.5, True, 0.5, 1 + 2j, 300)
    assert found[6].tolist() == [7, 8]
    assert found[7:] == (0.25, 9.0)


def test_no_arguments_and_no_results() -> None:
    assert identity()() is None


@pytest.mark.parametrize("shape", [(), (3,), (2, 3), (2, 3, 4), (2, 1, 3, 2, 2)], ids=str)
@pytest.mark.parametrize("kind", ["memref", "tensor"])
def test_arrays_of_every_rank(kind: str, shape: tuple[int, ...]) -> None:
    array = np.arange(math.prod(shape), dtype=np.float64).reshape(shape)
    for sizes in ("x".join(map(str, shape)), "x".join("?" * len(shape))):
        found = identity(f"{kind}<{sizes}{'x' if sizes else ''}f64>")(array)
        assert isinstance(found, np.ndarray)
        assert found.shape == shape
        assert not np.shares_memory(found, array)
        assert found.tolist() == array.tolist()


@pytest.mark.parametrize("type_", ARRAYS)
@pytest.mark.parametrize("kind", ["memref", "tensor"])
def test_arrays_of_every_type(kind: str, type_: str) -> None:
    array = np.array([0, 1, 1]).astype(ARRAYS[type_])
    found = identity(f"{kind}<3x{type_}>")(array)
    assert found.dtype == array.dtype
    assert found.tolist() == array.tolist()
    wrong = np.zeros(3, np.float32 if array.dtype != np.float32 else np.float64)
    with pytest.raises(TypeError, match=rf"takes an array of {ARRAYS[type_]} \({kind}<3x.*got one of float"):
        identity(f"{kind}<3x{type_}>")(wrong)


def test_unsigned_arrays_are_integers_without_a_sign() -> None:
    assert identity("memref<2xi8>")(np.array([1, 255], np.uint8)).tolist() == [1, -1]


def test_empty_arrays() -> None:
    assert identity("memref<?x3xf64>")(np.empty((0, 3))).shape == (0, 3)
    assert identity("tensor<?x3xf64>")(np.empty((0, 3))).shape == (0, 3)


DOUBLE = """
func.func @main(%m: MEMREF) {
  %c0 = arith.constant 0 : index %c1 = arith.constant 1 : index %n = memref.dim %m, %c0 : MEMREF
  scf.for %i = %c0 to %n step %c1 {
    %v = memref.load %m[%i] : MEMREF %d = arith.addf %v, %v : f64 memref.store %d, %m[%i] : MEMREF
  }
  return
}
"""


def test_memrefs_are_written_in_place() -> None:
    array = np.array([1.0, 2.0])
    assert jit.compile(DOUBLE.replace("MEMREF", "memref<?xf64>"))(array) is None
    assert array.tolist() == [2.0, 4.0]


def test_strides_are_followed() -> None:
    double = jit.compile(DOUBLE.replace("MEMREF", "memref<?xf64, strided<[?], offset: ?>>"))
    array = np.arange(6.0)
    double(array[::2])
    double(array[::-3])
    assert array.tolist() == [0.0, 1.0, 8.0, 3.0, 8.0, 10.0]
    with pytest.raises(ValueError, match=r"stored row by row .* numpy\.ascontiguousarray"):
        jit.compile(DOUBLE.replace("MEMREF", "memref<?xf64>"))(array[::2])


def test_tensors_are_values() -> None:
    text = """func.func @main(%t: tensor<3xf64>, %i: index) -> (tensor<3xf64>, tensor<3xf64>) {
      %c = arith.constant 9.0 : f64 %u = tensor.insert %c into %t[%i] : tensor<3xf64>
      return %t, %u : tensor<3xf64>, tensor<3xf64> }"""
    array = np.array([1.0, 2.0, 3.0])
    before, after = jit.compile(text)(array, 1)
    assert before.tolist() == array.tolist() == [1.0, 2.0, 3.0]
    assert after.tolist() == [1.0, 9.0, 3.0]
    fortran = np.asfortranarray(np.arange(6.0).reshape(2, 3))
    assert identity("tensor<2x3xf64>")(fortran).tolist() == fortran.tolist()


def test_tensors_come_from_lists_and_numbers() -> None:
    assert identity("tensor<2x2xf32>")([[1, 2.5], [3, 4]]).tolist() == [[1, 2.5], [3, 4]]
    assert identity("tensor<f64>")(2).tolist() == 2.0
    assert identity("tensor<2xi8>")([1, -128]).tolist() == [1, -128]
    with pytest.raises(ValueError, match="does not fit"):
        identity("tensor<2xi8>")([1, 128])
    with pytest.raises(TypeError, match="takes an array of int8"):
        identity("tensor<2xi8>")([1, 2.5])
    with pytest.raises(ValueError, match="inhomogeneous"):
        identity("tensor<2x2xf64>")([[1.0], [2.0, 3.0]])


def test_results_are_freed() -> None:
    produce = jit.compile(
        """func.func @main(%n: index) -> (memref<?xf64>, memref<?xf64>) {
        %m = memref.alloc(%n) : memref<?xf64> return %m, %m : memref<?xf64>, memref<?xf64> }"""
    )
    first, second = produce(1_000_000)
    assert not np.shares_memory(first, second)
    del first, second
    gc.collect()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for _ in range(100):
        produce(1_000_000)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert after - before < 200_000, "100 results of 8 MB each were kept"


def test_constants_are_results_too() -> None:
    value = "arith.constant dense<[1., 2., 3.]> : tensor<3xf64>"
    text = f"func.func @main() -> tensor<3xf64> {{ %c = {value} return %c : tensor<3xf64> }}"
    constant = jit.compile(text)
    for _ in range(3):
        assert constant().tolist() == [1.0, 2.0, 3.0]


def test_numbers_are_checked() -> None:
    same = identity("f64", "i32")
    with pytest.raises(TypeError, match=r"^@main takes 2 arguments \(f64, i32\), got 1$"):
        same(1.0)
    with pytest.raises(TypeError, match=r"^@main: argument 0 takes a number \(f64\), got 'x' \(str\)$"):
        same("x", 1)
    with pytest.raises(TypeError, match=r"^@main: argument 1 takes an integer \(i32\), got 1\.5 \(float\)$"):
        same(1.0, 1.5)
    with pytest.raises(TypeError, match=r"^@main: argument 0 takes a number \(f64\), got True \(bool\)$"):
        same(True, 1)
    with pytest.raises(TypeError, match=r"takes a number \(f64\), got array\(\[1\.\]\) \(ndarray\)"):
        same(np.array([1.0]), 1)
    with pytest.raises(ValueError, match=r"takes f32, got 1e\+300 \(float\), which is out of its range"):
        identity("f32")(1e300)


def test_arrays_are_checked() -> None:
    same = identity("memref<2x?xf64>")
    with pytest.raises(TypeError, match=r"takes a NumPy array .* which it may write to, got \[\[1\.0\]\] \(list\)"):
        same([[1.0]])
    with pytest.raises(ValueError, match=r"takes an array of rank 2 \(memref<2x\?xf64>\), got one of rank 1"):
        same(np.zeros(2))
    with pytest.raises(ValueError, match=r"takes memref<2x\?xf64>, got an array of shape \(3, 2\)"):
        same(np.zeros((3, 2)))
    frozen = np.zeros((2, 2))
    frozen.flags.writeable = False
    with pytest.raises(ValueError, match="got a read-only one"):
        same(frozen)
    swapped = np.zeros((2, 2), np.dtype("f8").newbyteorder())
    with pytest.raises(TypeError, match="takes an array of float64"):
        same(swapped)
    crooked = np.frombuffer(bytearray(33), np.uint8)[1:].view(np.float64).reshape(2, 2)
    with pytest.raises(ValueError, match="elements are aligned"):
        same(crooked)


def test_the_module_stays_as_it_is() -> None:
    with new_context():
        module = ir.Module.parse("func.func private @main(%x: f64) -> f64 { return %x : f64 }")
        before = str(module)
        assert jit.compile(module)(2.0) == 2.0
        assert str(module) == before


def test_a_function_describes_itself() -> None:
    same: Any = identity("f64", "memref<?xi8>")
    assert repr(same) == "<compiled function main(f64, memref<?xi8>) -> (f64, memref<?xi8>)>"
    assert same.name == "main"
    assert [str(kind) for kind in same.parameters] == [str(kind) for kind in same.results] == ["f64", "memref<?xi8>"]


FLAGGED = """func.func @main(%x: f64, %y: f64) -> (f64, f64, i1) {
  %one = arith.constant 1.0 : f64 %low = arith.constant 0xFFF0000000000000 : f64
  %l = math.log %x fastmath<fast> : f64 %d = arith.divf %one, %x fastmath<fast> : f64
  %p = arith.mulf %x, %d fastmath<fast> : f64 %s = arith.addf %l, %p fastmath<fast> : f64
  %m = arith.maxnumf %y, %low fastmath<fast> : f64 %t = arith.cmpf oeq, %m, %low fastmath<fast> : f64
  return %s, %m, %t : f64, f64, i1 }"""


@pytest.mark.parametrize("opt_level", range(4))
def test_infinities_are_numbers_too(opt_level: int) -> None:
    """Enzyme marks its operations with `fastmath<fast>`, which says that there are none."""
    flagged = jit.compile(FLAGGED, opt_level=opt_level)
    total, largest, is_low = flagged(0.0, -math.inf)
    assert math.isnan(total)
    assert (largest, is_low) == (-math.inf, True)
    total, largest, is_low = flagged(math.inf, 1.0)
    assert math.isnan(total)
    assert (largest, is_low) == (1.0, False)
    assert flagged(1.0, math.inf) == (1.0, math.inf, False)
