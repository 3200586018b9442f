"""A rename is told once: whatever names the renamed thing, however deep inside, is no change of its own."""

from __future__ import annotations

import pytest

from opspec.diff.compare import compare
from opspec.diff.rule import Example
from tests.diff.loading import sides_of

_MODE = "enums: {{{0}: {{storage: i32, cases: {{fast: 0, safe: 1, exact: 2}}}}}}\n"
_BOX = "types: {{{0}: {{class: BoxType, parameters: {{content: type, size: int64}}, format: '`<` $content `>`'}}}}\n"
_NUMBER = "constraints: {{{0}: i32 | i64}}\n"
_COPY = "operations: {{copy: {{class: CopyOp, {0}}}}}"


def rules(old: str, new: str) -> list[tuple[str, str]]:
    return [(change.rule, str(change.place)) for change in compare(*sides_of(Example(old, new)))]


@pytest.mark.parametrize(
    "attribute",
    [
        "attr enum {0}",
        "attr array<enum {0}>",
        "attr array<array<enum {0}>>",
        "attr optional array<enum {0}>",
    ],
)
def test_an_enum_under_another_name_is_one_change_wherever_attributes_hold_it(attribute: str) -> None:
    sides = [
        _MODE.format(name) + _COPY.format(f"arguments: {{a: '{attribute.format(name)}'}}")
        for name in ("Mode", "CopyMode")
    ]
    assert rules(*sides) == [("enum-renamed", "toy.Mode")]


@pytest.mark.parametrize("parameter", ["enum {0}", "list<enum {0}>", "list<list<enum {0}>>", "optional enum {0}"])
def test_an_enum_under_another_name_is_one_change_wherever_parameters_hold_it(parameter: str) -> None:
    definition = "attributes: {{span: {{class: SpanAttr, parameters: {{a: '{0}'}}, format: custom}}}}"
    sides = [_MODE.format(name) + definition.format(parameter.format(name)) for name in ("Mode", "CopyMode")]
    assert rules(*sides) == [("enum-renamed", "toy.Mode")]


@pytest.mark.parametrize(
    "declared",
    [
        "arguments: {{a: '{0}'}}",
        "arguments: {{a: 'tensor<{0}>'}}",
        "arguments: {{a: 'variadic f32 | {0}'}}",
        "arguments: {{a: 'attr type<{0}>'}}",
        "results: {{a: 'memref<{0}>'}}",
    ],
)
def test_a_constraint_under_another_name_is_one_change(declared: str) -> None:
    sides = [_NUMBER.format(name) + _COPY.format(declared.format(name)) for name in ("Number", "AnyNumber")]
    assert rules(*sides) == [("constraint-name-changed", "toy.Number")]


def test_a_constraint_that_another_names_under_another_name_is_one_change() -> None:
    sides = [f"constraints: {{{name}: i32 | i64, Vectors: vector<{name}>}}" for name in ("Number", "AnyNumber")]
    assert rules(*sides) == [("constraint-name-changed", "toy.Number")]


@pytest.mark.parametrize("declared", ["arguments: {{a: toy.{0}}}", "results: {{a: 'tensor<toy.{0}>'}}"])
def test_a_type_under_another_name_is_one_change(declared: str) -> None:
    sides = [_BOX.format(name) + _COPY.format(declared.format(name)) for name in ("Box", "Boxed")]
    assert rules(*sides) == [("definition-renamed", "toy.Box")]


def test_a_constraint_is_used_through_another_one() -> None:
    """What no part names itself, but what a part names does, is in use."""
    alone = "constraints: {{Number: {0}, Vectors: vector<Number>}}"
    text = alone + "\noperations: {{copy: {{class: CopyOp, arguments: {{a: Vectors}}}}}}"
    (change,) = compare(*sides_of(Example(text.format("i32"), text.format("i32 | i64"))))
    assert (change.rule, change.variant) == ("constraint-widened", "")
    (change,) = compare(*sides_of(Example(alone.format("i32"), alone.format("i32 | i64"))))
    assert (change.rule, change.variant) == ("constraint-widened", "unused")


ABC = "arguments: {a: any, b: any, c: any}"


@pytest.mark.parametrize(
    ("old", "new", "rule", "facts"),
    [
        ("a, b", "a, b, c", "trait-arguments-changed", ("AllTypesMatch(a, b)", "AllTypesMatch(a, b, c)")),
        ("a, b, c", "a, b", "trait-arguments-changed", ("AllTypesMatch(a, b, c)", "AllTypesMatch(a, b)")),
        ("a, b", "b, c", "trait-arguments-changed", ("AllTypesMatch(a, b)", "AllTypesMatch(b, c)")),
    ],
)
def test_other_parts_of_the_same_type_are_other_arguments(
    old: str, new: str, rule: str, facts: tuple[str, str]
) -> None:
    sides = [_COPY.format(f"traits: ['AllTypesMatch({names})'], {ABC}") for names in (old, new)]
    (change,) = compare(*sides_of(Example(*sides)))
    assert change.rule == rule
    assert change.old is not None and change.new is not None
    assert (change.old.facts, change.new.facts) == facts


@pytest.mark.parametrize(("old", "new"), [("a", "aa"), ("b", "bb")])
def test_a_renamed_part_is_one_change_in_what_names_it(old: str, new: str) -> None:
    text = _COPY.format("traits: ['AllTypesMatch(a, b)'], arguments: {a: i32, b: f32}, format: '$a `,` $b attr-dict'")
    other = text.replace(f"({old}", f"({new}").replace(f", {old})", f", {new})")
    other = other.replace(f"{old}: ", f"{new}: ").replace(f"${old} ", f"${new} ")
    assert rules(text, other) == [("operand-renamed", f"toy.copy.{old}")]


def test_an_attribute_definition_under_another_name_is_one_change() -> None:
    span = "attributes: {{{0}: {{class: SpanAttr, parameters: {{first: int64, last: int64}}, format: custom}}}}\n"
    sides = [span.format(name) + _COPY.format(f"arguments: {{a: attr toy.{name}}}") for name in ("span", "spans")]
    assert rules(*sides) == [("definition-renamed", "toy.span")]


def test_a_constraint_that_only_the_new_side_uses_is_in_use() -> None:
    new = _NUMBER.format("Number").replace("i64", "i64 | i8") + _COPY.format("arguments: {a: Number}")
    found = compare(*sides_of(Example(_NUMBER.format("Number"), new)))
    assert [(change.rule, change.variant) for change in found] == [("operation-added", ""), ("constraint-widened", "")]
