"""The story of dialects: what each version added, changed and removed.

Versions are read (`versions`), neighbours compared, and each change told of the thing it belongs to (`story`); formats
are made of those facts (`facts`) alone.
"""

from __future__ import annotations

from importlib import import_module
from typing import cast

from opspec.history.facts import History

__all__ = ["FORMATS", "render"]

FORMATS = ("text", "json", "markdown", "html", "svg")


def render(history: History, style: str) -> str:
    """The history in one of `FORMATS`; each is loaded when it is asked for."""
    return cast("str", getattr(import_module(f"opspec.history.{style}"), f"render_{style}")(history))
