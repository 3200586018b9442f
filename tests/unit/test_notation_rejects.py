"""Text that is not of the notation: the whole message, the offset it points at, and the hint."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from opspec.model.constraints import AttributeKind, ParameterKind
from opspec.notation import (
    NotationError,
    parse_argument,
    parse_attribute,
    parse_flow,
    parse_parameter,
    parse_region,
    parse_successor,
    parse_trait,
    parse_type,
)
from opspec.notation.words import CONTAINERS, FLOATS, TYPE_WORDS

END = "found the end of the text, expected "


def rejection(parser: Callable[[str], object], text: str) -> tuple[str, int, str]:
    with pytest.raises(NotationError) as caught:
        parser(text)
    return caught.value.message, caught.value.offset, caught.value.hint


@pytest.mark.parametrize(
    ("text", "message", "offset", "hint"),
    [
        ("", END + "a type constraint", 0, ""),
        ("attr", END + "an attribute constraint", 4, ""),
        ("intger", "unknown type constraint 'intger'", 0, "did you mean 'integer'?"),
        ("tensor", END + "'<'", 6, ""),
        ("tensor<", END + "a type constraint", 7, ""),
        ("tensor<i32", END + "'>'", 10, ""),
        ("tensor<>", "found '>', expected a type constraint", 7, ""),
        ("tensor<i32, 3>", "found '3', expected a modifier such as 'rank 1'", 12, ""),
        ("tensor<i32, rank 1|>", "found '>', expected a whole number", 19, ""),
        ("tensor<index | intger>", "unknown type constraint 'intger'", 15, "did you mean 'integer'?"),
        ("memref<any> [reed]", "unknown memory effect 'reed'", 13, "did you mean 'read'?"),
        ("memref<any> []", "found ']', expected a memory effect", 13, ""),
        ("memref<any> [read", END + "']'", 17, ""),
        ("any any", "found 'any', expected the end of the text", 4, ""),
        ("any |", END + "a type constraint", 5, ""),
        ("any ?", "unexpected character '?'", 4, ""),
        ("variadic", END + "a type constraint", 8, ""),
        ("interface()", "found ')', expected the name of the definition", 10, ""),
        ("interface(A", END + "')'", 11, ""),
        ("opaque A", "found 'A', expected '('", 7, ""),
        ("enzyme.", END + "a name after '.'", 7, ""),
        ("$_self", "unexpected character '$'", 0, ""),
        ("::mlir::Type", "unexpected character ':'", 0, ""),
        ("attr strng", "unknown attribute constraint 'strng'", 5, "did you mean 'string'?"),
        ("attr i64 =", END + "a default value", 10, ""),
        ("attr i64 = 1 2", "found '2', expected the end of the text", 13, ""),
        ("attr i64 = 01x", "unexpected character '0'", 11, ""),
        ("attr i64 = [1, 2", END + "']'", 16, ""),
        ("attr enum", END + "the name of an enum", 9, ""),
        ("attr enum 3", "found '3', expected the name of an enum", 10, ""),
        ("attr dense_array", END + "'<'", 16, ""),
        ("attr dense_array<i63>", "unknown element 'i63' of a dense array", 17, "did you mean 'i64'?"),
        ("attr array<", END + "an attribute constraint", 11, ""),
        ("attr i64 where", END + "a condition such as 'positive' or 'min 0'", 14, ""),
        ("attr i64 where min 0 min 1", "found 'min', expected the end of the text", 21, ""),
        ("attr arith.fastmath = nnan|", END + "the name of an enum case", 27, ""),
        ('attr string = "\\q"', 'a string with a bad escape: "\\q"', 14, ""),
    ],
)
def test_a_bad_argument_is_explained(text: str, message: str, offset: int, hint: str) -> None:
    assert rejection(parse_argument, text) == (message, offset, hint)


@pytest.mark.parametrize(
    ("text", "message", "offset", "hint"),
    [
        ("", END + "a parameter such as 'type' or 'uint32'", 0, ""),
        ("typ", "unknown parameter kind 'typ'", 0, "did you mean 'type'?"),
        ("list", END + "'<'", 4, ""),
        ("list<typ>", "unknown parameter kind 'typ'", 5, "did you mean 'type'?"),
        ("enum", END + "the name of an enum", 4, ""),
        ("type = ", END + "a default value", 7, ""),
        ("opaque(::A)", "unexpected character ':'", 7, ""),
    ],
)
def test_a_bad_parameter_is_explained(text: str, message: str, offset: int, hint: str) -> None:
    assert rejection(parse_parameter, text) == (message, offset, hint)


@pytest.mark.parametrize(
    ("text", "message", "offset", "hint"),
    [
        ("", END + "the name of a trait", 0, ""),
        ("Pure()", "found ')', expected a name", 5, ""),
        ("Pure Pure", "found 'Pure', expected the end of the text", 5, ""),
        ("AllTypesMatch", END + "'('", 13, ""),
        ("AllTypesMatch(a", END + "')'", 15, ""),
        ("HasParent()", "found ')', expected a name", 10, ""),
        ("TypesMatchWith(a)", "found ')', expected '='", 16, ""),
        ("TypesMatchWith(a = )", "found ')', expected a projection such as 'element_type'", 19, ""),
        ("TypesMatchWith(a = elementtype(b))", "unknown projection 'elementtype'", 19, "did you mean 'element_type'?"),
        ("TypesMatchWith(a = parameter(b))", "found ')', expected ','", 30, ""),
    ],
)
def test_a_bad_trait_is_explained(text: str, message: str, offset: int, hint: str) -> None:
    assert rejection(parse_trait, text) == (message, offset, hint)


@pytest.mark.parametrize(
    ("text", "message", "offset"),
    [
        ("", END + "'any', 'blocks N' or 'min_blocks N'", 0),
        ("all", "found 'all', expected 'any', 'blocks N' or 'min_blocks N'", 0),
        ("blocks", END + "a whole number", 6),
        ("blocks one", "found 'one', expected a whole number", 7),
    ],
)
def test_a_bad_region_is_explained(text: str, message: str, offset: int) -> None:
    assert rejection(parse_region, text) == (message, offset, "")


@pytest.mark.parametrize(
    ("text", "message", "offset"),
    [("", END + "'any'", 0), ("all", "found 'all', expected 'any'", 0), ("variadic", END + "'any'", 8)],
)
def test_a_bad_successor_is_explained(text: str, message: str, offset: int) -> None:
    assert rejection(parse_successor, text) == (message, offset, "")


@pytest.mark.parametrize(
    ("parser", "text", "offset"),
    [
        (parse_region, "blocks 1.5", 7),
        (parse_trait, "NResults(1.5)", 9),
        (parse_argument, "attr i64 where min 1.5", 19),
    ],
)
def test_a_fraction_where_a_whole_number_belongs_is_pointed_at(
    parser: Callable[[str], object], text: str, offset: int
) -> None:
    assert rejection(parser, text) == ("found '1.5', expected a whole number", offset, "")


def test_a_short_path_of_a_parameter_is_pointed_at() -> None:
    _, offset, _ = rejection(parse_trait, "TypesMatchWith(a = parameter(b, x.Y))")
    assert offset == 32


@pytest.mark.parametrize("text", ["optional any", "blocks -1"])
def test_a_region_outside_the_grammar_is_rejected(text: str) -> None:
    with pytest.raises(NotationError):
        parse_region(text)


def test_an_optional_successor_is_outside_the_grammar() -> None:
    with pytest.raises(NotationError):
        parse_successor("optional any")


def test_a_hint_never_repeats_what_was_written() -> None:
    message, _, hint = rejection(parse_argument, "variadic optional any")
    assert "'optional'" in message
    assert "did you mean 'optional'" not in hint


@pytest.mark.parametrize(
    "text",
    [
        "attr " + "array<" * 5000 + "i64" + ">" * 5000,
        "tensor<" * 5000 + "any" + ">" * 5000,
        "attr any = " + "[" * 5000 + "]" * 5000,
        "attr i64 = " + "9" * 5000,
        "attr f64 = 1e999",
    ],
    ids=["arrays", "tensors", "lists", "huge integer", "infinite float"],
)
def test_what_python_cannot_hold_is_rejected_not_raised(text: str) -> None:
    with pytest.raises(NotationError):
        parse_argument(text)


@pytest.mark.parametrize(
    ("text", "message", "offset"),
    [
        ("", END + "'('", 0),
        ("(primal)", END + "'->'", 8),
        ("(primal) -> ", END + "'('", 12),
        ("(primal -> ()", "found '->', expected ','", 8),
        ("(1) -> ()", "found '1', expected a role such as 'primal'", 1),
        ("() -> () for", END + "a type constraint", 12),
        ("() -> () to float", "found 'to', expected the end of the text", 9),
    ],
)
def test_a_flow_that_is_none(text: str, message: str, offset: int) -> None:
    assert rejection(parse_flow, text) == (message, offset, "")


TYPES = (*TYPE_WORDS, *CONTAINERS, "any", "i32", "i64", "attr", "optional", "variadic")
ATTRIBUTES = (*(kind.value for kind in AttributeKind), *FLOATS, "any", "i32", "i64", "enum", "dense_array")
PARAMETERS = (*(kind.value for kind in ParameterKind), "enum", "list", "attr", "opaque")


@pytest.mark.parametrize(
    ("parser", "what", "words"),
    [
        (parse_type, "type constraint", TYPES),
        (parse_attribute, "attribute constraint", ATTRIBUTES),
        (parse_parameter, "parameter kind", PARAMETERS),
    ],
)
def test_every_word_is_known_when_it_is_misspelt(
    parser: Callable[[str], object], what: str, words: tuple[str, ...]
) -> None:
    for word in words:
        for wrong in (word[0] + word, f"{word[:-1]}q{word[-1]}"):
            assert rejection(parser, wrong) == (f"unknown {what} '{wrong}'", 0, f"did you mean '{word}'?")


def test_every_element_of_dense_arrays_is_known_when_it_is_misspelt() -> None:
    for word in ("i1", "i8", "i16", "i32", "i64", "f32", "f64"):
        message = f"unknown element '{word}q' of a dense array"
        assert rejection(parse_attribute, f"dense_array<{word}q>") == (message, 12, f"did you mean '{word}'?")


@pytest.mark.parametrize(
    ("opening", "inner", "closing", "parser"),
    [
        ("tensor<", "any", ">", parse_type),
        ("array<", "any", ">", parse_attribute),
        ("list<", "type", ">", parse_parameter),
    ],
)
def test_constraints_are_twenty_deep_and_no_deeper(
    opening: str, inner: str, closing: str, parser: Callable[[str], object]
) -> None:
    parser(opening * 20 + inner + closing * 20)
    offset = 21 * len(opening) - 1
    assert rejection(parser, opening * 21 + inner + closing * 21) == ("nested more than 20 deep", offset, "")


def test_every_bracket_counts_as_depth() -> None:
    parse_argument("attr array = " + "[" * 20 + "]" * 20)
    assert rejection(parse_argument, "attr array = " + "[" * 21 + "]" * 21) == ("nested more than 20 deep", 33, "")
    assert rejection(parse_trait, "(" * 21) == ("nested more than 20 deep", 20, "")
    parse_type(" | ".join(["tensor<opaque(A)>"] * 30))


def test_a_token_has_a_thousand_characters_and_no_more() -> None:
    parse_argument('attr string = "' + "a" * 998 + '"')
    assert rejection(parse_argument, 'attr string = "' + "a" * 999 + '"')[:2] == (
        "a string of more than 1000 characters",
        14,
    )
    assert parse_type("A" * 1000)
    assert rejection(parse_type, "A" * 1001) == ("a name of more than 1000 characters", 0, "")
