# The stubs of the host and of NumPy leave some type arguments open.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false

"""Python values into compiled code: checked, and laid out as it expects them."""

from __future__ import annotations

import math
import numbers
import operator
from typing import Any

import numpy as np

from .kinds import Buffer, Kind, Scalar, descriptor_of

__all__ = ["Passed", "pass_argument"]


class Passed:
    """An argument as compiled code gets it; it has to live as long as the call."""

    __slots__ = ("address", "array", "kept")

    def __init__(
        self, address: int, array: np.ndarray[Any, Any] | None, kept: Any
    ) -> None:
        self.address = address
        """Where compiled code finds the value, or the pointer to the descriptor."""
        self.array = array
        """The array that compiled code works on, for memrefs and tensors."""
        self.kept = kept
        """What must not go away during the call."""


def pass_argument(kind: Kind, value: object, where: str) -> Passed:
    """Check a value against its parameter, and lay it out.

    Args:
        kind: What the parameter takes.
        value: What the caller gave.
        where: Function and parameter, for errors.

    Raises:
        TypeError: The value is of another type, or its elements are.
        ValueError: The value is out of range, of another shape, or laid out otherwise.
    """
    if isinstance(kind, Scalar):
        stored = np.empty((), kind.dtype)
        stored[()] = _number(kind, value, where)
        return Passed(stored.ctypes.data, None, stored)
    array = (
        _tensor(kind, value, where) if kind.is_tensor else _memref(kind, value, where)
    )
    return _pass_array(kind, array)


def _number(kind: Scalar, value: object, where: str) -> Any:
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value[()]
    group = kind.dtype.kind
    if group == "b":
        if isinstance(value, bool | np.bool_) or (
            type(value) is int and value in (0, 1)
        ):
            return bool(value)
        raise TypeError(f"{where} takes a bool ({kind}), got {_shown(value)}")
    if isinstance(value, bool | np.bool_):
        raise TypeError(f"{where} takes a number ({kind}), got {_shown(value)}")
    if group == "i":
        return _integer(kind, value, where)
    accepted = numbers.Complex if group == "c" else numbers.Real
    if not isinstance(value, accepted) and type(value) is not kind.dtype.type:
        wanted = "complex number" if group == "c" else "number"
        raise TypeError(f"{where} takes a {wanted} ({kind}), got {_shown(value)}")
    converted = value if group == "c" else float(value)  # type: ignore[arg-type]
    with np.errstate(over="ignore"):
        result = kind.dtype.type(converted)
    if group != "c" and math.isfinite(converted) and not np.isfinite(result):  # type: ignore[arg-type]
        raise ValueError(
            f"{where} takes {kind}, got {_shown(value)}, which is out of its range"
        )
    return result


def _integer(kind: Scalar, value: object, where: str) -> int:
    try:
        number = operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        raise TypeError(
            f"{where} takes an integer ({kind}), got {_shown(value)}"
        ) from None
    bits = kind.dtype.itemsize * 8
    if not -(1 << (bits - 1)) <= number < 1 << bits:
        raise ValueError(
            f"{where} takes {kind}, got {number}, which does not fit in {bits} bits"
        )
    return number - (1 << bits) if number >= 1 << (bits - 1) else number


def _tensor(kind: Buffer, value: object, where: str) -> np.ndarray[Any, Any]:
    """A tensor is a value: anything that NumPy makes an array of the right elements from will do."""
    dtype = kind.element.dtype
    if isinstance(value, np.ndarray):
        _check_dtype(kind, value, where)
        array = np.array(value, dtype, order="C", copy=True)
    else:
        try:
            given = np.array(value)
        except ValueError as error:
            raise ValueError(
                f"{where} takes an array ({kind}), got {_shown(value)}: {error}"
            ) from None
        if not np.can_cast(given.dtype, dtype, "same_kind"):
            raise TypeError(
                f"{where} takes an array of {dtype} ({kind}), got {_shown(value)}"
            )
        array = given.astype(dtype)
        if dtype.kind == "i" and not np.array_equal(array, given):
            raise ValueError(
                f"{where} takes {kind}, got {_shown(value)}, which does not fit"
            )
    _check_shape(kind, array, where)
    return array


def _memref(kind: Buffer, value: object, where: str) -> np.ndarray[Any, Any]:
    """A memref is shared: compiled code reads and writes the caller's own array."""
    if not isinstance(value, np.ndarray):
        raise TypeError(
            f"{where} takes a NumPy array ({kind}), which it may write to, got {_shown(value)}"
        )
    _check_dtype(kind, value, where)
    _check_shape(kind, value, where)
    if not value.flags.writeable:
        raise ValueError(
            f"{where} takes an array that may be written to ({kind}), got a read-only one; pass a copy"
        )
    size = value.itemsize
    if not value.flags.aligned or any(stride % size for stride in value.strides):
        raise ValueError(
            f"{where} takes an array whose elements are aligned ({kind}); pass a copy"
        )
    if kind.strides is None:
        if not value.flags.c_contiguous:
            raise ValueError(
                f"{where} takes an array stored row by row ({kind}), got strides {value.strides}; "
                f"pass numpy.ascontiguousarray(...), which is a copy"
            )
    else:
        _check_strides(kind, value, where)
    return value


def _check_strides(kind: Buffer, value: np.ndarray[Any, Any], where: str) -> None:
    assert kind.strides is not None
    found = tuple(stride // value.itemsize for stride in value.strides)
    for wanted, stride, size in zip(kind.strides, found, value.shape, strict=True):
        if wanted is not None and wanted != stride and size > 1:
            raise ValueError(
                f"{where} takes an array with the strides of {kind}, got {found} (in elements)"
            )


def _check_dtype(kind: Buffer, value: np.ndarray[Any, Any], where: str) -> None:
    wanted, found = kind.element.dtype, value.dtype
    same_bits = (
        wanted.kind == "i" and found.kind == "u" and wanted.itemsize == found.itemsize
    )
    if wanted != found and not (same_bits and found.isnative):
        raise TypeError(
            f"{where} takes an array of {wanted} ({kind}), got one of {found}"
        )


def _check_shape(kind: Buffer, value: np.ndarray[Any, Any], where: str) -> None:
    if value.ndim != kind.rank:
        raise ValueError(
            f"{where} takes an array of rank {kind.rank} ({kind}), got one of rank {value.ndim}"
        )
    for size, wanted in zip(value.shape, kind.shape, strict=True):
        if wanted is not None and wanted != size:
            raise ValueError(
                f"{where} takes {kind}, got an array of shape {value.shape}"
            )


def _pass_array(kind: Buffer, array: np.ndarray[Any, Any]) -> Passed:
    descriptor = np.zeros((), descriptor_of(kind.rank))
    offset = kind.offset or 0
    descriptor["allocated"] = array.ctypes.data
    descriptor["aligned"] = array.ctypes.data - offset * array.itemsize
    descriptor["offset"] = offset
    if kind.rank:
        descriptor["sizes"] = array.shape
        descriptor["strides"] = [stride // array.itemsize for stride in array.strides]
    pointer = np.array(descriptor.ctypes.data, np.uintp)
    return Passed(pointer.ctypes.data, array, (descriptor, pointer))


def _shown(value: object) -> str:
    text = repr(value)
    return f"{text if len(text) <= 60 else text[:57] + '...'} ({type(value).__name__})"
