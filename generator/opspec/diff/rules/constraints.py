"""Rules about constraints that have a name, which parts refer to."""

from __future__ import annotations

from collections.abc import Iterator

from opspec.diff.changes import Side
from opspec.diff.relation import Relation, relate
from opspec.diff.rule import B, C, Example, Found, Variant, levels, on
from opspec.diff.rules.operand_types import UNSEEN, unseen
from opspec.diff.scopes import ConstraintPair
from opspec.notation import print_type

_UNUSED = Variant("unused", "no part refers to it", levels(docs=C))
_USE = "operations: {copy: {class: CopyOp, arguments: {from: Number}}}"


def _example(old: str, new: str, variant: str = "") -> Example:
    first, second = (f"constraints: {{Number: {text}}}\n{_USE}" for text in (old, new))
    return Example(first, second, variant=variant)


def _unused(old: str, new: str) -> Example:
    first, second = (f"constraints: {{Number: {text}}}" for text in (old, new))
    return Example(first, second, variant=_UNUSED.name)


def _found(pair: ConstraintPair, wanted: Relation) -> Iterator[Found]:
    dialects = pair.within
    if relate(pair.old.constraint, pair.aligned.constraint, dialects.old, dialects.aligned) is wanted:
        old = Side(dialects.old_place("constraints", pair.old.name), print_type(pair.old.constraint))
        new = Side(dialects.new_place("constraints", pair.new.name), print_type(pair.new.constraint))
        narrower = wanted in (Relation.NARROWED, Relation.CHANGED)
        variant = unseen(pair.new.constraint, dialects.new) if narrower else ""
        yield Found(old, new, variant if pair.is_used or wanted is Relation.RESPELLED else _UNUSED.name)


@on(
    ConstraintPair,
    "constraint",
    "widened",
    verdicts=levels(source=C, ir=C),
    variants=(_UNUSED,),
    meaning="A constraint that parts refer to by name accepts more than before; that holds for each of them.",
    advice="Nothing to do.",
    mirror="narrowed",
    compares=("NamedConstraint.constraint",),
    examples=(_example("i32", "i32 | i64"), _unused("i32", "i32 | i64")),
)
def constraint_widened(pair: ConstraintPair) -> Iterator[Found]:
    """The new constraint contains the old one."""
    yield from _found(pair, Relation.WIDENED)


@on(
    ConstraintPair,
    "constraint",
    "narrowed",
    verdicts=levels(source=B, ir=B),
    variants=(UNSEEN, _UNUSED),
    meaning="A constraint that parts refer to by name accepts less than before; that holds for each of them.",
    advice="See that whatever is a {name} is of {new}.",
    mirror="widened",
    examples=(
        _example("i32 | i64", "i32"),
        _example("any", "opaque(Odd)", "only in C++"),
        _unused("i32 | i64", "i32"),
    ),
)
def constraint_narrowed(pair: ConstraintPair) -> Iterator[Found]:
    """The old constraint contains the new one."""
    yield from _found(pair, Relation.NARROWED)


@on(
    ConstraintPair,
    "constraint",
    "changed",
    verdicts=levels(source=B, ir=B),
    variants=(UNSEEN, _UNUSED),
    meaning="A constraint that parts refer to by name accepts other types than before; that holds for each of them.",
    advice="See that whatever is a {name} is of {new}.",
    mirror="changed",
    examples=(
        _example("i32", "f32"),
        _example("i32", "opaque(Odd)", "only in C++"),
        _unused("i32", "f32"),
    ),
)
def constraint_changed(pair: ConstraintPair) -> Iterator[Found]:
    """Neither constraint contains the other."""
    yield from _found(pair, Relation.CHANGED)


@on(
    ConstraintPair,
    "constraint",
    "respelled",
    verdicts=levels(docs=C),
    meaning="A constraint that parts refer to by name is written otherwise and accepts the same.",
    advice="Nothing to do.",
    mirror="respelled",
    examples=(_example("i32 | i64", "i64 | i32"),),
)
def constraint_respelled(pair: ConstraintPair) -> Iterator[Found]:
    """Both constraints contain each other."""
    yield from _found(pair, Relation.RESPELLED)
