"""Rules about the attributes of operations."""

from __future__ import annotations

from collections.abc import Iterator

from opspec.diff.changes import Side
from opspec.diff.finds import (
    added,
    default_added,
    default_changed,
    default_removed,
    made_optional,
    made_required,
    removed,
    renamed,
    same_in_python,
)
from opspec.diff.order import is_positional, moves, neighbour, swapped
from opspec.diff.pairs import AttributePair, OperationPair
from opspec.diff.rule import B, C, D, Found, Variant, levels, on, ops, rule
from opspec.diff.sections import ATTRIBUTE
from opspec.diff.witness_operations import keyword_call, moved_argument
from opspec.model.constraints import AttributeKind
from opspec.model.dialect import NamedAttribute

_SIZE = "arguments: {from: any, size: attr i64}"
_NONE = "arguments: {from: any}"
_OPTIONAL = "arguments: {from: any, size: attr optional i64}"
_DEFAULT = "arguments: {from: any, size: attr i64 = 1}"


def _renamed_variant(pair: AttributePair) -> str:
    return same_in_python(pair) or ("" if is_positional(pair.new) else "optional")


attribute_added = rule(
    OperationPair,
    "attribute: added",
    find=added(ATTRIBUTE, fits=is_positional),
    verdicts=levels(source=B, ir=B),
    meaning="The operation needs one more attribute. Calls lack it, and so does every operation in an old module.",
    advice="Give `{name}` ({new}) in calls of `{owner}`.",
    mirror="removed",
    examples=(ops(_NONE, _SIZE),),
)


optional_attribute_added = rule(
    OperationPair,
    "optional attribute: added",
    find=added(ATTRIBUTE, fits=lambda attribute: not is_positional(attribute)),
    verdicts=levels(source=C, ir=C),
    meaning="The operation has one more attribute, which may be left out: calls and modules stay right.",
    advice="Nothing to do.",
    mirror="=attribute-removed",
    examples=(ops(_NONE, _OPTIONAL), ops(_NONE, _DEFAULT), ops(_NONE, "arguments: {from: any, size: attr unit}")),
)


attribute_removed = rule(
    OperationPair,
    "attribute: removed",
    find=removed(ATTRIBUTE),
    verdicts=levels(source=B, ir=D),
    meaning="""The operation no longer has the attribute. Calls that give it fail. In a module it is taken for a
    stranger's attribute and ignored, so the operation means something else.""",
    advice="Leave `{name}` out of calls of `{owner}`.",
    mirror="added|=optional-attribute-added",
    examples=(ops(_SIZE, _NONE), ops(_OPTIONAL, _NONE)),
    witness=keyword_call,
)


attribute_renamed = rule(
    ATTRIBUTE,
    "attribute: renamed",
    find=renamed(_renamed_variant),
    verdicts=levels(source=B, ir=B),
    variants=(
        Variant("optional", "it may be left out, so that its old name is ignored", levels(source=B, ir=D)),
        Variant("same in Python", "both names become the same parameter", levels(ir=B)),
    ),
    meaning="""An attribute is gone and one like it is new: probably the same under another name. Calls that give it by
    keyword fail, and so do its accessor and old modules.""",
    advice="Write `{new_name}` for `{old_name}` in calls of `{owner}`.",
    mirror="renamed",
    compares=("NamedAttribute.name",),
    examples=(
        ops(_SIZE, _SIZE.replace("size", "count")),
        ops(_DEFAULT, _DEFAULT.replace("size", "count"), variant="optional"),
        ops(_SIZE.replace("size", "fullSize"), _SIZE.replace("size", "full_size"), variant="same in Python"),
    ),
    witness=keyword_call,
)


def _sides(pair: OperationPair, old: str, new: str) -> tuple[Side, Side]:
    return (
        Side(pair.old_place("arguments", old), neighbour(pair, old, is_old=True)),
        Side(pair.new_place("arguments", new), neighbour(pair, new, is_old=False)),
    )


@on(
    OperationPair,
    "argument: moved",
    verdicts=levels(source=B),
    meaning="""The argument stands elsewhere among the parameters that calls give by position, while the order of the
    operands stayed. The IR does not change.""",
    advice="Give `{name}` of `{owner}` in its new place, or by keyword.",
    mirror="moved",
    examples=(
        ops("arguments: {size: attr i64, kind: attr string}", "arguments: {kind: attr string, size: attr i64}"),
        ops("arguments: {from: any, size: attr i64}", "arguments: {size: attr i64, from: any}"),
    ),
    witness=moved_argument,
)
def argument_moved(pair: OperationPair) -> Iterator[Found]:
    """The least arguments by position that have to move, besides operands that moved among operands."""
    for old, new in moves(pair).arguments:
        yield Found(*_sides(pair, old, new))


@on(
    OperationPair,
    "keyword argument: moved",
    verdicts=levels(docs=C),
    meaning="An argument that calls give by keyword stands elsewhere. Neither calls nor modules notice.",
    advice="Nothing to do.",
    mirror="moved",
    examples=(
        ops(
            "arguments: {size: attr i64 = 1, kind: attr optional string}",
            "arguments: {kind: attr optional string, size: attr i64 = 1}",
        ),
    ),
)
def keyword_argument_moved(pair: OperationPair) -> Iterator[Found]:
    """What moved besides, in the whole list of arguments."""
    for old, new in moves(pair).keywords:
        yield Found(*_sides(pair, old, new))


@on(
    OperationPair,
    "attribute: made operand",
    verdicts=levels(source=B, ir=B),
    meaning="What was a constant of the operation is a value computed in the IR now.",
    advice="Give an MLIR value for `{name}` in calls of `{owner}`.",
    mirror="=operand-made-attribute",
    examples=(ops("arguments: {size: attr i64}", "arguments: {size: i64}"),),
)
def attribute_made_operand(pair: OperationPair) -> Iterator[Found]:
    """Arguments that were attributes and are operands of the same name."""
    return swapped(pair, NamedAttribute)


def _flag(pair: AttributePair) -> str:
    constraints = (pair.old.attribute.constraint, pair.new.attribute.constraint)
    return "flag" if AttributeKind.UNIT in constraints else ""


attribute_made_optional = rule(
    ATTRIBUTE,
    "attribute: made optional",
    find=made_optional(_flag),
    verdicts=levels(source=B, ir=C, types=C),
    variants=(Variant("flag", "it is a unit attribute, which is a keyword parameter anyway", levels(docs=C)),),
    meaning="""The attribute may be left unset, so it is a keyword parameter now: calls that give it by position fail.
    Modules stay right.""",
    advice="Give `{name}` by keyword in calls of `{owner}`.",
    mirror="made required",
    compares=("Attribute.optional",),
    examples=(
        ops(_SIZE, _OPTIONAL),
        ops("arguments: {fast: attr unit}", "arguments: {fast: attr optional unit}", variant="flag"),
    ),
)


attribute_made_required = rule(
    ATTRIBUTE,
    "attribute: made required",
    find=made_required(_flag),
    verdicts=levels(source=B, ir=B, types=B),
    variants=(Variant("flag", "it is a unit attribute, which is a keyword parameter anyway", levels(docs=C)),),
    meaning="The attribute may no longer be left out.",
    advice="Give `{name}` in every call of `{owner}`.",
    mirror="made optional|=attribute-default-added",
    examples=(
        ops(_OPTIONAL, _SIZE),
        ops(_DEFAULT, _SIZE),
        ops("arguments: {fast: attr optional unit}", "arguments: {fast: attr unit}", variant="flag"),
    ),
)


attribute_default_added = rule(
    ATTRIBUTE,
    "attribute default: added",
    find=default_added(),
    verdicts=levels(source=B, ir=C, types=C),
    variants=(Variant("was optional", "it could be left unset before", levels(source=D, ir=D)),),
    meaning="""The attribute has a default now, so it is a keyword parameter: calls that give it by position fail. Where
    it could be left unset before, leaving it out means the default now.""",
    advice="Give `{name}` by keyword in calls of `{owner}`; left out it is no longer unset.",
    mirror="removed|=attribute-made-required",
    compares=("Attribute.default",),
    examples=(ops(_SIZE, _DEFAULT), ops(_OPTIONAL, _DEFAULT, variant="was optional")),
)


attribute_default_removed = rule(
    ATTRIBUTE,
    "attribute default: removed",
    find=default_removed,
    verdicts=levels(source=D, ir=D),
    meaning="""Left out, the attribute meant a default before and is unset now. What the operation does without it is
    not in the spec. Where it has to be given now, the rule `attribute-made-required` says so instead.""",
    advice="Give {as_before} in calls of `{owner}` to keep what they meant.",
    mirror="added",
    examples=(ops(_DEFAULT, _OPTIONAL),),
)


attribute_default_changed = rule(
    ATTRIBUTE,
    "attribute default: changed",
    find=default_changed,
    verdicts=levels(source=D, ir=D),
    meaning="""Left out, the attribute means another value than before. Nothing fails, in Python or in a module, and
    something else is computed.""",
    advice="Give {as_before} in calls of `{owner}` to keep what they meant.",
    mirror="changed",
    examples=(ops(_DEFAULT, _DEFAULT.replace("1", "2")),),
)


@on(
    ATTRIBUTE,
    "attribute storage: changed",
    verdicts=levels(ir=D),
    meaning="""The attribute is a property now, or no longer one. It stays what it is for calls; the generic form of the
    IR writes it elsewhere.""",
    advice="Nothing to do in Python.",
    mirror="changed",
    subjects="",
    compares=("Attribute.is_property",),
    examples=(ops(_SIZE, _SIZE.replace("attr", "prop")),),
)
def attribute_storage_changed(pair: AttributePair) -> Iterator[Found]:
    """Attribute to property, or the reverse."""
    if pair.old.attribute.is_property != pair.new.attribute.is_property:
        words = [("property" if a.attribute.is_property else "attribute") for a in (pair.old, pair.new)]
        yield Found(*pair.sides(*words))
