"""Where things end in the text of MLIR's attributes and types: strings, brackets, lists, bodies of definitions."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

__all__ = ["body_of", "ends_of", "is_of", "split_list", "written"]

_BRACKETS = {"<": ">", "(": ")", "[": "]", "{": "}"}


def _quoted_end(text: str, start: int) -> int:
    """Where the string that opens at `start` ends."""
    end = start + 1
    while end < len(text) and text[end] != '"':
        end += 2 if text[end] == "\\" else 1
    return min(end + 1, len(text))


def ends_of(text: str, start: int, stops: tuple[str, ...]) -> Iterator[int]:
    """Each place from `start` on where one of `stops` stands outside brackets and strings; the end of the text last.

    A closing bracket that nothing opened ends the search: no value reaches beyond it.
    """
    depth: list[str] = []
    position = start
    while position < len(text):
        if not depth and any(text.startswith(stop, position) for stop in stops):
            yield position
        character = text[position]
        if text.startswith(("->", ">=", "<="), position):
            position += 2
            continue
        if character == '"':
            position = _quoted_end(text, position)
            continue
        if character in _BRACKETS:
            depth.append(_BRACKETS[character])
        elif depth and character == depth[-1]:
            depth.pop()
        elif not depth and character in _BRACKETS.values():
            return
        position += 1
    yield position


def split_list(text: str) -> Iterator[str]:
    """The parts of a list, without the commas between them."""
    position = 0
    while text.strip() and position <= len(text):
        end = next(ends_of(text, position, (",",)), len(text))
        yield text[position:end].strip()
        position = end + 1


def written(prefix: str, body: str) -> str:
    """An attribute or type: `#d.m<...>` where the body is in angle brackets, else `#d<m ...>`.

    `prefix` is sigil, dialect and mnemonic, e.g. `#enzyme.activity`. MLIR prints a mnemonic that starts with no letter
    (`2d`) or has other signs than `_` and `.` (`a-b`) inside the brackets too.
    """
    dialect, _, mnemonic = prefix.partition(".")
    is_plain = mnemonic[:1].isalpha() and re.fullmatch(r"[\w.]+", mnemonic, re.ASCII)
    if is_plain and (not body or (body[0] == "<" and body[-1] == ">")):
        return prefix + body
    return f"{dialect}<{mnemonic}{body}>"


def is_of(prefix: str) -> Callable[[str], bool]:
    """A test whether a text writes a type of a definition; `prefix` is how it begins, e.g. `!enzyme.Cache`."""
    dialect, _, mnemonic = prefix.partition(".")
    starts = (prefix, f"{dialect}<{mnemonic}", f'{dialect}<"{mnemonic}')

    def test(text: str) -> bool:
        return any(
            text.startswith(start) and not _goes_on(text, len(start))
            for start in starts
        )

    return test


def _goes_on(text: str, end: int) -> bool:
    """Whether the mnemonic that a text begins with is longer than the one looked for."""
    return text[end : end + 1].isalnum() or text[end : end + 1] in ("_", ".", "$")


def body_of(prefix: str, text: str) -> str | None:
    """What stands behind the mnemonic, in either form; None where the text is of another definition.

    The type behind an attribute (`#d.m<...> : i32`) is not part of the body.
    """
    dialect, _, mnemonic = prefix.partition(".")
    for start, end in ((prefix, ""), (f"{dialect}<{mnemonic}", ">")):
        if not text.startswith(start):
            continue
        body = text[len(start) :]
        if _goes_on(text, len(start)):
            continue
        stop = next(ends_of(body, 0, (end or " : ",)), len(body))
        if end and not body.startswith(end, stop):
            continue
        rest = body[stop + len(end) :]
        if not rest or rest.startswith(" : "):
            return body[:stop]
    return None
