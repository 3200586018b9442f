"""Plain Python numbers out of what counts as one: NumPy's scalars too, without NumPy being imported."""

from __future__ import annotations

import struct
from typing import Any

__all__ = ["as_bool", "as_float", "as_int", "fits_float", "integer_bounds"]


def _plain(given: Any) -> Any:
    """A scalar of an array library as Python's own; anything else as it is."""
    if getattr(given, "ndim", None) == 0 and hasattr(given, "dtype"):
        return given.item()
    return given


def as_bool(given: object) -> bool | None:
    """The truth value; None for what is none, numbers included."""
    plain = _plain(given)
    return plain if isinstance(plain, bool) else None


def as_int(given: object) -> int | None:
    """The whole number; None for what is none, truth values included."""
    plain = _plain(given)
    is_int = isinstance(plain, int) and not isinstance(plain, bool)
    return int(plain) if is_int else None


def as_float(given: object) -> float | None:
    """The number; None for what is none, truth values and ints beyond all floats included."""
    plain = _plain(given)
    if isinstance(plain, bool) or not isinstance(plain, (int, float)):
        return None
    try:
        return float(plain)
    except OverflowError:
        return None


_FORMATS = {"f16": "<e", "f32": "<f"}


def fits_float(value: float, type_text: str) -> bool:
    """Whether a float type, e.g. `f32`, has room for a number; what it rounds is no matter."""
    try:
        struct.pack(_FORMATS.get(type_text, "<d"), value)
    except OverflowError:
        return False
    return True


def integer_bounds(prefix: str, width: int) -> tuple[int, int]:
    """The least and the greatest int of a type: `ui`, `si`, or `i`, which takes those of both."""
    lowest = 0 if prefix == "ui" else -(1 << (width - 1))
    return lowest, (1 << (width - 1 if prefix == "si" else width)) - 1
