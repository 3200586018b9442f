"""Which types go between Python and compiled code, and what is known of each."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("mlir", reason="the host `mlir` is not installed (xtc-mlir-python-bindings)")

from enzyme_mlir import ir, new_context
from enzyme_mlir.jit import JitError
from enzyme_mlir.jit.kinds import SCALARS, Buffer, Scalar, read_kind
from enzyme_mlir.jit.narrow import has_narrow_memory

WHERE = "argument 0 of @f"


@pytest.mark.parametrize(("text", "dtype"), SCALARS.items())
def test_numbers(text: str, dtype: str) -> None:
    with new_context():
        found = read_kind(ir.Type.parse(text), WHERE)
    assert found == Scalar(text, np.dtype(dtype))
    assert str(found) == text


BUFFERS = {
    "memref<2x?xf32>": ((2, None), None, 0, False),
    "memref<f32>": ((), None, 0, False),
    "tensor<2x?xf32>": ((2, None), None, 0, True),
    "memref<2x3xf32, strided<[3, 1]>>": ((2, 3), (3, 1), 0, False),
    "memref<2x?xf32, strided<[?, 1], offset: 4>>": ((2, None), (None, 1), 4, False),
    "memref<2xf32, strided<[0], offset: ?>>": ((2,), (0,), None, False),
    "memref<2xf32, strided<[-1], offset: 1>>": ((2,), (-1,), 1, False),
    "memref<2x3xf32, affine_map<(i, j) -> (j * 2 + i)>>": ((2, 3), (1, 2), 0, False),
}


@pytest.mark.parametrize("text", BUFFERS)
def test_arrays(text: str) -> None:
    with new_context():
        found = read_kind(ir.Type.parse(text), WHERE)
    assert isinstance(found, Buffer)
    assert (found.shape, found.strides, found.offset, found.is_tensor) == BUFFERS[text]
    assert (found.element, found.rank) == (Scalar("f32", np.dtype("float32")), len(BUFFERS[text][0]))


SEVEN = (
    "the type i7, which cannot be passed from Python; accepted are f64, f32, f16, i1, i8, i16, i32, i64, index, "
    "complex<f32>, complex<f64>, bf16, and memrefs and tensors of those"
)
REFUSED = {
    "vector<2xf32>": "the type vector<2xf32>; pass memrefs or tensors of a known rank instead",
    "tensor<*xf32>": "the type tensor<*xf32>; pass memrefs or tensors of a known rank instead",
    "memref<*xf32>": "the type memref<*xf32>; pass memrefs or tensors of a known rank instead",
    "memref<2xf32, 1>": "the type memref<2xf32, 1>; only memory of the default space can be passed",
    'tensor<2xf32, "e">': 'the type tensor<2xf32, "e">; tensors with an encoding cannot be run',
    "memref<4xf32, affine_map<(d0) -> (d0 floordiv 2)>>": "the type memref<4xf32, "
    "affine_map<(d0) -> (d0 floordiv 2)>>, whose layout has no strides",
    "i7": SEVEN,
    "memref<2xi7>": SEVEN,
}


@pytest.mark.parametrize("text", REFUSED)
def test_types_that_cannot_be_passed(text: str) -> None:
    with new_context(), pytest.raises(JitError) as caught:
        read_kind(ir.Type.parse(text), WHERE)
    assert str(caught.value) == f"{WHERE} has {REFUSED[text]}"


@pytest.mark.parametrize(
    ("text", "is_narrow"),
    [
        ("memref<2xi1>", True),
        ("memref<?x3xi7, strided<[?, 1]>>", True),
        ("memref<si4>", True),
        ("memref<*xui2>", True),
        ("memref<2xi8>", False),
        ("memref<2xi16>", False),
        ("memref<2xf64>, i1", False),
        ("tensor<2xi1>", False),
    ],
)
def test_memory_of_numbers_narrower_than_a_byte(text: str, is_narrow: bool) -> None:
    assert has_narrow_memory(f"func.func @f(%x: {text})") is is_narrow
