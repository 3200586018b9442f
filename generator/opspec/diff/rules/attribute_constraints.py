"""Rules about what the attributes of operations accept."""

from __future__ import annotations

from collections.abc import Iterator

from opspec.diff.changes import Side
from opspec.diff.relation import Relation, relate
from opspec.diff.rule import B, C, D, Example, Found, Variant, levels, on, ops
from opspec.diff.rules.attributes import new_side, old_side
from opspec.diff.scopes import AttributePair
from opspec.model.constraints import AttributeConstraint, Confined
from opspec.notation import print_attribute
from opspec.pyview.constraints import ConstraintViews


def relation(pair: AttributePair) -> Relation:
    """How the constraint changed."""
    dialects = pair.within.within
    old, new = pair.old.attribute.constraint, pair.aligned.attribute.constraint
    return relate(old, new, dialects.old, dialects.aligned)


def _base(constraint: AttributeConstraint) -> AttributeConstraint:
    return constraint.base if isinstance(constraint, Confined) else constraint


def _is_recast(pair: AttributePair) -> bool:
    """Whether the builder makes another kind of attribute out of the same Python value."""
    dialects = pair.within.within
    old = ConstraintViews(dialects.old, dialects.old_naming).attribute(_base(pair.old.attribute.constraint))
    new = ConstraintViews(dialects.aligned, dialects.old_naming).attribute(_base(pair.aligned.attribute.constraint))
    return old.coercer != new.coercer


def _constraints(pair: AttributePair, wanted: Relation, variant: str = "") -> Iterator[Found]:
    if relation(pair) is wanted:
        old, new = print_attribute(pair.old.attribute.constraint), print_attribute(pair.new.attribute.constraint)
        yield Found(Side(old_side(pair).place, old), Side(new_side(pair).place, new), variant)


@on(
    AttributePair,
    "attribute constraint",
    "widened",
    verdicts=levels(source=C, ir=C),
    variants=(
        Variant(
            "recast",
            "the builder makes an attribute of another kind out of the same Python value",
            levels(source=D, ir=D, types=C),
        ),
    ),
    meaning="The attribute takes more values than before.",
    advice="Nothing to do, unless the kind of the attribute matters to you: then give a ready attribute for `{name}`.",
    mirror="narrowed",
    compares=("NamedAttribute.attribute", "Attribute.constraint"),
    examples=(
        ops("arguments: {size: 'attr i64 where positive'}", "arguments: {size: attr i64}"),
        ops("arguments: {size: attr i32}", "arguments: {size: attr integer}", variant="recast"),
    ),
)
def attribute_constraint_widened(pair: AttributePair) -> Iterator[Found]:
    """The new constraint contains the old one."""
    if relation(pair) is Relation.WIDENED:
        yield from _constraints(pair, Relation.WIDENED, "recast" * _is_recast(pair))


@on(
    AttributePair,
    "attribute constraint",
    "narrowed",
    verdicts=levels(source=B, ir=B, types=B),
    meaning="The attribute takes fewer values than before: calls and modules that give one of the others are refused.",
    advice="Give {new} for `{name}` in calls of `{owner}`.",
    mirror="widened",
    examples=(ops("arguments: {size: attr i64}", "arguments: {size: 'attr i64 where positive'}"),),
)
def attribute_constraint_narrowed(pair: AttributePair) -> Iterator[Found]:
    """The old constraint contains the new one."""
    yield from _constraints(pair, Relation.NARROWED)


@on(
    AttributePair,
    "attribute constraint",
    "changed",
    verdicts=levels(source=B, ir=B, types=B),
    meaning="""The attribute takes other values than before; it cannot be shown that the new constraint contains the old
    one or the reverse.""",
    advice="Give {new} for `{name}` in calls of `{owner}`.",
    mirror="changed",
    examples=(ops("arguments: {size: attr i64}", "arguments: {size: attr string}"),),
)
def attribute_constraint_changed(pair: AttributePair) -> Iterator[Found]:
    """Neither constraint contains the other."""
    yield from _constraints(pair, Relation.CHANGED)


@on(
    AttributePair,
    "attribute constraint",
    "respelled",
    verdicts=levels(docs=C),
    meaning="The constraint is written otherwise and accepts the same.",
    advice="Nothing to do.",
    mirror="respelled",
    examples=(
        ops(
            "arguments: {size: 'attr i64 where positive, power_of_two'}",
            "arguments: {size: 'attr i64 where power_of_two, positive'}",
        ),
        Example(
            "constraints: {N: i32 | i64}\noperations: {copy: {class: CopyOp, arguments: {of: attr type<i32 | i64>}}}",
            "constraints: {N: i32 | i64}\noperations: {copy: {class: CopyOp, arguments: {of: attr type<N>}}}",
        ),
    ),
)
def attribute_constraint_respelled(pair: AttributePair) -> Iterator[Found]:
    """Both constraints contain each other."""
    yield from _constraints(pair, Relation.RESPELLED)
