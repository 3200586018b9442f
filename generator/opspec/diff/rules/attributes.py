"""Rules about the attributes of operations."""

from __future__ import annotations

from collections.abc import Iterator

from opspec.diff.changes import Side
from opspec.diff.facts import argument_facts
from opspec.diff.order import is_positional, moves, neighbour
from opspec.diff.rule import B, C, D, Found, Variant, levels, on, ops
from opspec.diff.scopes import AttributePair, OperationPair
from opspec.model.constraints import AttributeKind
from opspec.model.dialect import NamedAttribute
from opspec.notation.literals import print_literal

_SIZE = "arguments: {from: any, size: attr i64}"
_NONE = "arguments: {from: any}"
_OPTIONAL = "arguments: {from: any, size: attr optional i64}"
_DEFAULT = "arguments: {from: any, size: attr i64 = 1}"


def old_side(pair: AttributePair) -> Side:
    """The attribute on the old side, with its declaration."""
    return Side(pair.within.old_place("arguments", pair.old.name), argument_facts(pair.old))


def new_side(pair: AttributePair) -> Side:
    """The attribute on the new side, with its declaration."""
    return Side(pair.within.new_place("arguments", pair.new.name), argument_facts(pair.new))


def _new(pair: OperationPair, attribute: NamedAttribute) -> Side:
    written = next(a for a in pair.new.attributes if a.name == attribute.name)
    return Side(pair.new_place("arguments", attribute.name), argument_facts(written))


@on(
    OperationPair,
    "attribute",
    "added",
    verdicts=levels(source=B, ir=B),
    meaning="The operation needs one more attribute. Calls lack it, and so does every operation in an old module.",
    advice="Give `{name}` ({new}) in calls of `{owner}`.",
    mirror="removed",
    examples=(ops(_NONE, _SIZE),),
)
def attribute_added(pair: OperationPair) -> Iterator[Found]:
    """Required attributes that only the new side has."""
    for attribute in pair.attributes.added:
        if is_positional(attribute):
            yield Found(None, _new(pair, attribute))


@on(
    OperationPair,
    "optional attribute",
    "added",
    verdicts=levels(source=C, ir=C),
    meaning="The operation has one more attribute, which may be left out: calls and modules stay right.",
    advice="Nothing to do.",
    mirror="=attribute-removed",
    examples=(ops(_NONE, _OPTIONAL), ops(_NONE, _DEFAULT), ops(_NONE, "arguments: {from: any, size: attr unit}")),
)
def optional_attribute_added(pair: OperationPair) -> Iterator[Found]:
    """Attributes that may be left out and that only the new side has."""
    for attribute in pair.attributes.added:
        if not is_positional(attribute):
            yield Found(None, _new(pair, attribute))


@on(
    OperationPair,
    "attribute",
    "removed",
    verdicts=levels(source=B, ir=D),
    meaning="""The operation no longer has the attribute. Calls that give it fail. In a module it is taken for a
    stranger's attribute and ignored, so the operation means something else.""",
    advice="Leave `{name}` out of calls of `{owner}`.",
    mirror="added|=optional-attribute-added",
    examples=(ops(_SIZE, _NONE), ops(_OPTIONAL, _NONE)),
)
def attribute_removed(pair: OperationPair) -> Iterator[Found]:
    """Attributes that only the old side has."""
    for attribute in pair.attributes.removed:
        yield Found(Side(pair.old_place("arguments", attribute.name), argument_facts(attribute)), None)


@on(
    AttributePair,
    "attribute",
    "renamed",
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
)
def attribute_renamed(pair: AttributePair) -> Iterator[Found]:
    """Attributes that are paired by likeness."""
    if pair.candidate is None:
        return
    dialects = pair.within.within
    old, new = dialects.old_naming.part(pair.old.name), dialects.new_naming.part(pair.new.name)
    variant = "same in Python" if old == new else "" if is_positional(pair.new) else "optional"
    sides = (Side(old_side(pair).place, pair.old.name), Side(new_side(pair).place, pair.new.name))
    yield Found(*sides, variant, pair.candidate)


def _sides(pair: OperationPair, old: str, new: str) -> tuple[Side, Side]:
    return (
        Side(pair.old_place("arguments", old), neighbour(pair, old, is_old=True)),
        Side(pair.new_place("arguments", new), neighbour(pair, new, is_old=False)),
    )


@on(
    OperationPair,
    "argument",
    "moved",
    verdicts=levels(source=B),
    meaning="""The argument stands elsewhere among the parameters that calls give by position, while the order of the
    operands stayed. The IR does not change.""",
    advice="Give `{name}` of `{owner}` in its new place, or by keyword.",
    mirror="moved",
    examples=(
        ops("arguments: {size: attr i64, kind: attr string}", "arguments: {kind: attr string, size: attr i64}"),
        ops("arguments: {from: any, size: attr i64}", "arguments: {size: attr i64, from: any}"),
    ),
)
def argument_moved(pair: OperationPair) -> Iterator[Found]:
    """The least arguments by position that have to move, besides operands that moved among operands."""
    for old, new in moves(pair).arguments:
        yield Found(*_sides(pair, old, new))


@on(
    OperationPair,
    "keyword argument",
    "moved",
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
    "attribute",
    "made operand",
    verdicts=levels(source=B, ir=B),
    meaning="What was a constant of the operation is a value computed in the IR now.",
    advice="Give an MLIR value for `{name}` in calls of `{owner}`.",
    mirror="=operand-made-attribute",
    examples=(ops("arguments: {size: attr i64}", "arguments: {size: i64}"),),
)
def attribute_made_operand(pair: OperationPair) -> Iterator[Found]:
    """Arguments that were attributes and are operands of the same name."""
    for name in pair.swapped:
        old = next(a for a in pair.old.arguments if a.name == name)
        new = next(a for a in pair.new.arguments if a.name == name)
        if isinstance(old, NamedAttribute):
            first = Side(pair.old_place("arguments", name), argument_facts(old))
            yield Found(first, Side(pair.new_place("arguments", name), argument_facts(new)))


def _state(attribute: NamedAttribute) -> str:
    """`required`, `optional` (unset where it is left out) or `default`."""
    if attribute.attribute.default is not None:
        return "default"
    return "optional" if attribute.attribute.optional else "required"


def _states(pair: AttributePair) -> tuple[str, str]:
    return _state(pair.old), _state(pair.new)


def _is_unit(pair: AttributePair) -> bool:
    return AttributeKind.UNIT in (pair.old.attribute.constraint, pair.new.attribute.constraint)


@on(
    AttributePair,
    "attribute",
    "made optional",
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
def attribute_made_optional(pair: AttributePair) -> Iterator[Found]:
    """Required before, unset by default now."""
    if _states(pair) == ("required", "optional"):
        yield Found(old_side(pair), new_side(pair), "flag" * _is_unit(pair))


@on(
    AttributePair,
    "attribute",
    "made required",
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
def attribute_made_required(pair: AttributePair) -> Iterator[Found]:
    """Unset or with a default before, required now."""
    old, new = _states(pair)
    if new == "required" and old != "required":
        yield Found(old_side(pair), new_side(pair), "flag" * _is_unit(pair))


def _default(attribute: NamedAttribute) -> str:
    default = attribute.attribute.default
    return _state(attribute) if default is None else print_literal(default)


def _default_sides(pair: AttributePair) -> tuple[Side, Side]:
    return Side(old_side(pair).place, _default(pair.old)), Side(new_side(pair).place, _default(pair.new))


@on(
    AttributePair,
    "attribute default",
    "added",
    verdicts=levels(source=B, ir=C, types=C),
    variants=(Variant("was optional", "it could be left unset before", levels(source=D, ir=D)),),
    meaning="""The attribute has a default now, so it is a keyword parameter: calls that give it by position fail. Where
    it could be left unset before, leaving it out means the default now.""",
    advice="Give `{name}` by keyword in calls of `{owner}`; left out it is no longer unset.",
    mirror="removed|=attribute-made-required",
    compares=("Attribute.default",),
    examples=(ops(_SIZE, _DEFAULT), ops(_OPTIONAL, _DEFAULT, variant="was optional")),
)
def attribute_default_added(pair: AttributePair) -> Iterator[Found]:
    """Without a default before, with one now."""
    old, new = _states(pair)
    if new == "default" and old != "default":
        was_optional = old == "optional"
        sides = _default_sides(pair) if was_optional else (old_side(pair), new_side(pair))
        yield Found(*sides, "was optional" * was_optional)


@on(
    AttributePair,
    "attribute default",
    "removed",
    verdicts=levels(source=D, ir=D),
    meaning="""Left out, the attribute meant a default before and is unset now. What the operation does without it is
    not in the spec. Where it has to be given now, the rule `attribute-made-required` says so instead.""",
    advice="Give `{name}={old}` in calls of `{owner}` to keep what they meant.",
    mirror="added",
    examples=(ops(_DEFAULT, _OPTIONAL),),
)
def attribute_default_removed(pair: AttributePair) -> Iterator[Found]:
    """With a default before, unset now."""
    if _states(pair) == ("default", "optional"):
        yield Found(*_default_sides(pair))


@on(
    AttributePair,
    "attribute default",
    "changed",
    verdicts=levels(source=D, ir=D),
    meaning="""Left out, the attribute means another value than before. Nothing fails, in Python or in a module, and
    something else is computed.""",
    advice="Give `{name}={old}` in calls of `{owner}` to keep what they meant.",
    mirror="changed",
    examples=(ops(_DEFAULT, _DEFAULT.replace("1", "2")),),
)
def attribute_default_changed(pair: AttributePair) -> Iterator[Found]:
    """Another default."""
    if _states(pair) == ("default", "default"):
        old, new = pair.old.attribute.default, pair.aligned.attribute.default
        if old.__class__ is not new.__class__ or old != new:
            yield Found(*_default_sides(pair))


@on(
    AttributePair,
    "attribute storage",
    "changed",
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
        yield Found(Side(old_side(pair).place, words[0]), Side(new_side(pair).place, words[1]))
