"""Paragraphs of Markdown, wrapped as the other pages are."""

from __future__ import annotations

import textwrap

__all__ = ["paragraph"]


def paragraph(text: str) -> str:
    """A paragraph; words stay whole."""
    return textwrap.fill(text, 120, break_long_words=False, break_on_hyphens=False)
