"""Text of a spec in Markdown: it shows what it says, and becomes neither markup nor HTML nor a link to a script.

A summary is plain words with code in backquotes. Only a description is Markdown, without HTML.
"""

from __future__ import annotations

import html
import re

from opspec.diagnostics import visible

__all__ = ["FILTERS", "bare", "cell", "code", "fenced", "markdown", "plain", "words"]

_CODE = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)")
_MARKUP = re.compile(r"[\\`*\[\]<]|(?<!\w)_|_(?!\w)|&(?=#|\w+;)|\{(?=[:#.%{])")
_START = re.compile(r"(?:[#+=~:|>-]|\d+(?=[.)](?:\s|$)))")
_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
_TAG = re.compile(r"<(?=[A-Za-z/!?])(?!https?://[^\s<>]*>|mailto:[^\s<>]*>)")
_LINK = re.compile(r"\](\(|\s*\[|:)\s*<?([^\s)>]*)")
_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")
_HARMLESS = ("http", "https", "mailto")


def _escaped(match: re.Match[str]) -> str:
    found = match[0]
    if found in ("<", ">", "&", "{"):
        return {"<": "&lt;", ">": "&gt;", "&": "&amp;", "{": "&#123;"}[found]
    return f"{found}\\" if found.isdigit() else f"\\{found}"


def _plain(text: str, *, is_first: bool = False) -> str:
    """Words without code, with an escape before what Markdown would take for markup."""
    first = _START.match(text) if is_first else None
    if first is not None:
        return _escaped(first) + _MARKUP.sub(_escaped, text[first.end() :])
    return _MARKUP.sub(_escaped, text)


def words(text: str) -> str:
    """A line of words with code in backquotes; everything else in it is shown as it is written."""
    line = visible(" ".join(text.split()))
    parts: list[str] = []
    end = 0
    for match in _CODE.finditer(line):
        parts += [_plain(line[end : match.start()], is_first=not end), code(match[2].strip(), in_table=False)]
        end = match.end()
    return "".join([*parts, _plain(line[end:], is_first=not end)])


def cell(text: str) -> str:
    """Words for a table's cell: one line, with the cell's delimiter escaped."""
    return re.sub(r"(?<!\\)\|", r"\\|", words(text))


def code(text: str, *, in_table: bool = True) -> str:
    """A code span, by default for a table's cell."""
    line = visible(" ".join(text.split()))
    line = line.replace("|", "\\|") if in_table else line
    longest = max(map(len, re.findall("`+", line)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if longest else ""
    return f"{fence}{pad}{line}{pad}{fence}" if line else ""


def fenced(text: str, language: str = "text") -> str:
    """A block of code that nothing in it can end."""
    shown = "\n".join(visible(line) for line in text.split("\n"))
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", shown)), default=0))
    return f"{fence}{language}\n{shown}\n{fence}"


def _link(match: re.Match[str]) -> str:
    """A link as it is, or as text where what it opens is no page."""
    target = re.sub(r"[\x00-\x20\\]", "", html.unescape(html.unescape(match[2])))
    scheme = _SCHEME.match(target)
    if scheme is None or scheme[1].lower() in _HARMLESS or "[" in match[1]:
        return match[0]
    return f"\\{match[0]}"


def _line(line: str) -> str:
    """A line of Markdown without HTML and without links to scripts; code in it stays."""
    parts: list[str] = []
    end = 0
    for match in _CODE.finditer(line):
        parts += [_LINK.sub(_link, _TAG.sub("&lt;", line[end : match.start()])), match[0]]
        end = match.end()
    return "".join([*parts, _LINK.sub(_link, _TAG.sub("&lt;", line[end:]))])


def markdown(text: str) -> str:
    """A description: Markdown as it is, but HTML is shown and not obeyed, links open pages, and fences are closed."""
    lines: list[str] = []
    fence = ""
    for raw in text.splitlines():
        line = visible(raw.replace("\t", "    "))
        found = _FENCE.match(line)
        if fence:
            lines.append(line)
            if found is not None and found[1].startswith(fence) and not line[found.end() :].strip():
                fence = ""
        elif found is not None and not ("`" in found[1] and "`" in line[found.end() :]):
            fence = found[1]
            lines.append(_TAG.sub("&lt;", line))
        else:
            lines.append(_line(line))
    return "\n".join([*lines, fence] if fence else lines)


def plain(text: str) -> str:
    """A line that `words` or `cell` wrote, as people read it: without escapes, with code in backquotes."""
    parts: list[str] = []
    end = 0
    for match in _CODE.finditer(text):
        parts += [_unescaped(text[end : match.start()]), match[0].replace("\\|", "|")]
        end = match.end()
    return "".join([*parts, _unescaped(text[end:])])


def bare(text: str) -> str:
    """The same, without the backquotes where all of it is one piece of code."""
    match = _CODE.fullmatch(text)
    return match[2].strip().replace("\\|", "|") if match is not None else plain(text)


def _unescaped(text: str) -> str:
    return html.unescape(re.sub(r"\\([\W_])", r"\1", text))


FILTERS = {"cell": cell, "code": code, "fenced": fenced, "markdown": markdown, "words": words}
"""What templates put text of a spec through."""
