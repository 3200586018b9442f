# The host's stubs leave some type arguments open, and these files check what users pass.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false
# pyright: reportUnknownArgumentType=false, reportUnnecessaryIsInstance=false

"""Operands and result types out of what users pass."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, TypeAlias

from .errors import of_this_host, wrong_type, wrong_value
from .host import OpResult, Value, ir

__all__ = [
    "Results",
    "ValueLike",
    "count",
    "element_type",
    "items_of",
    "optional_type",
    "optional_value",
    "result_type",
    "result_types",
    "value",
    "values",
]

ValueLike: TypeAlias = "Value | ir.OpView | ir.Operation"
"""A value, or an operation with one result."""

Results: TypeAlias = "OpResult | Any"
"""What an operation with a variable number of results gives: the one result, or the list of several."""

_VALUE = "a Value or an operation with one result"


def value(given: object, operation: str, parameter: str) -> Value:
    """The value that stands for `given`."""
    if isinstance(given, ir.Value):
        return given
    if isinstance(given, (ir.OpView, ir.Operation)):
        results = given.operation.results
        if len(results) == 1:
            return results[0]
        found = f"an operation with {len(results)} results"
        raise wrong_value(operation, parameter, found, _VALUE)
    raise wrong_type(operation, parameter, given, _VALUE)


def optional_value(given: object, operation: str, parameter: str) -> list[Value]:
    """No value for None, else the one that stands for `given`."""
    return [] if given is None else [value(given, operation, parameter)]


def items_of(given: object, operation: str, parameter: str, accepted: str) -> list[Any]:
    """The items of a sequence; text is not one."""
    if isinstance(given, (str, bytes, Mapping)) or not isinstance(given, Iterable):
        raise wrong_type(operation, parameter, given, accepted)
    of_this_host(operation, parameter, given)
    found: Iterable[Any] = given
    return list(found)


def values(given: object, operation: str, parameter: str) -> list[Value]:
    """The values that stand for a sequence; an operation stands for all of its results."""
    if isinstance(given, (ir.OpView, ir.Operation)):
        return list(given.operation.results)
    if isinstance(given, ir.Value):
        raise wrong_type(operation, parameter, given, "a sequence of values")
    items = items_of(given, operation, parameter, "a sequence of values")
    return [value(item, operation, f"{parameter}[{i}]") for i, item in enumerate(items)]


def result_type(given: object, operation: str, parameter: str) -> ir.Type:
    """A result type."""
    if isinstance(given, ir.Type):
        return given
    raise wrong_type(operation, parameter, given, "a Type")


def optional_type(given: object, operation: str, parameter: str) -> list[ir.Type]:
    """No type for None, else the one given."""
    return [] if given is None else [result_type(given, operation, parameter)]


def result_types(
    given: object, operation: str, parameter: str, count: int | None = None
) -> list[ir.Type]:
    """Result types, `count` of them if that is given; one type stands for a list of one."""
    items = (
        [given]
        if isinstance(given, ir.Type)
        else items_of(given, operation, parameter, "a Type or a sequence of types")
    )
    if count is not None and len(items) != count:
        accepted = f"{count} type{'s' * (count != 1)}"
        raise ValueError(
            f"{operation}: {parameter} is {len(items)} types, accepted is {accepted}"
        )
    return [
        result_type(item, operation, f"{parameter}[{i}]")
        for i, item in enumerate(items)
    ]


def count(given: object, operation: str, parameter: str) -> int:
    """How many there are of something."""
    if not isinstance(given, int) or isinstance(given, bool):
        raise wrong_type(operation, parameter, given, "an int")
    if given < 0:
        raise wrong_value(operation, parameter, given, "an int of 0 or more")
    return given


def element_type(given: Value, operation: str, parameter: str) -> ir.Type:
    """The element type of a shaped value, from which a result type follows."""
    try:
        return ir.ShapedType(given.type).element_type
    except (ValueError, TypeError):
        accepted = "a value of a shaped type"
        raise wrong_type(operation, parameter, given.type, accepted) from None
