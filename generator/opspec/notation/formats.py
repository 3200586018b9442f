"""Assembly formats of definitions in specs: are they of MLIR's language?"""

from __future__ import annotations

from collections.abc import Iterable

from opspec.notation.assembly_elements import FormatError, parameters_in, parse_elements
from opspec.notation.lexer import NotationError

__all__ = ["CUSTOM", "parameters_of", "parse_format"]

CUSTOM = "custom"
"""What stands for the format of a definition that C++ prints and parses."""


def parse_format(text: str, declared: Iterable[str] = ()) -> str:
    """The format as it is, of a definition with the parameters `declared`; raises `NotationError` where it is none."""
    if text != CUSTOM:
        try:
            parse_elements(text, declared)
        except FormatError as error:
            raise NotationError(f"the assembly format has {error.reason}", error.offset) from error
    return text


def parameters_of(text: str) -> tuple[str, ...]:
    """The parameters that a format names, each once; none where it is no format."""
    try:
        elements = parse_elements("" if text == CUSTOM else text)
    except FormatError:
        return ()
    return tuple(dict.fromkeys(parameters_in(elements)))
