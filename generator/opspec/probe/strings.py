"""Names that an Enzyme may have, from the strings in its binary; the probe believes none of them without trying it."""

from __future__ import annotations

import mmap
import re
from collections.abc import Iterator
from pathlib import Path

from opspec.dataclass import dataclass

__all__ = ["Names", "names_in"]

_BEFORE_ATTRIBUTES = (b"Invalid attribute `", b"requires attribute '", b"expected key entry for ")
_WORD = re.compile(rb"\w{1,80}(?=[`']| in DictionaryAttr)")
_BEFORE_PARAMETERS = b"failed to parse "
_PARAMETER = re.compile(rb"\w{1,80} parameter '(\w{1,80})(?=')")
_OPERATION = re.compile(rb"[A-Za-z_][\w.$-]{0,80}(?=\x00)")


@dataclass(frozen=True, slots=True)
class Names:
    """Names found in a binary: attributes, e.g. `width`, and full names, e.g. `enzyme.autodiff`.

    `operations` are full names of anything: of attribute and type definitions too. `words` are what attributes may be
    called besides, `parameters` are names that parameters of definitions have.
    """

    operations: tuple[str, ...]
    attributes: tuple[str, ...]
    words: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()


def _behind(data: mmap.mmap, anchor: bytes, pattern: re.Pattern[bytes]) -> Iterator[bytes]:
    """What matches the pattern right behind each occurrence of the anchor."""
    position = data.find(anchor)
    while position >= 0:
        match = pattern.match(data, position + len(anchor))
        if match is not None:
            yield match[0]
        position = data.find(anchor, position + 1)


def names_in(library: Path, dialects: tuple[str, ...]) -> Names:
    """Strings of the library that look like operations of these dialects, or stand where MLIR names attributes."""
    operations: set[str] = set()
    attributes: set[str] = set()
    with library.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        for dialect in dialects:
            for found in _behind(data, f"{dialect}.".encode(), _OPERATION):
                # linkers keep a string that ends another one inside of it: `tensor.yield` in `sparse_tensor.yield`
                operations.add(f"{dialect}.{found.decode()}")
        for anchor in _BEFORE_ATTRIBUTES:
            attributes.update(found.decode() for found in _behind(data, anchor, _WORD))
        parameters = {found.rpartition(b"'")[2].decode() for found in _behind(data, _BEFORE_PARAMETERS, _PARAMETER)}
    return Names(tuple(sorted(operations)), tuple(sorted(attributes)), parameters=tuple(sorted(parameters)))
