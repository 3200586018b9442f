"""MLIR and words as HTML: escaped, and in colours that can be read on white and on black."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence

__all__ = ["COLOURS", "as_block", "as_table", "coloured"]

COLOURS = {
    "comment": "#7a7a7a",
    "operation": "#3f7fd0",
    "string": "#b0653f",
    "value": "#2f8a77",
    "symbol": "#a86a00",
    "type": "#a05fc4",
    "number": "#5f8a2f",
}
"""The colour of each kind of word."""

_WORDS = re.compile(
    r"""
      (?P<comment>   //[^\n]* )
    | (?P<operation> "[\w.$]+"(?=\() | \b[A-Za-z_][\w$]*\.[\w.$]*\w )
    | (?P<string>    "(?:[^"\\]|\\.)*" )
    | (?P<value>     [%^][\w$.-]+(?:\#\d+)? )
    | (?P<symbol>    @(?:[\w$.-]+|"(?:[^"\\]|\\.)*") )
    | (?P<type>      [!#][A-Za-z_][\w$.]*
                   | (?:(?<![\w.-])|(?<=[\d?]x))
                     (?:[su]?i\d+|b?f\d\w*|index|none|complex|memref|tensor|tuple|vector)\b )
    | (?P<number>    (?:\b|(?<=[\d?]x))(?:0x[0-9A-Fa-f]+|\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)(?=\b|x) )
    """,
    re.VERBOSE,
)

_BLOCK = "margin:0;white-space:pre;overflow-x:auto;background:none;color:inherit"
_CELL = "text-align:left;vertical-align:top"


def coloured(text: str) -> str:
    """A text of MLIR as HTML in a line: its words in their colours, everything escaped."""
    parts: list[str] = []
    end = 0
    for word in _WORDS.finditer(text):
        parts.append(html.escape(text[end : word.start()]))
        colour = COLOURS[str(word.lastgroup)]
        parts.append(f'<span style="color:{colour}">{html.escape(word.group())}</span>')
        end = word.end()
    return "".join([*parts, html.escape(text[end:])])


def as_block(text: str) -> str:
    """A text of MLIR as a block of HTML."""
    return f'<pre style="{_BLOCK}">{coloured(text)}</pre>'


def as_table(caption: str, titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in HTML, of texts that have words of MLIR in them."""
    head = "".join(f'<th style="{_CELL}">{html.escape(title)}</th>' for title in titles)
    body = "".join(
        "<tr>"
        + "".join(f'<td style="{_CELL}">{coloured(cell)}</td>' for cell in row)
        + "</tr>"
        for row in rows
    )
    return (
        f'<table><caption style="{_CELL}">{html.escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )
