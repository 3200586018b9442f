"""How Python code is laid out: so that black leaves it alone, and a new parameter is a new line."""

from __future__ import annotations

import json
import re
import textwrap
from collections.abc import Sequence

__all__ = ["WIDTH", "call", "py_docstring", "py_literal", "wrap_markdown"]

WIDTH = 88
_STRUCTURE = re.compile(r"\s*([-*+|>#]|\d+[.)]\s|```)")


def py_literal(value: object) -> str:
    """A Python literal, as black would write it; the only way for text of a spec into code."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=True).replace("\x7f", "\\x7f")
    if isinstance(value, tuple):
        inner = ", ".join(py_literal(item) for item in value)
        return f"({inner},)" if len(value) == 1 else f"({inner})"
    if isinstance(value, (bool, int, float, type(None))):
        return repr(value)
    raise TypeError(f"no literal for {type(value).__name__}")


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
        printable = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in line.replace("\\", "\\\\"))
        safe.append(printable.replace('"""', '\\"\\"\\"').rstrip())
    while safe and not safe[-1]:
        safe.pop()
    if not safe:
        safe = [""]
    if safe[-1].endswith('"'):
        safe[-1] = safe[-1][:-1] + '\\"'
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
