"""Python expressions that nest: on one line where they fit, else an item a line, as black leaves them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from opspec.pyview.layout import WIDTH, py_literal

__all__ = ["Expression", "Nested", "assigned", "called", "dict_of", "flat", "rendered", "tuple_of"]


@dataclass(frozen=True, slots=True)
class Nested:
    """`head item, item close`, e.g. a call or a tuple; a tuple of one keeps its comma."""

    head: str
    items: tuple[Expression, ...]
    close: str
    is_tuple: bool = False


Expression: TypeAlias = str | Nested


def called(function: str, *arguments: Expression, **keywords: Expression) -> Nested:
    """A call."""
    named = tuple(_prefixed(f"{key}=", value) for key, value in keywords.items())
    return Nested(f"{function}(", (*arguments, *named), ")")


def tuple_of(items: Iterable[Expression]) -> Nested:
    """A tuple."""
    return Nested("(", tuple(items), ")", is_tuple=True)


def dict_of(items: Iterable[tuple[str, Expression]]) -> Nested:
    """A dictionary with texts as keys."""
    return Nested("{", tuple(_prefixed(f"{py_literal(key)}: ", value) for key, value in items), "}")


def assigned(name: str, value: Expression) -> Expression:
    """An assignment."""
    return _prefixed(f"{name} = ", value)


def _prefixed(prefix: str, value: Expression) -> Expression:
    if isinstance(value, str):
        return prefix + value
    return Nested(prefix + value.head, value.items, value.close, value.is_tuple)


def flat(expression: Expression) -> str:
    """The expression on one line."""
    if isinstance(expression, str):
        return expression
    inner = ", ".join(flat(item) for item in expression.items)
    comma = "," if expression.is_tuple and len(expression.items) == 1 else ""
    return f"{expression.head}{inner}{comma}{expression.close}"


def rendered(expression: Expression, indent: int, tail: str = "") -> list[str]:
    """The lines of an expression, indented, with `tail` behind it."""
    pad = " " * indent
    line = f"{pad}{flat(expression)}{tail}"
    if isinstance(expression, str) or len(line) <= WIDTH or not expression.items:
        return [line]
    inner = [line for item in expression.items for line in rendered(item, indent + 4, ",")]
    return [f"{pad}{expression.head}", *inner, f"{pad}{expression.close}{tail}"]
