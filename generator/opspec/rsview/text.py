"""Spec text in Rust: as string literals and as doc comments. No other way leads from a spec into code."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator

from opspec.diagnostics import visible

__all__ = ["article", "doc_lines", "docs", "rs_literal"]

_COLUMNS = 80
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_FENCE = re.compile(r"^ *(```+|~~~+) *(.*)$")
_MARKER = re.compile(r"^( *)([-*+]|[0-9]+[.)]) +")
_LINK = re.compile(r"\[([^\]]*)\](?![(\[:])")


def rs_literal(text: str) -> str:
    """The text as a string literal."""
    shown = (_ESCAPES.get(c) or (c if c.isascii() and c.isprintable() else f"\\u{{{ord(c):x}}}") for c in text)
    return f'"{"".join(shown)}"'


def article(name: str) -> str:
    """The article in front of a name."""
    return "an" if name[:1].lower() in tuple("aeiou") else "a"


def docs(summary: str, description: str = "", *more: str) -> tuple[str, ...]:
    """A line about something, and paragraphs behind it; what is empty is left out."""
    head = summary.strip().rstrip(".")
    head = f"{head[:1].upper()}{head[1:]}." if head else ""
    return tuple(part for part in (head, description.strip(), *more) if part)


def _paragraph(text: str) -> Iterator[str]:
    """The lines of Markdown: code stays as it is, and is marked as something other than Rust; the rest is filled."""
    fence = ""
    flowing: list[str] = []
    for line in text.splitlines():
        shown = visible(line).rstrip()
        match = _FENCE.match(shown)
        if match or fence or not shown.strip() or _MARKER.match(shown):
            yield from _filled(flowing)
            flowing = []
        if match and not fence:
            fence = match[1]
            yield f"{fence}{match[2] or 'text'}"
        elif match and shown.strip().startswith(fence):
            fence = ""
            yield match[1]
        elif fence:
            yield shown
        elif shown.strip():
            flowing.append(_LINK.sub(r"\\[\1\\]", shown if _MARKER.match(shown) else shown.strip()))
        else:
            yield ""
    yield from _filled(flowing)
    if fence:
        yield fence


def _filled(lines: list[str]) -> list[str]:
    """A paragraph, or an item of a list, in lines of the usual width."""
    if not lines:
        return []
    marker = _MARKER.match(lines[0])
    found = textwrap.wrap(
        " ".join(lines),
        _COLUMNS - 8,
        subsequent_indent=" " * len(marker[0]) if marker else "",
        break_long_words=False,
        break_on_hyphens=False,
    )
    for number, line in enumerate(found[1:], 1):
        if _MARKER.match(line):  # `amount + 1` is no list
            sign, _, rest = line.strip().partition(" ")
            found[number - 1] += f" {sign}"
            found[number] = line[: len(line) - len(line.lstrip())] + rest
    return found


def doc_lines(parts: Iterable[str], indent: int = 0, mark: str = "///") -> Iterator[str]:
    """The lines of a doc comment, a paragraph for each part."""
    pad = " " * indent
    for number, part in enumerate(parts):
        if number:
            yield f"{pad}{mark}"
        for line in _paragraph(part):
            yield f"{pad}{mark} {line}".rstrip()
