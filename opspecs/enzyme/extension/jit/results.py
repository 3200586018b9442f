"""What compiled code returns, as Python values."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Collection, Sequence
from itertools import accumulate
from typing import Any

import numpy as np

from .arguments import BYTES_OF, steps_of
from .kinds import Buffer, Kind
from .layout import code_of
from .workspace import is_block

__all__ = ["make_reader"]

NOT_ALLOCATED = 0xDEADBEEF
"""What compiled code writes in place of a pointer for memory that is part of itself: constants."""

Reader = Callable[[tuple[Any, ...], Collection[int]], list[Any]]


def make_reader(kinds: Sequence[Kind]) -> Reader:
    """What reads the results from their values, as `struct` gives them, into numbers and NumPy arrays of their own.

    It is also told the addresses of the caller's arrays. Memory of a result that came from elsewhere, from a library,
    is freed; a workspace's memory is taken back with the rest of it.
    """
    ends = accumulate(len(code_of(kind)) for kind in kinds)
    placed = list(zip(kinds, [0, *ends], strict=False))
    parts = [(_reader_of(kind), start) for kind, start in placed]
    arrays = [start for kind, start in placed if isinstance(kind, Buffer)]

    def read(values: tuple[Any, ...], owned: Collection[int]) -> list[Any]:
        found = [reader(values, start) for reader, start in parts]
        for address in {values[start] for start in arrays}:
            is_own = address and address != NOT_ALLOCATED and address not in owned
            if is_own and not is_block(address):
                _FREE(address)
        return found

    return read


def _reader_of(kind: Kind) -> Callable[[tuple[Any, ...], int], Any]:
    """What reads one result, which starts at a place among the values."""
    if isinstance(kind, Buffer):
        return _array_reader(kind)
    if kind.dtype.kind == "c":
        return lambda values, start: complex(values[start], values[start + 1])
    if kind.text == "bf16":
        return lambda values, start: float(np.uint16(values[start]).view(kind.dtype))
    return lambda values, start: values[start]


def _array_reader(kind: Buffer) -> Callable[[tuple[Any, ...], int], Any]:
    dtype, size, rank = kind.element.dtype, kind.element.dtype.itemsize, kind.rank

    def read(values: tuple[Any, ...], start: int) -> np.ndarray[Any, Any]:
        shape = values[start + 3 : start + 3 + rank]
        if 0 in shape:
            return np.empty(shape, dtype)
        first = values[start + 1] + values[start + 2] * size
        steps = values[start + 3 + rank : start + 3 + 2 * rank]
        if steps != steps_of(shape):
            return _read_strided(dtype, first, shape, steps)
        array = np.empty(shape, dtype)
        ctypes.memmove(address_of(array), first, array.nbytes)
        return array

    return read


def address_of(array: np.ndarray[Any, Any]) -> int:
    """Where the elements of an array start that may be written to and is stored row by row."""
    try:
        return ctypes.addressof(BYTES_OF(array))
    except (TypeError, ValueError, BufferError):  # elements that `ctypes` does not know
        return int(array.ctypes.data)


def _read_strided(
    dtype: np.dtype[Any], first: int, shape: Sequence[int], steps: Sequence[int]
) -> np.ndarray[Any, Any]:
    strides = [step * dtype.itemsize for step in steps]
    reach = [
        (length - 1) * stride for length, stride in zip(shape, strides, strict=True)
    ]
    before = sum(min(0, step) for step in reach)
    after = sum(max(0, step) for step in reach) + dtype.itemsize
    memory = (ctypes.c_char * (after - before)).from_address(first + before)
    return np.ndarray(shape, dtype, memoryview(memory), -before, strides).copy()


def _find_free() -> Any:
    free = ctypes.CDLL(None).free
    free.argtypes = [ctypes.c_void_p]
    free.restype = None
    return free


_FREE = _find_free()
