"""Text in the annotations of GitHub: nothing in it begins a command of its own."""

from __future__ import annotations

import re

from opspec.diagnostics import visible

__all__ = ["message", "parameter"]


def message(text: str) -> str:
    """The text of an annotation."""
    shown = "".join(part if part in "\r\n" else visible(part) for part in re.split("([\r\n])", text))
    return shown.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def parameter(text: str) -> str:
    """The value of a parameter of an annotation."""
    return message(text).replace(":", "%3A").replace(",", "%2C")
