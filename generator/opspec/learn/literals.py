"""Defaults as a binary prints them, as literals of the notation."""

from __future__ import annotations

import json
import re

from opspec.model.constraints import EnumCases, Literal, OpaqueLiteral
from opspec.notation.scanning import split_list

__all__ = ["read_default"]

_CASE = re.compile(r"#\w+[.<](?:[\w.]+)?[ <]([\w|, ]+)>+")


def read_default(text: str) -> Literal:
    """The literal that an attribute's text stands for; opaque where the notation has none for it."""
    bare = text.partition(" : ")[0].strip()
    if bare in ("true", "false"):
        return bare == "true"
    if re.fullmatch(r"-?\d+", bare):
        return int(bare)
    if re.fullmatch(r"-?\d+\.\d+(?:[eE][+-]?\d+)?", bare):
        return float(bare)
    if bare.startswith('"') and bare.endswith('"'):
        try:
            return str(json.loads(bare))
        except ValueError:
            return OpaqueLiteral(text)
    if match := _CASE.fullmatch(bare):
        return EnumCases(tuple(part.strip() for part in re.split(r"[|,]", match[1])))
    inner = re.fullmatch(r"\[(.*)\]|array<\w+(?:: (.*))?>", text, re.DOTALL)
    if inner is not None:
        parts = split_list(inner[1] if inner[1] is not None else inner[2] or "")
        return tuple(read_default(part) for part in parts if part.strip())
    return OpaqueLiteral(text)
