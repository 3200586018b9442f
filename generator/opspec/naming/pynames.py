"""Names in generated Python, as a type of their own: whoever holds one needs no check."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["PyName", "legal", "made_name"]

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*", re.ASCII)
_OTHER = re.compile(r"[^A-Za-z0-9_]", re.ASCII)


class PyName(str):
    """A legal Python name. Making one checks it from its first to its last character; `ValueError` for what is none."""

    __slots__ = ()

    def __new__(cls, text: str) -> PyName:
        """The text as a name; raises `ValueError`."""
        if _NAME.fullmatch(text) is None:
            raise ValueError(f"{text!r} is no Python name")
        return super().__new__(cls, text)


def legal(name: str) -> str:
    """A name that starts with a letter or underscore, with an underscore for whatever a name cannot hold."""
    name = _OTHER.sub("_", name)
    return f"_{name}" if not name or name[0].isdigit() else name


@lru_cache(maxsize=10_000)
def made_name(text: str) -> PyName:
    """The Python name that is nearest to a text."""
    return PyName(legal(text))
