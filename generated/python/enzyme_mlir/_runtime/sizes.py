"""Parts of an operation that stand for several values or types, by the number of them."""

from __future__ import annotations

from typing import Any

from .declarations import equally_many
from .host import ir

__all__ = ["check_sizes", "in_one", "sizes_of"]


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
