"""From two dialects to the pairs that rules look at."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any, TypeVar

from opspec.diff.facts import argument_facts
from opspec.diff.matching import Match, Matching, match
from opspec.diff.old_names import Renames, parts_in_old_names, variables_in_old_names
from opspec.diff.pairs import (
    ConstraintPair,
    DefinitionPair,
    DialectPair,
    EnumPair,
    OperationPair,
    Pair,
    Parts,
    TraitChange,
)
from opspec.diff.sections import (
    ATTRIBUTE,
    ATTRIBUTE_DEFINITION,
    CASE,
    CONSTRAINT,
    CONTRACT,
    ENUM,
    OPERAND,
    OPERATION,
    PARAMETER,
    REGION,
    RESULT,
    SUCCESSOR,
    TYPE_DEFINITION,
    Section,
    contract_rules,
)
from opspec.model.constraints import AllTypesMatch, HasParent, NamedTrait, Trait, TypesMatchWith
from opspec.model.dialect import Definition, Dialect, Operation
from opspec.notation import print_flow, print_trait, print_type, print_value
from opspec.pyview.context import context_of

__all__ = ["SECTIONS", "pair_parts", "pairs_within", "renames_of"]

SECTIONS: tuple[Section[Any], ...] = (CONSTRAINT, ENUM, ATTRIBUTE_DEFINITION, TYPE_DEFINITION, CONTRACT, OPERATION)
"""What a dialect defines, in the order in which it is compared."""

_T = TypeVar("_T")
_INFERRING = ("SameOperandsAndResultType", "FirstAttrDerivedResultType")


def _matched(section: Section[_T], old: object, new: object, without: tuple[str, ...] = ()) -> Matching[_T]:
    """The entries of a section, but those that are called as in `without`."""
    first, second = (
        tuple(entry for entry in section.entries(owner) if section.name(entry) not in without) for owner in (old, new)
    )
    return match(first, second, section.name, section.candidate)


def _parts(old: object, new: object, *sections: Section[Any], without: tuple[str, ...] = ()) -> Parts:
    return Parts(tuple((section, _matched(section, old, new, without)) for section in sections))


def renames_of(old: Dialect, new: Dialect, parts: Parts) -> Renames:
    """What the matched things of two dialects were called, where that is another name or another dialect."""

    def full(owner: Dialect, definition: Definition) -> str:
        return f"{definition.dialect or owner.name}.{definition.mnemonic}"

    def others(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
        return tuple(pair for pair in pairs if pair[0] != pair[1])

    def inner(section: Section[Any], matching: Matching[_T], section_of: Any) -> Iterator[tuple[str, str]]:
        """The renames of what matched things have in turn, after the things' new names."""
        for found in matching.pairs:
            for new, before in _matched(section, found.old, found.new).renames():
                yield f"{section_of(found.new)}.{new}", f"{section_of(found.new)}.{before}"

    definitions = [parts.of(ATTRIBUTE_DEFINITION), parts.of(TYPE_DEFINITION)]
    renamed = [others((full(new, f.new), full(old, f.old)) for f in found.pairs) for found in definitions]
    parameters = [rename for found in definitions for rename in inner(PARAMETER, found, lambda each: full(new, each))]
    operations = parts.of(OPERATION).pairs
    return Renames(
        operations=others((f"{new.name}.{f.new.mnemonic}", f"{old.name}.{f.old.mnemonic}") for f in operations),
        enums=parts.of(ENUM).renames(),
        cases=tuple(inner(CASE, parts.of(ENUM), ENUM.name)),
        attributes=renamed[0],
        types=renamed[1],
        constraints=parts.of(CONSTRAINT).renames(),
        parameters=tuple(parameters),
    )


def pair_parts(old: Dialect, new: Dialect) -> Parts:
    """Match everything that two dialects define."""
    return _parts(old, new, *SECTIONS)


def _results(pair: DialectPair, operation: Operation, *, is_old: bool) -> str:
    """How the types of an operation's results come about: `inferred`, `keyword`, `positional`, or without any."""
    if not operation.results:
        return ""
    dialect, naming = (pair.old, pair.old_naming) if is_old else (pair.new, pair.new_naming)
    context = context_of(dialect, operation, naming)
    if context.inference.is_possible:
        return "inferred"
    return "keyword" if context.results_by_keyword else "positional"


def _trait_changes(old: Operation, new: Operation, in_old_names: Operation) -> Iterator[TraitChange]:
    """Traits that are on one side only, paired where one is another form of the other; parents are apart."""
    in_old = [trait for trait in old.traits if not isinstance(trait, HasParent)]
    in_new = [
        (like_old, trait)
        for like_old, trait in zip(in_old_names.traits, new.traits, strict=True)
        if not isinstance(trait, HasParent)
    ]
    counts = Counter(print_trait(like_old) for like_old, _ in in_new)
    gone = []
    for trait in in_old:
        if counts[print_trait(trait)]:
            counts[print_trait(trait)] -= 1
        else:
            gone.append(trait)
    counts = Counter(map(print_trait, in_old))
    come = []
    for like_old, trait in in_new:
        if counts[print_trait(like_old)]:
            counts[print_trait(like_old)] -= 1
        else:
            come.append((like_old, trait))
    for trait in gone:
        found = next((item for item in come if _is_form_of(trait, item[0])), None)
        if found is not None:
            come.remove(found)
        yield TraitChange(trait, found[1] if found is not None else None)
    for _, trait in come:
        yield TraitChange(None, trait)


def _is_form_of(old: Trait, new: Trait) -> bool:
    match old, new:
        case TypesMatchWith(target, _), TypesMatchWith(other, _):
            return target == other
        case AllTypesMatch(names), AllTypesMatch(others):
            return bool(set(names) & set(others))
        case NamedTrait(name, _), NamedTrait(other, _):
            return name == other
        case _:
            return False


def _infers(trait: Trait | None) -> bool:
    """Whether a trait may be why results are inferred."""
    if isinstance(trait, NamedTrait):
        return trait.name in _INFERRING
    return isinstance(trait, (AllTypesMatch, TypesMatchWith))


def _within(owner: Any, section: Section[_T], found: Match[_T]) -> dict[str, Any]:
    """The fields of a pair for a match within a pair."""
    name = section.name(found.new)
    return {
        "section": section,
        "within": owner,
        "old": found.old,
        "new": section.entry(owner.new, name),
        "in_old_names": section.entry(owner.in_old_names, name),
        "candidate": found.candidate,
    }


def _inner_pairs(owner: Any, parts: Parts) -> Iterator[Pair[Any, Any]]:
    """The pairs of all sections of a pair."""
    for section, matching in parts.matchings:
        for found in matching.pairs:
            yield Pair(**_within(owner, section, found))


def _pair_operation(within: DialectPair, found: Match[Operation]) -> OperationPair:
    fields = _within(within, OPERATION, found)
    old, new, in_old_names = fields["old"], fields["new"], fields["in_old_names"]
    old_kinds = {argument.name: type(argument) for argument in old.arguments}
    swapped = tuple(a.name for a in new.arguments if old_kinds.get(a.name, type(a)) is not type(a))
    arguments = _parts(old, in_old_names, OPERAND, ATTRIBUTE, without=swapped)
    others = _parts(old, in_old_names, RESULT, REGION, SUCCESSOR)
    parts = Parts((*arguments.matchings, *others.matchings))
    renames = dict(rename for _, matching in parts.matchings for rename in matching.renames())
    in_old_names = parts_in_old_names(in_old_names, renames)
    traits = tuple(_trait_changes(old, new, in_old_names))
    before, after = _results(within, old, is_old=True), _results(within, new, is_old=False)
    flipped = before != after and "inferred" in (before, after) and bool(before and after)
    side = "new" if after == "inferred" else "old"
    inferring = tuple(t for t in traits if flipped and (t.old is None or t.new is None) and _infers(getattr(t, side)))
    has = ("InferTypeOpInterface" in old.interfaces, "InferTypeOpInterface" in new.interfaces)
    return OperationPair(
        **{**fields, "in_old_names": in_old_names},
        parts=parts,
        swapped=swapped,
        traits=traits,
        inferring=inferring,
        inferring_interface=flipped and has[0] != has[1],
        old_results=before,
        new_results=after,
    )


def _definition_pairs(within: DialectPair, section: Section[Definition]) -> Iterator[Pair[Any, Any]]:
    for found in within.parts.of(section).pairs:
        fields = _within(within, section, found)
        in_old_names = fields["in_old_names"]
        parts = _parts(found.old, in_old_names, PARAMETER)
        renames = dict(parts.of(PARAMETER).renames())
        fields["in_old_names"] = replace(in_old_names, format=variables_in_old_names(in_old_names.format, renames))
        pair = DefinitionPair(**fields, parts=parts)
        yield pair
        yield from _inner_pairs(pair, parts)


def _used(dialect: Dialect) -> set[str]:
    """The named constraints that parts of operations refer to, if only through others."""
    constraints = {named.name: print_type(named.constraint) for named in dialect.constraints}
    pending = [argument_facts(argument) for operation in dialect.operations for argument in operation.arguments]
    pending += [print_value(result.value) for operation in dialect.operations for result in operation.results]
    pending += [print_flow(f.flow) for r in contract_rules(dialect) for f in (*r.arguments, *r.results)]
    used: set[str] = set()
    while pending:
        for word in re.findall(r"\w+", pending.pop()):
            if word in constraints and word not in used:
                used.add(word)
                pending.append(constraints[word])
    return used


def _constraint_pairs(within: DialectPair) -> Iterator[ConstraintPair]:
    matching = within.parts.of(CONSTRAINT)
    used = (_used(within.old), _used(within.new)) if matching.pairs else (set(), set())
    for found in matching.pairs:
        is_used = found.old.name in used[0] or found.new.name in used[1]
        yield ConstraintPair(**_within(within, CONSTRAINT, found), is_used=is_used)


def pairs_within(pair: DialectPair) -> Iterator[DialectPair | Pair[Any, Any]]:
    """The pair itself, where both sides are one dialect, and every pair within it, in the order of a spec."""
    if pair.old.name == pair.new.name:
        yield pair
    yield from _constraint_pairs(pair)
    for enum in pair.parts.of(ENUM).pairs:
        cases = _parts(enum.old, enum.new, CASE)
        found = EnumPair(**_within(pair, ENUM, enum), parts=cases)
        yield found
        yield from _inner_pairs(found, cases)
    yield from _definition_pairs(pair, ATTRIBUTE_DEFINITION)
    yield from _definition_pairs(pair, TYPE_DEFINITION)
    for rule in pair.parts.of(CONTRACT).pairs:
        yield Pair(**_within(pair, CONTRACT, rule))
    for match_ in pair.parts.of(OPERATION).pairs:
        operation = _pair_operation(pair, match_)
        yield operation
        yield from _inner_pairs(operation, operation.parts)
