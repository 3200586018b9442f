"""Parts of an operation that stand for several values or types, by the number of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .declarations import ONE, OPTIONAL, VARIADIC, equally_many
from .host import ir
from .rules import OperationRules
from .values import (
    optional_type,
    optional_value,
    result_type,
    result_types,
    value,
    values,
)

__all__ = [
    "READERS",
    "TYPE_READERS",
    "check_sizes",
    "given_types",
    "in_one",
    "sizes_of",
]


def in_one(parts: list[Any]) -> list[Any]:
    """The values of all parts in one list, e.g. `[x, [y, z]]` gives `[x, y, z]`."""
    found: list[Any] = []
    for part in parts:
        if part.__class__ is list or part.__class__ is tuple:
            found += part
        else:
            found.append(part)
    return found


def sizes_of(parts: list[Any]) -> ir.Attribute:
    """The attribute that says how many values belong to each declared part."""
    sizes = [len(part) if isinstance(part, list) else 1 for part in parts]
    return ir.DenseI32ArrayAttr.get(sizes)


def check_sizes(name: str, what: str, called: list[str], parts: list[Any]) -> None:
    """Refuse parts of a variable size that differ in number, where nothing holds their sizes."""
    variable = {
        parameter: part
        for parameter, part in zip(called, parts, strict=True)
        if isinstance(part, list)
    }
    if len(variable) > 1:
        equally_many(name, what, variable)


READERS: dict[str, Callable[..., Any]] = {
    ONE: value,
    OPTIONAL: optional_value,
    VARIADIC: values,
}
"""What reads an operand, by how many values it stands for."""

TYPE_READERS: dict[str, Callable[..., Any]] = {
    ONE: result_type,
    OPTIONAL: optional_type,
    VARIADIC: result_types,
}
"""What reads the type of a result, or its types, by how many values it stands for."""


def given_types(
    rules: OperationRules,
    results: tuple[Any, ...],
    attributes: dict[str, ir.Attribute],
    verify: bool,
) -> list[ir.Type]:
    """The types of the results, of which each has a parameter; `attributes` takes their sizes where it holds them."""
    parts: list[Any] = [
        TYPE_READERS[rule.multiplicity](part, rules.name, rule.parameter)
        for rule, part in zip(rules.results, results, strict=True)
    ]
    if rules.result_sizes:
        attributes[rules.result_sizes] = sizes_of(parts)
    elif verify and len(parts) > 1:
        called = [rule.parameter for rule in rules.results]
        check_sizes(rules.name, "type", called, parts)
    return in_one(parts)
