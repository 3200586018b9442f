"""Text of a spec in Markdown: in cells and code spans it can neither break the table nor become markup."""

from __future__ import annotations

__all__ = ["cell", "code"]


def cell(text: str) -> str:
    """Words for a table's cell: one line, with the cell's delimiter escaped."""
    return " ".join(text.split()).replace("|", "\\|")


def code(text: str) -> str:
    """A code span for a table's cell."""
    line = " ".join(text.split()).replace("|", "\\|")
    fence = "``" if "`" in line else "`"
    pad = " " if "`" in line else ""
    return f"{fence}{pad}{line}{pad}{fence}" if line else ""
