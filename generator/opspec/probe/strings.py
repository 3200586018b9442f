"""Names that an Enzyme may have, from the strings in its binary; the probe believes none of them without trying it."""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from pathlib import Path

from opspec.dataclass import dataclass

__all__ = ["Names", "names_in"]

_BEFORE_ATTRIBUTES = (b"Invalid attribute `", b"requires attribute '")
_WORD = re.compile(rb"\w{1,80}(?=[`'])")
_OPERATION = re.compile(rb"[A-Za-z_][\w.]{0,80}(?=\x00)")


@dataclass(frozen=True, slots=True)
class Names:
    """Names found in a binary: operations by full name, e.g. `enzyme.autodiff`, and attributes, e.g. `width`."""

    operations: tuple[str, ...]
    attributes: tuple[str, ...]


def _behind(data: mmap.mmap, anchor: bytes, pattern: re.Pattern[bytes]) -> Iterator[tuple[int, bytes]]:
    """What matches the pattern right behind each occurrence of the anchor, with the anchor's position."""
    position = data.find(anchor)
    while position >= 0:
        match = pattern.match(data, position + len(anchor))
        if match is not None:
            yield position, match[0]
        position = data.find(anchor, position + 1)


def names_in(library: Path, dialects: tuple[str, ...]) -> Names:
    """Strings of the library that look like operations of these dialects, or stand where MLIR names attributes."""
    operations: set[str] = set()
    attributes: set[str] = set()
    with library.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        for dialect in dialects:
            for position, found in _behind(data, f"{dialect}.".encode(), _OPERATION):
                if position == 0 or not (data[position - 1 : position].isalnum() or data[position - 1] in b"_."):
                    operations.add(f"{dialect}.{found.decode()}")
        for anchor in _BEFORE_ATTRIBUTES:
            attributes.update(found.decode() for _, found in _behind(data, anchor, _WORD))
    return Names(tuple(sorted(operations)), tuple(sorted(attributes)))
