"""Rules about what the attributes of operations accept."""

from __future__ import annotations

from collections.abc import Callable

from opspec.diff.finds import related
from opspec.diff.pairs import AttributePair
from opspec.diff.relation import Relation, relate
from opspec.diff.rule import B, C, D, Example, Find, Variant, levels, ops, rule
from opspec.diff.sections import ATTRIBUTE
from opspec.diff.witness_operations import refused_value
from opspec.model.constraints import AttributeConstraint, Confined
from opspec.notation import print_attribute
from opspec.pyview.constraints import ConstraintViews


def _base(constraint: AttributeConstraint) -> AttributeConstraint:
    return constraint.base if isinstance(constraint, Confined) else constraint


def _recast(pair: AttributePair) -> str:
    """Whether the builder makes another kind of attribute out of the same Python value."""
    dialects = pair.dialects
    old = ConstraintViews(dialects.old, dialects.old_naming).attribute(_base(pair.old.attribute.constraint))
    new = ConstraintViews(dialects.in_old_names, dialects.old_naming).attribute(
        _base(pair.in_old_names.attribute.constraint)
    )
    return "recast" if old.coercer != new.coercer else ""


def _related(wanted: Relation, variant: Callable[[AttributePair], str] = lambda pair: "") -> Find:
    """Attributes whose constraints are in a relation."""

    def relation(pair: AttributePair) -> Relation:
        old, new = pair.old.attribute.constraint, pair.in_old_names.attribute.constraint
        return relate(old, new, pair.dialects.old, pair.dialects.in_old_names)

    return related(wanted, relation, lambda named: print_attribute(named.attribute.constraint), variant)


attribute_constraint_widened = rule(
    ATTRIBUTE,
    "attribute constraint: widened",
    find=_related(Relation.WIDENED, _recast),
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


attribute_constraint_narrowed = rule(
    ATTRIBUTE,
    "attribute constraint: narrowed",
    find=_related(Relation.NARROWED),
    verdicts=levels(source=B, ir=B, types=B),
    meaning="The attribute takes fewer values than before: calls and modules that give one of the others are refused.",
    advice="Give {new} for `{name}` in calls of `{owner}`.",
    mirror="widened",
    examples=(ops("arguments: {size: attr i64}", "arguments: {size: 'attr i64 where positive'}"),),
    witness=refused_value,
)


attribute_constraint_changed = rule(
    ATTRIBUTE,
    "attribute constraint: changed",
    find=_related(Relation.CHANGED),
    verdicts=levels(source=B, ir=B, types=B),
    meaning="""The attribute takes other values than before; it cannot be shown that the new constraint contains the old
    one or the reverse.""",
    advice="Give {new} for `{name}` in calls of `{owner}`.",
    mirror="changed",
    examples=(ops("arguments: {size: attr i64}", "arguments: {size: attr string}"),),
    witness=refused_value,
)


attribute_constraint_respelled = rule(
    ATTRIBUTE,
    "attribute constraint: respelled",
    find=_related(Relation.RESPELLED),
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
