"""Rules about constraints that have a name, which parts refer to."""

from __future__ import annotations

from opspec.diff.finds import related
from opspec.diff.pairs import ConstraintPair
from opspec.diff.relation import Relation, relate
from opspec.diff.rule import B, C, Example, Find, Variant, levels, rule
from opspec.diff.rules.value_types import UNSEEN, unseen
from opspec.diff.sections import CONSTRAINT

_UNUSED = Variant("unused", "no part refers to it", levels(docs=C))
_USE = "operations: {copy: {class: CopyOp, arguments: {from: Number}}}"


def _example(old: str, new: str, variant: str = "") -> Example:
    first, second = (f"constraints: {{Number: {text}}}\n{_USE}" for text in (old, new))
    return Example(first, second, variant=variant)


def _unused(old: str, new: str) -> Example:
    first, second = (f"constraints: {{Number: {text}}}" for text in (old, new))
    return Example(first, second, variant=_UNUSED.name)


def _related(wanted: Relation) -> Find:
    """Named constraints that are in a relation."""

    def relation(pair: ConstraintPair) -> Relation:
        return relate(pair.old.constraint, pair.in_old_names.constraint, pair.dialects.old, pair.dialects.in_old_names)

    def variant(pair: ConstraintPair) -> str:
        if pair.is_used or wanted is Relation.RESPELLED:
            return unseen(pair.new.constraint, pair.dialects.new, wanted)
        return _UNUSED.name

    return related(wanted, relation, CONSTRAINT.facts, variant)


constraint_widened = rule(
    ConstraintPair,
    "constraint: widened",
    find=_related(Relation.WIDENED),
    verdicts=levels(source=C, ir=C),
    variants=(_UNUSED,),
    meaning="A constraint that parts refer to by name accepts more than before; that holds for each of them.",
    advice="Nothing to do.",
    mirror="narrowed",
    compares=("NamedConstraint.constraint",),
    examples=(_example("i32", "i32 | i64"), _unused("i32", "i32 | i64")),
)


constraint_narrowed = rule(
    ConstraintPair,
    "constraint: narrowed",
    find=_related(Relation.NARROWED),
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


constraint_changed = rule(
    ConstraintPair,
    "constraint: changed",
    find=_related(Relation.CHANGED),
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


constraint_respelled = rule(
    ConstraintPair,
    "constraint: respelled",
    find=_related(Relation.RESPELLED),
    verdicts=levels(docs=C),
    meaning="A constraint that parts refer to by name is written otherwise and accepts the same.",
    advice="Nothing to do.",
    mirror="respelled",
    examples=(_example("i32 | i64", "i64 | i32"),),
)
