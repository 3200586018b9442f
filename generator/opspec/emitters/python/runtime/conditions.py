"""Conditions on the values of attributes, as a spec states them behind `where`."""

from __future__ import annotations

from collections.abc import Callable, Sized
from typing import Any

from .attributes import Coercer
from .errors import wrong_value
from .host import ir

__all__ = ["confined"]

_Check = Callable[[Any], bool]


def _numeric(word: str, bound: int) -> tuple[str, _Check] | None:
    """A condition on an integer: words for it, and the check."""
    conditions: dict[str, tuple[str, _Check]] = {
        "positive": ("positive", lambda value: value > 0),
        "non_negative": ("not negative", lambda value: value >= 0),
        "non_zero": ("not zero", lambda value: value != 0),
        "power_of_two": (
            "a power of two",
            lambda value: value > 0 and value & (value - 1) == 0,
        ),
        "min": (f"at least {bound}", lambda value: value >= bound),
        "max": (f"at most {bound}", lambda value: value <= bound),
    }
    return conditions.get(word)


def _counting(word: str, bound: int) -> tuple[str, _Check] | None:
    """A condition on the length of an array: words for it, and the check."""
    conditions: dict[str, tuple[str, _Check]] = {
        "count": (f"of length {bound}", lambda count: count == bound),
        "min_count": (f"of length {bound} or more", lambda count: count >= bound),
        "max_count": (f"of length {bound} or less", lambda count: count <= bound),
    }
    return conditions.get(word)


def confined(base: Coercer, *conditions: tuple[str, int]) -> Coercer:
    """What `base` takes, if the value meets the conditions, e.g. `("positive", 0)` or `("min", 2)`.

    A condition that only C++ can check is not checked here.
    """

    def coerce(given: Any, operation: str, parameter: str) -> Any:
        made = base(given, operation, parameter)
        for word, bound in conditions:
            found = _numeric(word, bound)
            if (
                found is not None
                and isinstance(made, ir.IntegerAttr)
                and not found[1](made.value)
            ):
                raise wrong_value(
                    operation, parameter, given, f"an int that is {found[0]}"
                )
            found = _counting(word, bound)
            if (
                found is not None
                and isinstance(made, Sized)
                and not found[1](len(made))
            ):
                raise wrong_value(operation, parameter, given, f"an array {found[0]}")
        return made

    return coerce
