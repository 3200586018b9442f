"""Conditions on the values of attributes, as a spec states them behind `where`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sized
from functools import partial
from typing import Any

from .errors import wrong_value
from .host import ir
from .numeric import Coercer, concrete, integer_value
from .scalars import as_int
from .words import LENGTHS, NUMBERS, meets

__all__ = ["confined"]

_Met = tuple[str, Callable[[int], "bool | None"]]


def _known(
    conditions: Iterable[tuple[str, int]], table: Mapping[str, tuple[str, Any]]
) -> list[_Met]:
    """Those conditions that a table knows: words for each, and the check."""
    return [
        (table[word][0].format(bound), partial(meets, word, bound))
        for word, bound in conditions
        if word in table
    ]


def confined(base: Coercer, *conditions: tuple[str, int]) -> Coercer:
    """What `base` takes, if the value meets the conditions, e.g. `("positive", 0)` or `("min", 2)`.

    A condition that only C++ can check is not checked here.
    """
    numeric = _known(conditions, NUMBERS)
    counting = _known(conditions, LENGTHS)

    def coerce(given: Any, operation: str, parameter: str) -> Any:
        made = base(given, operation, parameter)
        found = concrete(made)
        if numeric and isinstance(found, (ir.IntegerAttr, ir.BoolAttr)):
            number = integer_value(found)
            for words, is_met in numeric:
                if not is_met(number):
                    accepted = f"an int that is {words}"
                    if as_int(given) not in (None, number):
                        accepted += f"; as {found.type} it is {number}"
                    raise wrong_value(operation, parameter, given, accepted)
        if counting and isinstance(found, Sized):
            for words, is_met in counting:
                if not is_met(len(found)):
                    accepted = f"an array {words}"
                    raise wrong_value(operation, parameter, given, accepted)
        return made

    return coerce
