"""The operands, results and regions of an operation, of which releases may have others than the spec."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from opspec.model.constraints import AllTypesMatch, Trait, TypesMatchWith, Value
from opspec.model.dialect import Argument, Dialect, Extras, NamedValue, Operation, Region
from opspec.model.releases import DialectReleases, Shape
from opspec.notation.relation_terms import Name, Relation, terms_in

__all__ = [
    "KINDS",
    "extras_of",
    "in_shape",
    "is_one_order",
    "releases_of_part",
    "whole",
    "with_all_parts",
    "with_operands",
]

KINDS = ("operands", "results", "regions")
"""The kinds of parts of which a release may have others."""

_Part = TypeVar("_Part", NamedValue, Region)


def extras_of(operation: Operation, releases: DialectReleases) -> Extras:
    """The parts that only releases have; what a part is, the newest of them says."""
    shapes = tuple(releases.shapes_of(operation.mnemonic).values())
    at = releases.location

    def values(kind: str) -> tuple[NamedValue, ...]:
        found: list[NamedValue] = []
        for name in _further(operation, shapes, kind):
            forms = [f for f in releases.forms_of(operation.mnemonic, name).values() if isinstance(f, Value)]
            found += [NamedValue(name, forms[-1], location=at)] if forms else []
        return tuple(found)

    regions = {name: constraint for shape in shapes for name, constraint in shape.regions or ()}
    further = _further(operation, shapes, "regions")
    return Extras(values("operands"), values("results"), tuple(Region(n, regions[n], location=at) for n in further))


def _further(operation: Operation, shapes: Sequence[Shape], kind: str) -> list[str]:
    """The names of parts that shapes have, but not the operation."""
    known = {part.name for part in getattr(operation, kind)}
    return [name for name in _merged(operation, shapes, kind) if name not in known]


def _merged(operation: Operation, shapes: Sequence[Shape], kind: str) -> list[str]:
    """The names of the operation's parts and of those that only shapes have, each behind the part that it is behind."""
    names = [part.name for part in getattr(operation, kind)]
    for shape in shapes:
        place = 0
        for name in shape.names_of(kind) or ():
            if name in names:
                place = names.index(name) + 1
            else:
                names.insert(place, name)
                place += 1
    return names


def is_one_order(operation: Operation, shapes: Sequence[Shape]) -> bool:
    """Whether there is one order of all parts in which each shape has its own."""
    for kind in KINDS:
        merged = _merged(operation, shapes, kind)
        for shape in shapes:
            names = shape.names_of(kind) or ()
            if [name for name in merged if name in names] != list(names):
                return False
    return True


def with_all_parts(dialect: Dialect) -> Dialect:
    """The dialect with operations that have the parts of all releases."""
    return replace(dialect, operations=tuple(whole(dialect, operation) for operation in dialect.operations))


def whole(dialect: Dialect, operation: Operation) -> Operation:
    """The operation with the parts that it has in any release, in one order; its `extras` tell which no spec has."""
    releases, extras = dialect.releases, operation.extras
    if releases is None or extras == Extras():
        return operation
    shapes = tuple(releases.shapes_of(operation.mnemonic).values())

    def ordered(kind: str, parts: Sequence[_Part]) -> tuple[_Part, ...]:
        by_name = {part.name: part for part in parts}
        return tuple(by_name[name] for name in _merged(operation, shapes, kind) if name in by_name)

    return replace(
        with_operands(operation, ordered("operands", (*operation.operands, *extras.operands))),
        results=ordered("results", (*operation.results, *extras.results)),
        regions=ordered("regions", (*operation.regions, *extras.regions)),
    )


def in_shape(operation: Operation, shape: Shape) -> Operation:
    """The operation with the parts that a release has."""
    extras = operation.extras

    def chosen(kind: str, parts: Sequence[_Part]) -> tuple[_Part, ...]:
        by_name = {part.name: part for part in parts}
        names = shape.names_of(kind)
        own = [part.name for part in getattr(operation, kind)]
        return tuple(by_name[name] for name in (own if names is None else names) if name in by_name)

    found = replace(
        with_operands(operation, chosen("operands", (*operation.operands, *extras.operands))),
        results=chosen("results", (*operation.results, *extras.results)),
        regions=chosen("regions", (*operation.regions, *extras.regions)),
        extras=Extras(),
    )
    present, known = _names(found), _names(operation) | _names(extras)
    return _without(found, known - present)


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


def releases_of_part(dialect: Dialect, operation: Operation, kind: str, name: str) -> tuple[str, ...] | None:
    """The releases in which the operation has a part, the empty text for the spec; None where all have it."""
    releases = dialect.releases
    shapes = {} if releases is None else releases.shapes_of(operation.mnemonic)
    if releases is None or all(shape.names_of(kind) is None for shape in shapes.values()):
        return None
    extras = {part.name for part in getattr(operation.extras, kind)}
    own = [part.name for part in getattr(operation, kind) if part.name not in extras]
    names = {release: shape.names_of(kind) for release, shape in shapes.items()}
    every = ("", *releases.of_operation(operation.mnemonic))
    found = tuple(r for r in every if name in (own if names.get(r) is None else names[r] or ()))
    return None if found == every else found
