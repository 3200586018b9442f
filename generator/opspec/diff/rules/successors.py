"""Rules about successors."""

from __future__ import annotations

from collections.abc import Iterator

from opspec.diff.changes import Side
from opspec.diff.matching import moved
from opspec.diff.rule import B, C, Found, Variant, levels, on, ops
from opspec.diff.scopes import OperationPair, SuccessorPair
from opspec.notation import print_successor

_ONE = "traits: [Terminator], successors: {then: any}"
_TWO = "traits: [Terminator], successors: {then: any, otherwise: any}"
_THREE = "traits: [Terminator], successors: {then: any, otherwise: any, rest: variadic any}"


def old_side(pair: SuccessorPair) -> Side:
    """The successor on the old side, with its declaration."""
    return Side(pair.within.old_place("successors", pair.old.name), print_successor(pair.old.multiplicity))


def new_side(pair: SuccessorPair) -> Side:
    """The successor on the new side, with its declaration."""
    return Side(pair.within.new_place("successors", pair.new.name), print_successor(pair.new.multiplicity))


@on(
    OperationPair,
    "successor",
    "added",
    verdicts=levels(source=B, ir=B),
    meaning="The operation branches to one more block. Calls lack it, and so does every operation in an old module.",
    advice="Give `{name}` in calls of `{owner}`.",
    mirror="removed",
    compares=("Operation.successors",),
    examples=(ops(_ONE, _TWO),),
)
def successor_added(pair: OperationPair) -> Iterator[Found]:
    """Successors that only the new side has."""
    for successor in pair.successors.added:
        place = pair.new_place("successors", successor.name)
        yield Found(None, Side(place, print_successor(successor.multiplicity)))


@on(
    OperationPair,
    "successor",
    "removed",
    verdicts=levels(source=B, ir=B),
    meaning="The operation no longer branches to the block. Calls and modules that give it are refused.",
    advice="Leave `{name}` out of calls of `{owner}`.",
    mirror="added",
    examples=(ops(_TWO, _ONE),),
)
def successor_removed(pair: OperationPair) -> Iterator[Found]:
    """Successors that only the old side has."""
    for successor in pair.successors.removed:
        place = pair.old_place("successors", successor.name)
        yield Found(Side(place, print_successor(successor.multiplicity)), None)


@on(
    SuccessorPair,
    "successor",
    "renamed",
    verdicts=levels(source=B),
    variants=(Variant("same in Python", "both names become the same parameter", levels(docs=C)),),
    meaning="""A successor is gone and one like it stands in its place: probably the same under another name. Calls that
    give it by keyword fail; the IR has no names for successors.""",
    advice="Write `{new_name}` for `{old_name}` in calls of `{owner}`.",
    mirror="renamed",
    compares=("Successor.name",),
    examples=(
        ops(_ONE, _ONE.replace("then", "next")),
        ops(_ONE.replace("then", "goTo"), _ONE.replace("then", "go_to"), variant="same in Python"),
    ),
)
def successor_renamed(pair: SuccessorPair) -> Iterator[Found]:
    """Successors that are paired by likeness."""
    if pair.candidate is not None:
        dialects = pair.within.within
        same = dialects.old_naming.part(pair.old.name) == dialects.new_naming.part(pair.new.name)
        sides = (Side(old_side(pair).place, pair.old.name), Side(new_side(pair).place, pair.new.name))
        yield Found(*sides, "same in Python" * same, pair.candidate)


@on(
    OperationPair,
    "successor",
    "moved",
    verdicts=levels(source=B, ir=B),
    meaning="The successor stands elsewhere among the successors: calls by position and old modules branch wrongly.",
    advice="Give `{name}` of `{owner}` in its new place, or by keyword.",
    mirror="moved",
    examples=(ops(_THREE, _THREE.replace("then: any, otherwise: any", "otherwise: any, then: any")),),
)
def successor_moved(pair: OperationPair) -> Iterator[Found]:
    """The least successors that have to move."""
    old_names = {found.new.name: found.old.name for found in pair.successors.pairs}
    names = {old: new for new, old in old_names.items()}
    first = [s.name for s in pair.old.successors if s.name in names]
    after = [old_names[s.name] for s in pair.new.successors if s.name in old_names]
    for name in moved(first, after):
        old = Side(pair.old_place("successors", name), f"number {[s.name for s in pair.old.successors].index(name)}")
        index = [s.name for s in pair.new.successors].index(names[name])
        yield Found(old, Side(pair.new_place("successors", names[name]), f"number {index}"))


@on(
    SuccessorPair,
    "successor count",
    "widened",
    verdicts=levels(source=B, ir=C, types=B),
    meaning="Any number of blocks may stand for the successor now, and Python asks for a sequence.",
    advice="Give `[block]` for `{name}` in calls of `{owner}`.",
    mirror="narrowed",
    compares=("Successor.multiplicity",),
    examples=(ops(_ONE, _ONE.replace("any", "variadic any")),),
)
def successor_count_widened(pair: SuccessorPair) -> Iterator[Found]:
    """One block before, any number now."""
    if pair.old.multiplicity is not pair.new.multiplicity and not pair.old.multiplicity.value:
        yield Found(old_side(pair), new_side(pair))


@on(
    SuccessorPair,
    "successor count",
    "narrowed",
    verdicts=levels(source=B, ir=B, types=B),
    meaning="Exactly one block stands for the successor now, and Python asks for it instead of a sequence.",
    advice="Give one block for `{name}` in calls of `{owner}`.",
    mirror="widened",
    examples=(ops(_ONE.replace("any", "variadic any"), _ONE),),
)
def successor_count_narrowed(pair: SuccessorPair) -> Iterator[Found]:
    """Any number of blocks before, one now."""
    if pair.old.multiplicity is not pair.new.multiplicity and not pair.new.multiplicity.value:
        yield Found(old_side(pair), new_side(pair))
