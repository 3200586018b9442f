"""String and character literals: what they are written as, to the bytes they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable

from opspec.tablegen.cpp.errors import NotConstant

__all__ = ["read_character", "read_strings"]

_STRING = re.compile(r'(u8|[uUL])?"(.*)"(\w*)', re.DOTALL)
_RAW = re.compile(r'(u8|[uUL])?R"([^()\\\s]{0,16})\((.*)\)\2"(\w*)', re.DOTALL)
_CHARACTER = re.compile(r"(u8|[uUL])?'(.*)'(\w*)", re.DOTALL)
_ESCAPE = re.compile(
    r"""\\(?: (?P<simple>['"?\\abfnrtv]) | (?P<splice>\n)
      | (?P<octal>[0-7]{1,3}) | o\{(?P<octals>[0-7]+)\}
      | x(?P<hex>[0-9A-Fa-f]+) | x\{(?P<hexes>[0-9A-Fa-f]+)\}
      | u(?P<short>[0-9A-Fa-f]{4}) | u\{(?P<code>[0-9A-Fa-f]+)\} | U(?P<long>[0-9A-Fa-f]{8})
      | (?P<other>.) )""",
    re.VERBOSE | re.DOTALL,
)
_SIMPLE = {"a": 7, "b": 8, "f": 12, "n": 10, "r": 13, "t": 9, "v": 11}
_NARROW = (None, "u8")
_LITERALS = ("", "s", "sv")
"""Suffixes behind which a string still is that string."""


def _byte(number: int, written: str) -> bytes:
    if number > 0xFF:
        raise NotConstant(f"{written} is no byte")
    return bytes([number])


def _code(number: int, written: str) -> bytes:
    if number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
        raise NotConstant(f"{written} is no character")
    return chr(number).encode()


def _escaped(match: re.Match[str]) -> bytes:
    written = match.group()
    digits = {name: text for name, text in match.groupdict().items() if text is not None}
    match digits:
        case {"simple": letter}:
            return bytes([_SIMPLE.get(letter, ord(letter))])
        case {"splice": _}:
            return b""
        case {"octal": text} | {"octals": text}:
            return _byte(int(text, 8), written)
        case {"hex": text} | {"hexes": text}:
            return _byte(int(text, 16), written)
        case {"short": text} | {"long": text} | {"code": text}:
            return _code(int(text, 16), written)
        case _:
            raise NotConstant(f"{written} is no escape of C++")


def _bytes(body: str) -> bytes:
    """What stands between quotes, with its escapes replaced."""
    found, offset = [], 0
    for match in _ESCAPE.finditer(body):
        found += [body[offset : match.start()].encode("utf-8", "surrogatepass"), _escaped(match)]
        offset = match.end()
    return b"".join([*found, body[offset:].encode("utf-8", "surrogatepass")])


def read_strings(literals: Iterable[str]) -> bytes:
    """The bytes of string literals that stand side by side.

    Raises `NotConstant` for wide strings, literals that a program defines, and escapes that C++ has not.
    """
    found = []
    for written in literals:
        raw = _RAW.fullmatch(written)
        match = raw or _STRING.fullmatch(written)
        if match is None or match[1] not in _NARROW or match[match.lastindex or 0] not in _LITERALS:
            raise NotConstant(f"{written} is no string of plain characters")
        found.append(match[3].encode("utf-8", "surrogatepass") if raw else _bytes(match[2]))
    return b"".join(found)


def read_character(written: str) -> tuple[str, int]:
    """The prefix and the number of a character literal, e.g. `L'a'`.

    Raises `NotConstant` where its number depends on the compiler, as that of 'ab' does.
    """
    match = _CHARACTER.fullmatch(written)
    if match is None or match[3]:
        raise NotConstant(f"{written} is no character")
    prefix = match[1] or ""
    try:
        text = _bytes(match[2]).decode()
    except UnicodeDecodeError as error:
        raise NotConstant(f"the number of {written} depends on the compiler") from error
    if len(text) != 1 or (prefix in ("", "u8") and ord(text) > 0x7F) or (prefix == "u" and ord(text) > 0xFFFF):
        raise NotConstant(f"the number of {written} depends on the compiler")
    return prefix, ord(text)
