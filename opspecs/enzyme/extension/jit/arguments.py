"""Python values into compiled code: checked, and laid out as it expects them."""

from __future__ import annotations

import ctypes
import math
import numbers
import operator
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

import numpy as np

from .kinds import Buffer, Kind, Scalar

__all__ = ["BYTES_OF", "Passed", "Passer", "make_passer", "pass_argument", "steps_of"]


class Passed(NamedTuple):
    """An argument as compiled code gets it."""

    values: tuple[Any, ...]
    """What is written for it: a number, or the descriptor of an array."""
    array: np.ndarray[Any, Any] | None
    """The array that compiled code works on, for memrefs and tensors; it has to live as long as the call."""


BYTES_OF: Any = ctypes.c_char.from_buffer
"""The first byte of a buffer that may be written to and is stored row by row; a quick way to its address."""

Passer = Callable[[object], tuple[tuple[Any, ...], Any]]


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
        number = np.empty((), kind.dtype)
        number[()] = _number(kind, value, where)
        return Passed(_values_of(kind, number), None)
    array = (
        _tensor(kind, value, where) if kind.is_tensor else _memref(kind, value, where)
    )
    return _pass_array(kind, array)


def make_passer(kind: Kind, where: str) -> Passer:
    """`pass_argument` for one parameter, quick for values that need no conversion."""
    if isinstance(kind, Buffer):
        return _array_passer(kind, where)
    return _number_passer(kind, where)


LARGEST = {"f64": math.inf, "f32": float(np.finfo(np.float32).max), "f16": 65504.0}


def _number_passer(kind: Scalar, where: str) -> Passer:
    group, limit = kind.dtype.kind, LARGEST.get(kind.text)
    if group == "b":

        def pass_bool(value: object) -> tuple[tuple[Any, ...], Any]:
            if value is True or value is False:
                return (value,), None
            return pass_argument(kind, value, where)

        return pass_bool
    if group == "i":
        end = 1 << (kind.dtype.itemsize * 8 - 1)

        def pass_int(value: object) -> tuple[tuple[Any, ...], Any]:
            if type(value) is int and -end <= value < end:
                return (value,), None
            return pass_argument(kind, value, where)

        return pass_int
    if limit is not None:

        def pass_float(value: object) -> tuple[tuple[Any, ...], Any]:
            if type(value) is float and -limit <= value <= limit:
                return (value,), None
            return pass_argument(kind, value, where)

        return pass_float
    return partial(_pass_slowly, kind, where)


def _pass_slowly(kind: Kind, where: str, value: object) -> Passed:
    return pass_argument(kind, value, where)


def _array_passer(kind: Buffer, where: str) -> Passer:
    """Arrays that are stored row by row, writable and of the right kind are passed as they are."""
    if kind.strides is not None:
        return partial(_pass_slowly, kind, where)
    dtype, size, rank = kind.element.dtype, kind.element.dtype.itemsize, kind.rank
    sizes = kind.shape
    known = tuple(each for each in sizes if each is not None)
    static = known if len(known) == rank else None
    tail = () if static is None else (*static, *steps_of(static))

    def pass_array(value: object) -> tuple[tuple[Any, ...], Any]:
        if type(value) is not np.ndarray or value.dtype != dtype:
            return pass_argument(kind, value, where)
        shape = value.shape
        if static is not None:
            fits = shape == static
            behind = tail
        else:
            fits = len(shape) == rank and all(
                wanted is None or wanted == found
                for wanted, found in zip(sizes, shape, strict=True)
            )
            behind = (*shape, *steps_of(shape))
        if not fits:
            return pass_argument(kind, value, where)
        try:
            address = ctypes.addressof(BYTES_OF(value))
        except (TypeError, ValueError, BufferError):  # read-only, strided, empty
            return pass_argument(kind, value, where)
        if address % size:
            return pass_argument(kind, value, where)
        return (address, address, 0, *behind), value

    return pass_array


def steps_of(shape: Sequence[int]) -> tuple[int, ...]:
    """The strides of an array that is stored row by row, in elements."""
    steps = [1] * len(shape)
    for axis in range(len(shape) - 1, 0, -1):
        steps[axis - 1] = steps[axis] * shape[axis]
    return tuple(steps)


def _values_of(kind: Scalar, number: np.ndarray[Any, Any]) -> tuple[Any, ...]:
    """A number as the module `struct` takes it."""
    if kind.text == "bf16":
        return (int(number.view(np.uint16)),)
    value = number.item()
    return (value.real, value.imag) if kind.dtype.kind == "c" else (value,)


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
    offset, size = kind.offset or 0, array.itemsize
    address = int(array.ctypes.data)
    steps = [stride // size for stride in array.strides]
    values = (address, address - offset * size, offset, *array.shape, *steps)
    return Passed(values, array)


def _shown(value: object) -> str:
    text = repr(value)
    return f"{text if len(text) <= 60 else text[:57] + '...'} ({type(value).__name__})"
