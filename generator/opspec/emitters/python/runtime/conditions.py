"""Conditions on the values of attributes, as a spec states them behind `where`."""

from __future__ import annotations

from collections.abc import Callable, Sized
from typing import Any

from .errors import wrong_value
from .host import ir
from .numeric import Coercer, concrete, integer_value

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
    numeric = [found for pair in conditions if (found := _numeric(*pair))]
    counting = [found for pair in conditions if (found := _counting(*pair))]

    def coerce(given: Any, operation: str, parameter: str) -> Any:
        made = base(given, operation, parameter)
        found = concrete(made)
        if numeric and isinstance(found, (ir.IntegerAttr, ir.BoolAttr)):
            number = integer_value(found)
            for words, is_met in numeric:
                if not is_met(number):
                    accepted = f"an int that is {words}"
                    raise wrong_value(operation, parameter, given, accepted)
        if counting and isinstance(found, Sized):
            for words, is_met in counting:
                if not is_met(len(found)):
                    accepted = f"an array {words}"
                    raise wrong_value(operation, parameter, given, accepted)
        return made

    return coerce
