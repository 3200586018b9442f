"""The parts of a constraint, and the constraint made anew from other parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, TypeAlias, TypeVar

from opspec.model.constraints import (
    AnyOf,
    ArrayOf,
    AttributeConstraint,
    AttributeParameter,
    Confined,
    ConstraintReference,
    ListOf,
    ParameterConstraint,
    Shaped,
    TypeConstraint,
    TypeOf,
)
from opspec.model.dialect import Dialect, Enum

__all__ = ["Constraint", "children", "enum_in", "is_about_types", "rebuild", "resolve", "walk"]

Constraint: TypeAlias = "TypeConstraint | AttributeConstraint | ParameterConstraint"
_C = TypeVar("_C", bound=Constraint)


def children(constraint: Constraint) -> tuple[Constraint, ...]:
    """The constraints directly inside a constraint."""
    match constraint:
        case AnyOf(options):
            return options
        case Shaped(_, part, _) | ArrayOf(part) | ListOf(part) | Confined(part, _):
            return (part,)
        case TypeOf(part) | AttributeParameter(part):
            return (part,)
        case _:
            return ()


def enum_in(dialect: Dialect, constraint: AttributeConstraint | ParameterConstraint) -> Enum | None:
    """The enum whose cases a default names: that of an attribute or parameter, or of the items of its lists."""
    match constraint:
        case Confined(inner, _) | AttributeParameter(inner) | ArrayOf(inner) | ListOf(inner):
            return enum_in(dialect, inner)
        case AnyOf(options):
            found = (enum_in(dialect, option) for option in options)  # type: ignore[arg-type]
            return next((enum for enum in found if enum is not None), None)
        case _:
            return dialect.enum_of(constraint)


def is_about_types(constraint: Constraint, is_type: bool) -> bool:
    """Whether the parts of a constraint are about types, where `is_type` says it of the constraint itself."""
    return isinstance(constraint, (Shaped, TypeOf)) or (is_type and not isinstance(constraint, AttributeParameter))


def rebuild(constraint: _C, change: Callable[[Any], Any]) -> _C:
    """The constraint with each of its parts changed; one without parts is itself."""
    made: object = constraint
    match constraint:
        case AnyOf(options):
            made = AnyOf(tuple(change(option) for option in options))
        case Shaped(_, part, _) | ArrayOf(part) | ListOf(part):
            made = replace(constraint, element=change(part))
        case Confined(part, _):
            made = replace(constraint, base=change(part))
        case TypeOf(part) | AttributeParameter(part):
            made = replace(constraint, constraint=change(part))
        case _:
            pass
    return made  # type: ignore[return-value]


def resolve(constraint: _C, dialect: Dialect) -> _C:
    """The constraint with the dialect's named constraints in place of their names; an unknown name stays."""
    if isinstance(constraint, ConstraintReference):
        found = next((named.constraint for named in dialect.constraints if named.name == constraint.name), None)
        return constraint if found is None else resolve(found, dialect)  # type: ignore[return-value]
    return rebuild(constraint, lambda part: resolve(part, dialect))


def walk(constraint: Constraint) -> Iterator[Constraint]:
    """A constraint and everything inside it."""
    yield constraint
    for part in children(constraint):
        yield from walk(part)
