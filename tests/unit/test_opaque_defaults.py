"""Which defaults only C++ knows, and what is said of them."""

from __future__ import annotations

import pytest

from opspec.constraints.opaque import cpp_default, opaque_defaults
from opspec.model.constraints import Attribute, EnumCases, Literal, OpaqueLiteral
from opspec.model.dialect import AttributeDefinition, Dialect, NamedAttribute, NamedParameter, Operation
from opspec.notation import parse_argument, parse_parameter
from opspec.pyview.text import of_cpp


@pytest.mark.parametrize(
    ("default", "text"),
    [
        (None, None),
        (0, None),
        ((), None),
        (((1,), EnumCases(("A",))), None),
        (OpaqueLiteral(), ""),
        (OpaqueLiteral("f()"), "f()"),
        (OpaqueLiteral(" f(\n  1)\t"), "f( 1)"),
        (OpaqueLiteral("a\u202eb\x1b"), "a\\x202eb\\x1b"),
        ((1, (OpaqueLiteral("f()"),)), "f()"),
    ],
)
def test_the_text_of_a_default_that_only_cpp_knows(default: Literal | None, text: str | None) -> None:
    assert cpp_default(default) == text


def test_they_are_found_in_operations_and_definitions() -> None:
    known, opaque = parse_argument("attr i64 = 1"), parse_argument('attr i64 = opaque("f()")')
    assert isinstance(known, Attribute)
    assert isinstance(opaque, Attribute)
    operation = Operation("run", "RunOp", (NamedAttribute("a", known), NamedAttribute("b", opaque)))
    span = AttributeDefinition("span", "SpanAttr", (NamedParameter("first", parse_parameter("int64 = opaque")),), None)
    dialect = Dialect("toy", attributes=(span,), operations=(operation,))
    assert list(opaque_defaults(dialect)) == [("run.b", "f()"), ("span.first", "")]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("", "Left out, it has a default of C++'s own."),
        ("f()", "Left out, it has a default of C++'s own: `f()`."),
        ("a`b", "Left out, it has a default of C++'s own."),
        ("x" * 101, "Left out, it has a default of C++'s own."),
    ],
)
def test_what_a_docstring_says_of_one(text: str, shown: str) -> None:
    assert of_cpp(text) == shown
