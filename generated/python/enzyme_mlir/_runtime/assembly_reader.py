"""Reading the text of an attribute or type by the elements of its assembly format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from .assembly_elements import Element, Group, Listing, Literal, Parameter, Space
from .scanning import ends_of, split_list

__all__ = ["Check", "Reader"]

Check: TypeAlias = Callable[[str, str], bool]
"""Whether a text can be the value of the parameter of that name."""

_Found: TypeAlias = dict[str, str]
_Matches: TypeAlias = Iterator[tuple[int, _Found]]
_Elements: TypeAlias = tuple[Element, ...]


def _first_tokens(elements: _Elements) -> Iterator[str]:
    """What can stand behind a value that these elements follow; a space for what has no literal of its own."""
    for index, element in enumerate(elements):
        if isinstance(element, Literal):
            yield element.text
        elif isinstance(element, Group):
            rest = elements[index + 1 :]
            yield from _first_tokens((*element.then, *rest))
            yield from _first_tokens((*element.otherwise, *rest))
        elif not isinstance(element, Space):
            yield " "
        else:
            continue
        return


def _is_word(character: str) -> bool:
    return character.isalnum() or character in ("_", "$", ".")


@dataclass(frozen=True)
class Reader:
    """Finds the ways in which a text is of a format; `strict` is MLIR's way, of which there is one at most.

    `optional` parameters may be missing, `lists` go on behind a comma.
    """

    text: str
    check: Check
    optional: tuple[str, ...]
    lists: tuple[str, ...]
    strict: bool

    def read(self, elements: _Elements) -> _Found | None:
        """The text of each parameter that is there; None where the text is not of this format."""
        for end, found in self._match(elements, 0, {}, ()):
            if not self.text[end:].strip():
                return found
        return None

    def _match(
        self, elements: _Elements, start: int, found: _Found, following: _Elements
    ) -> _Matches:
        """Where the elements can end that begin at `start`, with all parameters that are known there."""
        while start < len(self.text) and self.text[start].isspace():
            start += 1
        if not elements:
            yield start, found
            return
        first, rest = elements[0], elements[1:]
        behind = (*rest, *following)
        if isinstance(first, Space):
            yield from self._match(rest, start, found, following)
        elif isinstance(first, Literal):
            if self._stands(first.text, start):
                end = start + len(first.text)
                yield from self._match(rest, end, found, following)
        elif isinstance(first, Group):
            for end, values in self._group(first, start, behind):
                yield from self._match(rest, end, {**found, **values}, following)
        elif isinstance(first, (Parameter, Listing)):
            for end, values in self._values(first, start, behind):
                yield from self._match(rest, end, {**found, **values}, following)

    def _stands(self, literal: str, start: int) -> bool:
        end = start + len(literal)
        runs_on = _is_word(literal[-1]) and _is_word(self.text[end : end + 1] or " ")
        return self.text.startswith(literal, start) and not runs_on

    def _group(self, group: Group, start: int, behind: _Elements) -> _Matches:
        """Read a group; MLIR's parser takes the branch that its first element says, and stays with it."""
        taken, left = group.then, group.otherwise
        if group.inverted:
            taken, left = left, taken
        if self.strict:
            chosen = taken if self._begins(taken, start, behind) else left
            yield from self._match(chosen, start, {}, behind)
            return
        for end, values in self._match(taken, start, {}, behind):
            if any(name in values for name in group.anchors):
                yield end, values
        yield from self._match(left, start, {}, behind)

    def _begins(self, elements: _Elements, start: int, behind: _Elements) -> bool:
        while elements and isinstance(elements[0], Space):
            elements = elements[1:]
        first, rest = elements[0], elements[1:]
        if isinstance(first, Literal):
            return self._stands(first.text, start)
        found = self._match((first,), start, {}, (*rest, *behind))
        return next(found, None) is not None

    def _values(
        self, element: Parameter | Listing, start: int, behind: _Elements
    ) -> _Matches:
        """The parameters of an element, by where it can end."""
        is_listing = isinstance(element, Listing)
        names = tuple(item.name for item in element.items) if is_listing else (element.name,)  # type: ignore[union-attr]
        if not names:  # a list of the parameters of a definition that has none
            yield start, {}
            return
        for end in ends_of(self.text, start, tuple(_first_tokens(behind))):
            part = self.text[start:end].strip()
            items = tuple(split_list(part))
            if self.strict and self._goes_on(names[-1], part, end):
                continue
            if (
                self.strict
                and not is_listing
                and names[0] not in self.lists
                and len(items) > 1
            ):
                return
            parts = items if is_listing else (part,) if part else ()
            is_named = is_listing and element.named  # type: ignore[union-attr]
            read = self._named if is_named else self._in_order
            for values in read(names, parts):
                yield end, values
        if not self.strict and all(name in self.optional for name in names):
            yield start, {}

    def _goes_on(self, last: str, part: str, end: int) -> bool:
        """Whether MLIR's parser would not stop here: it wants a value, and takes a list as far as commas go."""
        return not part or (last in self.lists and self.text.startswith(",", end))

    def _in_order(
        self, names: tuple[str, ...], parts: tuple[str, ...]
    ) -> Iterator[_Found]:
        """Give the parts to the parameters one by one: several to a list, perhaps none to an optional one."""
        if not names:
            if not parts:
                yield {}
            return
        name, others = names[0], names[1:]
        is_list = name in self.lists
        counts = range(len(parts) if is_list else min(len(parts), 1), 0, -1)
        for count in (*counts, 0) if is_list and not self.strict else counts:
            value = ", ".join(parts[:count])
            if self.check(name, value):
                for more in self._in_order(others, parts[count:]):
                    yield {name: value, **more}
        if name in self.optional and not (self.strict and parts):
            yield from self._in_order(others, parts)

    def _named(
        self, names: tuple[str, ...], parts: tuple[str, ...]
    ) -> Iterator[_Found]:
        """Read `name = value` from the parts, in any order."""
        found: _Found = {}
        last = ""
        for part in parts:
            name, _, value = (piece.strip() for piece in part.partition("="))
            if value and name in names and name not in found:
                found[name], last = value, name
            elif last in self.lists and not self.strict:
                found[last] += f", {part}"
            else:
                return
        is_whole = all(name in found or name in self.optional for name in names)
        if is_whole and all(self.check(*item) for item in found.items()):
            yield found
