"""Attribute constraints and arguments: text to model and back."""

from __future__ import annotations

from opspec.diagnostics import near_match
from opspec.exhaustive import assert_never
from opspec.model.constraints import (
    AnyConstraint,
    AnyOf,
    ArrayOf,
    Attribute,
    AttributeConstraint,
    AttributeKind,
    Builtin,
    Confined,
    DefinitionReference,
    DenseArray,
    EnumReference,
    IntegerOf,
    InterfaceConstraint,
    OpaqueConstraint,
    Refinement,
    TypeOf,
    Value,
)
from opspec.notation.lexer import NotationError, Tokens
from opspec.notation.literals import print_literal, read_literal
from opspec.notation.types import (
    parse_common,
    parse_integer,
    print_type,
    print_value,
    read_type,
    read_value,
)
from opspec.notation.words import DENSE_ELEMENTS, FLOATS, LENGTHS

__all__ = ["parse_argument", "parse_attribute", "print_argument", "print_attribute", "read_attribute"]

_LONGEST = 100_000
"""The longest array that a spec may ask for."""
_KINDS = {kind.value: kind for kind in AttributeKind}


def _angled(tokens: Tokens) -> AttributeConstraint | None:
    """Read the forms with an argument in angle brackets, or `enum Name`."""
    if tokens.accept("enum"):
        return EnumReference(tokens.name("the name of an enum"))
    if tokens.accept("dense_array"):
        tokens.take("<")
        offset = tokens.offset
        element = tokens.name("an element such as 'i64'")
        if element not in DENSE_ELEMENTS:
            raise NotationError(
                f"unknown element '{element}' of a dense array", offset, near_match(element, DENSE_ELEMENTS)
            )
        tokens.take(">")
        return DenseArray(element)
    if tokens.accept("array"):
        if not tokens.accept("<"):
            return AttributeKind.ARRAY
        inner = read_attribute(tokens)
        tokens.take(">")
        return ArrayOf(inner)
    if tokens.accept("type"):
        if not tokens.accept("<"):
            return AttributeKind.TYPE
        constraint = read_type(tokens)
        tokens.take(">")
        return TypeOf(constraint)
    return None


def _one_attribute(tokens: Tokens) -> AttributeConstraint:
    found = parse_common(tokens) or parse_integer(tokens) or _angled(tokens)
    if found is not None:
        return found
    offset = tokens.offset
    word = tokens.name("an attribute constraint")
    if word in _KINDS:
        return _KINDS[word]
    if word in FLOATS:
        return Builtin(word)
    known = (*_KINDS, *FLOATS, "any", "i32", "i64", "enum", "dense_array")
    raise NotationError(f"unknown attribute constraint '{word}'", offset, near_match(word, known))


def read_attribute(tokens: Tokens) -> AttributeConstraint:
    """Read an attribute constraint from the cursor."""
    options = [_one_attribute(tokens)]
    while tokens.accept("|"):
        options.append(_one_attribute(tokens))
    base: AttributeConstraint = options[0] if len(options) == 1 else AnyOf(tuple(options))
    if not tokens.accept("where"):
        return base
    refinements = [_refinement(tokens)]
    while tokens.accept(","):
        refinements.append(_refinement(tokens))
    return Confined(base, tuple(refinements))


def _refinement(tokens: Tokens) -> Refinement:
    word = tokens.name("a condition such as 'positive' or 'min 0'")
    values: list[int] = []
    while tokens.at_kind("number"):
        values.append(tokens.small(_LONGEST) if word in LENGTHS else tokens.whole())
    return Refinement(word, tuple(values))


def parse_attribute(text: str) -> AttributeConstraint:
    """The attribute constraint that `text` writes; raises `NotationError`."""
    tokens = Tokens(text)
    constraint = read_attribute(tokens)
    tokens.end()
    return constraint


def parse_argument(text: str) -> Value | Attribute:
    """The operand or attribute that `text` declares; raises `NotationError`."""
    tokens = Tokens(text)
    argument: Value | Attribute
    is_property = tokens.accept("prop")
    if is_property or tokens.accept("attr"):
        optional = tokens.accept("optional")
        constraint = read_attribute(tokens)
        default = read_literal(tokens) if tokens.accept("=") else None
        argument = Attribute(constraint, optional, default, is_property)
    else:
        argument = read_value(tokens)
    tokens.end()
    return argument


def print_attribute(constraint: AttributeConstraint) -> str:
    """The text of an attribute constraint."""
    match constraint:
        case AttributeKind():
            return constraint.value
        case EnumReference(name):
            return f"enum {name}"
        case ArrayOf(element):
            return f"array<{print_attribute(element)}>"
        case DenseArray(element_word):
            return f"dense_array<{element_word}>"
        case TypeOf(inner):
            return f"type<{print_type(inner)}>"
        case Confined(base, refinements):
            words = [" ".join((r.word, *map(str, r.values))) for r in refinements]
            return f"{print_attribute(base)} where {', '.join(words)}"
        case AnyOf(options):
            return " | ".join(print_attribute(option) for option in options)  # type: ignore[arg-type]
        case (
            AnyConstraint()
            | Builtin()
            | IntegerOf()
            | DefinitionReference()
            | InterfaceConstraint()
            | OpaqueConstraint()
        ):
            return print_type(constraint)
        case _:
            assert_never(constraint)


def print_argument(argument: Value | Attribute) -> str:
    """The text of an operand or attribute."""
    if isinstance(argument, Value):
        return print_value(argument)
    words = [
        "prop" if argument.is_property else "attr",
        "optional" if argument.optional else "",
        print_attribute(argument.constraint),
    ]
    if argument.default is not None:
        words += ["=", print_literal(argument.default)]
    return " ".join(filter(None, words))
