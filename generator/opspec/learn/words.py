"""All words among the strings of a binary: what an attribute may be called that no complaint names."""

from __future__ import annotations

import mmap
import re
import struct
from collections.abc import Iterator
from pathlib import Path

__all__ = ["words_in"]

_STRING = re.compile(rb"[A-Za-z_][\w.]{1,60}(?=\x00)")
_WORD = re.compile(r"[a-z][A-Za-z0-9_]{1,40}")
_MAGIC = b"\x7fELF\x02\x01"


def words_in(path: Path) -> frozenset[str]:
    """The words among the constants of a library or program; none where it is no ELF file of 64 bits."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if data[: len(_MAGIC)] != _MAGIC:
            return frozenset()
        texts = {
            found.decode() for start, size in _constants(data) for found in _STRING.findall(data, start, start + size)
        }
    return frozenset(word for text in texts for word in _words(text))


def _constants(data: mmap.mmap) -> Iterator[tuple[int, int]]:
    """Where the constants stand: position and size of each section that holds some."""
    (table,) = struct.unpack_from("<Q", data, 0x28)
    size, count, names = struct.unpack_from("<HHH", data, 0x3A)
    headers = [struct.unpack_from("<IIQQQQ", data, table + index * size) for index in range(count)]
    for name, _, _, _, position, length in headers:
        start = headers[names][4] + name
        if data[start : start + 7] == b".rodata":
            yield position, length


def _words(text: str) -> Iterator[str]:
    """The string, and what it ends with: linkers keep a string that ends another one inside of it."""
    starts = [0, *(match.end() for match in re.finditer(r"[._]", text))]
    yield from (text[start:] for start in starts if _WORD.fullmatch(text, start))
