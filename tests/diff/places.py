"""Places in a dialect where a single edit fits: an entry of a section, and the dialect with others instead."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, TypeVar

from opspec.diff.sections import (
    ATTRIBUTE,
    ATTRIBUTE_DEFINITION,
    CASE,
    CONSTRAINT,
    ENUM,
    OPERAND,
    OPERATION,
    PARAMETER,
    REGION,
    RESULT,
    SUCCESSOR,
    TYPE_DEFINITION,
    Section,
)
from opspec.model.constraints import AllTypesMatch, TypesMatchWith
from opspec.model.definitions import is_opaque
from opspec.model.dialect import Definition, Dialect, NamedAttribute, NamedValue, Operation
from opspec.naming.policy import policy_of
from opspec.pyview.inference import infer_results

_T = TypeVar("_T")
Edits = Callable[[Dialect], Iterator[Dialect]]
"""A dialect to all ways in which one edit fits it."""

FIELDS = {
    OPERATION: ((), "operations"),
    ENUM: ((), "enums"),
    ATTRIBUTE_DEFINITION: ((), "attributes"),
    TYPE_DEFINITION: ((), "types"),
    CONSTRAINT: ((), "constraints"),
    OPERAND: (("operations",), "arguments"),
    ATTRIBUTE: (("operations",), "arguments"),
    RESULT: (("operations",), "results"),
    REGION: (("operations",), "regions"),
    SUCCESSOR: (("operations",), "successors"),
    CASE: (("enums",), "cases"),
    PARAMETER: (("attributes", "types"), "parameters"),
}
"""For each section, which things of a dialect have it, and the field that holds its entries."""

CLASSES = {OPERAND: NamedValue, ATTRIBUTE: NamedAttribute}
"""Of fields that hold entries of two sections, the class of each."""


@cache
def tied(operation: Operation) -> frozenset[str]:
    """The parts that traits, contracts and other parts name: editing them is more than one edit."""
    names = {value.value.segments for value in (*operation.operands, *operation.results)}
    for trait in operation.traits:
        if isinstance(trait, AllTypesMatch):
            names |= set(trait.names)
        if isinstance(trait, TypesMatchWith):
            names |= {trait.target, trait.projection.source}
    if operation.contract is not None:
        names |= {getattr(operation.contract, key) for key in ("callee", "activity", "ret_activity", "width")}
    return frozenset(names)


def once(about: Callable[[Dialect], _T]) -> Callable[[Dialect], _T]:
    """A question about a dialect that is answered once for each, by identity: to hash one is to read all of it."""
    known: dict[int, tuple[Dialect, _T]] = {}

    def answer(dialect: Dialect) -> _T:
        if id(dialect) not in known:
            known[id(dialect)] = (dialect, about(dialect))
        return known[id(dialect)][1]

    return answer


@once
def plain(dialect: Dialect) -> frozenset[str]:
    """Operations whose results are not inferred: where they are, a part more or less changes something about that."""
    naming = policy_of("mnemonic").of_dialect(dialect)
    return frozenset(o.mnemonic for o in dialect.operations if not infer_results(dialect, o, naming).is_possible)


@dataclass(frozen=True)
class Place:
    """An entry of a section; `owner` is what has the section, `original` the same as the dialect has it."""

    dialect: Dialect
    section: Section[Any]
    owner: Any
    entries: tuple[Any, ...]
    index: int
    original: Any

    @property
    def entry(self) -> Any:
        return self.entries[self.index]

    @property
    def next(self) -> Any:
        return self.entries[self.index + 1] if self.index + 1 < len(self.entries) else None

    def put(self, entries: Sequence[Any]) -> Dialect:
        """The dialect with other entries of the section."""
        outers, field = FIELDS[self.section]
        made = replace(self.owner, **{field: tuple(entries)})
        if not outers:
            return made  # type: ignore[no-any-return]
        changed = {}
        for outer in outers:
            changed[outer] = tuple(made if o is self.original else o for o in getattr(self.dialect, outer))
        return replace(self.dialect, **changed)

    def instead(self, *entries: Any) -> Dialect:
        """The dialect with these entries in the place of the one."""
        return self.put((*self.entries[: self.index], *entries, *self.entries[self.index + 1 :]))


Fits = Callable[[Place], bool]


def anywhere(place: Place) -> bool:
    return True


def sections_of(dialect: Dialect, section: Section[Any]) -> Iterator[Place]:
    """The section of everything that has it, though it may have no entries."""
    outers, field = FIELDS[section]
    owners = [owner for outer in outers for owner in getattr(dialect, outer)] if outers else [dialect]
    for owner in owners:
        if not isinstance(owner, Operation) or owner.mnemonic in plain(dialect):
            yield Place(dialect, section, owner, getattr(owner, field), 0, owner)


def places(dialect: Dialect, section: Section[Any]) -> Iterator[Place]:
    """Every entry of the section."""
    for found in sections_of(dialect, section):
        for index, entry in enumerate(found.entries):
            if isinstance(entry, CLASSES.get(section, object)):
                yield replace(found, index=index)


def is_free(place: Place) -> bool:
    """Whether nothing else names the entry."""
    if isinstance(place.owner, Operation):
        return place.section.name(place.entry) not in tied(place.owner)
    definition = place.owner if place.section is PARAMETER else place.entry
    if isinstance(definition, Definition):
        return f"'{definition.mnemonic}'" not in _traits(place.dialect)
    return True


@once
def _traits(dialect: Dialect) -> str:
    return str([operation.traits for operation in dialect.operations])


@once
def used(dialect: Dialect) -> str:
    return str(dialect.operations)


# --- edits of any section ---------------------------------------------------------------------------------------


def add(section: Section[Any], entry: Any, fits: Fits = anywhere, *, last: bool = False) -> Edits:
    """One entry more: at the beginning, in the middle, at the end; or at the end alone."""

    def edits(dialect: Dialect) -> Iterator[Dialect]:
        for place in filter(fits, sections_of(dialect, section)):
            size = len(place.entries)
            for index in [size] if last else sorted({0, size // 2, size}):
                made = entry(place) if callable(entry) else entry
                yield place.put((*place.entries[:index], made, *place.entries[index:]))

    return edits


def remove(section: Section[Any], fits: Fits = anywhere, *, last: bool = False) -> Edits:
    """One entry less."""

    def edits(dialect: Dialect) -> Iterator[Dialect]:
        for place in places(dialect, section):
            if is_free(place) and fits(place) and (not last or place.next is None):
                yield place.instead()

    return edits


def change(section: Section[Any], edit: Callable[[Any], Any], fits: Fits = anywhere) -> Edits:
    """One entry declared otherwise."""

    def edits(dialect: Dialect) -> Iterator[Dialect]:
        for place in places(dialect, section):
            if is_free(place) and fits(place):
                yield place.instead(edit(place.entry))

    return edits


def move(section: Section[Any], fits: Fits = anywhere) -> Edits:
    """Two neighbours in each other's place."""

    def edits(dialect: Dialect) -> Iterator[Dialect]:
        for place in places(dialect, section):
            if place.next is not None and fits(place):
                entries = list(place.entries)
                entries[place.index : place.index + 2] = place.next, place.entry
                yield place.put(entries)

    return edits


def rename(section: Section[Any], fits: Fits = anywhere) -> Edits:
    """One part of an operation or definition under another name, which its format writes too."""

    def edits(dialect: Dialect) -> Iterator[Dialect]:
        for place in places(dialect, section):
            if not is_free(place) or not fits(place) or getattr(place.owner, "sample", None) is not None:
                continue
            old = place.section.name(place.entry)
            text = place.owner.format
            text = re.sub(rf"\${old}\b", "$zz_new", text) if text else text
            made = replace(place.entry, name="zz_new")
            yield replace(place, owner=replace(place.owner, format=text)).instead(made)

    return edits


def open_definition(place: Place) -> bool:
    """Whether a definition, or the one that a parameter belongs to, is not left to C++."""
    return not is_opaque(place.owner if place.section is PARAMETER else place.entry)
