"""Strings and symbol names as MLIR writes them."""

from __future__ import annotations

import re

__all__ = ["quote", "symbol_text", "unquote"]

_BARE = re.compile(r"[A-Za-z_][A-Za-z0-9_$.]*")
_ESCAPE = re.compile(r"\\(\\|\"|n|t|[0-9A-Fa-f]{2})")
_NAMED = {"\\": b"\\", '"': b'"', "n": b"\n", "t": b"\t"}


def quote(text: str) -> str:
    """The string in double quotes; what is not printable ASCII as two hexadecimal digits."""
    written: list[str] = []
    for byte in text.encode("utf-8"):
        if byte == 0x5C:
            written.append("\\\\")
        elif 0x20 <= byte < 0x7F and byte != 0x22:
            written.append(chr(byte))
        else:
            written.append(f"\\{byte:02X}")
    return f'"{"".join(written)}"'


def unquote(text: str) -> str:
    """The string that a text in double quotes means; raises `ValueError` where it is none."""
    if len(text) < 2 or text[0] != '"' or text[-1] != '"':
        raise ValueError(f"{text!r} is not a string in double quotes")
    read = bytearray()
    position = 1
    while position < len(text) - 1:
        match = _ESCAPE.match(text, position, len(text) - 1)
        if match is None:
            read += text[position].encode("utf-8")
            position += 1
            continue
        found = match[1]
        read += _NAMED[found] if found in _NAMED else bytes([int(found, 16)])
        position = match.end()
    return read.decode("utf-8", errors="replace")


def symbol_text(name: str) -> str:
    """A symbol with its `@`, in quotes where MLIR needs them."""
    return f"@{name}" if _BARE.fullmatch(name) else f"@{quote(name)}"
