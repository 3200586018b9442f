"""Both signatures of an operation's function, with the words that changed marked."""

from __future__ import annotations

import difflib
import re

from opspec.dataclass import dataclass
from opspec.model.dialect import Dialect
from opspec.naming.policy import NamingPolicy
from opspec.pyview.context import context_of
from opspec.pyview.module import parameters_of
from opspec.pyview.operations import build_operation
from opspec.pyview.printer import for_readers
from opspec.pyview.printer import signature as shown
from opspec.pyview.rules import Rules

__all__ = ["Word", "marked", "signature"]

_WORDS = re.compile(r"\s+|[\w.]+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Word:
    """A piece of text, and whether the other side lacks it."""

    text: str
    is_changed: bool


def signature(dialect: Dialect, mnemonic: str, policy: NamingPolicy) -> str:
    """The signature of an operation's function, a parameter a line; empty where the dialect lacks the operation."""
    if all(operation.mnemonic != mnemonic for operation in dialect.operations):
        return ""
    context = context_of(dialect, dialect.operation(mnemonic), policy)
    python = build_operation(context, Rules(dialect, policy))
    told = [parameter for parameter in python.parameters if parameter.name not in ("loc", "ip", "verify")]
    return "\n".join(shown(str(python.function), parameters_of(told), python.returns, spell=for_readers))


def _pieces(text: str, is_changed: bool) -> list[Word]:
    """A text with the spaces around each line's words apart, since a mark on them says nothing."""
    if not is_changed:
        return [Word(text, False)] if text else []
    return [Word(piece, bool(piece.strip())) for piece in re.findall(r"\s*\n\s*|^\s+|\s+$|[^\n]*\S", text)]


def marked(old: str, new: str) -> tuple[tuple[Word, ...], tuple[Word, ...]]:
    """Both texts in words, with what the other side lacks marked."""
    first, second = _WORDS.findall(old), _WORDS.findall(new)
    matcher = difflib.SequenceMatcher(None, first, second, autojunk=False)
    sides: tuple[list[Word], list[Word]] = ([], [])
    for kind, a, b, c, d in matcher.get_opcodes():
        for words, side in ((first[a:b], sides[0]), (second[c:d], sides[1])):
            side += _pieces("".join(words), kind != "equal")
    return tuple(sides[0]), tuple(sides[1])
