"""Parameters of attribute and type definitions: text to model and back."""

from __future__ import annotations

from opspec.diagnostics import near_match
from opspec.exhaustive import assert_never
from opspec.model.constraints import (
    AttributeParameter,
    EnumReference,
    ListOf,
    OpaqueConstraint,
    Parameter,
    ParameterConstraint,
    ParameterKind,
)
from opspec.notation.attributes import print_attribute, read_attribute
from opspec.notation.lexer import NotationError, Tokens, print_word
from opspec.notation.literals import print_literal, read_literal

__all__ = ["parse_parameter", "print_parameter"]

_KINDS = {kind.value: kind for kind in ParameterKind}


def _read(tokens: Tokens) -> ParameterConstraint:
    if tokens.accept("enum"):
        return EnumReference(tokens.name("the name of an enum"))
    if tokens.accept("list"):
        tokens.take("<")
        element = _read(tokens)
        tokens.take(">")
        return ListOf(element)
    if tokens.accept("attr"):
        return AttributeParameter(read_attribute(tokens))
    if tokens.accept("opaque"):
        tokens.take("(")
        name = tokens.word("the name of a C++ type")
        tokens.take(")")
        return OpaqueConstraint(name)
    offset = tokens.offset
    word = tokens.name("a parameter such as 'type' or 'uint32'")
    if word not in _KINDS:
        known = (*_KINDS, "enum", "list", "attr", "opaque")
        raise NotationError(f"unknown parameter kind '{word}'", offset, near_match(word, known))
    return _KINDS[word]


def parse_parameter(text: str) -> Parameter:
    """The parameter that `text` declares; raises `NotationError`."""
    tokens = Tokens(text)
    optional = tokens.accept("optional")
    constraint = _read(tokens)
    default = read_literal(tokens) if tokens.accept("=") else None
    tokens.end()
    return Parameter(constraint, optional, default)


def _print(constraint: ParameterConstraint) -> str:
    match constraint:
        case ParameterKind():
            return constraint.value
        case EnumReference(name):
            return f"enum {name}"
        case ListOf(element):
            return f"list<{_print(element)}>"
        case AttributeParameter(inner):
            return f"attr {print_attribute(inner)}"
        case OpaqueConstraint(name):
            return f"opaque({print_word(name)})"
        case _:
            assert_never(constraint)


def print_parameter(parameter: Parameter) -> str:
    """The text of a parameter."""
    words = ["optional" if parameter.optional else "", _print(parameter.constraint)]
    if parameter.default is not None:
        words += ["=", print_literal(parameter.default)]
    return " ".join(filter(None, words))
