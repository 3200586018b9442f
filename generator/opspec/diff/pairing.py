"""From two dialects to the pairs that rules look at."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from opspec.diff.align import Renames, aligned_dialect, aligned_parts, aligned_variables
from opspec.diff.changes import Candidate
from opspec.diff.facts import argument_facts
from opspec.diff.likeness import (
    case_candidate,
    constraint_candidate,
    definition_candidate,
    enum_candidate,
    operation_candidate,
    part_candidate,
)
from opspec.diff.matching import Matching, match
from opspec.diff.scopes import (
    AttributePair,
    CasePair,
    ConstraintPair,
    ContractPair,
    DefinitionPair,
    DialectPair,
    EnumPair,
    OperandPair,
    OperationPair,
    ParameterPair,
    RegionPair,
    ResultPair,
    SuccessorPair,
    TraitChange,
    definition_key,
)
from opspec.model.constraints import AllTypesMatch, HasParent, NamedTrait, Trait, TypesMatchWith
from opspec.model.contracts import ContractRule
from opspec.model.dialect import (
    Definition,
    Dialect,
    Enum,
    EnumCase,
    NamedAttribute,
    NamedParameter,
    NamedValue,
    Operation,
    Region,
    Successor,
)
from opspec.naming.policy import NamingPolicy
from opspec.notation import print_flow, print_parameter, print_region, print_trait, print_type, print_value
from opspec.pyview.context import context_of

__all__ = ["pair_dialects", "scopes_of"]

_INFERRING = ("SameOperandsAndResultType", "FirstAttrDerivedResultType")


def _match_values(old: tuple[NamedValue, ...], new: tuple[NamedValue, ...]) -> Matching[NamedValue]:
    def key(values: tuple[NamedValue, ...], value: NamedValue) -> tuple[str, int, str, str]:
        return value.name, values.index(value), print_value(value.value), print_type(value.value.type)

    return match(old, new, lambda value: value.name, lambda a, b: part_candidate(key(old, a), key(new, b)))


def _match_attributes(old: tuple[NamedAttribute, ...], new: tuple[NamedAttribute, ...]) -> Matching[NamedAttribute]:
    def key(attributes: tuple[NamedAttribute, ...], attribute: NamedAttribute) -> tuple[str, int, str, str]:
        plain = replace(attribute, attribute=replace(attribute.attribute, default=None, optional=False))
        return attribute.name, attributes.index(attribute), argument_facts(attribute), argument_facts(plain)

    return match(old, new, lambda named: named.name, lambda a, b: part_candidate(key(old, a), key(new, b)))


def _match_regions(old: tuple[Region, ...], new: tuple[Region, ...]) -> Matching[Region]:
    def key(regions: tuple[Region, ...], region: Region) -> tuple[str, int, str, str]:
        return region.name, regions.index(region), print_region(region.constraint), ""

    return match(old, new, lambda region: region.name, lambda a, b: part_candidate(key(old, a), key(new, b)))


def _match_successors(old: tuple[Successor, ...], new: tuple[Successor, ...]) -> Matching[Successor]:
    def key(successors: tuple[Successor, ...], successor: Successor) -> tuple[str, int, str, str]:
        return successor.name, successors.index(successor), successor.multiplicity.value, ""

    return match(old, new, lambda named: named.name, lambda a, b: part_candidate(key(old, a), key(new, b)))


def _match_parameters(old: tuple[NamedParameter, ...], new: tuple[NamedParameter, ...]) -> Matching[NamedParameter]:
    def key(parameters: tuple[NamedParameter, ...], named: NamedParameter) -> tuple[str, int, str, str]:
        return named.name, parameters.index(named), print_parameter(named.parameter), ""

    return match(old, new, lambda named: named.name, lambda a, b: part_candidate(key(old, a), key(new, b)))


def _match_cases(old: Enum, new: Enum) -> Matching[EnumCase]:
    return match(old.cases, new.cases, lambda case: case.symbol, case_candidate)


def _full_name(definition: Definition, owner: str) -> str:
    return f"{definition.dialect or owner}.{definition.mnemonic}"


def _aligned(dialect: Dialect, pair: DialectPair) -> Dialect:
    """The new dialect in the old side's words."""
    owner = dialect.name
    definitions = (*pair.attributes.pairs, *pair.types.pairs)
    parameters = [
        (f"{_full_name(found.new, owner)}.{new}", f"{_full_name(found.new, owner)}.{old}")
        for found in definitions
        for new, old in _match_parameters(found.old.parameters, found.new.parameters).renames(lambda p: p.name)
    ]
    cases = [
        (f"{found.new.name}.{new}", f"{found.new.name}.{old}")
        for found in pair.enums.pairs
        for new, old in _match_cases(found.old, found.new).renames(lambda case: case.symbol)
    ]
    renames = Renames(
        pair.operations.renames(lambda operation: operation.mnemonic),
        pair.enums.renames(lambda enum: enum.name),
        tuple(cases),
        pair.attributes.renames(lambda definition: _full_name(definition, owner)),
        pair.types.renames(lambda definition: _full_name(definition, owner)),
        pair.constraints.renames(lambda named: named.name),
        tuple(parameters),
    )
    return aligned_dialect(dialect, renames)


def pair_dialects(old: Dialect, new: Dialect, old_naming: NamingPolicy, new_naming: NamingPolicy) -> DialectPair:
    """Pair everything that two dialects define. The policies are those of the dialects."""

    def definitions(first: tuple[Definition, ...], second: tuple[Definition, ...]) -> Matching[Definition]:
        return match(first, second, definition_key, definition_candidate)

    pair = DialectPair(
        old,
        new,
        new,
        old_naming,
        new_naming,
        match(old.operations, new.operations, lambda operation: operation.mnemonic, operation_candidate),
        match(old.enums, new.enums, lambda enum: enum.name, enum_candidate),
        definitions(old.attributes, new.attributes),
        definitions(old.types, new.types),
        match(old.constraints, new.constraints, lambda named: named.name, constraint_candidate),
    )
    return replace(pair, aligned=_aligned(new, pair))


def _results(pair: DialectPair, operation: Operation, *, is_old: bool) -> str:
    """How the types of an operation's results come about: `inferred`, `keyword`, `positional`, or without any."""
    if not operation.results:
        return ""
    dialect, naming = (pair.old, pair.old_naming) if is_old else (pair.new, pair.new_naming)
    context = context_of(dialect, operation, naming)
    if context.inference.is_possible:
        return "inferred"
    return "keyword" if context.results_by_keyword else "positional"


def _comparable(trait: Trait) -> object:
    return print_trait(trait)


def _trait_changes(old: Operation, new: Operation, aligned: Operation) -> Iterator[TraitChange]:
    """Traits that are on one side only, paired where one is another form of the other; parents are apart."""
    in_old = [trait for trait in old.traits if not isinstance(trait, HasParent)]
    in_new = [
        (like_old, trait)
        for like_old, trait in zip(aligned.traits, new.traits, strict=True)
        if not isinstance(trait, HasParent)
    ]
    counts = Counter(_comparable(like_old) for like_old, _ in in_new)
    gone = []
    for trait in in_old:
        if counts[_comparable(trait)]:
            counts[_comparable(trait)] -= 1
        else:
            gone.append(trait)
    counts = Counter(map(_comparable, in_old))
    come = []
    for like_old, trait in in_new:
        if counts[_comparable(like_old)]:
            counts[_comparable(like_old)] -= 1
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


def _pair_operation(within: DialectPair, old: Operation, new: Operation, candidate: Candidate | None) -> OperationPair:
    in_old_words = within.aligned.operation(new.mnemonic)
    old_kinds = {argument.name: type(argument) for argument in old.arguments}
    swapped = tuple(a.name for a in new.arguments if old_kinds.get(a.name, type(a)) is not type(a))

    def own(values: tuple[NamedValue, ...]) -> tuple[NamedValue, ...]:
        return tuple(value for value in values if value.name not in swapped)

    attributes = _match_attributes(
        tuple(a for a in old.attributes if a.name not in swapped),
        tuple(a for a in in_old_words.attributes if a.name not in swapped),
    )
    operands = _match_values(own(old.operands), own(in_old_words.operands))
    results = _match_values(old.results, in_old_words.results)
    regions = _match_regions(old.regions, in_old_words.regions)
    successors = _match_successors(old.successors, in_old_words.successors)
    renames = dict(
        (
            *operands.renames(lambda part: part.name),
            *attributes.renames(lambda part: part.name),
            *results.renames(lambda part: part.name),
            *regions.renames(lambda part: part.name),
            *successors.renames(lambda part: part.name),
        )
    )
    aligned = aligned_parts(in_old_words, renames)
    traits = tuple(_trait_changes(old, new, aligned))
    before, after = _results(within, old, is_old=True), _results(within, new, is_old=False)
    flipped = before != after and "inferred" in (before, after) and bool(before and after)
    side = "new" if after == "inferred" else "old"
    inferring = tuple(t for t in traits if flipped and (t.old is None or t.new is None) and _infers(getattr(t, side)))
    has = ("InferTypeOpInterface" in old.interfaces, "InferTypeOpInterface" in new.interfaces)
    return OperationPair(
        *(within, old, new, aligned, candidate, operands, attributes, results, regions, successors, swapped),
        *(traits, inferring, flipped and has[0] != has[1], before, after),
    )


def _named(parts: tuple[NamedValue, ...], name: str) -> NamedValue:
    return next(part for part in parts if part.name == name)


def _operation_scopes(pair: OperationPair) -> Iterator[object]:
    yield pair
    aligned = pair.aligned
    for operand in pair.operands.pairs:
        name = operand.new.name
        yield OperandPair(
            pair, operand.old, _named(pair.new.operands, name), _named(aligned.operands, name), operand.candidate
        )
    for attribute in pair.attributes.pairs:
        new = next(a for a in pair.new.attributes if a.name == attribute.new.name)
        like_old = next(a for a in aligned.attributes if a.name == attribute.new.name)
        yield AttributePair(pair, attribute.old, new, like_old, attribute.candidate)
    for result in pair.results.pairs:
        name = result.new.name
        yield ResultPair(
            pair, result.old, _named(pair.new.results, name), _named(aligned.results, name), result.candidate
        )
    for region in pair.regions.pairs:
        new_region = next(r for r in pair.new.regions if r.name == region.new.name)
        yield RegionPair(pair, region.old, new_region, region.new, region.candidate)
    for successor in pair.successors.pairs:
        yield SuccessorPair(pair, successor.old, successor.new, successor.new, successor.candidate)


def _definition_scopes(within: DialectPair, section: str) -> Iterator[object]:
    definitions = within.attributes if section == "attributes" else within.types
    in_old_words = within.aligned.attributes if section == "attributes" else within.aligned.types
    for pair in definitions.pairs:
        aligned = next(d for d in in_old_words if definition_key(d) == definition_key(pair.new))
        parameters = _match_parameters(pair.old.parameters, aligned.parameters)
        renames = dict(parameters.renames(lambda named: named.name))
        aligned = replace(aligned, format=aligned_variables(aligned.format, renames))
        found = DefinitionPair(within, section, pair.old, pair.new, aligned, pair.candidate, parameters)
        yield found
        for parameter in parameters.pairs:
            new = next(p for p in pair.new.parameters if p.name == parameter.new.name)
            yield ParameterPair(found, parameter.old, new, parameter.new, parameter.candidate)


def _used(dialect: Dialect) -> set[str]:
    """The named constraints that parts of operations refer to, if only through others."""
    constraints = {named.name: print_type(named.constraint) for named in dialect.constraints}
    pending = [argument_facts(argument) for operation in dialect.operations for argument in operation.arguments]
    pending += [print_value(result.value) for operation in dialect.operations for result in operation.results]
    pending += [print_flow(f.flow) for r in _contract_rules(dialect).values() for f in (*r.arguments, *r.results)]
    used: set[str] = set()
    while pending:
        for word in re.findall(r"\w+", pending.pop()):
            if word in constraints and word not in used:
                used.add(word)
                pending.append(constraints[word])
    return used


def _contract_rules(dialect: Dialect) -> dict[str, ContractRule]:
    """The rules that operations keep, by name."""
    return {o.contract.rule.name: o.contract.rule for o in dialect.operations if o.contract is not None}


def _contract_scopes(pair: DialectPair) -> Iterator[object]:
    later, aligned = _contract_rules(pair.new), _contract_rules(pair.aligned)
    for name, rule in _contract_rules(pair.old).items():
        if name in later:
            yield ContractPair(pair, rule, later[name], aligned[name])


def scopes_of(pair: DialectPair) -> Iterator[object]:
    """The pair itself and every pair within it, in the order of a spec."""
    yield pair
    for named in pair.constraints.pairs:
        aligned = next(c for c in pair.aligned.constraints if c.name == named.new.name)
        is_used = named.old.name in _used(pair.old) or named.new.name in _used(pair.new)
        yield ConstraintPair(pair, named.old, named.new, aligned, named.candidate, is_used)
    for enum in pair.enums.pairs:
        found = EnumPair(pair, enum.old, enum.new, enum.candidate, _match_cases(enum.old, enum.new))
        yield found
        for case in found.cases.pairs:
            yield CasePair(found, case.old, case.new, case.candidate)
    yield from _definition_scopes(pair, "attributes")
    yield from _definition_scopes(pair, "types")
    yield from _contract_scopes(pair)
    for operation in pair.operations.pairs:
        yield from _operation_scopes(_pair_operation(pair, operation.old, operation.new, operation.candidate))
