"""What a YAML scalar stands for: a truth value, a number, nothing, or text.

YAML's versions disagree about some plain scalars (`010` is eight or ten). None of them is guessed at.
"""

from __future__ import annotations

import re

from opspec.spec.nodes import Scalar

__all__ = ["WORDS_OF_TAGS", "ScalarError", "implicit_value", "tagged_value"]

WORDS_OF_TAGS = {
    "str": "text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "null": "null",
}
"""The tags that a spec may have, and what each says that a scalar is."""

_TRUE = frozenset("yes Yes YES true True TRUE on On ON".split())
_FALSE = frozenset("no No NO false False FALSE off Off OFF".split())
_NOTHING = frozenset(("~", "null", "Null", "NULL", ""))
_WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]*|0x[0-9a-fA-F]+|0b[01]+)\Z", re.ASCII)
_FLOAT = re.compile(r"[-+]?(?:[0-9]+\.[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?\Z", re.ASCII)
_INFINITE = re.compile(r"[-+]?\.(?:inf|Inf|INF)\Z|\.(?:nan|NaN|NAN)\Z")
_DISPUTED = re.compile(
    r"[-+]?(?:0[0-9_]+|0o[0-7_]+|[0-9][0-9_]*_[0-9_]*(?:\.[0-9_]*)?|0[xb][0-9a-fA-F_]*_[0-9a-fA-F_]*"
    r"|[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?|[0-9][0-9_]*\.[0-9_]*_[0-9_]*|[0-9]+[eE][-+]?[0-9]+)\Z",
    re.ASCII,
)
_LONGEST = 100


class ScalarError(Exception):
    """A scalar that stands for nothing certain; `code` and `hint` are those of the diagnostic."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code = code
        self.hint = hint


def _number(text: str) -> int | float | None:
    """The number that a text is, or None."""
    if not (_WHOLE.match(text) or _FLOAT.match(text)):
        return None
    if len(text) > _LONGEST:
        message = f"a number of {len(text)} characters, expected at most {_LONGEST}"
        raise ScalarError("yaml-number", message, "put it in quotes if it is text")
    if _FLOAT.match(text):
        return float(text)
    digits = text.lstrip("+-")
    base = {"0x": 16, "0b": 2}.get(digits[:2], 10)
    return int(text, base)


def implicit_value(text: str) -> Scalar:
    """What a scalar without quotes and tag stands for. Raises `ScalarError`."""
    if text in _NOTHING:
        return None
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    first = text[0]
    if not (first.isdigit() or first in "+-."):
        return text
    if _DISPUTED.match(text):
        message = f"'{text}' is a number to some readers of YAML and another one, or text, to others"
        raise ScalarError("yaml-number", message, "write a decimal number, or put it in quotes if it is text")
    if _INFINITE.match(text):
        raise ScalarError("yaml-number", f"'{text}' is no finite number", "put it in quotes if it is text")
    number = _number(text)
    if isinstance(number, float) and abs(number) == float("inf"):
        raise ScalarError("yaml-number", f"the number {text} is too large", "put it in quotes if it is text")
    return number if number is not None else text


def tagged_value(tag: str, text: str) -> Scalar:
    """What a scalar with one of the tags `WORDS_OF_TAGS` stands for. Raises `ScalarError` where it is none of these."""
    if tag == "str":
        return text
    value = implicit_value(text) if text else ("" if tag != "null" else None)
    kinds: dict[str, tuple[type, ...]] = {"int": (int,), "float": (int, float), "bool": (bool,), "null": (type(None),)}
    if not isinstance(value, kinds[tag]) or (isinstance(value, bool) and tag != "bool"):
        message = f"'{text}' is tagged as {WORDS_OF_TAGS[tag]} and is none"
        raise ScalarError("yaml-tag", message, "leave the tag out, or correct the value")
    return float(value) if tag == "float" and isinstance(value, int) else value
