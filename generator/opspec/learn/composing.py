"""An assembly format composed of how one draft is printed, and of what changes where others differ from it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from difflib import SequenceMatcher
from itertools import islice, permutations, product

from opspec.dataclass import dataclass
from opspec.learn.formats import (
    Attribute,
    AttributeDictionary,
    Functional,
    Maybe,
    Piece,
    Types,
    Value,
    joined,
    literals,
    print_types,
)
from opspec.learn.printed import Printed
from opspec.model.constraints import (
    AnyConstraint,
    AttributeConstraint,
    AttributeKind,
    InterfaceConstraint,
    OpaqueConstraint,
)
from opspec.model.dialect import Operation

__all__ = ["MARK", "Composed", "Samples", "compose"]

MARK = "zz_probe"
"""An attribute that no operation knows: it shows where a format has the dictionary of attributes."""

_MOST_ORDERS = 720
_BRACKETS = {"[": "]", "<": ">"}


@dataclass(frozen=True, slots=True)
class Samples:
    """How a draft is printed, and how others are that differ from it: in types, in an attribute, with `MARK`.

    `attributes` and `fewer` are by name; in those of `fewer` an operand or result stands for nothing. `several` are
    others that a format has to fit.
    """

    base: Printed
    types: tuple[Printed, ...]
    attributes: Mapping[str, tuple[Printed, ...]]
    marked: Printed | None
    fewer: Mapping[str, Printed]
    several: tuple[Printed, ...] = ()

    def all(self) -> Iterator[Printed]:
        """Each of them."""
        yield from (self.base, *self.types, *self.fewer.values(), *self.several)
        yield from (one for each in self.attributes.values() for one in each)
        if self.marked is not None:
            yield self.marked


@dataclass(frozen=True, slots=True)
class Composed:
    """The pieces of a format, and the tokens for each value that an attribute has in the samples.

    `orders` are several where samples that differ in one thing do not show in which order some pieces stand.
    """

    orders: tuple[tuple[Piece, ...], ...]
    spelling: dict[tuple[str, str], tuple[str, ...]]


class _CannotTellError(Exception):
    """What is printed is not that of a declarative format, or does not show which."""


@dataclass(slots=True)
class _Composing:
    operation: Operation
    samples: Samples
    spans: dict[int, tuple[int, Piece]] = field(default_factory=dict)
    inserted: dict[int, list[Piece]] = field(default_factory=dict)
    spelling: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    used: set[str] = field(default_factory=set)

    @property
    def tokens(self) -> tuple[str, ...]:
        return self.samples.base.tokens

    def run(self) -> Composed:
        dictionary = self._dictionary()
        for name, printed in self.samples.attributes.items():
            if self.samples.base.draft.attribute(name) is None:
                self._optional(name, printed)
            elif (found := self._set(name, printed, dictionary)) is not None:
                self.spans[found[0]] = (found[1], Attribute(name))
        orders: list[tuple[Piece, ...]] = []
        for chosen in islice(product(*(permutations(each) for each in self.inserted.values())), _MOST_ORDERS):
            self.used.clear()
            inserted = dict(zip(self.inserted, chosen, strict=True))
            orders.append(tuple(self._optional_parts(list(self._scanned(inserted)))))
        return Composed(tuple(orders), self.spelling)

    def _dictionary(self) -> range:
        """Where the draft has the dictionary of attributes; empty where it has none."""
        marked = self.samples.marked
        if marked is None:
            return range(0)
        start, end, more = _change(self.tokens, marked.tokens)
        if start != end or MARK not in more:
            raise _CannotTellError
        if more[-1] == "}" and "{" in more:
            keyword = more[: more.index("{")]
            self.inserted.setdefault(start, []).append(AttributeDictionary(*keyword))
            return range(0)
        # there is a dictionary already: the brackets around what was added
        opened = max((i for i in range(start) if self.tokens[i] == "{"), default=None)
        closed = next((i for i in range(start, len(self.tokens)) if self.tokens[i] == "}"), None)
        if opened is None or closed is None:
            raise _CannotTellError
        keyword = self.tokens[opened - 1 : opened] if self.tokens[opened - 1 : opened] == ("attributes",) else ()
        opened -= len(keyword)
        self.spans[opened] = (closed + 1, AttributeDictionary(*keyword))
        return range(opened, closed + 1)

    def _set(self, name: str, printed: Sequence[Printed], dictionary: range) -> tuple[int, int] | None:
        """Where the value of an attribute stands that the draft sets; None where that is in the dictionary."""
        changes = [_change(self.tokens, each.tokens) for each in printed]
        changes = [change for change in changes if change[0] != change[1] or change[2]]
        text = self.samples.base.draft.attribute(name) or ""
        if changes:
            start, end = min(change[0] for change in changes), max(change[1] for change in changes)
        else:
            start, end = self._written(text)
        if start in dictionary:
            return None
        if start and _is_bracketed(self.tokens[start - 1 : end + 1], self.samples.base, name):
            start, end = start - 1, end + 1
        start, end = self._with_type(name, text, start, end)
        behind = len(self.tokens) - end
        self.spelling[name, text] = self.tokens[start:end]
        if self.tokens[start] == "[":
            self.spelling[name, "[]" if text.startswith("[") else f"{text.partition(':')[0].rstrip('>')}>"] = ("[", "]")
        for each in printed:
            self.spelling[name, each.draft.attribute(name) or ""] = each.tokens[start : len(each.tokens) - behind]
        return start, end

    def _written(self, text: str) -> tuple[int, int]:
        """Where an attribute's value stands as such, if it stands at one place alone: numbers and texts show it."""
        numbers = re.fullmatch(r"array<\w+: (.*)>", text)
        bare = f"[{numbers[1]}]" if numbers is not None else text.partition(" : ")[0]
        value = tuple(re.findall(r'"[^"]*"|@\w+|-?\d+|[\[\],]', bare))
        starts = [i for i in range(len(self.tokens)) if value and self.tokens[i : i + len(value)] == value]
        if len(starts) != 1 or all(literals((token,)) is not None for token in value):
            raise _CannotTellError
        return starts[0], starts[0] + len(value)

    def _with_type(self, name: str, text: str, start: int, end: int) -> tuple[int, int]:
        """The place of a value with its prefix and its type, which MLIR writes where they may be several."""
        if start and text.startswith(self.tokens[start - 1]):
            start -= 1
        constraint = next(each.attribute.constraint for each in self.operation.attributes if each.name == name)
        behind = self.tokens[end : end + 2]
        typed = InterfaceConstraint("TypedAttr")
        own = constraint == typed or (_may_be_several(constraint) and text.endswith(f" : {''.join(behind[1:])}"))
        return (start, end + 2) if own and behind[:1] == (":",) else (start, end)

    def _optional(self, name: str, printed: Sequence[Printed]) -> None:
        """Put in what is printed where an attribute is set that the draft does not set."""
        changes = [(each, _change(self.tokens, each.tokens)) for each in printed if each.tokens != self.tokens]
        if not changes:
            raise _CannotTellError
        if all(_is_dictionary(name, more) for _, (_, _, more) in changes):
            return
        start = changes[0][1][0]
        if any(first != start or first != last for _, (first, last, _) in changes):
            raise _CannotTellError
        texts = [more for _, (_, _, more) in changes]
        before = _common(texts)
        after = _common([tuple(reversed(text[before:])) for text in texts]) if len(texts) > 1 else 0
        is_unit = all(each.draft.attribute(name) in ("unit", "true") for each, _ in changes)
        if len(set(texts)) < 2 and not is_unit:
            raise _CannotTellError
        head, tail = literals(texts[0][:before]), literals(texts[0][len(texts[0]) - after :] if after else ())
        if head is None or tail is None:
            raise _CannotTellError
        if before and after and _is_bracketed(texts[0][before - 1 : len(texts[0]) - after + 1], printed[0], name):
            before, after = before - 1, after - 1
            head, tail = head[:-1], tail[1:]
        for (each, _), text in zip(changes, texts, strict=True):
            self.spelling[name, each.draft.attribute(name) or ""] = text[before : len(text) - after]
        self.inserted.setdefault(start, []).append(Maybe((*head, Attribute(name), *tail), name))

    def _scanned(self, inserted: Mapping[int, Sequence[Piece]]) -> Iterator[tuple[int, int, Piece]]:
        """The pieces, each with where it begins and ends in what is printed."""
        at = 0
        while at <= len(self.tokens):
            yield from ((at, at, piece) for piece in inserted.get(at, ()))
            if at == len(self.tokens):
                return
            if at in self.spans:
                end, piece = self.spans[at]
            else:
                end, piece = self._piece(at)
            yield at, end, piece
            at = end

    def _piece(self, at: int) -> tuple[int, Piece]:
        token = self.tokens[at]
        if token.startswith("$"):
            name, _, number = token[1:].partition(".")
            wanted = joined(tuple(f"${name}.{i}" for i in range(len(self.samples.base.types[name])))) if number else ()
            if number and self.tokens[at : at + len(wanted)] != wanted:
                raise _CannotTellError
            return at + max(len(wanted), 1), Value(name)
        for piece in self._typed(at):
            size = len(print_types(piece, self.samples.base))
            if size and self._is_everywhere(piece, at, size):
                self.used.update(piece.operands if isinstance(piece, Functional) else (piece.name,))
                return at + size, piece
        found = literals((token,))
        if found is None or token in {one for each in self.samples.base.types.values() for one in each}:
            raise _CannotTellError
        return at + 1, found[0]

    def _typed(self, at: int) -> Iterator[Functional | Types]:
        """What may be written of types at a place, the likeliest first: of alike ones those not written yet."""
        operands = tuple(each.name for each in self.operation.operands)
        results = tuple(each.name for each in self.operation.results)
        if self.tokens[at] == "(":
            yield Functional(operands, results, whole=True)
            yield from (Functional((name,), results, whole=len(operands) == 1) for name in operands)
        texts = {text for each in self.samples.base.types.values() for text in each}
        is_only = sum(token in texts for token in self.tokens) == 1
        names = (*results, *operands) if is_only else (*operands, *results)
        several = sorted(names, key=lambda name: (name in self.used, -len(self.samples.base.types[name])))
        yield from map(Types, several)

    def _is_everywhere(self, piece: Functional | Types, at: int, size: int) -> bool:
        """Whether each sample that is as long has the same there."""
        alike = [each for each in (self.samples.base, *self.samples.types) if len(each.tokens) == len(self.tokens)]
        return all(each.tokens[at : at + size] == print_types(piece, each) for each in alike)

    def _optional_parts(self, placed: list[tuple[int, int, Piece]]) -> list[Piece]:
        """The pieces, those in groups that are not printed where an operand or result stands for nothing."""
        for name, printed in self.samples.fewer.items():
            blocks = SequenceMatcher(None, self.tokens, printed.tokens, autojunk=False).get_opcodes()
            if any(kind in ("insert", "replace") for kind, *_ in blocks):
                raise _CannotTellError
            for _, start, end, *_ in (block for block in blocks if block[0] == "delete"):
                placed = _grouped(placed, start, end, name)
        return [piece for _, _, piece in placed]


def _may_be_several(constraint: AttributeConstraint) -> bool:
    """Whether values of a constraint have types of several kinds, so that each is written with its own."""
    return isinstance(constraint, (AnyConstraint, OpaqueConstraint, InterfaceConstraint)) or constraint in (
        AttributeKind.INTEGER,
        AttributeKind.FLOAT,
        AttributeKind.ELEMENTS,
    )


def _is_bracketed(tokens: Sequence[str], printed: Printed, name: str) -> bool:
    """Whether brackets around an attribute's value are its own."""
    if _BRACKETS.get(tokens[0]) != tokens[-1]:
        return False
    text = (printed.draft.attribute(name) or "").replace(" ", "")
    is_list = tokens[0] == "[" and (text.startswith("array<") or text == "[]")
    return "".join(tokens) in text or is_list or (tokens[0] == "<" and text.startswith("dense<"))


def _grouped(placed: list[tuple[int, int, Piece]], start: int, end: int, name: str) -> list[tuple[int, int, Piece]]:
    """The pieces, those from `start` to `end` in a group, unless they print nothing by themselves."""
    inside = [each for each in placed if start <= each[0] < each[1] <= end]
    if all(isinstance(piece, (Value, Types)) for _, _, piece in inside):
        return placed
    if not any(isinstance(piece, (Value, Types)) and piece.name == name for _, _, piece in inside):
        raise _CannotTellError
    first = placed.index(inside[0])
    group = Maybe(tuple(piece for _, _, piece in inside), name)
    return [*placed[:first], (start, end, group), *placed[first + len(inside) :]]


def _change(base: Sequence[str], other: Sequence[str]) -> tuple[int, int, tuple[str, ...]]:
    """From where to where the tokens differ, and what the other has there."""
    start = _common((base, other))
    most = min(len(base), len(other)) - start
    end = min(_common((base[::-1], other[::-1])), most)
    return start, len(base) - end, tuple(other[start : len(other) - end])


def _common(texts: Sequence[Sequence[str]]) -> int:
    """How many tokens all begin with."""
    count = 0
    for column in zip(*texts, strict=False):
        if len(set(column)) > 1:
            break
        count += 1
    return count


def _is_dictionary(name: str, more: Sequence[str]) -> bool:
    """Whether what was added stands in the dictionary of attributes."""
    return name in more and ("{" in more or "," in more) and (more[-1] == "}" or "=" in more or "," in more)


def compose(operation: Operation, samples: Samples) -> Composed | None:
    """The format that the samples show; None where they do not show one."""
    try:
        return _Composing(operation, samples).run()
    except _CannotTellError:
        return None
