"""Signatures of functions and constructors, one parameter a line."""

from __future__ import annotations

from collections.abc import Sequence

from opspec.pyview.layout import annotated
from opspec.pyview.module import PyParameter

__all__ = ["signature_lines"]


def signature_lines(
    head: str, parameters: Sequence[PyParameter], returns: str, indent: int, first: str = "", body: str = ""
) -> list[str]:
    """The lines of `head(parameters) -> returns:`; with `first` (`self`) it is a constructor's.

    `body` stands behind the colon, for what has no other body.
    """
    pad = " " * indent
    lines = [f"{pad}{head}("]
    if first:
        lines.append(f"{pad}    {first},")
    starred = False
    for parameter in parameters:
        if parameter.keyword_only and not starred:
            lines.append(f"{pad}    *,")
            starred = True
        default = f" = {parameter.default}" if parameter.default is not None else ""
        name = parameter.init_name if first else parameter.name
        lines += annotated(name, parameter.annotation, default, indent + 4)
    lines.append(f"{pad}) -> {returns}:{body and f' {body}'}")
    return lines
