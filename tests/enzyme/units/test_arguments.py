"""How values become what compiled code takes: numbers at their limits, and descriptors word for word."""

from __future__ import annotations

import math
import struct
from typing import Any

import numpy as np
import pytest

pytest.importorskip("mlir", reason="the host `mlir` is not installed (xtc-mlir-python-bindings)")

from enzyme_mlir.jit.arguments import Passed, make_passer, pass_argument, steps_of
from enzyme_mlir.jit.kinds import SCALARS, Buffer, Scalar
from enzyme_mlir.jit.layout import code_of, make_layout
from enzyme_mlir.jit.results import NOT_ALLOCATED, address_of, make_reader

WHERE = "@f: argument 0"
BITS = {"i8": 8, "i16": 16, "i32": 32, "i64": 64, "index": 64}


def scalar(text: str) -> Scalar:
    return Scalar(text, np.dtype(SCALARS[text]))


def buffer(
    *shape: int | None, element: str = "f64", strides: Any = None, offset: Any = 0, tensor: bool = False
) -> Buffer:
    return Buffer("KIND", scalar(element), shape, strides, offset, tensor)


def both(kind: Any, value: object) -> tuple[Any, ...]:
    """What the careful way and the quick way make of a value, which has to be the same."""
    careful, quick = pass_argument(kind, value, WHERE), make_passer(kind, WHERE)(value)
    assert tuple(quick[0]) == careful.values
    return careful.values


def refused(kind: Any, value: object) -> str:
    """The error that both ways give."""
    texts = []
    for call in (lambda: pass_argument(kind, value, WHERE), lambda: make_passer(kind, WHERE)(value)):
        with pytest.raises((TypeError, ValueError)) as caught:
            call()
        texts.append(f"{caught.type.__name__}: {caught.value}")
    assert texts[0] == texts[1]
    return texts[0]


@pytest.mark.parametrize(("text", "bits"), BITS.items())
def test_integers_from_the_least_to_the_greatest(text: str, bits: int) -> None:
    kind, least, end = scalar(text), -(1 << (bits - 1)), 1 << bits
    assert [both(kind, number) for number in (least, -1, 0, -least - 1)] == [(least,), (-1,), (0,), (-least - 1,)]
    assert [both(kind, number) for number in (-least, end - 1)] == [(least,), (-1,)]
    for number in (least - 1, end, 2 * least):
        assert (
            refused(kind, number)
            == f"ValueError: {WHERE} takes {text}, got {number}, which does not fit in {bits} bits"
        )


def test_truth_values_are_no_numbers_and_few_numbers_are_truth_values() -> None:
    truth = scalar("i1")
    assert [both(truth, value) for value in (True, 0, 1, np.bool_(True))] == [(True,), (False,), (True,), (True,)]
    assert refused(truth, 2) == f"TypeError: {WHERE} takes a bool (i1), got 2 (int)"
    assert refused(truth, 1.0) == f"TypeError: {WHERE} takes a bool (i1), got 1.0 (float)"
    assert refused(scalar("i8"), True) == f"TypeError: {WHERE} takes a number (i8), got True (bool)"
    assert refused(scalar("f64"), np.bool_(True)) == f"TypeError: {WHERE} takes a number (f64), got np.True_ (bool)"
    assert refused(scalar("i8"), 1.0) == f"TypeError: {WHERE} takes an integer (i8), got 1.0 (float)"
    assert refused(scalar("f64"), 1j) == f"TypeError: {WHERE} takes a number (f64), got 1j (complex)"
    assert refused(scalar("complex<f64>"), "x") == (
        f"TypeError: {WHERE} takes a complex number (complex<f64>), got 'x' (str)"
    )


def test_long_values_are_shown_in_sixty_characters() -> None:
    exactly, longer = "x" * 58, "x" * 59
    assert refused(scalar("i8"), exactly) == f"TypeError: {WHERE} takes an integer (i8), got '{exactly}' (str)"
    assert refused(scalar("i8"), longer) == f"TypeError: {WHERE} takes an integer (i8), got '{'x' * 56}... (str)"


@pytest.mark.parametrize(("text", "largest"), [("f16", 65504.0), ("f32", float(np.finfo(np.float32).max))])
def test_floats_that_do_not_fit_are_refused_and_infinities_are_not(text: str, largest: float) -> None:
    kind = scalar(text)
    assert [both(kind, value) for value in (largest, -largest, math.inf, -math.inf)] == [
        (largest,),
        (-largest,),
        (math.inf,),
        (-math.inf,),
    ]
    assert math.isnan(make_passer(kind, WHERE)(math.nan)[0][0])
    assert refused(kind, 2 * largest) == (
        f"ValueError: {WHERE} takes {text}, got {2 * largest!r} (float), which is out of its range"
    )


def test_complex_numbers_are_two_numbers() -> None:
    assert both(scalar("complex<f64>"), 1.5 - 2j) == (1.5, -2.0)
    assert both(scalar("complex<f32>"), 3) == (3.0, 0.0)


@pytest.mark.parametrize(
    ("shape", "steps"), [((), ()), ((5,), (1,)), ((2, 3), (3, 1)), ((2, 3, 4), (12, 4, 1)), ((2, 1, 3), (3, 3, 1))]
)
def test_the_strides_of_what_is_stored_row_by_row(shape: tuple[int, ...], steps: tuple[int, ...]) -> None:
    assert steps_of(shape) == steps
    array = np.zeros(shape)
    address = array.ctypes.data
    assert both(buffer(*shape), array) == (address, address, 0, *shape, *steps)
    assert both(buffer(*(None for _ in shape)), array) == (address, address, 0, *shape, *steps)


def test_the_start_lies_before_the_first_element_by_the_offset() -> None:
    array = np.arange(12.0)
    address = array.ctypes.data
    kind = buffer(4, strides=(2,), offset=3)
    assert both(kind, array[3:11:2]) == (address + 24, address, 3, 4, 2)
    small = np.arange(12, dtype=np.int16)
    kind = buffer(3, element="i16", strides=(1,), offset=5)
    assert both(kind, small[5:8]) == (small.ctypes.data + 10, small.ctypes.data, 5, 3, 1)
    assert both(buffer(4, strides=(2,), offset=None), array[3:11:2]) == (address + 24, address + 24, 0, 4, 2)


def test_strides_matter_only_between_several_elements() -> None:
    wide = np.zeros((1, 3))
    kind = buffer(1, 3, strides=(7, 1))
    assert both(kind, wide)[3:] == (1, 3, 3, 1)
    assert refused(buffer(None, 3, strides=(7, 1)), np.zeros((2, 3))) == (
        f"ValueError: {WHERE} takes an array with the strides of KIND, got (3, 1) (in elements)"
    )
    assert both(buffer(None, 3, strides=(None, 1)), np.zeros((2, 3)))[3:] == (2, 3, 3, 1)
    assert refused(buffer(None, 3, strides=(None, 1)), np.zeros((2, 6))[:, ::2]) == (
        f"ValueError: {WHERE} takes an array with the strides of KIND, got (6, 2) (in elements)"
    )


def test_what_cannot_be_shared_is_refused() -> None:
    array = np.zeros((2, 3))
    locked = np.zeros((2, 3))
    locked.flags.writeable = False
    raw = np.zeros(49, np.uint8)[1:].view(np.float64).reshape(2, 3)
    for value, text in (
        ([1.0], "TypeError: {0} takes a NumPy array (KIND), which it may write to, got [1.0] (list)"),
        (np.zeros((2, 3), np.float32), "TypeError: {0} takes an array of float64 (KIND), got one of float32"),
        (np.zeros(3), "ValueError: {0} takes an array of rank 2 (KIND), got one of rank 1"),
        (np.zeros((2, 4)), "ValueError: {0} takes KIND, got an array of shape (2, 4)"),
        (locked, "ValueError: {0} takes an array that may be written to (KIND), got a read-only one; pass a copy"),
        (raw, "ValueError: {0} takes an array whose elements are aligned (KIND); pass a copy"),
        (
            np.zeros((3, 2)).T,
            "ValueError: {0} takes an array stored row by row (KIND), got strides (8, 16); "
            "pass numpy.ascontiguousarray(...), which is a copy",
        ),
    ):
        assert refused(buffer(2, 3), value) == text.format(WHERE)
    assert both(buffer(2, 3), array)[0] == array.ctypes.data


def test_unsigned_elements_pass_for_those_without_a_sign_if_they_are_as_wide() -> None:
    array = np.zeros(2, np.uint16)
    assert both(buffer(2, element="i16"), array)[0] == array.ctypes.data
    assert refused(buffer(2, element="i16"), np.zeros(2, np.uint8)).endswith("got one of uint8")
    assert refused(buffer(2, element="i16"), np.zeros(2, ">u2")).endswith("got one of >u2")
    assert refused(buffer(2, element="f16"), array).endswith("got one of uint16")


def passed(kind: Buffer, value: object) -> list[Any]:
    found = pass_argument(kind, value, WHERE)
    assert isinstance(found, Passed)
    assert found.array is not None
    return list(found.array.tolist())


def test_a_tensor_takes_whatever_its_elements_can_be_made_of() -> None:
    kind = buffer(2, tensor=True)
    given = np.array([1.0, 2.0])
    found = pass_argument(kind, given, WHERE)
    assert found.array is not None
    assert not np.shares_memory(found.array, given)
    assert (passed(kind, [1, 2]), passed(kind, (0.5, 2))) == ([1.0, 2.0], [0.5, 2.0])
    whole = buffer(2, element="i8", tensor=True)
    assert passed(whole, [-128, 127]) == [-128, 127]
    assert refused(whole, [0, 128]) == f"ValueError: {WHERE} takes KIND, got [0, 128] (list), which does not fit"
    assert refused(whole, [0.5, 1]) == f"TypeError: {WHERE} takes an array of int8 (KIND), got [0.5, 1] (list)"
    assert refused(whole, [[1], [2, 3]]).startswith(
        f"ValueError: {WHERE} takes an array (KIND), got [[1], [2, 3]] (list)"
    )
    assert refused(kind, given.astype(np.float32)).endswith("takes an array of float64 (KIND), got one of float32")


@pytest.mark.parametrize(
    ("kinds", "codes"),
    [
        ((scalar("f64"), scalar("i8"), scalar("i1")), "d b ?"),
        ((scalar("complex<f32>"), scalar("index")), "ff q"),
        ((buffer(),), "PPq"),
        ((buffer(None, 3), scalar("f16")), "PPqqqqq e"),
    ],
)
def test_how_values_are_written(kinds: tuple[Any, ...], codes: str) -> None:
    assert " ".join(map(code_of, kinds)) == codes


def test_each_number_is_written_as_wide_as_it_is() -> None:
    codes = {text: code_of(scalar(text)) for text in SCALARS}
    assert " ".join(codes.values()) == "d f e ? b h i q q ff dd"
    assert {text: struct.calcsize(code) for text, code in codes.items()} == {
        text: scalar(text).dtype.itemsize for text in SCALARS
    }


def test_the_memory_of_a_call() -> None:
    made = make_layout((scalar("i8"), buffer(2), scalar("f64")), (scalar("f64"),))
    assert (made.arguments_at % 16, made.results_at % 16) == (0, 0)
    place = made.arguments_at
    # The byte, the descriptor at the next multiple of eight through a cell of its own, the number behind it.
    assert [target - place for _, target in made.pointers if target >= place][:3] == [0, 8, 48]
    assert made.owned_count == 1
    assert made.owned_at == place + 56
    assert made.size == made.results_at + 8
    cell = next(target for _, target in made.pointers if target < place)
    assert (cell, place + 8) in made.pointers
    assert [slot for slot, _ in made.pointers if slot < 32] == [0, 8, 16, 24]


def test_several_results_are_a_structure_that_comes_first() -> None:
    made = make_layout((scalar("f64"),), (scalar("f64"), scalar("i8")))
    (cell, first), (slot, through), (second, argument) = made.pointers
    assert (first, slot, through, second, argument) == (made.results_at, 0, cell, 8, made.arguments_at)
    assert made.size == made.results_at + 9
    assert make_layout((), ()).pointers == ()


def test_results_are_read_from_their_own_strides() -> None:
    memory = np.arange(12.0)
    owned = [memory.ctypes.data]
    read = make_reader([scalar("i8"), buffer(None, 2, strides=(None, None), offset=None), scalar("complex<f64>")])
    start = memory.ctypes.data
    number, array, pair = read((7, start, start, 1, 2, 2, 4, 2, 1.5, -2.0), owned)
    assert (number, array.tolist(), pair) == (7, [[1.0, 3.0], [5.0, 7.0]], 1.5 - 2j)
    assert not np.shares_memory(array, memory)
    backwards = make_reader([buffer(None, strides=(None,), offset=None)])
    assert backwards((start, start, 5, 3, -2), owned)[0].tolist() == [5.0, 3.0, 1.0]
    assert backwards((start, start, 2, 3, 1), owned)[0].tolist() == [2.0, 3.0, 4.0]
    assert backwards((start, start, 0, 3, 0), owned)[0].tolist() == [0.0, 0.0, 0.0]
    assert backwards((NOT_ALLOCATED, start, 0, 0, 1), ())[0].shape == (0,)
    last = make_reader([buffer(None, None, strides=(None, None), offset=None)])
    assert last((start, start, 0, 3, 2, 2, 7), owned)[0].tolist() == [[0.0, 7.0], [2.0, 9.0], [4.0, 11.0]]


def test_addresses_are_those_of_the_elements() -> None:
    for array in (np.zeros(3), np.zeros((2, 2), np.int8), np.zeros(2, np.float16)):
        assert address_of(array) == array.ctypes.data
