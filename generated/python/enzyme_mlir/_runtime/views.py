"""Objects of operation classes: made by a builder, or handed to it by the constructor that calls it."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any, TypeVar

from .host import ir
from .rules import OperationRules

__all__ = ["become", "construct", "stand_for", "taken", "want", "wanted"]

_V = TypeVar("_V", bound="ir.OpView")

_wanted: ContextVar[Any] = ContextVar("wanted", default=None)

wanted = _wanted.get
"""The object that stands for the next operation of its class, None where no constructor is at work."""

want = _wanted.set
"""Lets an object stand for the next operation of its class; None for no object."""


def taken(view: Any, rules: OperationRules) -> Any:
    """The object that is wanted, if it is of the operation's class: then what follows builds others."""
    if rules.name != view.OPERATION_NAME:
        return None
    want(None)
    return view


def stand_for(view: _V, operation: ir.Operation) -> _V:
    """The object of an operation's class, which stands for this operation from now on."""
    ir.OpView.__init__(view, operation)
    return view


def become(view: ir.OpView, built: Any) -> None:
    """Make `view` stand for the operation whose result, results or view a builder returned."""
    is_whole = isinstance(built, (ir.OpView, ir.Operation))
    stand_for(view, built.operation if is_whole else built.owner)


def construct(
    view: ir.OpView, builder: Callable[..., Any], *args: Any, **kwargs: Any
) -> None:
    """Make `view` stand for the operation that a builder builds of these arguments."""
    want(view)
    try:
        built = builder(*args, **kwargs)
    finally:
        want(None)
    if built is not view:
        become(view, built)
