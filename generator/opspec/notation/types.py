"""Type constraints, operands and results: text to model and back."""

from __future__ import annotations

import json
import re

from opspec.diagnostics import near_match
from opspec.exhaustive import assert_never
from opspec.model.constraints import (
    AnyConstraint,
    AnyOf,
    Builtin,
    ConstraintReference,
    DefinitionReference,
    Effect,
    IntegerOf,
    InterfaceConstraint,
    Modifier,
    Multiplicity,
    OpaqueConstraint,
    Shaped,
    TypeConstraint,
    Value,
)
from opspec.notation.lexer import NotationError, Tokens, print_word
from opspec.notation.words import CONTAINERS, TYPE_WORDS

__all__ = [
    "parse_common",
    "parse_multiplicity",
    "parse_type",
    "parse_value",
    "print_type",
    "print_value",
    "read_type",
]

_WIDEST = 2**24 - 1
"""The most bits of MLIR's integers."""
_MOST_DIMENSIONS = 100
_WORDS = frozenset(
    "any array attr dense_array enum false interface list opaque optional prop true type variadic "
    "variadic_of_variadic where".split()
)
"""Words that begin other forms: a definition of a dialect that is called so stands in quotes."""
_INTEGER = re.compile(r"(i|si|ui|int)([1-9][0-9]*)")


def parse_common(
    tokens: Tokens,
) -> AnyConstraint | IntegerOf | DefinitionReference | InterfaceConstraint | OpaqueConstraint | None:
    """Read a form that types and attributes share; None where the next token starts none of them."""
    if tokens.accept("any"):
        return AnyConstraint()
    for word, kind in (("interface", InterfaceConstraint), ("opaque", OpaqueConstraint)):
        if tokens.accept(word):
            tokens.take("(")
            name = tokens.word("the name of the definition")
            tokens.take(")")
            return kind(name)
    if tokens.at_dotted() or tokens.at_kind("string"):
        offset = tokens.offset
        name = tokens.word("a definition")
        dialect, dot, mnemonic = name.partition(".")
        if not dot:
            raise NotationError(f"found '{name}', expected a definition such as 'dialect.mnemonic'", offset)
        return DefinitionReference(dialect, mnemonic)
    return None


def parse_integer(tokens: Tokens) -> IntegerOf | None:
    """Read `i64`, `si8`, `ui32`; None where the next token is something else."""
    if tokens.at_kind("name") and (match := _INTEGER.fullmatch(tokens.shown().strip("'"))):
        offset = tokens.offset
        tokens.name("an integer type")
        if int(match[2]) > _WIDEST:
            raise NotationError(f"an integer of {match[2]} bits, expected at most {_WIDEST:,}", offset)
        return IntegerOf(match[1], int(match[2]))
    return None


def _modifier(tokens: Tokens) -> Modifier:
    word = tokens.name("a modifier such as 'rank 1'")
    values: list[int] = []
    if tokens.at_kind("number"):
        is_rank = word in ("rank", "min_rank", "max_rank")
        values.append(tokens.small(_MOST_DIMENSIONS) if is_rank else tokens.whole())
        while tokens.accept("|"):
            values.append(tokens.small(_MOST_DIMENSIONS) if is_rank else tokens.whole())
    return Modifier(word, tuple(values))


def _one_type(tokens: Tokens) -> TypeConstraint:
    found = parse_common(tokens) or parse_integer(tokens)
    if found is not None:
        return found
    offset = tokens.offset
    word = tokens.name("a type constraint")
    if word[0].isupper():
        return ConstraintReference(word)
    if word in CONTAINERS and (word not in TYPE_WORDS or tokens.at("<")):
        tokens.take("<")
        element = read_type(tokens)
        modifiers: list[Modifier] = []
        while tokens.accept(","):
            modifiers.append(_modifier(tokens))
        tokens.take(">")
        return Shaped(word, element, tuple(modifiers))
    if word in TYPE_WORDS:
        return Builtin(word)
    known = {*TYPE_WORDS, *CONTAINERS, "any", "i32", "i64", "attr", "optional", "variadic"} - {word}
    raise NotationError(f"unknown type constraint '{word}'", offset, near_match(word, known))


def read_type(tokens: Tokens) -> TypeConstraint:
    """Read a type constraint from the cursor."""
    options = [_one_type(tokens)]
    while tokens.accept("|"):
        options.append(_one_type(tokens))
    return options[0] if len(options) == 1 else AnyOf(tuple(options))


def parse_type(text: str) -> TypeConstraint:
    """The type constraint that `text` writes; raises `NotationError`."""
    tokens = Tokens(text)
    constraint = read_type(tokens)
    tokens.end()
    return constraint


def parse_multiplicity(tokens: Tokens) -> Multiplicity:
    """Read `optional`, `variadic` or nothing."""
    if tokens.accept("optional"):
        return Multiplicity.OPTIONAL
    return Multiplicity.VARIADIC if tokens.accept("variadic") else Multiplicity.ONE


def read_value(tokens: Tokens) -> Value:
    """Read the declaration of an operand or result from the cursor."""
    multiplicity = parse_multiplicity(tokens)
    segments = ""
    if tokens.accept(Multiplicity.NESTED.value):
        multiplicity = Multiplicity.NESTED
        tokens.take("(")
        segments = tokens.name("the attribute that holds the sizes of the groups")
        tokens.take(")")
    constraint = read_type(tokens)
    effects: list[Effect] = []
    if tokens.accept("["):
        while True:
            offset = tokens.offset
            word = tokens.name("a memory effect")
            if word not in {effect.value for effect in Effect}:
                hint = near_match(word, [effect.value for effect in Effect])
                raise NotationError(f"unknown memory effect '{word}'", offset, hint)
            effects.append(Effect(word))
            if not tokens.accept(","):
                break
        tokens.take("]")
    return Value(constraint, multiplicity, tuple(effects), segments)


def parse_value(text: str) -> Value:
    """The operand or result that `text` declares; raises `NotationError`."""
    tokens = Tokens(text)
    value = read_value(tokens)
    tokens.end()
    return value


def print_type(constraint: TypeConstraint) -> str:
    """The text of a type constraint."""
    match constraint:
        case AnyConstraint():
            return "any"
        case Builtin(word):
            return word
        case ConstraintReference(name):
            return name
        case IntegerOf(prefix, width):
            return f"{prefix}{width}"
        case DefinitionReference(dialect, mnemonic):
            name = f"{dialect}.{mnemonic}"
            return json.dumps(name) if dialect in _WORDS else print_word(name)
        case InterfaceConstraint(name):
            return f"interface({print_word(name)})"
        case OpaqueConstraint(name):
            return f"opaque({print_word(name)})"
        case Shaped(container, element, modifiers):
            words = [print_type(element)]
            words += [f"{m.word} {'|'.join(map(str, m.values))}".rstrip() for m in modifiers]
            return f"{container}<{', '.join(words)}>"
        case AnyOf(options):
            return " | ".join(print_type(option) for option in options)  # type: ignore[arg-type]
        case _:
            assert_never(constraint)


def print_value(value: Value) -> str:
    """The text of an operand or result."""
    effects = f"[{', '.join(effect.value for effect in value.effects)}]" if value.effects else ""
    multiplicity = value.multiplicity.value + (f"({value.segments})" if value.segments else "")
    return " ".join(filter(None, (multiplicity, print_type(value.type), effects)))
