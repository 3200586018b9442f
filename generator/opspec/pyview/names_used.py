"""The names that Python code uses, from which its imports follow."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from opspec.pyview.python import (
    Assign,
    Call,
    Class,
    Comment,
    Entries,
    Evaluate,
    Expression,
    Function,
    If,
    Import,
    Index,
    Items,
    Lambda,
    Literal,
    Member,
    Name,
    Quoted,
    Return,
    Starred,
    Statement,
    Union,
    With,
)

__all__ = ["names_of", "walk"]


def _inside(expression: Expression) -> Iterable[Expression]:
    """The expressions directly inside one."""
    match expression:
        case Name() | Literal():
            return ()
        case Items(items) | Union(items):
            return items
        case Entries(entries):
            return (value for _, value in entries)
        case Call(function, arguments, keywords):
            return (function, *arguments, *(value for _, value in keywords))
        case Member(owner, _):
            return (owner,)
        case Index(owner, items):
            return (owner, *items)
        case Lambda(_, inner) | Quoted(inner) | Starred(inner):
            return (inner,)


def walk(expression: Expression) -> Iterator[Expression]:
    """An expression and everything inside it."""
    yield expression
    for inner in _inside(expression):
        yield from walk(inner)


def _expressions(statement: Statement) -> Iterator[Expression]:
    """The expressions in a statement and in those inside it."""
    inner: Iterable[Statement] = ()
    match statement:
        case Assign(_, value, annotation):
            yield from (value,) if annotation is None else (value, annotation)
        case Evaluate(value) | Return(value):
            yield value
        case Comment() | Import():
            pass
        case Function():
            yield from (statement.returns, *statement.decorators)
            for parameter in statement.parameters:
                yield parameter.annotation
                if parameter.default is not None:
                    yield parameter.default
            inner = statement.body
        case Class():
            yield from (*statement.bases, *statement.decorators)
            if statement.metaclass is not None:
                yield statement.metaclass
            inner = (each for group in statement.body for each in group)
        case If(condition, body, otherwise):
            yield condition
            inner = (each for group in (*body, *otherwise) for each in group)
        case With(context, statements):
            yield context
            inner = statements
    for each in inner:
        yield from _expressions(each)


def names_of(statements: Iterable[Statement]) -> frozenset[Name]:
    """The names that statements use."""
    expressions = (found for statement in statements for found in _expressions(statement))
    return frozenset(part for found in expressions for part in walk(found) if isinstance(part, Name))
