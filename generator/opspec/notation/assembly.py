"""Assembly formats of attributes and types: literals in backquotes and `$parameters` in sequence.

The rule for spaces is MLIR's: none after an opening or before a closing bracket, none before a comma.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

__all__ = ["AssemblyFormat", "body_of", "is_plain", "split_list", "written"]

_ELEMENT = re.compile(r"`([^`]*)`|\$(\w+)|\s+")
_OPENING = "<({["
_CLOSING = ">)}],"
_BRACKETS = {"<": ">", "(": ")", "[": "]", "{": "}"}


def _quoted_end(text: str, start: int) -> int:
    """Where the string that opens at `start` ends."""
    end = start + 1
    while end < len(text) and text[end] != '"':
        end += 2 if text[end] == "\\" else 1
    return min(end + 1, len(text))


def _closing(text: str, start: int, stops: tuple[str, ...]) -> int:
    """The first of `stops` from `start` on that stands outside brackets and strings; the end where there is none."""
    depth: list[str] = []
    position = start
    while position < len(text):
        if text.startswith("->", position) and (depth or "->" not in stops):
            position += 2
            continue
        if not depth and any(text.startswith(stop, position) for stop in stops if stop):
            return position
        character = text[position]
        if character == '"':
            position = _quoted_end(text, position)
            continue
        if character in _BRACKETS:
            depth.append(_BRACKETS[character])
        elif depth and character == depth[-1]:
            depth.pop()
        position += 1
    return position


def split_list(text: str) -> Iterator[str]:
    """The parts of a list, without the commas between them."""
    position = 0
    while text.strip() and position <= len(text):
        end = _closing(text, position, (",",))
        yield text[position:end].strip()
        position = end + 1


def is_plain(text: str) -> bool:
    """Whether a format is made of literals and parameters alone, without directives or optional groups."""
    return not _ELEMENT.sub("", text).strip()


def written(prefix: str, body: str) -> str:
    """An attribute or type: `#d.m<...>` where the body has its brackets, else `#d<m ...>`.

    `prefix` is sigil, dialect and mnemonic, e.g. `#enzyme.activity`.
    """
    if not body or body.startswith("<"):
        return prefix + body
    dialect, _, mnemonic = prefix.partition(".")
    return f"{dialect}<{mnemonic}{body}>"


def body_of(prefix: str, text: str) -> str | None:
    """What stands behind the mnemonic, in either form; None where the text is of another definition."""
    dialect, _, mnemonic = prefix.partition(".")
    for start, end in ((prefix, ""), (f"{dialect}<{mnemonic}", ">")):
        if text.startswith(start) and text.endswith(end):
            body = text[len(start) : len(text) - len(end)]
            if not (body[:1].isalnum() or body[:1] in ("_", ".")):
                return body
    return None


class AssemblyFormat:
    """A parsed format; `print` and `parse` are each other's inverse."""

    def __init__(self, text: str) -> None:
        self._source = text
        self._elements: list[tuple[bool, str]] = []
        position = 0
        while position < len(text):
            match = _ELEMENT.match(text, position)
            if match is None:
                raise ValueError(
                    f"the assembly format {text!r} has a part that is neither literal nor parameter"
                )
            if match[1] is not None:
                self._elements.append((True, match[1].strip()))
            elif match[2] is not None:
                self._elements.append((False, match[2]))
            position = match.end()

    def __str__(self) -> str:
        """The format with its literals bare, for messages."""
        return self.print(
            {name: name for is_literal, name in self._elements if not is_literal}
        )

    def print(self, parameters: Mapping[str, str]) -> str:
        """The text for these parameters."""
        text = ""
        wants_space, after_punctuation = True, False
        for is_literal, element in self._elements:
            if not is_literal:
                text += " " if wants_space or not after_punctuation else ""
                text += parameters[element]
                wants_space, after_punctuation = True, False
                continue
            tight = _CLOSING if after_punctuation else _OPENING + _CLOSING
            if wants_space and (len(element) != 1 or element not in tight):
                text += " "
            text += element
            wants_space = len(element) != 1 or element not in _OPENING
            after_punctuation = bool(element) and not (
                element[0].isalpha() or element[0] == "_"
            )
        return text

    def parse(self, text: str) -> dict[str, str] | None:
        """The text of each parameter; None where `text` is not of this format."""
        found: dict[str, str] = {}
        position = 0
        for index, (is_literal, element) in enumerate(self._elements):
            while position < len(text) and text[position].isspace():
                position += 1
            if is_literal:
                if not text.startswith(element, position):
                    return None
                position += len(element)
                continue
            following = (
                self._elements[index + 1]
                if index + 1 < len(self._elements)
                else (True, "")
            )
            end = _closing(text, position, (following[1],) if following[0] else (" ",))
            found[element] = text[position:end].strip()
            position = end
        return found if not text[position:].strip() else None
