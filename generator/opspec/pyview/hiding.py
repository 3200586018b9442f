"""Builtins that a class hides from its own body by members of the same names."""

from __future__ import annotations

from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import replace

from opspec.naming.reserved import BUILTINS
from opspec.pyview.python import (
    Assign,
    Call,
    Class,
    Entries,
    Expression,
    Function,
    Index,
    Items,
    Lambda,
    Literal,
    Member,
    Name,
    Origin,
    Parameter,
    Quoted,
    Starred,
    Statement,
    Union,
)

__all__ = ["with_builtins"]

_Change = Callable[[Expression], Expression]


def with_builtins(made: Class) -> Class:
    """The class with another name for each builtin that a member hides: in annotations, decorators and values."""
    parts = [part for group in made.body for part in group]
    members = {str(part.target) for part in parts if isinstance(part, Assign)}
    members |= {str(part.name) for part in parts if isinstance(part, Function)}
    hidden = members & BUILTINS
    change = _change(hidden)
    return replace(made, body=tuple(tuple(_statement(_seen(part), change) for part in group) for group in made.body))


def _change(hidden: AbstractSet[str]) -> _Change:
    """What gives another name to the builtins that are hidden."""

    def change(found: Expression) -> Expression:
        if isinstance(found, Name):
            is_hidden = found.origin is Origin.OWN and found.text in hidden
            return Name(found.text, Origin.BUILTINS) if is_hidden else found
        return _rebuilt(found, change)

    return change


def _seen(found: Statement) -> Statement:
    """A function in whose annotations of variables no parameter hides a builtin."""
    if not isinstance(found, Function):
        return found
    change = _change({str(each.name) for each in found.parameters} & BUILTINS)

    def annotated(each: Statement) -> Statement:
        if not isinstance(each, Assign) or each.annotation is None:
            return each
        return replace(each, annotation=change(each.annotation))

    return replace(found, body=tuple(map(annotated, found.body)))


def _statement(found: Statement, change: _Change) -> Statement:
    """A statement of the class itself; what stands in a function sees no members."""
    match found:
        case Assign():
            annotation = None if found.annotation is None else change(found.annotation)
            return replace(found, value=change(found.value), annotation=annotation)
        case Function():
            return replace(
                found,
                parameters=tuple(_parameter(each, change) for each in found.parameters),
                returns=change(found.returns),
                decorators=tuple(map(change, found.decorators)),
            )
        case _:
            return found


def _parameter(found: Parameter, change: _Change) -> Parameter:
    default = None if found.default is None else change(found.default)
    return replace(found, annotation=change(found.annotation), default=default)


def _rebuilt(found: Expression, change: _Change) -> Expression:
    """The expression with each part changed."""
    match found:
        case Name() | Literal():
            return found
        case Items(items, brackets):
            return Items(tuple(map(change, items)), brackets)
        case Union(options):
            return Union(tuple(map(change, options)))
        case Entries(entries):
            return Entries(tuple((key, change(value)) for key, value in entries))
        case Call(function, arguments, keywords):
            given = tuple((key, change(value)) for key, value in keywords)
            return Call(change(function), tuple(map(change, arguments)), given)
        case Member(owner, name):
            return Member(change(owner), name)
        case Index(owner, items):
            return Index(change(owner), tuple(map(change, items)))
        case Lambda(parameters, body):
            return Lambda(parameters, change(body))
        case Quoted(inner):
            return Quoted(change(inner))
        case Starred(value):
            return Starred(change(value))
