"""Default values: text to model and back."""

from __future__ import annotations

import json

from opspec.model.constraints import EnumCases, Literal, OpaqueLiteral
from opspec.notation.lexer import Tokens

__all__ = ["print_literal", "read_literal"]


def read_literal(tokens: Tokens) -> Literal:
    """Read `true`, `1`, `0.5`, `"text"`, `[1, 2]`, enum cases `nnan|ninf`, `opaque` or `opaque("C++")`."""
    if tokens.at_kind("number"):
        return tokens.number()
    if tokens.at_kind("string"):
        return tokens.string()
    if tokens.accept("["):
        items: list[Literal] = []
        while not tokens.at("]"):
            items.append(read_literal(tokens))
            if not tokens.accept(","):
                break
        tokens.take("]")
        return tuple(items)
    word = tokens.name("a default value")
    if word in ("true", "false"):
        return word == "true"
    if word == "opaque":
        return _opaque(tokens)
    names = [word]
    while tokens.accept("|"):
        names.append(tokens.name("the name of an enum case"))
    return EnumCases(tuple(names))


def _opaque(tokens: Tokens) -> OpaqueLiteral:
    if not tokens.accept("("):
        return OpaqueLiteral()
    text = tokens.string()
    tokens.take(")")
    return OpaqueLiteral(text)


def print_literal(literal: Literal) -> str:
    """The text of a default value."""
    match literal:
        case bool():
            return "true" if literal else "false"
        case int():
            return str(literal)
        case float():
            return repr(literal)
        case str():
            return json.dumps(literal, ensure_ascii=False)
        case EnumCases(names):
            return "|".join(names)
        case OpaqueLiteral(""):
            return "opaque"
        case OpaqueLiteral(text):
            return f"opaque({json.dumps(text, ensure_ascii=False)})"
        case tuple():
            return f"[{', '.join(print_literal(item) for item in literal)}]"
