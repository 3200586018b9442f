"""Names of a module that are looked up in others when they are used first, so that importing it stays light."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

__all__ = ["lazily"]

_PACKAGE = __name__.partition(".")[0]


def lazily(module: str, places: Mapping[str, str]) -> Callable[[str], Any]:
    """The `__getattr__` of a module: `places` says for each name in which module of the package it is."""

    def find(name: str) -> Any:
        place = places.get(name)
        if place is None:
            raise AttributeError(f"module {module!r} has no attribute {name!r}")
        found = getattr(import_module(f".{place}", _PACKAGE), name)
        setattr(sys.modules[module], name, found)
        return found

    return find
