"""Nested Python expressions: what they mean, and that black leaves them alone."""

from __future__ import annotations

import ast

import black
import pytest
from hypothesis import given
from hypothesis import strategies as st

from opspec.pyview.expressions import Expression, called, dict_of, flat, rendered, tuple_of
from opspec.pyview.layout import WIDTH

leaves = st.text("abc", min_size=1, max_size=30).map(lambda text: f'"{text}"')
expressions: st.SearchStrategy[Expression] = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=4).map(lambda items: called("f", *items))
        | st.lists(inner, max_size=4).map(tuple_of)
        | st.lists(st.tuples(st.text("xyz", max_size=8), inner), max_size=3).map(dict_of)
        | st.tuples(inner, inner).map(lambda pair: called("g", pair[0], key=pair[1]))
    ),
    max_leaves=12,
)


@given(expressions, st.sampled_from([0, 4, 8]))
def test_it_means_the_same_in_lines_as_on_one(expression: Expression, indent: int) -> None:
    lines = rendered(expression, indent)
    assert ast.dump(ast.parse("(\n" + "\n".join(lines) + "\n)")) == ast.dump(ast.parse(f"({flat(expression)})"))


@given(expressions)
def test_black_leaves_it_alone(expression: Expression) -> None:
    head = "name = "
    if isinstance(expression, str):
        return
    lines = rendered(
        type(expression)(head + expression.head, expression.items, expression.close, expression.is_tuple), 0
    )
    text = "\n".join(lines) + "\n"
    assert black.format_str(text, mode=black.Mode(line_length=WIDTH)) == text


@pytest.mark.parametrize(
    ("expression", "text"),
    [
        (called("f"), "f()"),
        (called("f", "1", key="2"), "f(1, key=2)"),
        (tuple_of(()), "()"),
        (tuple_of(["1"]), "(1,)"),
        (tuple_of(["1", "2"]), "(1, 2)"),
        (dict_of([("a", called("f", "1"))]), '{"a": f(1)}'),
    ],
)
def test_on_one_line(expression: Expression, text: str) -> None:
    assert flat(expression) == text
