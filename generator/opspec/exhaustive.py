"""`assert_never`, which `typing` has since Python 3.11: the end of a `match` over a closed union."""

from __future__ import annotations

from typing import NoReturn

__all__ = ["assert_never"]


def assert_never(value: NoReturn, /) -> NoReturn:
    """Say to type checkers that no value comes here, and to whoever sees one that comes that this is our bug."""
    raise AssertionError(f"no case for {value!r}")
