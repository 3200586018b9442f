"""Conventions: how the names of a dialect become Python's, as data.

A convention says for each kind of name what it is made from, what is stripped, how it is split into words and how they
are joined again. `naming/rules.py` applies it. The built-in ones are here, a project has its own in `bindings.yaml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from enum import Enum

from opspec.dataclass import dataclass
from opspec.naming.vocabulary import WORDS, segment
from opspec.naming.words import Case, join_words, split_words

__all__ = ["BUILT_IN", "CONVENTIONS", "MNEMONIC", "UPSTREAM", "Convention", "Source", "Style", "convention_named"]

_OTHER = re.compile("[^A-Za-z0-9]")


class Source(Enum):
    """What the function of an operation is called after."""

    MNEMONIC = "mnemonic"
    DEFINITION = "definition"


@dataclass(frozen=True, slots=True)
class Style:
    """How names of one kind are made.

    `split` also looks for words inside a word (`fwddiff` -> fwd, diff), `digits` makes numbers words of their own. The
    first of `strip_prefixes` and `strip_suffixes` that fits goes, unless nothing would be left; `prefix` and `suffix`
    are put on afterwards.
    """

    case: Case = Case.SNAKE
    split: bool = False
    digits: bool = False
    strip_prefixes: tuple[str, ...] = ()
    strip_suffixes: tuple[str, ...] = ()
    prefix: str = ""
    suffix: str = ""

    def stripped(self, name: str) -> str:
        """The name without the affixes that this style takes away."""
        for affix in self.strip_prefixes:
            if name.startswith(affix) and name != affix:
                name = name.removeprefix(affix)
                break
        for affix in self.strip_suffixes:
            if name.endswith(affix) and name != affix:
                return name.removesuffix(affix)
        return name


@dataclass(frozen=True, slots=True)
class Convention:
    """A naming convention.

    `words` and `splits` (such as `fwddiff` into `fwd_diff`) add to what splitting knows. `escape` is the pattern of a
    name that is taken; `{}` stands for the name. `shared_prefix` says that enum cases lose a prefix which all have.
    """

    name: str
    source: Source = Source.MNEMONIC
    functions: Style = Style()
    classes: Style = Style(Case.KEPT)
    parameters: Style = Style()
    enum_cases: Style = Style(Case.UPPER)
    words: tuple[str, ...] = ()
    splits: tuple[tuple[str, str], ...] = ()
    escape: str = "{}_"
    shared_prefix: bool = True

    def with_words(self, words: Iterable[str], splits: Iterable[tuple[str, str]]) -> Convention:
        """The same convention, knowing further words; later splits win."""
        return replace(self, words=(*self.words, *words), splits=(*self.splits, *splits))

    def styled(self, name: str, style: Style, evidence: tuple[str, ...] = ()) -> str:
        """The name in a style, before anything is escaped; `evidence` are words that it may be made of."""
        given = style.stripped(name)
        if style.case is Case.KEPT and not style.split:
            text = _OTHER.sub("_", given)
        else:
            words = split_words(given, digits=style.digits)
            if style.split:
                words = tuple(part for word in words for part in self._segmented(word, evidence))
            is_private = given.startswith("_") and style.case is not Case.UPPER
            text = ("_" if is_private else "") + join_words(words, style.case)
        return f"{style.prefix}{text}{style.suffix}" if text.strip("_") else text

    def _segmented(self, word: str, evidence: tuple[str, ...]) -> tuple[str, ...]:
        for given, split in reversed(self.splits):
            if given.lower() == word.lower():
                return tuple(split.split("_"))
        return segment(word, evidence, WORDS.union(self.words))

    def function(self, mnemonic: str, class_name: str) -> str:
        """The function of an operation, before anything is escaped."""
        without_op = class_name.removesuffix("Op") or class_name
        given = mnemonic if self.source is Source.MNEMONIC else without_op
        return self.styled(given, self.functions, split_words(without_op))


_WITHOUT_OP = Style(Case.KEPT, strip_suffixes=("Op",), suffix="Operation")

BUILT_IN = (
    Convention("mnemonic"),
    Convention("snake", functions=Style(split=True)),
    Convention("definition", source=Source.DEFINITION),
    Convention("upstream", functions=Style(Case.KEPT), parameters=Style(Case.KEPT), enum_cases=Style(Case.KEPT)),
    Convention("rust", functions=Style(digits=True), classes=_WITHOUT_OP, parameters=Style(digits=True)),
)
"""`mnemonic`: as in the IR, in snake case. `snake`: with words inside words split. `definition`: after the class.
`upstream`: as mlir-tblgen does. `rust`: as melior does."""

MNEMONIC, _, _, UPSTREAM, _ = BUILT_IN

CONVENTIONS = tuple(convention.name for convention in BUILT_IN)


def convention_named(name: str, own: Iterable[Convention] = ()) -> Convention | None:
    """The convention of that name, a project's own or a built-in one; None where there is none."""
    return next((convention for convention in (*own, *BUILT_IN) if convention.name == name), None)
