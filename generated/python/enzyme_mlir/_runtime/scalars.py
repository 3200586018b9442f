"""Plain Python numbers out of what counts as one: NumPy's scalars too, without NumPy being imported."""

from __future__ import annotations

from typing import Any

__all__ = ["as_bool", "as_float", "as_int"]


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
