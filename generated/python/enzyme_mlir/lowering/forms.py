"""The form in which a reader of modules takes each kind of operation and attribute, found by trying and remembered.

Host and Enzyme come with MLIR of different days. An operation of the one may have a property that the other's lacks,
which is dropped without a word or refused; among the attributes it is kept. An attribute may be `#gpu<dim x>` to the
one and `#gpu.dim<x>` to the other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from .properties import (
    SEGMENTS,
    drop_entries,
    entries_at,
    entries_called,
    merge_properties,
    names_in,
    operations,
    properties,
)
from .sources import offset_of

__all__ = ["Forms", "Lost", "NotRead", "drops", "fit"]

T = TypeVar("T")
_ATTRIBUTE = re.compile(
    r"#([A-Za-z]\w*)(?:\.([A-Za-z_][\w$.-]*)<|<([A-Za-z_][\w$.-]*) )"
)
_PLACE = re.compile(r'"-":(\d+):(\d+)')
_BRACKET = re.compile(r'"(?:[^"\\]|\\.)*"|->|[<>]=|[<>]')
SPELLINGS = 16
"""Kinds of attributes that are respelled for one module at most."""


class NotRead(Exception):
    """A reader does not read a text; the words are its own, with places in that text."""

    def __init__(self, said: str, text: str) -> None:
        super().__init__(said)
        self.text = text
        """The text as the reader got it."""


class Lost(Exception):
    """A reader reads a text, and drops a property: the words say which."""


@dataclass(slots=True)
class Forms:
    """What is known of one reader."""

    merged: set[str] = field(default_factory=set)
    """The operations whose properties are written among their attributes."""
    kept: set[tuple[str, str]] = field(default_factory=set)
    """Properties of operations that are known to be kept."""
    respelled: set[str] = field(default_factory=set)
    """The attributes that are written the other way, as `gpu.dim`."""

    implied: set[tuple[str, str]] = field(default_factory=set)
    """Properties that are left out, because whoever wrote them has them without being told; with operations' names."""

    def write(self, text: str, is_known: Callable[[str], bool]) -> str:
        """A module in generic form, in the form for this reader."""
        if self.implied:
            text = drop_entries(text, self.implied)
        merged = merge_properties(
            text, lambda name: name in self.merged or not is_known(name)
        )
        return _respell(merged, self.respelled) if self.respelled else merged


@dataclass(slots=True)
class _Fitting(Generic[T]):
    """One module on its way into a reader."""

    text: str
    read: Callable[[str], T]
    show: Callable[[T], str]
    is_known: Callable[[str], bool]
    forms: Forms
    write_again: Callable[[str], str] | None
    new: dict[str, set[str]]
    """The properties by operation of which it is not known whether they are kept."""

    def attempt(self) -> T:
        return self.read(self.forms.write(self.text, self.is_known))

    def respelling(self) -> T:
        """Read, with attributes written the other way, or left out, that the reader falls on."""
        for _ in range(SPELLINGS):
            try:
                return self.attempt()
            except NotRead as error:
                if not self.turn(error) and not self.leave_out(error):
                    raise
        return self.attempt()

    def turn(self, error: NotRead) -> bool:
        """Write the attribute that the reader fell on the other way, if that is of use."""
        name = _attribute_at(error.text, str(error))
        if not name or name in self.forms.respelled:
            return False
        self.forms.respelled.add(name)
        try:
            self.attempt()
        except NotRead as other:
            if _attribute_at(other.text, str(other)) == name:  # neither way
                self.forms.respelled.discard(name)
                return False
        return True

    def leave_out(self, error: NotRead) -> bool:
        """Leave out the property that the reader fell on, if its writer has it without being told."""
        place = _PLACE.search(str(error))
        if place is None or self.write_again is None:
            return False
        offset = offset_of(error.text, int(place[1]), int(place[2]))
        return any(self.imply({each}) for each in entries_at(error.text, offset))

    def imply(self, entries: set[tuple[str, str]]) -> bool:
        """Leave properties out from now on, if their writer has them without being told."""
        if self.write_again is None or not entries or entries <= self.forms.implied:
            return False
        try:
            whole = self.write_again(self.text)
            without = self.write_again(drop_entries(self.text, entries))
        except NotRead:
            return False
        if whole != without:
            return False
        self.forms.implied.update(entries)
        self.text = drop_entries(self.text, entries)
        return True

    def merging(self) -> T:
        """Read, with the properties of as few operations as can be among their attributes."""
        try:
            return self.respelling()
        except NotRead as error:
            candidates = sorted(set(self.new) - self.forms.merged)
            if not candidates:
                raise
            self.forms.merged.update(candidates)
            try:
                self.respelling()
            except NotRead:
                self.forms.merged.difference_update(candidates)
                raise error from None
        for name in candidates:
            self.forms.merged.discard(name)
            try:
                self.attempt()
            except NotRead:
                self.forms.merged.add(name)
        return self.attempt()

    def lost(self, result: T) -> dict[str, str]:
        """The operations that do not come back with all their properties, each with one that is missing."""
        given, shown = _count(self.text, self.new), _count(self.show(result), self.new)
        return {
            name: entry
            for (name, entry, _), number in given.items()
            if shown[name, entry, 1] < number or shown[name, entry, 2]
        }

    def fit(self) -> T:
        result = self.merging()
        if not self.new:
            return result
        lost = self.lost(result)
        for name, entry in lost.items():
            self.imply(entries_called(self.text, name, entry))
        lost = self.lost(result) if lost else lost
        if lost:
            before = set(self.forms.merged)
            self.forms.merged ^= set(lost)
            try:
                result = self.respelling()
                still = self.lost(result)
            except NotRead:
                still = lost
            if still:
                self.forms.merged = before
                name, entry = min(still.items())
                raise Lost(f"{name}: its property {entry} would be lost")
        elif self.forms.implied:
            result = self.attempt()
        self.forms.kept.update(
            (name, entry) for name, entry, _ in _count(self.text, self.new)
        )
        return result


def fit(
    text: str,
    read: Callable[[str], T],
    show: Callable[[T], str],
    is_known: Callable[[str], bool],
    forms: Forms,
    is_sure: bool = False,
    write_again: Callable[[str], str] | None = None,
) -> T | None:
    """What a reader makes of a module, in a form that it reads and of which it drops nothing.

    Args:
        text: A module in MLIR's generic form.
        read: The reader; raises `NotRead`.
        show: What it has read, in generic form again.
        is_known: Whether the reader knows an operation, by its name.
        forms: What is known of the reader, and gets better known.
        is_sure: Whether to read nothing, and give None, where all is known that may be dropped.
        write_again: Reads and prints as the module's writer does; raises `NotRead`.

    Raises:
        NotRead: It reads none of the forms.
        Lost: It drops something in all of them.
    """
    new: dict[str, set[str]] = {}
    if forms.implied:
        text = drop_entries(text, forms.implied)
    if "<{" in text:
        for name, entries in {*properties(text)}:
            for entry in entries:
                is_new = entry not in SEGMENTS and (name, entry) not in forms.kept
                if is_new and is_known(name):
                    new.setdefault(name, set()).add(entry)
    if is_sure and not new:
        return None
    return _Fitting(
        text=text,
        read=read,
        show=show,
        is_known=is_known,
        forms=forms,
        write_again=write_again,
        new=new,
    ).fit()


def drops(text: str, shown: str, is_known: Callable[[str], bool], forms: Forms) -> bool:
    """Whether a reader that shows a text so has dropped a property of an operation that it knows."""
    wanted: dict[str, set[str]] = {}
    for name, entries in {*properties(text)}:
        if is_known(name):
            new = {each for each in entries if (name, each) not in forms.kept}
            wanted.setdefault(name, set()).update(new.difference(SEGMENTS))
    given, found = _count(text, wanted), _count(shown, wanted)
    return any(found[key] < number for key, number in given.items())


def _count(text: str, wanted: dict[str, set[str]]) -> Counter[tuple[str, str, int]]:
    """How many operations have a property or attribute, and under 2 how many have both of that name."""
    found: Counter[tuple[str, str, int]] = Counter()
    for each in operations(text):
        if each.name in wanted:
            properties = {*names_in(text, each.start, each.end)}
            attributes = {*names_in(text, each.attributes, each.type)}
            for name in wanted[each.name]:
                times = (name in properties) + (name in attributes)
                if times:
                    found[each.name, name, 1] += 1
                if times > 1:
                    found[each.name, name, 2] += 1
    return found


def _attribute_at(text: str, message: str) -> str:
    """The attribute that a message points into or at, as `gpu.dim`; empty where it points elsewhere."""
    place = _PLACE.search(message)
    if place is None:
        return ""
    offset = offset_of(text, int(place[1]), int(place[2]))
    line = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    every = list(_ATTRIBUTE.finditer(text, line, len(text) if end < 0 else end))
    for match in reversed([each for each in every if each.start() <= offset]):
        if offset <= _closing(text, match.start()) + 1:
            return f"{match[1]}.{match[2] or match[3]}"
    return ""


def _respell(text: str, names: set[str]) -> str:
    """The module with some attributes as `#gpu.dim<x>` where it has `#gpu<dim x>`, and the other way round."""
    parts: list[str] = []
    done = 0
    for match in _ATTRIBUTE.finditer(text):
        mnemonic = match[2] or match[3]
        if f"{match[1]}.{mnemonic}" not in names or match.start() < done:
            continue
        end = _closing(text, match.start())
        inner = text[match.end() : end - 1]
        other = (
            f"#{match[1]}<{mnemonic} {inner}>"
            if match[2]
            else f"#{match[1]}.{mnemonic}<{inner}>"
        )
        parts += [text[done : match.start()], other]
        done = end
    return "".join([*parts, text[done:]])


def _closing(text: str, start: int) -> int:
    """The place behind the `>` that closes the first `<` from a place on."""
    depth = 0
    for match in _BRACKET.finditer(text, start):
        if match[0] == "<":
            depth += 1
        elif match[0] == ">":
            depth -= 1
            if not depth:
                return match.end()
    return len(text)
