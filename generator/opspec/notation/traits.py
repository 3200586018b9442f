"""Traits: text to model and back."""

from __future__ import annotations

from opspec.diagnostics import near_match
from opspec.exhaustive import assert_never
from opspec.model.constraints import (
    AllTypesMatch,
    DefinitionReference,
    HasParent,
    NamedTrait,
    Projection,
    ProjectionKind,
    Trait,
    TypesMatchWith,
)
from opspec.notation.lexer import NotationError, Tokens, print_word

__all__ = ["parse_trait", "print_trait"]

_PROJECTIONS = {kind.value: kind for kind in ProjectionKind}


def _names(tokens: Tokens) -> tuple[str, ...]:
    tokens.take("(")
    names = [_item(tokens)]
    while tokens.accept(","):
        names.append(_item(tokens))
    tokens.take(")")
    return tuple(names)


def _parents(tokens: Tokens) -> tuple[str, ...]:
    tokens.take("(")
    names = [_parent(tokens)]
    while tokens.accept(","):
        names.append(_parent(tokens))
    tokens.take(")")
    return tuple(names)


def _parent(tokens: Tokens) -> str:
    """An operation, or the C++ class of one in `opaque(...)`."""
    name = _item(tokens)
    if name != "opaque" or not tokens.accept("("):
        return name
    offset = tokens.offset
    found = tokens.word("the C++ class of an operation")
    if "." in found:
        raise NotationError(f"found '{found}', expected a C++ class", offset, f"operations stand alone: {found}")
    tokens.take(")")
    return found


def _item(tokens: Tokens) -> str:
    return str(tokens.whole()) if tokens.at_kind("number") else tokens.word("a name")


def _projection(tokens: Tokens) -> Projection:
    offset = tokens.offset
    word = tokens.name("a projection such as 'element_type'")
    if word not in _PROJECTIONS:
        raise NotationError(f"unknown projection '{word}'", offset, near_match(word, _PROJECTIONS))
    kind = _PROJECTIONS[word]
    tokens.take("(")
    source = tokens.word("the name of an operand or result")
    definition, parameter = None, ""
    if kind is ProjectionKind.PARAMETER:
        tokens.take(",")
        offset = tokens.offset
        written = tokens.word("a parameter such as 'enzyme.Cache.type'")
        path = written.split(".")
        if len(path) < 3:
            expected = "expected dialect, type and parameter, as in 'enzyme.Cache.type'"
            raise NotationError(f"found '{written}', {expected}", offset)
        definition, parameter = DefinitionReference(path[0], ".".join(path[1:-1])), path[-1]
    tokens.take(")")
    return Projection(kind, source, definition, parameter)


def _print_item(item: str) -> str:
    return item if item.lstrip("-").isdigit() else print_word(item)


def _print_parent(name: str) -> str:
    return print_word(name) if "." in name else f"opaque({print_word(name)})"


def parse_trait(text: str) -> Trait:
    """The trait that `text` writes; raises `NotationError`."""
    tokens = Tokens(text)
    name = tokens.word("the name of a trait")
    trait: Trait
    if name == "AllTypesMatch":
        trait = AllTypesMatch(_names(tokens))
    elif name in ("HasParent", "ParentOneOf"):
        trait = HasParent(_parents(tokens))
    elif name == "TypesMatchWith":
        tokens.take("(")
        target = tokens.name("the name of an operand or result")
        tokens.take("=")
        trait = TypesMatchWith(target, _projection(tokens))
        tokens.take(")")
    else:
        trait = NamedTrait(name, _names(tokens) if tokens.at("(") else ())
    tokens.end()
    return trait


def print_trait(trait: Trait) -> str:
    """The text of a trait."""
    match trait:
        case NamedTrait(name, arguments):
            return f"{print_word(name)}({', '.join(map(_print_item, arguments))})" if arguments else print_word(name)
        case AllTypesMatch(names):
            return f"AllTypesMatch({', '.join(map(_print_item, names))})"
        case HasParent(operations):
            return f"HasParent({', '.join(map(_print_parent, operations))})"
        case TypesMatchWith(target, Projection(kind, source, definition, parameter)):
            inner = print_word(source)
            if definition is not None:
                inner += f", {print_word(f'{definition.dialect}.{definition.mnemonic}.{parameter}')}"
            return f"TypesMatchWith({target} = {kind.value}({inner}))"
        case _:
            assert_never(trait)
