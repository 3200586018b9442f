"""Rules about traits, interfaces and parents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from opspec.diff.changes import Place, Side
from opspec.diff.pairs import OperationPair, TraitChange
from opspec.diff.rule import B, C, D, Found, Variant, levels, on, ops
from opspec.diff.witness_operations import differing_types, parent_call
from opspec.model.constraints import AllTypesMatch, NamedTrait, ProjectionKind, Trait, TypesMatchWith
from opspec.notation import print_trait

_SEGMENTS = ("AttrSizedOperandSegments", "AttrSizedResultSegments")
_RELATIONS = (
    *("SameOperandsAndResultType", "SameOperandsAndResultElementType", "SameOperandsAndResultShape"),
    *("SameOperandsShape", "SameOperandsElementType", "SameTypeOperands", "FirstAttrDerivedResultType"),
    *("SameOperandsAndResultRank", "Elementwise", "Scalarizable", "Vectorizable", "Tensorizable"),
)
_ENFORCED = _RELATIONS[:6]
"""Those that builders enforce."""
_STRUCTURE = (
    *("Terminator", "NoTerminator", "IsolatedFromAbove", "SingleBlock", "SingleBlockImplicitTerminator"),
    *("NoRegionArguments", "SymbolTable", "GraphRegionNoTerminator", "HasOnlyGraphRegion", "Symbol"),
)
_PARTS = "arguments: {from: f64, to: f64}"
_ANY = "arguments: {from: any, to: any}"


def _kind(trait: Trait) -> str:
    """`segments`, `relation` (of types), `structure` (of the IR), or `other`."""
    if isinstance(trait, NamedTrait):
        for kind, names in (("segments", _SEGMENTS), ("relation", _RELATIONS), ("structure", _STRUCTURE)):
            if trait.name in names:
                return kind
        return "other"
    return "relation" if isinstance(trait, (AllTypesMatch, TypesMatchWith)) else "other"


def _place(place: Place, trait: Trait) -> Place:
    """The place of a trait: that of the list, and what the trait is known by."""
    match trait:
        case TypesMatchWith(target, _):
            name = f"TypesMatchWith({target})"
        case NamedTrait(name, _):
            pass
        case _:
            name = print_trait(trait)
    return Place(place.dialect, (*place.path, "traits", name))


def _side(pair: OperationPair, trait: Trait, *, is_old: bool) -> Side:
    place = pair.old_place() if is_old else pair.new_place()
    return Side(_place(place, trait), print_trait(trait))


def _unchecked(pair: OperationPair, found: Found) -> str:
    """The variant of a new relation of types: whether builders cannot enforce it."""
    assert found.new is not None
    trait = next(trait for trait in pair.new.traits if print_trait(trait) == found.new.facts)
    if isinstance(trait, TypesMatchWith):
        seen = trait.projection.kind is not ProjectionKind.OPAQUE
    else:
        seen = not isinstance(trait, NamedTrait) or trait.name in _ENFORCED
    return "" if seen else "only in C++"


def _told(pair: OperationPair, change: TraitChange) -> bool:
    """Whether the rules about inferred results tell of the change already."""
    return change in pair.inferring


def _added(pair: OperationPair, kind: str) -> Iterator[Found]:
    for change in pair.traits:
        if change.old is None and change.new is not None and _kind(change.new) == kind and not _told(pair, change):
            yield Found(None, _side(pair, change.new, is_old=False))


def _removed(pair: OperationPair, kind: str, freeing: tuple[str, ...] = ()) -> Iterator[Found]:
    for change in pair.traits:
        if change.new is None and change.old is not None and _kind(change.old) == kind and not _told(pair, change):
            name = change.old.name if isinstance(change.old, NamedTrait) else ""
            yield Found(_side(pair, change.old, is_old=True), None, "frees" * (name in freeing))


@on(
    OperationPair,
    "segments: added",
    verdicts=levels(ir=B),
    meaning="""The operation writes the number of values of each operand or result into the IR now. An old module lacks
    that; the builder does it by itself.""",
    advice="Nothing to do in Python.",
    mirror="removed",
    subjects="",
    compares=("Operation.traits",),
    examples=(
        ops("arguments: {from: variadic any}", "traits: [AttrSizedOperandSegments], arguments: {from: variadic any}"),
    ),
)
def segments_added(pair: OperationPair) -> Iterator[Found]:
    """`AttrSizedOperandSegments` or `AttrSizedResultSegments` is new."""
    yield from _added(pair, "segments")


@on(
    OperationPair,
    "segments: removed",
    verdicts=levels(ir=B),
    meaning="""The operation no longer writes the number of values of each operand or result into the IR. An old module
    has an attribute too much.""",
    advice="Nothing to do in Python.",
    mirror="added",
    subjects="",
    examples=(
        ops("traits: [AttrSizedOperandSegments], arguments: {from: variadic any}", "arguments: {from: variadic any}"),
    ),
)
def segments_removed(pair: OperationPair) -> Iterator[Found]:
    """`AttrSizedOperandSegments` or `AttrSizedResultSegments` is gone."""
    yield from _removed(pair, "segments")


@on(
    OperationPair,
    "type relation: added",
    verdicts=levels(source=B, ir=B),
    variants=(Variant("only in C++", "only C++ can check it", levels(source=D, ir=B)),),
    meaning="""Types of operands and results are tied together now: calls and modules in which they differ are refused.
    Where results can be inferred from it, the rule `results-inferred` tells it instead.""",
    advice="See that the types of `{owner}` meet {new}.",
    mirror="removed",
    examples=(
        ops(_ANY, f"traits: ['AllTypesMatch(from, to)'], {_ANY}"),
        ops(_PARTS, f"traits: ['TypesMatchWith(to = opaque(from))'], {_PARTS}", variant="only in C++"),
    ),
    witness=differing_types,
)
def type_relation_added(pair: OperationPair) -> Iterator[Found]:
    """A trait that ties types together is new."""
    for found in _added(pair, "relation"):
        yield replace(found, variant=_unchecked(pair, found))


@on(
    OperationPair,
    "type relation: removed",
    verdicts=levels(source=C, ir=C),
    meaning="Types of operands and results are no longer tied together.",
    advice="Nothing to do.",
    mirror="added",
    examples=(ops("traits: ['AllTypesMatch(from, to)'], arguments: {from: f64, to: f64}", _PARTS),),
)
def type_relation_removed(pair: OperationPair) -> Iterator[Found]:
    """A trait that ties types together is gone."""
    yield from _removed(pair, "relation")


@on(
    OperationPair,
    "structure trait: added",
    verdicts=levels(ir=B),
    meaning="""The operation asks for more of the IR around or inside it: that it ends a block, sees no values from
    outside, has one block, ... Modules that do not do so are refused.""",
    advice="See that the IR around `{owner}` meets {new}.",
    mirror="removed",
    examples=(ops("regions: {body: any}", "traits: [IsolatedFromAbove], regions: {body: any}"),),
)
def structure_trait_added(pair: OperationPair) -> Iterator[Found]:
    """A trait about the structure of the IR is new."""
    yield from _added(pair, "structure")


_FREEING = ("IsolatedFromAbove", "SingleBlock", "NoRegionArguments", "SymbolTable", "Symbol")


@on(
    OperationPair,
    "structure trait: removed",
    verdicts=levels(ir=B),
    variants=(Variant("frees", "the trait only forbade something", levels(ir=C)),),
    meaning="""The operation no longer is what the structure of old modules needs: it does not end a block any more, or
    its blocks need a terminator.""",
    advice="See that the IR around `{owner}` does not rest on {old}.",
    mirror="added",
    examples=(
        ops("traits: [Terminator]", "traits: []"),
        ops("traits: [IsolatedFromAbove], regions: {body: any}", "regions: {body: any}", variant="frees"),
    ),
)
def structure_trait_removed(pair: OperationPair) -> Iterator[Found]:
    """A trait about the structure of the IR is gone."""
    yield from _removed(pair, "structure", _FREEING)


@on(
    OperationPair,
    "trait: added",
    verdicts=levels(ir=D),
    meaning="""The operation promises something new, such as `Pure`: passes may now move, merge or delete it where they
    did not.""",
    advice="Nothing to do in Python; look at what passes make of `{owner}`.",
    mirror="removed",
    examples=(ops(_PARTS, f"traits: [Pure], {_PARTS}"),),
)
def trait_added(pair: OperationPair) -> Iterator[Found]:
    """Any other trait is new."""
    yield from _added(pair, "other")


@on(
    OperationPair,
    "trait: removed",
    verdicts=levels(ir=D),
    meaning="The operation no longer promises something: passes may leave it where they moved, merged or deleted it.",
    advice="Nothing to do in Python; look at what passes make of `{owner}`.",
    mirror="added",
    examples=(ops(f"traits: [Pure], {_PARTS}", _PARTS),),
)
def trait_removed(pair: OperationPair) -> Iterator[Found]:
    """Any other trait is gone."""
    yield from _removed(pair, "other")


@on(
    OperationPair,
    "trait arguments: changed",
    verdicts=levels(ir=D),
    variants=(
        Variant("of types", "the trait ties types together", levels(source=B, ir=B)),
        Variant("of structure", "the trait is about the structure of the IR", levels(ir=B)),
    ),
    meaning="A trait says something else than before.",
    advice="See that the IR around `{owner}` meets {new}.",
    mirror="changed",
    subjects="",
    compares=("NamedTrait.arguments", "AllTypesMatch.names", "TypesMatchWith.projection"),
    examples=(
        ops("traits: ['Cost(1)']", "traits: ['Cost(2)']"),
        ops(
            f"traits: ['TypesMatchWith(to = same(from))'], {_PARTS}",
            f"traits: ['TypesMatchWith(to = element_type(from))'], {_PARTS}",
            variant="of types",
        ),
        ops(
            "traits: ['SingleBlockImplicitTerminator(scf.yield)'], regions: {body: any}",
            "traits: ['SingleBlockImplicitTerminator(affine.yield)'], regions: {body: any}",
            variant="of structure",
        ),
    ),
    witness=differing_types,
)
def trait_arguments_changed(pair: OperationPair) -> Iterator[Found]:
    """A trait of the same kind, for the same target, with other arguments."""
    variants = {"relation": "of types", "structure": "of structure"}
    for change in pair.traits:
        if change.old is not None and change.new is not None:
            sides = _side(pair, change.old, is_old=True), _side(pair, change.new, is_old=False)
            yield Found(*sides, variants.get(_kind(change.old), ""))


def _parent_side(pair: OperationPair, parent: str, *, is_old: bool) -> Side:
    place = pair.old_place("traits", parent) if is_old else pair.new_place("traits", parent)
    return Side(place, parent)


@on(
    OperationPair,
    "parent: added",
    verdicts=levels(source=C, ir=C),
    meaning="The operation may stand in one more operation.",
    advice="Nothing to do.",
    mirror="removed",
    compares=("HasParent.operations",),
    examples=(ops("traits: ['HasParent(scf.if)']", "traits: ['HasParent(scf.if, scf.for)']"),),
)
def parent_added(pair: OperationPair) -> Iterator[Found]:
    """A restriction on the parent that lists one more."""
    if pair.old_parents and pair.new_parents:
        for parent in pair.new_parents:
            if parent not in pair.old_parents:
                yield Found(None, _parent_side(pair, parent, is_old=False))


@on(
    OperationPair,
    "parent: removed",
    verdicts=levels(source=B, ir=B),
    meaning="""The operation may no longer stand in an operation: modules where it does are refused. If it ended that
    operation's blocks, a body that Python fills is no longer ended by it.""",
    advice="Do not build `{owner}` in `{name}`.",
    mirror="added",
    examples=(ops("traits: ['HasParent(scf.if, scf.for)']", "traits: ['HasParent(scf.if)']"),),
    witness=parent_call,
)
def parent_removed(pair: OperationPair) -> Iterator[Found]:
    """A restriction on the parent that lists one less."""
    if pair.old_parents and pair.new_parents:
        for parent in pair.old_parents:
            if parent not in pair.new_parents:
                yield Found(_parent_side(pair, parent, is_old=True), None)


def _parents(pair: OperationPair, parents: tuple[str, ...], *, is_old: bool) -> Side:
    place = pair.old_place("traits", "HasParent") if is_old else pair.new_place("traits", "HasParent")
    return Side(place, ", ".join(parents))


@on(
    OperationPair,
    "parent restriction: added",
    verdicts=levels(source=B, ir=B),
    meaning="The operation could stand anywhere, and may now stand in some operations only.",
    advice="Build `{owner}` in {new} only.",
    mirror="removed",
    examples=(ops("traits: []", "traits: ['HasParent(scf.if)']"),),
)
def parent_restriction_added(pair: OperationPair) -> Iterator[Found]:
    """No restriction before, one now."""
    if pair.new_parents and not pair.old_parents:
        yield Found(None, _parents(pair, pair.new_parents, is_old=False))


@on(
    OperationPair,
    "parent restriction: removed",
    verdicts=levels(source=C, ir=C),
    meaning="The operation could stand in some operations only, and may now stand anywhere.",
    advice="Nothing to do.",
    mirror="added",
    examples=(ops("traits: ['HasParent(scf.if)']", "traits: []"),),
)
def parent_restriction_removed(pair: OperationPair) -> Iterator[Found]:
    """A restriction before, none now."""
    if pair.old_parents and not pair.new_parents:
        yield Found(_parents(pair, pair.old_parents, is_old=True), None)


def _interfaces(pair: OperationPair, *, is_old: bool) -> Iterator[Side]:
    """The interfaces that only one side has, but for one that the rules about inferred results tell of."""
    here, there = pair.old.interfaces, pair.new.interfaces
    if not is_old:
        here, there = there, here
    for name in here:
        is_told = name == "InferTypeOpInterface" and pair.inferring_interface
        if name not in there and not is_told:
            place = pair.old_place("interfaces", name) if is_old else pair.new_place("interfaces", name)
            yield Side(place, name)


@on(
    OperationPair,
    "interface: added",
    verdicts=levels(ir=C),
    meaning="The operation implements an interface that it did not: passes that work through the interface see it now.",
    advice="Nothing to do.",
    mirror="removed",
    compares=("Operation.interfaces",),
    examples=(ops("interfaces: []", "interfaces: [SymbolUserOpInterface]"),),
)
def interface_added(pair: OperationPair) -> Iterator[Found]:
    """Interfaces that only the new side has."""
    for side in _interfaces(pair, is_old=False):
        yield Found(None, side)


@on(
    OperationPair,
    "interface: removed",
    verdicts=levels(ir=D),
    meaning="The operation no longer implements an interface: passes that work through it pass the operation by.",
    advice="Nothing to do in Python; look at what passes make of `{owner}`.",
    mirror="added",
    examples=(ops("interfaces: [SymbolUserOpInterface]", "interfaces: []"),),
)
def interface_removed(pair: OperationPair) -> Iterator[Found]:
    """Interfaces that only the old side has."""
    for side in _interfaces(pair, is_old=True):
        yield Found(side, None)
