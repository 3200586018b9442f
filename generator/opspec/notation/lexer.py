"""Tokens of the constraint notation, with their columns."""

from __future__ import annotations

import json
import math
import re
from dataclasses import field

from opspec.dataclass import dataclass
from opspec.diagnostics import NotationError

__all__ = ["LONGEST", "NotationError", "Tokens", "print_word"]

_TOKEN = re.compile(
    r"""(?P<space>\s+)
      | (?P<number>-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w])
      | (?P<name>[A-Za-z_][A-Za-z_0-9]*)
      | (?P<string>"(?:[^"\\]|\\.)*")
      | (?P<mark>->|[<>()\[\],|=.])""",
    re.VERBOSE | re.ASCII,
)


LONGEST = 1000
"""The most characters that a token may have."""
_DEEPEST = 20
_MOST = 5000


_NAME = re.compile(r"[A-Za-z_][A-Za-z_0-9]*(\.[A-Za-z_][A-Za-z_0-9]*)*")


def print_word(text: str) -> str:
    """A text as `Tokens.word` takes it: names joined by dots alone, everything else in quotes."""
    return text if _NAME.fullmatch(text) else json.dumps(text)


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    offset: int


@dataclass(slots=True)
class Tokens:
    """A cursor over the tokens of one text."""

    text: str
    _tokens: list[_Token] = field(default_factory=list)
    _next: int = 0

    def __post_init__(self) -> None:
        offset = 0
        while offset < len(self.text):
            match = _TOKEN.match(self.text, offset)
            if match is None:
                raise NotationError(f"unexpected character {self.text[offset]!r}", offset)
            kind = match.lastgroup or ""
            if len(match.group()) > LONGEST:
                raise NotationError(f"a {kind} of more than {LONGEST} characters", offset)
            if kind != "space":
                self._tokens.append(_Token(kind, match.group(), offset))
            offset = match.end()
            if len(self._tokens) > _MOST:
                raise NotationError(f"more than {_MOST:,} parts", offset)
        self._tokens.append(_Token("end", "", len(self.text)))
        depth = 0
        for token in self._tokens:
            depth += (token.text in ("<", "(", "[")) - (token.text in (">", ")", "]"))
            if depth > _DEEPEST:
                raise NotationError(f"nested more than {_DEEPEST} deep", token.offset)

    @property
    def _token(self) -> _Token:
        return self._tokens[self._next]

    @property
    def offset(self) -> int:
        """Where the next token starts."""
        return self._token.offset

    def shown(self) -> str:
        """The next token as a message names it."""
        return f"'{self._token.text}'" if self._token.kind != "end" else "the end of the text"

    def fail(self, expected: str, hint: str = "") -> NotationError:
        """An error at the next token."""
        return NotationError(f"found {self.shown()}, expected {expected}", self.offset, hint)

    def at(self, text: str) -> bool:
        """Whether the next token is this name or mark."""
        return self._token.kind in ("name", "mark") and self._token.text == text

    def at_kind(self, kind: str) -> bool:
        """Whether the next token is of this kind: name, number, string, mark, end."""
        return self._token.kind == kind

    def at_dotted(self) -> bool:
        """Whether the next tokens are a name and a dot."""
        return self.at_kind("name") and self._tokens[self._next + 1].text == "."

    def accept(self, text: str) -> bool:
        """Take the next token if it is this name or mark."""
        if self.at(text):
            self._next += 1
            return True
        return False

    def take(self, text: str) -> None:
        """Take this name or mark, or fail."""
        if not self.accept(text):
            raise self.fail(f"'{text}'")

    def _take_kind(self, kind: str, expected: str) -> str:
        if not self.at_kind(kind):
            raise self.fail(expected)
        text = self._token.text
        self._next += 1
        return text

    def name(self, expected: str) -> str:
        """Take a name, or fail saying what was expected."""
        return self._take_kind("name", expected)

    def dotted(self, expected: str) -> str:
        """Take a name, or several joined by dots."""
        parts = [self.name(expected)]
        while self.accept("."):
            parts.append(self.name("a name after '.'"))
        return ".".join(parts)

    def string(self) -> str:
        """Take a string in double quotes, or fail."""
        text = self._take_kind("string", "a string in double quotes")
        try:
            found = str(json.loads(text))
            found.encode("utf-8")
        except ValueError as error:
            raise NotationError(f"a string with a bad escape: {text}", self.offset - len(text)) from error
        return found

    def word(self, expected: str) -> str:
        """Take a name, or several joined by dots, or any text in quotes; or fail."""
        return self.string() if self.at_kind("string") else self.dotted(expected)

    def number(self) -> int | float:
        """Take a number, or fail."""
        text = self._take_kind("number", "a number")
        if text.lstrip("-").isdigit():
            return int(text)
        if not math.isfinite(float(text)):
            raise NotationError(f"the number {text} is too large", self.offset - len(text))
        return float(text)

    def whole(self) -> int:
        """Take a whole number, or fail."""
        if not self.at_kind("number") or not self._token.text.lstrip("-").isdigit():
            raise self.fail("a whole number")
        return int(self._take_kind("number", "a whole number"))

    def small(self, most: int) -> int:
        """Take a whole number of which no greater ones make sense than `most`, or fail."""
        offset = self.offset
        number = self.whole()
        if abs(number) > most:
            raise NotationError(f"the number {number} is too large, expected at most {most:,}", offset)
        return number

    def end(self) -> None:
        """Fail unless everything was read."""
        if not self.at_kind("end"):
            raise self.fail("the end of the text")
