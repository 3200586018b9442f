"""Rules about regions."""

from __future__ import annotations

from collections.abc import Iterator

from opspec.diff.finds import added, moved, number, related, removed, renamed, same_in_python
from opspec.diff.pairs import OperationPair, RegionPair
from opspec.diff.relation import Relation, relate_regions
from opspec.diff.rule import B, C, D, Example, Find, Found, Variant, levels, on, ops, rule
from opspec.diff.sections import REGION
from opspec.diff.witness_operations import body_call
from opspec.model.constraints import HasParent, Multiplicity
from opspec.model.dialect import Dialect, Region

_ONE = "regions: {body: any}"
_TWO = "regions: {body: any, other: blocks 1}"


def _is_many(region: Region) -> bool:
    return region.constraint.multiplicity is Multiplicity.VARIADIC


def _blocks(wanted: Relation) -> Find:
    """Regions whose numbers of blocks are in a relation."""

    def relation(pair: RegionPair) -> Relation:
        return relate_regions(pair.old.constraint, pair.new.constraint)

    return related(wanted, relation, REGION.facts)


region_added = rule(
    OperationPair,
    "region: added",
    find=added(REGION, variant=lambda pair, region: "variadic" if _is_many(region) else ""),
    verdicts=levels(source=D, ir=B),
    variants=(Variant("variadic", "any number of regions may stand for it", levels(source=B, ir=C)),),
    meaning="""The operation has one more region. A call builds it empty, which may be wrong; an operation in an old
    module lacks it. A variadic one asks calls for the number of its regions.""",
    advice="Give a body for `{name}` in calls of `{owner}`.",
    mirror="removed",
    compares=("Operation.regions",),
    examples=(ops(_ONE, _TWO), ops(_ONE, "regions: {body: any, cases: variadic any}", variant="variadic")),
)


region_removed = rule(
    OperationPair,
    "region: removed",
    find=removed(REGION),
    verdicts=levels(source=B, ir=B),
    meaning="The operation no longer has the region. Calls that fill it fail, and modules that have it are refused.",
    advice="Leave `{name}` out of calls of `{owner}`.",
    mirror="added",
    examples=(ops(_TWO, _ONE),),
    witness=body_call,
)


region_renamed = rule(
    REGION,
    "region: renamed",
    find=renamed(same_in_python),
    verdicts=levels(source=B),
    variants=(Variant("same in Python", "both names become the same parameter", levels(docs=C)),),
    meaning="""A region is gone and one like it stands in its place: probably the same under another name. Its parameter
    and its accessor have another name; the IR has no names for regions.""",
    advice="Write `{new_name}` for `{old_name}` in calls of `{owner}`.",
    mirror="renamed",
    compares=("Region.name",),
    examples=(
        ops(_ONE, "regions: {inside: any}"),
        ops("regions: {theBody: any}", "regions: {the_body: any}", variant="same in Python"),
    ),
    witness=body_call,
)


region_moved = rule(
    OperationPair,
    "region: moved",
    find=moved(REGION, number),
    verdicts=levels(source=C, ir=B),
    meaning="""The region stands elsewhere among the regions. Calls fill regions by keyword and do not notice; modules
    hold them in order.""",
    advice="Nothing to do in Python.",
    mirror="moved",
    examples=(ops(_TWO, "regions: {other: blocks 1, body: any}"),),
)


@on(
    REGION,
    "region: made variadic",
    verdicts=levels(source=B, ir=C),
    meaning="""Any number of regions may stand for it now. The function asks for their number, and no longer takes a
    body for it.""",
    advice="Give the number of regions of `{name}` in calls of `{owner}` and fill them afterwards.",
    mirror="made single",
    compares=("Region.constraint", "RegionConstraint.multiplicity"),
    examples=(ops(_ONE, "regions: {body: variadic any}"),),
    witness=body_call,
)
def region_made_variadic(pair: RegionPair) -> Iterator[Found]:
    """One region before, any number now."""
    if _is_many(pair.new) and not _is_many(pair.old):
        yield Found(*pair.declared())


@on(
    REGION,
    "region: made single",
    verdicts=levels(source=B, ir=B),
    meaning="Exactly one region stands for it now. The function no longer asks for the number and takes a body.",
    advice="Leave the number of regions of `{name}` out of calls of `{owner}`.",
    mirror="made variadic",
    examples=(ops("regions: {body: variadic any}", _ONE),),
)
def region_made_single(pair: RegionPair) -> Iterator[Found]:
    """Any number of regions before, one now."""
    if _is_many(pair.old) and not _is_many(pair.new):
        yield Found(*pair.declared())


region_blocks_widened = rule(
    REGION,
    "region blocks: widened",
    find=_blocks(Relation.WIDENED),
    verdicts=levels(source=C, ir=C),
    meaning="The region may have more numbers of blocks than before.",
    advice="Nothing to do.",
    mirror="narrowed",
    subjects="",
    compares=("RegionConstraint.blocks", "RegionConstraint.minimum", "RegionConstraint.maximum"),
    examples=(ops("regions: {body: blocks 1}", _ONE),),
)


region_blocks_narrowed = rule(
    REGION,
    "region blocks: narrowed",
    find=_blocks(Relation.NARROWED),
    verdicts=levels(source=D, ir=B),
    meaning="The region may have fewer numbers of blocks than before; a builder does not count them.",
    advice="See that `{name}` of `{owner}` has {new}.",
    mirror="widened",
    subjects="",
    examples=(ops(_ONE, "regions: {body: blocks 1}"),),
)


region_blocks_changed = rule(
    REGION,
    "region blocks: changed",
    find=_blocks(Relation.CHANGED),
    verdicts=levels(source=D, ir=B),
    meaning="The region must have another number of blocks than before.",
    advice="See that `{name}` of `{owner}` has {new}.",
    mirror="changed",
    subjects="",
    examples=(ops("regions: {body: blocks 1}", "regions: {body: blocks 2}"),),
)


def _derived(dialect: Dialect, mnemonic: str) -> tuple[str, ...]:
    """The terminators that name an operation as their parent: what `HasParent` alone would say."""
    full_name = f"{dialect.name}.{mnemonic}"
    return tuple(
        operation.mnemonic
        for operation in dialect.operations
        if operation.has_trait("Terminator")
        and any(isinstance(trait, HasParent) and full_name in trait.operations for trait in operation.traits)
    )


_ENDS = (
    "operations: {{copy: {{class: CopyOp, {0}}}, stop: {{class: StopOp, traits: [Terminator]}},"
    " end: {{class: EndOp, traits: [Terminator]}}}}"
)
_OVERLAY = "operations: {{copy: {{terminators: {{body: {0}}}}}}}"


@on(
    REGION,
    "region terminator: changed",
    verdicts=levels(source=D, ir=D),
    meaning="""The overlay names another operation than before to end the region's blocks. A body that Python fills gets
    that one.""",
    advice="Nothing to do, unless you look at the terminator of `{name}`.",
    mirror="changed",
    compares=("Region.terminator",),
    examples=(Example(_ENDS.format(_ONE), _ENDS.format(_ONE), _OVERLAY.format("stop"), _OVERLAY.format("end")),),
)
def region_terminator_changed(pair: RegionPair) -> Iterator[Found]:
    """Another terminator; where both follow from the parents that terminators name, the rules about parents tell it."""
    old, new = pair.old.terminator, pair.new.terminator
    dialects, operation = pair.dialects, pair.within
    of_old = ("", *_derived(dialects.old, operation.old.mnemonic))
    of_new = ("", *_derived(dialects.new, operation.new.mnemonic))
    if pair.old.terminator != pair.in_old_names.terminator and not (old in of_old and new in of_new):
        yield Found(*pair.sides(old or "none", new or "none"))
