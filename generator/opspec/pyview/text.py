"""How Python code is laid out: so that black leaves it alone, and a new parameter is a new line."""

from __future__ import annotations

import math
import re
import textwrap
from collections.abc import Sequence

from opspec.diagnostics import visible

__all__ = ["WIDTH", "annotated", "call", "of_cpp", "py_docstring", "py_literal", "sentence", "wrap_markdown"]

WIDTH = 88
_SHOWN = 100
"""The most characters of C++ that a docstring shows."""
_ESCAPES = {"\n": "\\n", "\t": "\\t", "\r": "\\r"}
_STRUCTURE = re.compile(r"\s*([-*+|>#]|\d+[.)]\s|```)")


def py_literal(value: object) -> str:
    """A Python literal, as black would write it; the only way for text of a spec into code."""
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, float) and not math.isfinite(value):
        raise ValueError(f"no literal for {value}")
    if isinstance(value, tuple):
        inner = ", ".join(py_literal(item) for item in value)
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    if isinstance(value, (bool, int, float, type(None))):
        return repr(value).replace("e+", "e")
    raise TypeError(f"no literal for {type(value).__name__}")


def sentence(*parts: str) -> str:
    """Parts joined to sentences, each with its full stop."""
    texts = [part.strip() for part in parts if part.strip()]
    return " ".join(text if text.endswith((".", ":", "!", "?")) else f"{text}." for text in texts)


def of_cpp(default: str) -> str:
    """What is said of a default that only C++ knows, of which this is the text."""
    shown = f": `{default}`" if default and "`" not in default and len(default) <= _SHOWN else ""
    return f"Left out, it has a default of C++'s own{shown}."


def _escaped(character: str) -> str:
    """A character by its number."""
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _string(text: str) -> str:
    """A string as black would write it: in double quotes, or in single ones where that saves backslashes."""
    written = []
    for character in text:
        if character == "\\":
            written.append("\\\\")
        elif character in _ESCAPES:
            written.append(_ESCAPES[character])
        elif " " <= character <= "~":
            written.append(character)
        else:
            written.append(_escaped(character))
    body = "".join(written)
    if '"' in text and "'" not in text:
        return f"'{body}'"
    return '"' + body.replace('"', '\\"') + '"'


def wrap_markdown(text: str, width: int) -> list[str]:
    """Paragraphs filled to `width`; lists, tables, quotes and code blocks as they are."""
    lines: list[str] = []
    fenced = False
    for block in text.strip().split("\n\n"):
        if lines:
            lines.append("")
        if fenced or "```" in block or any(_STRUCTURE.match(line) for line in block.splitlines()):
            lines += [line.rstrip() for line in block.splitlines()]
            fenced ^= block.count("```") % 2 == 1
        else:
            joined = " ".join(block.split())
            lines += textwrap.wrap(joined, width, break_long_words=False, break_on_hyphens=False)
    return lines


def py_docstring(lines: Sequence[str], indent: int) -> str:
    """A docstring of these lines, indented; text of a spec cannot end it or escape from it."""
    safe = []
    for line in lines:
        printable = visible(line.replace("\\", "\\\\"))
        safe.append(printable.replace('"""', '\\"\\"\\"').rstrip())
    while safe and not safe[-1]:
        safe.pop()
    if not safe:
        safe = [""]
    last = safe[-1]
    if last.endswith('"') and (len(last) - 1 - len(last[:-1].rstrip("\\"))) % 2 == 0:
        safe[-1] = last[:-1] + '\\"'
    safe[0] = safe[0].strip()
    pad = " " * indent
    if len(safe) == 1:
        return f'{pad}"""{safe[0]}"""'
    body = [f'{pad}"""{safe[0]}', *(f"{pad}{line}" if line else "" for line in safe[1:]), f'{pad}"""']
    return "\n".join(body)


def call(
    head: str, arguments: Sequence[str], indent: int, tail: str = "", close: str = ")", width: int = WIDTH
) -> list[str]:
    """`head(arguments)tail` on one line if it fits, else an argument a line with a trailing comma."""
    pad = " " * indent
    line = f"{pad}{head}{', '.join(arguments)}{close}{tail}"
    if len(line) <= width and not any("\n" in argument for argument in arguments):
        return [line]
    return [f"{pad}{head}", *(f"{pad}    {argument}," for argument in arguments), f"{pad}{close}{tail}"]


def _alternatives(annotation: str) -> list[str]:
    """The parts of a union, where `|` stands outside brackets."""
    parts, depth, start = [], 0, 0
    for index, character in enumerate(annotation):
        depth += (character in "[(") - (character in "])")
        if depth == 0 and annotation.startswith(" | ", index):
            parts.append(annotation[start:index])
            start = index + 3
    return [*parts, annotation[start:]]


def annotated(name: str, annotation: str, default: str, indent: int) -> list[str]:
    """A parameter of a signature on a line of its own; a long union in brackets, as black breaks it."""
    pad = " " * indent
    line = f"{pad}{name}: {annotation}{default},"
    parts = _alternatives(annotation)
    if len(line) <= WIDTH or len(parts) == 1:
        return [line]
    inner = f"{pad}    {annotation}"
    lines = [inner]
    if len(inner) > WIDTH:
        lines = [f"{pad}    {parts[0]}", *(f"{pad}    | {part}" for part in parts[1:])]
    return [f"{pad}{name}: (", *lines, f"{pad}){default},"]
