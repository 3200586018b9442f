"""Python code as values: what it means, that black leaves it alone, and that imports are those of the names in it."""

from __future__ import annotations

import ast

import black
import pytest
from hypothesis import given
from hypothesis import strategies as st

from opspec.pyview.names_used import names_of
from opspec.pyview.printer import block, code, for_readers, signature
from opspec.pyview.python import (
    ANY,
    FALSE,
    NONE,
    Assign,
    Class,
    Comment,
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
    Origin,
    Parameter,
    Quoted,
    Return,
    Starred,
    Statement,
    With,
    call,
    dict_of,
    ir,
    list_of,
    literal,
    mapping,
    or_none,
    own,
    rt,
    sequence,
    tuple_of,
    union,
)
from opspec.pyview.text import WIDTH

MODE = black.Mode(line_length=WIDTH)

leaves: st.SearchStrategy[Expression] = (
    st.text("abc", min_size=1, max_size=30).map(literal)
    | st.integers(0, 99).map(literal)
    | st.sampled_from([own("name"), rt("value"), ir("Type"), NONE, FALSE])
)
expressions: st.SearchStrategy[Expression] = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=4).map(lambda items: call(rt("f"), *items))
        | st.lists(inner, max_size=4).map(tuple_of)
        | st.lists(inner, max_size=4).map(list_of)
        | st.lists(st.tuples(st.text("xyz", max_size=8), inner), max_size=3).map(dict_of)
        | st.tuples(inner, inner).map(lambda pair: call(own("g"), pair[0], key=pair[1]))
    ),
    max_leaves=12,
)


@given(expressions, st.sampled_from([0, 4, 8]))
def test_it_means_the_same_in_lines_as_on_one(expression: Expression, indent: int) -> None:
    text = "\n".join(block([Evaluate(expression)], indent))
    assert ast.dump(ast.parse(f"(\n{text}\n)")) == ast.dump(ast.parse(f"({code(expression)})"))


@given(expressions)
def test_black_leaves_it_alone(expression: Expression) -> None:
    if isinstance(expression, Literal):  # a text alone is a docstring
        return
    text = "\n".join(block([Assign("name", expression)])) + "\n"
    assert black.format_str(text, mode=MODE) == text


@pytest.mark.parametrize(
    ("expression", "text", "read"),
    [
        (call(rt("f")), "_rt.f()", "f()"),
        (call(own("f"), literal(1), key=literal("x")), 'f(1, key="x")', 'f(1, key="x")'),
        (tuple_of(()), "()", "()"),
        (literal(("a",)), '("a",)', '("a",)'),
        (list_of([literal(1)]), "[1]", "[1]"),
        (Items((literal(0), literal("zero")), ""), '0, "zero"', '0, "zero"'),
        (dict_of([("a", call(rt("f"), NONE))]), '{"a": _rt.f(None)}', '{"a": f(None)}'),
        (union(own("str"), sequence(ir("Type")), NONE), "str | _Sequence[_ir.Type] | None", None),
        (union(union(own("str"), own("int")), own("str")), "str | int", "str | int"),
        (or_none(ANY), "_Any | None", "Any | None"),
        (mapping(own("str"), ANY), "_Mapping[str, _Any]", "Mapping[str, Any]"),
        (Index(rt("RolesAccessor"), (Quoted(ir("Value")),)), '_rt.RolesAccessor["_ir.Value"]', None),
        (Lambda("", own("Cls")), "lambda: Cls", "lambda: Cls"),
        (Lambda("*given", call(Member(own("Cls"), "coerce"), Starred(own("given")))), None, None),
    ],
)
def test_on_one_line(expression: Expression, text: str | None, read: str | None) -> None:
    if text is None:
        assert code(expression) == "lambda *given: Cls.coerce(*given)"
    else:
        assert code(expression) == text
    if read is not None:
        assert code(expression, for_readers) == read


def test_a_value_without_a_literal_is_refused() -> None:
    with pytest.raises(TypeError, match="no literal for list"):
        literal([1])


def test_a_signature_is_one_parameter_a_line_and_a_long_union_is_broken() -> None:
    parameters = (
        Parameter("fn", or_none(own("str"))),
        Parameter("values", union(*(sequence(ir(f"{'Long' * 6}{i}")) for i in range(3))), NONE, True),
    )
    assert signature("def f", parameters, rt("Results")) == [
        "def f(",
        "    fn: str | None,",
        "    *,",
        "    values: (",
        "        _Sequence[_ir.LongLongLongLongLongLong0]",
        "        | _Sequence[_ir.LongLongLongLongLongLong1]",
        "        | _Sequence[_ir.LongLongLongLongLongLong2]",
        "    ) = None,",
        ") -> _rt.Results",
    ]
    assert signature("m.f", parameters[:1], rt("Results"), spell=for_readers) == [
        *("m.f(", "    fn: str | None,", ") -> Results"),
    ]
    assert signature("def __init__", (), NONE, 4, first="self") == ["    def __init__(self) -> None"]


STATEMENTS: tuple[Statement, ...] = (
    Import(".other", ("a", "b")),
    Import(".other", tuple(f"a_rather_long_name_{i}" for i in range(5))),
    Comment("What follows."),
    Assign("x", literal(1), own("int"), ("About x.",)),
    If(
        Name("TYPE_CHECKING", Origin.CHECKING),
        ((Assign("y", NONE),), (Assign("z", NONE),)),
        ((Assign("y", FALSE),),),
    ),
)


def test_statements_are_laid_out_as_black_leaves_them() -> None:
    inner = Function("f", (Parameter("x", own("int")),), own("int"), ("Gives x.",), (Return(own("x")),), (), "self")
    made = Class("C", (own("B"),), ("A class.",), ((Assign("A", literal(1)), Assign("B", literal(2))), (inner,)))
    function = Function("g", (), NONE, ("Does it.",), (With(call(rt("building"), own("x")), (Return(NONE),)),))
    for statement in (*STATEMENTS, made, function):
        text = "\n".join(block([statement])) + "\n"
        assert black.format_str(text, mode=MODE) == text


def test_names_are_found_wherever_they_stand() -> None:
    deep = Class(
        "C",
        (ir("Base"),),
        ("_Any is in a docstring alone.",),
        (
            (
                Function(
                    "call_overload",
                    (Parameter("x", sequence(own("int")), call(rt("given"))),),
                    own("bool"),
                    (),
                    (With(call(rt("held")), (Return(Lambda("", ANY)),)),),
                    (own("decorated"),),
                ),
            ),
        ),
        metaclass=rt("Meta"),
    )
    found = names_of([If(own("cond"), ((deep,),)), Evaluate(literal("overload")), Comment("Sequence")])
    assert {name.text for name in found if name.origin is Origin.RUNTIME} == {"given", "held", "Meta"}
    assert {name.text for name in found if name.origin is Origin.HOST} == {"Base"}
    assert {name.text for name in found if name.origin in (Origin.TYPING, Origin.COLLECTIONS)} == {"Any", "Sequence"}
    assert {name.text for name in found if name.origin is Origin.OWN} == {"cond", "int", "bool", "decorated"}
