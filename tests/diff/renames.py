"""Edits that are made in several places of a dialect at once: renames of what others name, rules of contracts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from opspec.constraints.parts import rebuild
from opspec.diff.sections import CASE, ENUM, OPERAND, OPERATION
from opspec.model.constraints import AllTypesMatch, EnumReference, HasParent, NamedTrait, TypesMatchWith
from opspec.model.dialect import Dialect, NamedValue, Operation
from tests.diff.edits import prefix
from tests.diff.places import places, plain, used


def _operations(dialect: Dialect, edit: Callable[[Operation], Operation]) -> Dialect:
    return replace(dialect, operations=tuple(map(edit, dialect.operations)))


def _trait_names(trait: Any, old: str, new: str) -> Any:
    """A trait that names an operation, with its new name."""
    match trait:
        case HasParent(names):
            return HasParent(tuple(new if name == old else name for name in names))
        case NamedTrait(name, arguments):
            return NamedTrait(name, tuple(new if argument == old else argument for argument in arguments))
        case _:
            return trait


def operation(dialect: Dialect) -> Iterator[Dialect]:
    """An operation under another name, in traits and as a terminator too."""
    for renamed in dialect.operations:
        old, new = renamed.mnemonic, f"{renamed.mnemonic}_new"

        def edit(other: Operation, old: str = old, new: str = new) -> Operation:
            return replace(
                other,
                mnemonic=new if other.mnemonic == old else other.mnemonic,
                traits=tuple(_trait_names(t, f"{dialect.name}.{old}", f"{dialect.name}.{new}") for t in other.traits),
                regions=tuple(
                    replace(r, terminator=new if r.terminator == old else r.terminator) for r in other.regions
                ),
            )

        yield _operations(dialect, edit)


def infer_no_more(dialect: Dialect) -> Iterator[Dialect]:
    """Operations without the trait that their results are inferred by."""
    wanted = NamedTrait("SameOperandsAndResultType")
    for place in places(dialect, OPERATION):
        bare = replace(place.entry, traits=tuple(trait for trait in place.entry.traits if trait != wanted))
        if wanted in place.entry.traits and place.entry.contract is None and bare.results:
            edited = place.instead(bare)
            if bare.mnemonic in plain(edited):
                yield edited


def operand_that_traits_name(dialect: Dialect) -> Iterator[Dialect]:
    """An operand under another name, in the traits that name it too."""
    for place in places(dialect, OPERAND):
        old, found = place.entry.name, place.owner
        if found.sample is not None or found.contract is not None or found.format:
            continue
        if not any(isinstance(trait, AllTypesMatch) and old in trait.names for trait in found.traits):
            continue

        def name(part: str, old: str = old) -> str:
            return "zz_new" if part == old else part

        def trait(given: Any) -> Any:
            match given:
                case AllTypesMatch(names):
                    return AllTypesMatch(tuple(map(name, names)))
                case TypesMatchWith(target, projection):
                    return TypesMatchWith(name(target), replace(projection, source=name(projection.source)))
                case _:
                    return given

        made = replace(found, traits=tuple(map(trait, found.traits)))
        yield replace(place, owner=made).instead(replace(place.entry, name="zz_new"))


def enum(dialect: Dialect) -> Iterator[Dialect]:
    """An enum under another name, in attributes and parameters too."""
    for place in places(dialect, ENUM):
        old = EnumReference(place.entry.name)

        def constraint(given: Any, old: EnumReference = old) -> Any:
            return EnumReference("ZzEnum") if given == old else rebuild(given, constraint)

        def argument(given: Any) -> Any:
            if isinstance(given, NamedValue):
                return given
            made = replace(given.attribute, constraint=constraint(given.attribute.constraint))
            return replace(given, attribute=made)

        def definition(given: Any) -> Any:
            parameters = (
                replace(p, parameter=replace(p.parameter, constraint=constraint(p.parameter.constraint)))
                for p in given.parameters
            )
            return replace(given, parameters=tuple(parameters))

        edited = place.instead(replace(place.entry, name="ZzEnum"))
        edited = replace(
            edited,
            attributes=tuple(map(definition, dialect.attributes)),
            types=tuple(map(definition, dialect.types)),
        )
        yield _operations(edited, lambda o: replace(o, arguments=tuple(map(argument, o.arguments))))


def case(dialect: Dialect) -> Iterator[Dialect]:
    """A case under another name and text, where no default names it."""
    for place in places(dialect, CASE):
        cases = place.owner.cases
        if len(cases) > 1 and not any(f"'{other.symbol}'" in used(dialect) for other in cases):
            symbol = f"{prefix(place.owner)}zz"
            yield place.instead(replace(place.entry, symbol=symbol, text=symbol))


def contract_rule(dialect: Dialect) -> Iterator[Dialect]:
    """A rule that operations keep with one more pair."""
    rules = {o.contract.rule.name: o.contract.rule for o in dialect.operations if o.contract is not None}
    for rule in rules.values():
        made = replace(rule, pairs=(*rule.pairs, rule.roles[0].name))

        def edit(found: Operation, name: str = rule.name, made: Any = made) -> Operation:
            if found.contract is None or found.contract.rule.name != name:
                return found
            return replace(found, contract=replace(found.contract, rule=made))

        yield _operations(dialect, edit)
