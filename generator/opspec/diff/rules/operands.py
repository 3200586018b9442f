"""Rules about operands."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from opspec.diff.changes import Side
from opspec.diff.finds import added, removed, renamed, same_in_python
from opspec.diff.order import moves, neighbour, swapped
from opspec.diff.pairs import OperandPair, OperationPair
from opspec.diff.rule import B, C, Found, Variant, levels, on, ops, rule
from opspec.diff.sections import OPERAND
from opspec.diff.witness_operations import keyword_call, moved_argument
from opspec.model.constraints import Multiplicity
from opspec.model.dialect import NamedValue

_SEGMENTS = "AttrSizedOperandSegments"
_SEGMENTED = "the operation writes the number of its operands into the IR (`AttrSizedOperandSegments`)"
_ONE = "arguments: {from: any}"
_SIZED = "traits: [AttrSizedOperandSegments], arguments: {from: variadic any, to: variadic any"


def _segmented(pair: OperationPair, _: NamedValue) -> str:
    """Whether the operation counts its operands on both sides, so that one more or less shows in every module."""
    return "segmented" if pair.old.has_trait(_SEGMENTS) and pair.new.has_trait(_SEGMENTS) else ""


def _is(*multiplicities: Multiplicity) -> Callable[[NamedValue], bool]:
    return lambda operand: operand.value.multiplicity in multiplicities


operand_added = rule(
    OperationPair,
    "operand: added",
    find=added(OPERAND, fits=_is(Multiplicity.ONE)),
    verdicts=levels(source=B, ir=B),
    meaning="The operation takes one more value. Calls lack it, and so does every operation in an old module.",
    advice="Give `{name}` in calls of `{owner}`.",
    mirror="removed",
    compares=("Operation.arguments",),
    examples=(ops(_ONE, "arguments: {from: any, to: any}"),),
)


optional_operand_added = rule(
    OperationPair,
    "optional operand: added",
    find=added(OPERAND, fits=_is(Multiplicity.OPTIONAL), variant=_segmented),
    verdicts=levels(source=C, ir=C),
    variants=(Variant("segmented", _SEGMENTED, levels(source=C, ir=B)),),
    meaning="The operation may take one more value, by keyword. Calls without it stay right.",
    advice="Nothing to do in Python.",
    mirror="=operand-removed",
    examples=(
        ops(_ONE, "arguments: {from: any, mask: optional i1}"),
        ops(f"{_SIZED}}}", f"{_SIZED}, mask: optional i1}}", variant="segmented"),
    ),
)


variadic_operand_added = rule(
    OperationPair,
    "variadic operand: added",
    find=added(OPERAND, fits=_is(Multiplicity.VARIADIC, Multiplicity.NESTED), variant=_segmented),
    verdicts=levels(source=B, ir=C),
    variants=(Variant("segmented", _SEGMENTED, levels(source=B, ir=B)),),
    meaning="""The operation takes one more list of values. Python asks for the list, though it may be empty; an old
    module reads as if it were empty.""",
    advice="Give `{name}` in calls of `{owner}`, `[]` where there is nothing to give.",
    mirror="=operand-removed",
    examples=(
        ops(_ONE, "arguments: {from: any, indices: variadic index}"),
        ops(f"{_SIZED}}}", f"{_SIZED}, indices: variadic index}}", variant="segmented"),
    ),
)


operand_removed = rule(
    OperationPair,
    "operand: removed",
    find=removed(OPERAND),
    verdicts=levels(source=B, ir=B),
    meaning="The operation no longer takes the value. Calls and modules that give it are refused.",
    advice="Leave `{name}` out of calls of `{owner}`.",
    mirror="added|=optional-operand-added|=variadic-operand-added",
    examples=(ops("arguments: {from: any, to: any}", _ONE),),
    witness=keyword_call,
)


operand_renamed = rule(
    OPERAND,
    "operand: renamed",
    find=renamed(same_in_python),
    verdicts=levels(source=B),
    variants=(Variant("same in Python", "both names become the same parameter", levels(docs=C)),),
    meaning="""An operand is gone and one like it stands in its place: probably the same under another name. Calls that
    give it by keyword fail, and so does its accessor. The IR has no names for operands.""",
    advice="Write `{new_name}` for `{old_name}` in calls of `{owner}`.",
    mirror="renamed",
    compares=("NamedValue.name",),
    examples=(
        ops("arguments: {from: any, to: any}", "arguments: {from: any, into: any}"),
        ops("arguments: {fromHere: any}", "arguments: {from_here: any}", variant="same in Python"),
    ),
    witness=keyword_call,
)


@on(
    OperationPair,
    "operand: moved",
    verdicts=levels(source=B, ir=B),
    variants=(Variant("optional", "it is given by keyword", levels(ir=B)),),
    meaning="""The operand stands elsewhere among the operands. A call by position and an old module give the values in
    the old order, which is wrong now, and nothing says so where the types agree.""",
    advice="Give `{name}` in its new place, or by keyword.",
    mirror="moved",
    examples=(
        ops("arguments: {from: any, to: any}", "arguments: {to: any, from: any}"),
        ops(
            "traits: [AttrSizedOperandSegments], arguments: {from: any, a: optional any, b: optional any}",
            "traits: [AttrSizedOperandSegments], arguments: {from: any, b: optional any, a: optional any}",
            variant="optional",
        ),
    ),
    witness=moved_argument,
)
def operand_moved(pair: OperationPair) -> Iterator[Found]:
    """The least operands that have to move to get from one order to the other."""
    for name, new_name in moves(pair).operands:
        old = next(o for o in pair.old.operands if o.name == name)
        new = next(o for o in pair.new.operands if o.name == new_name)
        is_optional = {old.value.multiplicity, new.value.multiplicity} == {Multiplicity.OPTIONAL}
        old_side = Side(pair.old_place("arguments", name), neighbour(pair, name, is_old=True))
        new_side = Side(pair.new_place("arguments", new_name), neighbour(pair, new_name, is_old=False))
        yield Found(old_side, new_side, "optional" if is_optional else "")


@on(
    OperationPair,
    "operand: made attribute",
    verdicts=levels(source=B, ir=B),
    meaning="What was a value computed in the IR is an attribute now: a constant of the operation.",
    advice="Give a Python value for `{name}` in calls of `{owner}`.",
    mirror="=attribute-made-operand",
    examples=(ops("arguments: {size: i64}", "arguments: {size: attr i64}"),),
)
def operand_made_attribute(pair: OperationPair) -> Iterator[Found]:
    """Arguments that were operands and are attributes of the same name."""
    return swapped(pair, NamedValue)


def _multiplicities(pair: OperandPair) -> tuple[Multiplicity, Multiplicity]:
    return pair.old.value.multiplicity, pair.new.value.multiplicity


@on(
    OPERAND,
    "operand: made optional",
    verdicts=levels(source=B, ir=C),
    meaning="""The operand may be left out, so it is a keyword parameter now: calls that give it by position fail.
    Modules stay right.""",
    advice="Give `{name}` by keyword in calls of `{owner}`.",
    mirror="made required",
    compares=("NamedValue.value", "Value.multiplicity"),
    examples=(ops("arguments: {from: any, mask: i1}", "arguments: {from: any, mask: optional i1}"),),
)
def operand_made_optional(pair: OperandPair) -> Iterator[Found]:
    """One value before, one or none now."""
    if _multiplicities(pair) == (Multiplicity.ONE, Multiplicity.OPTIONAL):
        yield Found(*pair.declared())


@on(
    OPERAND,
    "operand: made required",
    verdicts=levels(source=B, ir=B),
    meaning="The operand may no longer be left out.",
    advice="Give `{name}` in every call of `{owner}`.",
    mirror="made optional",
    examples=(ops("arguments: {from: any, mask: optional i1}", "arguments: {from: any, mask: i1}"),),
)
def operand_made_required(pair: OperandPair) -> Iterator[Found]:
    """One value or none before, one now."""
    if _multiplicities(pair) == (Multiplicity.OPTIONAL, Multiplicity.ONE):
        yield Found(*pair.declared())


@on(
    OPERAND,
    "operand: made variadic",
    verdicts=levels(source=B, ir=C, types=B),
    meaning="""The operand is a list of values now, and Python asks for a sequence: a single value is refused. A module
    with one value stays right.""",
    advice="Give `[value]` for `{name}` in calls of `{owner}`.",
    mirror="made single",
    examples=(ops(_ONE, "arguments: {from: variadic any}"),),
)
def operand_made_variadic(pair: OperandPair) -> Iterator[Found]:
    """One value (or none) before, any number now."""
    if pair.new.value.is_list and not pair.old.value.is_list:
        yield Found(*pair.declared())


@on(
    OPERAND,
    "operand: made single",
    verdicts=levels(source=B, ir=B, types=B),
    meaning="The operand is no longer a list: Python asks for one value, and a module with several is refused.",
    advice="Give one value for `{name}` in calls of `{owner}`.",
    mirror="made variadic",
    examples=(ops("arguments: {from: variadic any}", _ONE),),
)
def operand_made_single(pair: OperandPair) -> Iterator[Found]:
    """Any number of values before, one (or none) now."""
    if pair.old.value.is_list and not pair.new.value.is_list:
        yield Found(*pair.declared())


@on(
    OPERAND,
    "operand: regrouped",
    verdicts=levels(ir=B),
    meaning="""The operand's values are grouped now, or no longer are, or another attribute holds the sizes of the
    groups. Builders take all values in one list either way.""",
    advice="See that the sizes of the groups of `{name}` are where `{owner}` has them now.",
    mirror="regrouped",
    compares=("Value.segments",),
    examples=(
        ops(
            "arguments: {from: variadic any, sizes: attr dense_array<i32>}",
            "arguments: {from: variadic_of_variadic(sizes) any, sizes: attr dense_array<i32>}",
        ),
    ),
)
def operand_regrouped(pair: OperandPair) -> Iterator[Found]:
    """Variadics of variadics that were variadics or became them, and their attribute."""
    nested = [value.multiplicity is Multiplicity.NESTED for value in (pair.old.value, pair.new.value)]
    are_lists = pair.old.value.is_list and pair.new.value.is_list
    if are_lists and (nested[0] != nested[1] or pair.old.value.segments != pair.in_old_names.value.segments):
        yield Found(*pair.declared())
