"""The operands, results and regions of an operation, of which releases may have others than the spec."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from opspec.model.constraints import AllTypesMatch, Trait, TypesMatchWith, Value
from opspec.model.dialect import Argument, Dialect, Extras, NamedValue, Operation, Region
from opspec.model.releases import DialectReleases, Parts
from opspec.notation.relation_terms import Name, Relation, terms_in

__all__ = [
    "KINDS",
    "extras_of",
    "is_one_order",
    "releases_of_part",
    "varying_parts",
    "whole",
    "with_all_parts",
    "with_operands",
    "with_parts",
]

KINDS = ("operands", "results", "regions")
"""The kinds of parts of which a release may have others."""

_Part = TypeVar("_Part", NamedValue, Region)


def extras_of(operation: Operation, releases: DialectReleases) -> Extras:
    """The parts that only releases have; what a part is, the newest of them says."""
    there = tuple(releases.parts_of(operation.mnemonic).values())
    at = releases.location

    def values(kind: str) -> tuple[NamedValue, ...]:
        found: list[NamedValue] = []
        for name in _further(operation, there, kind):
            forms = [f for f in releases.forms_of(operation.mnemonic, name).values() if isinstance(f, Value)]
            found += [NamedValue(name, forms[-1], location=at)] if forms else []
        return tuple(found)

    regions = {name: constraint for parts in there for name, constraint in parts.regions or ()}
    further = _further(operation, there, "regions")
    return Extras(values("operands"), values("results"), tuple(Region(n, regions[n], location=at) for n in further))


def _further(operation: Operation, releases: Sequence[Parts], kind: str) -> list[str]:
    """The names of parts that releases have, but not the operation."""
    known = {part.name for part in getattr(operation, kind)}
    return [name for name in _merged(operation, releases, kind) if name not in known]


def _merged(operation: Operation, releases: Sequence[Parts], kind: str) -> list[str]:
    """The names of the operation's parts and of those that only releases have, each behind the one before it there."""
    names = [part.name for part in getattr(operation, kind)]
    for parts in releases:
        place = 0
        for name in parts.names_of(kind) or ():
            if name in names:
                place = names.index(name) + 1
            else:
                names.insert(place, name)
                place += 1
    return names


def is_one_order(operation: Operation, releases: Sequence[Parts]) -> bool:
    """Whether there is one order of all parts in which each release has its own."""
    for kind in KINDS:
        merged = _merged(operation, releases, kind)
        for parts in releases:
            names = parts.names_of(kind) or ()
            if [name for name in merged if name in names] != list(names):
                return False
    return True


def with_all_parts(dialect: Dialect) -> Dialect:
    """The dialect with operations that have the parts of all releases."""
    return replace(dialect, operations=tuple(whole(dialect, operation) for operation in dialect.operations))


def whole(dialect: Dialect, operation: Operation) -> Operation:
    """The operation with the parts that it has in any release, in one order; its `extras` tell which no spec has."""
    if dialect.releases is None or operation.extras == Extras():
        return operation
    every = tuple(dialect.releases.parts_of(operation.mnemonic).values())
    return _having(operation, lambda kind: _merged(operation, every, kind))


def with_parts(operation: Operation, parts: Parts) -> Operation:
    """The operation with the parts that a release has."""

    def names(kind: str) -> Iterable[str]:
        found = parts.names_of(kind)
        return [part.name for part in getattr(operation, kind)] if found is None else found

    found = replace(_having(operation, names), extras=Extras())
    return _without(found, (_names(operation) | _names(operation.extras)) - _names(found))


def _having(operation: Operation, names: Callable[[str], Iterable[str]]) -> Operation:
    """The operation with the parts of each kind that have these names, its extras among them."""
    extras = operation.extras

    def named(kind: str, parts: Sequence[_Part]) -> tuple[_Part, ...]:
        by_name = {part.name: part for part in parts}
        return tuple(by_name[name] for name in names(kind) if name in by_name)

    return replace(
        with_operands(operation, named("operands", (*operation.operands, *extras.operands))),
        results=named("results", (*operation.results, *extras.results)),
        regions=named("regions", (*operation.regions, *extras.regions)),
    )


def _names(owner: Operation | Extras) -> frozenset[str]:
    return frozenset(part.name for kind in KINDS for part in getattr(owner, kind))


def _without(operation: Operation, lacking: frozenset[str]) -> Operation:
    """The operation without what its traits, relations and result types say of parts that it lacks."""
    if not lacking:
        return operation

    def related(trait: Trait) -> Iterable[str]:
        match trait:
            case AllTypesMatch(names):
                return names
            case TypesMatchWith(target, projection):
                return (target, projection.source)
            case _:
                return ()

    def named(relation: Relation) -> Iterable[str]:
        return (term.name for term in terms_in(relation) if isinstance(term, Name))

    return replace(
        operation,
        traits=tuple(trait for trait in operation.traits if lacking.isdisjoint(related(trait))),
        relations=tuple(found for found in operation.relations if lacking.isdisjoint(named(found))),
        result_sources=tuple(pair for pair in operation.result_sources if lacking.isdisjoint(pair)),
    )


def with_operands(operation: Operation, operands: Sequence[NamedValue]) -> Operation:
    """The operation with these operands; each attribute stays behind the operand that it is behind."""
    arguments: list[Argument] = []
    left = list(operands)
    for argument in operation.arguments:
        if not isinstance(argument, NamedValue):
            arguments.append(argument)
            continue
        place = next((i for i, operand in enumerate(left) if operand.name == argument.name), None)
        if place is not None:
            arguments += left[: place + 1]
            left = left[place + 1 :]
    return replace(operation, arguments=(*arguments, *left))


def varying_parts(dialect: Dialect, operation: Operation) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """The parts that not all releases have: kind, name, and the releases, see `releases_of_part`."""
    every = whole(dialect, operation)
    for kind in KINDS:
        for part in getattr(every, kind):
            having = releases_of_part(dialect, every, kind, part.name)
            if having is not None:
                yield kind, part.name, having


def releases_of_part(dialect: Dialect, operation: Operation, kind: str, name: str) -> tuple[str, ...] | None:
    """The releases in which the operation has a part, the empty text for the spec; None where all have it."""
    releases = dialect.releases
    by_release = {} if releases is None else releases.parts_of(operation.mnemonic)
    names = {release: parts.names_of(kind) for release, parts in by_release.items()}
    if releases is None or all(found is None for found in names.values()):
        return None
    extras = {part.name for part in getattr(operation.extras, kind)}
    own = [part.name for part in getattr(operation, kind) if part.name not in extras]
    every = ("", *releases.of_operation(operation.mnemonic))
    found = tuple(r for r in every if name in (own if names.get(r) is None else names[r] or ()))
    return None if found == every else found
