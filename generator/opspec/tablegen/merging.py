"""One dialect out of several files that define parts of it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from typing import TypeVar

from opspec.model.dialect import Definition, Dialect, TypeDefinition
from opspec.notation.formats import CUSTOM

__all__ = ["merged"]

_Part = TypeVar("_Part")


class _Differs(Exception):
    """Two files say different things under one name."""


def merged(one: Dialect, other: Dialect) -> Dialect | None:
    """Everything of both; None where they call different things by one name."""
    try:
        return replace(
            one,
            enums=_union(one.enums, other.enums, lambda enum: enum.name),
            attributes=_union(one.attributes, other.attributes, _key),
            types=_union(_known(one, other), _known(other, one), _key),
            operations=_union(one.operations, other.operations, lambda operation: operation.mnemonic),
            constraints=_union(one.constraints, other.constraints, lambda constraint: constraint.name),
        )
    except _Differs:
        return None


def _known(one: Dialect, other: Dialect) -> tuple[TypeDefinition, ...]:
    """The types of one, but those that it knows by name alone and the other knows more of."""
    more = {_key(definition) for definition in other.types if definition.parameters or definition.format != CUSTOM}
    return tuple(
        definition
        for definition in one.types
        if definition.parameters or definition.format != CUSTOM or _key(definition) not in more
    )


def _key(definition: Definition) -> tuple[str, str]:
    """The dialect's own come before those of others."""
    return (definition.dialect, definition.mnemonic)


def _union(first: tuple[_Part, ...], second: tuple[_Part, ...], key: Callable[[_Part], Hashable]) -> tuple[_Part, ...]:
    found = {key(part): part for part in first}
    if any(found.setdefault(key(part), part) != part for part in second):
        raise _Differs
    return tuple(sorted(found.values(), key=lambda part: str(key(part))))
