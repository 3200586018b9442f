"""Operands and result types out of what users pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from .complaints import Complaint, complaining
from .errors import gone, of_this_host, refused, wrong_type, wrong_value
from .host import OpResult, Value, bindings, ir

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

_MOST = (1 << 23) - 1
"""MLIR counts the regions of an operation in 23 bits, and forgets the others."""

_NO_LISTS = (str, bytes, Mapping, ir.Block, ir.Region)

_VALUE = "a Value or an operation with one result"


def _check_owner(given: Any, operation: str, parameter: str) -> None:
    """Refuse a result that is gone, or about to go: hosts read freed memory, or abort.

    An operation that stands in no block goes with the last Python object that refers to it, whatever uses it.
    """
    try:
        stands = given.owner.attached
    except RuntimeError:
        raise gone(operation, parameter) from None
    if not stands:
        raise refused(
            operation,
            parameter,
            "the result of an operation that stands in no block",
            "a value that lives as long as its use: build both at an insertion point",
        )


def _results(given: Any, operation: str, parameter: str) -> Any:
    """The results of an operation that exists."""
    try:
        return given.operation.results
    except RuntimeError:
        raise gone(operation, parameter) from None


def value(given: object, operation: str, parameter: str) -> Value:
    """The value that stands for `given`."""
    if isinstance(given, ir.Value):
        if given.__class__ is OpResult:
            _check_owner(given, operation, parameter)
        return given
    if isinstance(given, (ir.OpView, ir.Operation)):
        results = _results(given, operation, parameter)
        if len(results) == 1:
            return value(results[0], operation, parameter)
        raise _several(given, len(results), operation, parameter)
    several = _values_in(given)
    if several is not None:
        found = f"{several} value{'s' * (several != 1)} ({type(given).__name__})"
        choice = "choose one of them, e.g. values[0]" if several else ""
        complaint = Complaint(parameter, found, _VALUE, choice)
        raise complaining(TypeError, operation, complaint)
    raise wrong_type(operation, parameter, given, _VALUE)


def _values_in(given: Any) -> int | None:
    """How many values a list holds, also as a host lists results or arguments of blocks; None for anything else."""
    is_list = isinstance(given, (list, tuple)) or type(given).__module__.startswith(
        bindings.__name__
    )
    if not is_list or not isinstance(given, Iterable):
        return None
    items = list(given)
    return len(items) if all(isinstance(item, ir.Value) for item in items) else None


def _several(given: Any, count: int, operation: str, parameter: str) -> ValueError:
    """The error for an operation that does not stand for one value."""
    choice = "choose one of its results, e.g. op.results[0]" if count else ""
    found = f"{given.operation.name}, an operation with {count} results"
    return refused(operation, parameter, found, _VALUE, choice)


def optional_value(given: object, operation: str, parameter: str) -> list[Value]:
    """No value for None, else the one that stands for `given`."""
    return [] if given is None else [value(given, operation, parameter)]


def items_of(
    given: object, operation: str, parameter: str, accepted: str | Callable[[], str]
) -> list[Any]:
    """The items of a sequence; text is not one, nor is a block or a region, over whose parts a host goes.

    `accepted` are the words for what is taken, or what finds them.
    """
    if given.__class__ is list or given.__class__ is tuple:
        plain: Any = given
        return list(plain)
    if isinstance(given, _NO_LISTS) or not isinstance(given, Iterable):
        words = accepted if isinstance(accepted, str) else accepted()
        raise wrong_type(operation, parameter, given, words)
    of_this_host(operation, parameter, given)
    found: Iterable[Any] = given
    return list(found)


def values(given: object, operation: str, parameter: str) -> list[Value]:
    """The values that stand for a sequence; an operation stands for all of its results."""
    if isinstance(given, (ir.OpView, ir.Operation)):
        results = _results(given, operation, parameter)
        return [value(item, operation, parameter) for item in results]
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
        raise refused(operation, parameter, f"{len(items)} types", accepted)
    return [
        result_type(item, operation, f"{parameter}[{i}]")
        for i, item in enumerate(items)
    ]


def count(given: object, operation: str, parameter: str) -> int:
    """How many regions an operation has."""
    if not isinstance(given, int) or isinstance(given, bool):
        raise wrong_type(operation, parameter, given, "an int")
    if not 0 <= given <= _MOST:
        accepted = "an int of 0 or more" if given < 0 else f"an int of {_MOST} or less"
        raise wrong_value(operation, parameter, given, accepted)
    return given


def element_type(given: Value, operation: str, parameter: str) -> ir.Type:
    """The element type of a shaped value, from which a result type follows."""
    try:
        return ir.ShapedType(given.type).element_type
    except (ValueError, TypeError):
        accepted = "a value of a shaped type"
        raise wrong_type(operation, parameter, given.type, accepted) from None
