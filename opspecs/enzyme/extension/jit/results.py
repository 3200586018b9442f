"""What compiled code returns, as Python values."""

from __future__ import annotations

import ctypes
from collections.abc import Collection, Sequence
from typing import Any

import numpy as np

from .kinds import Buffer, Kind, Scalar, descriptor_of

__all__ = ["layout_of", "read_results"]

NOT_ALLOCATED = 0xDEADBEEF
"""What compiled code writes in place of a pointer for memory that is part of itself: constants."""


def layout_of(kinds: Sequence[Kind]) -> np.dtype[Any]:
    """The structure in which compiled code puts all results."""
    fields = [
        (
            f"result{position}",
            kind.dtype if isinstance(kind, Scalar) else descriptor_of(kind.rank),
        )
        for position, kind in enumerate(kinds)
    ]
    return np.dtype(fields, align=True)


def read_results(
    kinds: Sequence[Kind], stored: np.ndarray[Any, Any], owned: Collection[int]
) -> list[Any]:
    """The results as Python numbers and NumPy arrays of their own.

    Memory that compiled code has allocated for a result is freed; `owned` are the addresses that are the caller's.
    """
    values: list[Any] = []
    allocated: set[int] = set()
    for position, kind in enumerate(kinds):
        field = stored[f"result{position}"]
        if isinstance(kind, Scalar):
            values.append(_read_scalar(kind, field))
        else:
            values.append(_read_array(kind, field))
            allocated.add(int(field["allocated"]))
    for address in sorted(allocated - {0, NOT_ALLOCATED, *owned}):
        _FREE(address)
    return values


def _read_scalar(kind: Scalar, field: Any) -> Any:
    """A number: Python's own where it has one of that kind."""
    value = np.asarray(field)[()]
    if kind.text == "bf16":
        return float(value)
    return value.item()


def _read_array(kind: Buffer, field: Any) -> np.ndarray[Any, Any]:
    dtype = kind.element.dtype
    if not kind.rank:
        shape: tuple[int, ...] = ()
        strides: tuple[int, ...] = ()
    else:
        shape = tuple(int(size) for size in field["sizes"])
        strides = tuple(int(stride) * dtype.itemsize for stride in field["strides"])
    if 0 in shape:
        return np.empty(shape, dtype)
    reach = [(size - 1) * stride for size, stride in zip(shape, strides, strict=True)]
    before = sum(min(0, step) for step in reach)
    after = sum(max(0, step) for step in reach) + dtype.itemsize
    first = int(field["aligned"]) + int(field["offset"]) * dtype.itemsize
    memory = (ctypes.c_char * (after - before)).from_address(first + before)
    return np.ndarray(shape, dtype, memoryview(memory), -before, strides).copy()


def _find_free() -> Any:
    free = ctypes.CDLL(None).free
    free.argtypes = [ctypes.c_void_p]
    free.restype = None
    return free


_FREE = _find_free()
