"""C++ source text to tokens."""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum, auto

from opspec.dataclass import dataclass
from opspec.tablegen.cpp.errors import NotConstant

__all__ = ["Token", "TokenKind", "tokens_of"]

_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*|/\*.*?\*/|\\\n)
      | (?P<raw>(?:u8|[uUL])?R"(?P<fence>[^()\\\s]{0,16})\(.*?\)(?P=fence)"[A-Za-z_]?\w*)
      | (?P<string>(?:u8|[uUL])?"(?:\\.|[^"\\\n])*"[A-Za-z_]?\w*)
      | (?P<character>(?:u8|[uUL])?'(?:\\.|[^'\\\n])*'[A-Za-z_]?\w*)
      | (?P<number>\.?[0-9](?:[eEpP][+-]|'[0-9A-Za-z_]|[0-9A-Za-z_.])*)
      | (?P<name>[A-Za-z_$][A-Za-z0-9_$]*)
      | (?P<mark><=>|->|::|<<|>>|<=|>=|==|!=|&&|\|\||[-+*/%~!&|^<>=?:,.(){}\[\];\#])""",
    re.VERBOSE | re.DOTALL,
)
_LONGEST = 20_000
_SPELLED = {
    "and": "&&",
    "or": "||",
    "not": "!",
    "bitand": "&",
    "bitor": "|",
    "xor": "^",
    "compl": "~",
    "not_eq": "!=",
}
"""Operators that C++ also writes as words."""


class TokenKind(Enum):
    """What a token is; strings in quotes and raw ones are both STRING."""

    NAME = auto()
    NUMBER = auto()
    STRING = auto()
    CHARACTER = auto()
    MARK = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """One token as it is written."""

    kind: TokenKind
    text: str


def tokens_of(text: str) -> Iterator[Token]:
    """The tokens of an expression and an END behind them, without spaces and comments.

    Raises `NotConstant` where a character belongs to none, and for very long text.
    """
    if len(text) > _LONGEST:
        raise NotConstant(f"an expression of more than {_LONGEST} characters")
    offset = 0
    while offset < len(text):
        match = _TOKEN.match(text, offset)
        if match is None:
            raise NotConstant(f"{text[offset]!r} begins no C++ token")
        offset = match.end()
        found, written = match.lastgroup, match.group()
        if match["raw"] is not None:
            yield Token(TokenKind.STRING, written)
        elif found == "name" and written in _SPELLED:
            yield Token(TokenKind.MARK, _SPELLED[written])
        elif found is not None and found != "space":
            yield Token(TokenKind[found.upper()], written)
    yield Token(TokenKind.END, "")
