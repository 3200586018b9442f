"""Words in specs: summaries and descriptions, read from nodes and printed as YAML."""

from __future__ import annotations

from opspec.diagnostics import visible
from opspec.model.dialect import Doc
from opspec.spec.nodes import Node, text_of

__all__ = ["doc_of", "is_block"]


def doc_of(node: Node | None, before: Doc = Doc()) -> Doc:  # noqa: B008
    """The words at a node; where it has none, those `before`."""
    summary = " ".join(text_of(node, "summary").split())
    return Doc(summary or before.summary, text_of(node, "description") or before.description)


def is_block(text: str) -> bool:
    """Whether a text can stand in YAML line by line, with nothing in it that does not show."""
    lines = text.split("\n")
    return len(lines) > 1 and not text.startswith((" ", "\n")) and all(visible(line) == line for line in lines)
