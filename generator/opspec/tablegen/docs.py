"""Summaries and descriptions that the author of a .td file wrote."""

from __future__ import annotations

import textwrap

from opspec.model.dialect import Doc
from opspec.tablegen.records import Record

__all__ = ["read_doc"]


def read_doc(record: Record) -> Doc:
    """What a record says of itself: a line without its full stop, and Markdown without its indentation."""
    summary = " ".join(record.raw_text("summary").split()).removesuffix(".")
    lines = textwrap.dedent(record.raw_text("description").expandtabs()).strip().splitlines()
    return Doc(summary, "\n".join(line.rstrip() for line in lines))
