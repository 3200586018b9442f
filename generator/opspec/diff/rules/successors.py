"""Rules about successors."""

from __future__ import annotations

from collections.abc import Iterator

from opspec.diff.finds import added, moved, number, removed, renamed, same_in_python
from opspec.diff.pairs import OperationPair, SuccessorPair
from opspec.diff.rule import B, C, Found, Variant, levels, on, ops, rule
from opspec.diff.sections import SUCCESSOR
from opspec.diff.witness_operations import keyword_call, moved_successor

_ONE = "traits: [Terminator], successors: {then: any}"
_TWO = "traits: [Terminator], successors: {then: any, otherwise: any}"
_THREE = "traits: [Terminator], successors: {then: any, otherwise: any, rest: variadic any}"


successor_added = rule(
    OperationPair,
    "successor: added",
    find=added(SUCCESSOR),
    verdicts=levels(source=B, ir=B),
    meaning="The operation branches to one more block. Calls lack it, and so does every operation in an old module.",
    advice="Give `{name}` in calls of `{owner}`.",
    mirror="removed",
    compares=("Operation.successors",),
    examples=(ops(_ONE, _TWO),),
)


successor_removed = rule(
    OperationPair,
    "successor: removed",
    find=removed(SUCCESSOR),
    verdicts=levels(source=B, ir=B),
    meaning="The operation no longer branches to the block. Calls and modules that give it are refused.",
    advice="Leave `{name}` out of calls of `{owner}`.",
    mirror="added",
    examples=(ops(_TWO, _ONE),),
)


successor_renamed = rule(
    SUCCESSOR,
    "successor: renamed",
    find=renamed(same_in_python),
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
    witness=keyword_call,
)


successor_moved = rule(
    OperationPair,
    "successor: moved",
    find=moved(SUCCESSOR, number),
    verdicts=levels(source=B, ir=B),
    meaning="The successor stands elsewhere among the successors: calls by position and old modules branch wrongly.",
    advice="Give `{name}` of `{owner}` in its new place, or by keyword.",
    mirror="moved",
    examples=(ops(_THREE, _THREE.replace("then: any, otherwise: any", "otherwise: any, then: any")),),
    witness=moved_successor,
)


@on(
    SUCCESSOR,
    "successor count: widened",
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
        yield Found(*pair.declared())


@on(
    SUCCESSOR,
    "successor count: narrowed",
    verdicts=levels(source=B, ir=B, types=B),
    meaning="Exactly one block stands for the successor now, and Python asks for it instead of a sequence.",
    advice="Give one block for `{name}` in calls of `{owner}`.",
    mirror="widened",
    examples=(ops(_ONE.replace("any", "variadic any"), _ONE),),
)
def successor_count_narrowed(pair: SuccessorPair) -> Iterator[Found]:
    """Any number of blocks before, one now."""
    if pair.old.multiplicity is not pair.new.multiplicity and not pair.new.multiplicity.value:
        yield Found(*pair.declared())
