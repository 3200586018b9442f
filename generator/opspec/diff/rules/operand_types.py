"""Rules about what operands accept, and about the effects on them."""

from __future__ import annotations

from collections.abc import Iterator

from opspec.constraints.parts import resolve
from opspec.diff.changes import Side
from opspec.diff.relation import Relation, relate
from opspec.diff.rule import B, C, D, Example, Found, Variant, levels, on, ops
from opspec.diff.rules.operands import new_side, old_side
from opspec.diff.scopes import OperandPair
from opspec.model.constraints import AnyOf, OpaqueConstraint, TypeConstraint, Value
from opspec.model.dialect import Dialect
from opspec.notation import print_type

UNSEEN = Variant("only in C++", "only C++ can check the new constraint", levels(source=D, ir=B))
"""A constraint that builders do not enforce."""


def unseen(constraint: TypeConstraint, dialect: Dialect) -> str:
    """The variant of a change to a constraint: whether builders cannot enforce the new one."""
    found = resolve(constraint, dialect)
    opaque = isinstance(found, OpaqueConstraint) or (
        isinstance(found, AnyOf) and any(isinstance(option, OpaqueConstraint) for option in found.options)
    )
    return UNSEEN.name * opaque


def _unseen(pair: OperandPair) -> str:
    return unseen(pair.new.value.type, pair.within.within.new)


def relation(pair: OperandPair) -> Relation:
    """How the type constraint changed."""
    dialects = pair.within.within
    return relate(pair.old.value.type, pair.aligned.value.type, dialects.old, dialects.aligned)


def _types(pair: OperandPair, wanted: Relation, variant: str = "") -> Iterator[Found]:
    """The two constraints, if they are so related."""
    if relation(pair) is wanted:
        old, new = print_type(pair.old.value.type), print_type(pair.new.value.type)
        yield Found(Side(old_side(pair).place, old), Side(new_side(pair).place, new), variant)


@on(
    OperandPair,
    "operand type",
    "widened",
    verdicts=levels(source=C, ir=C),
    meaning="The operand takes more types than before.",
    advice="Nothing to do.",
    mirror="narrowed",
    compares=("Value.type",),
    examples=(ops("arguments: {from: i32}", "arguments: {from: i32 | i64}"),),
)
def operand_type_widened(pair: OperandPair) -> Iterator[Found]:
    """The new constraint contains the old one."""
    yield from _types(pair, Relation.WIDENED)


@on(
    OperandPair,
    "operand type",
    "narrowed",
    verdicts=levels(source=B, ir=B),
    variants=(UNSEEN,),
    meaning="The operand takes fewer types than before. Builders refuse the others, and so does the new Enzyme.",
    advice="See that `{name}` of `{owner}` is of {new}.",
    mirror="widened",
    examples=(
        ops("arguments: {from: i32 | i64}", "arguments: {from: i32}"),
        ops("arguments: {from: any}", "arguments: {from: opaque(Odd)}", variant="only in C++"),
    ),
)
def operand_type_narrowed(pair: OperandPair) -> Iterator[Found]:
    """The old constraint contains the new one."""
    yield from _types(pair, Relation.NARROWED, _unseen(pair))


@on(
    OperandPair,
    "operand type",
    "changed",
    verdicts=levels(source=B, ir=B),
    variants=(UNSEEN,),
    meaning="""The operand takes other types than before; it cannot be shown that the new constraint contains the old
    one or the reverse.""",
    advice="See that `{name}` of `{owner}` is of {new}.",
    mirror="changed",
    examples=(
        ops("arguments: {from: i32}", "arguments: {from: f32}"),
        ops("arguments: {from: i32}", "arguments: {from: opaque(Odd)}", variant="only in C++"),
    ),
)
def operand_type_changed(pair: OperandPair) -> Iterator[Found]:
    """Neither constraint contains the other."""
    yield from _types(pair, Relation.CHANGED, _unseen(pair))


@on(
    OperandPair,
    "operand type",
    "respelled",
    verdicts=levels(docs=C),
    meaning="The constraint is written otherwise and accepts the same.",
    advice="Nothing to do.",
    mirror="respelled",
    examples=(
        ops("arguments: {from: i32 | i64}", "arguments: {from: i64 | i32}"),
        Example(
            "constraints: {Number: i32 | i64}\noperations: {copy: {class: CopyOp, arguments: {from: i32 | i64}}}",
            "constraints: {Number: i32 | i64}\noperations: {copy: {class: CopyOp, arguments: {from: Number}}}",
        ),
    ),
)
def operand_type_respelled(pair: OperandPair) -> Iterator[Found]:
    """Both constraints contain each other."""
    yield from _types(pair, Relation.RESPELLED)


def effects(value: Value) -> str:
    """The effects in the notation, sorted: their order says nothing."""
    return ", ".join(sorted(effect.value for effect in value.effects)) or "none"


@on(
    OperandPair,
    "operand effects",
    "changed",
    verdicts=levels(ir=D),
    meaning="""The operation is said to read, write, allocate or free the operand otherwise than before. Passes may move
    or delete it where they did not.""",
    advice="Nothing to do in Python; look at what passes make of `{owner}`.",
    mirror="changed",
    subjects="",
    compares=("Value.effects",),
    examples=(ops('arguments: {from: "memref<any> [read]"}', 'arguments: {from: "memref<any> [read, write]"}'),),
)
def operand_effects_changed(pair: OperandPair) -> Iterator[Found]:
    """Effects come and gone."""
    old, new = effects(pair.old.value), effects(pair.new.value)
    if old != new:
        yield Found(Side(old_side(pair).place, old), Side(new_side(pair).place, new))
