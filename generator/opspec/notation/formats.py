"""Assembly formats of definitions in specs: are they of MLIR's language?"""

from __future__ import annotations

from opspec.notation.assembly_elements import FormatError, parse_elements
from opspec.notation.lexer import NotationError

__all__ = ["CUSTOM", "parse_format"]

CUSTOM = "custom"
"""What stands for the format of a definition that C++ prints and parses."""


def parse_format(text: str) -> str:
    """The format as it is; raises `NotationError` where it is none."""
    if text != CUSTOM:
        try:
            parse_elements(text)
        except FormatError as error:
            raise NotationError(f"the assembly format has {error.reason}", error.offset) from error
    return text
