"""Where the types of results come from if nobody gives them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .dataclass import dataclass
from .host import Value, ir
from .values import element_type

__all__ = [
    "BY_HOST",
    "Source",
    "either_from",
    "element_from",
    "parameter_from",
    "type_from",
]


@dataclass(frozen=True, slots=True)
class Source:
    """Where the type of a result comes from if nobody gives it: an operand, and what of its value is the type."""

    operand: str
    of: Callable[[Value, str, str], ir.Type]


BY_HOST: tuple[Source, ...] = ()
"""The host infers the types of the results."""


def type_from(operand: str) -> Source:
    """The type of an operand."""
    return Source(operand, lambda given, operation, parameter: given.type)


def element_from(operand: str) -> Source:
    """The element type of an operand."""
    return Source(operand, element_type)


def parameter_from(operand: str, cls: Any, parameter: str) -> Source:
    """A parameter of an operand's type, which is of a class of the dialect."""

    def of(given: Value, operation: str, name: str) -> Any:
        return getattr(cls.of(given, operation, name), parameter)

    return Source(operand, of)


def either_from(*sources: Source) -> Source:
    """What one of several sources of an operand gives: the first one, unless another accepts the value."""

    def of(given: Value, operation: str, name: str) -> Any:
        for source in sources[1:]:
            try:
                return source.of(given, operation, name)
            except (TypeError, ValueError):
                continue
        return sources[0].of(given, operation, name)

    return Source(sources[0].operand, of)
