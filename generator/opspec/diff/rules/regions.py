"""Rules about regions."""

from __future__ import annotations

from collections.abc import Iterator

from opspec.diff.changes import Side
from opspec.diff.matching import moved
from opspec.diff.relation import Relation, relate_regions
from opspec.diff.rule import B, C, D, Example, Found, Variant, levels, on, ops
from opspec.diff.scopes import OperationPair, RegionPair
from opspec.model.constraints import HasParent, Multiplicity
from opspec.model.dialect import Dialect
from opspec.notation import print_region

_ONE = "regions: {body: any}"
_TWO = "regions: {body: any, other: blocks 1}"


def old_side(pair: RegionPair) -> Side:
    """The region on the old side, with its declaration."""
    return Side(pair.within.old_place("regions", pair.old.name), print_region(pair.old.constraint))


def new_side(pair: RegionPair) -> Side:
    """The region on the new side, with its declaration."""
    return Side(pair.within.new_place("regions", pair.new.name), print_region(pair.new.constraint))


@on(
    OperationPair,
    "region",
    "added",
    verdicts=levels(source=D, ir=B),
    variants=(Variant("variadic", "any number of regions may stand for it", levels(source=B, ir=C)),),
    meaning="""The operation has one more region. A call builds it empty, which may be wrong; an operation in an old
    module lacks it. A variadic one asks calls for the number of its regions.""",
    advice="Give a body for `{name}` in calls of `{owner}`.",
    mirror="removed",
    compares=("Operation.regions",),
    examples=(ops(_ONE, _TWO), ops(_ONE, "regions: {body: any, cases: variadic any}", variant="variadic")),
)
def region_added(pair: OperationPair) -> Iterator[Found]:
    """Regions that only the new side has."""
    for region in pair.regions.added:
        many = region.constraint.multiplicity is Multiplicity.VARIADIC
        place = pair.new_place("regions", region.name)
        yield Found(None, Side(place, print_region(region.constraint)), "variadic" * many)


@on(
    OperationPair,
    "region",
    "removed",
    verdicts=levels(source=B, ir=B),
    meaning="The operation no longer has the region. Calls that fill it fail, and modules that have it are refused.",
    advice="Leave `{name}` out of calls of `{owner}`.",
    mirror="added",
    examples=(ops(_TWO, _ONE),),
)
def region_removed(pair: OperationPair) -> Iterator[Found]:
    """Regions that only the old side has."""
    for region in pair.regions.removed:
        yield Found(Side(pair.old_place("regions", region.name), print_region(region.constraint)), None)


@on(
    RegionPair,
    "region",
    "renamed",
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
)
def region_renamed(pair: RegionPair) -> Iterator[Found]:
    """Regions that are paired by likeness."""
    if pair.candidate is not None:
        dialects = pair.within.within
        same = dialects.old_naming.part(pair.old.name) == dialects.new_naming.part(pair.new.name)
        sides = (Side(old_side(pair).place, pair.old.name), Side(new_side(pair).place, pair.new.name))
        yield Found(*sides, "same in Python" * same, pair.candidate)


@on(
    OperationPair,
    "region",
    "moved",
    verdicts=levels(source=C, ir=B),
    meaning="""The region stands elsewhere among the regions. Calls fill regions by keyword and do not notice; modules
    hold them in order.""",
    advice="Nothing to do in Python.",
    mirror="moved",
    examples=(ops(_TWO, "regions: {other: blocks 1, body: any}"),),
)
def region_moved(pair: OperationPair) -> Iterator[Found]:
    """The least regions that have to move."""
    old_names = {found.new.name: found.old.name for found in pair.regions.pairs}
    names = {old: new for new, old in old_names.items()}
    first = [region.name for region in pair.old.regions if region.name in names]
    after = [old_names[region.name] for region in pair.new.regions if region.name in old_names]
    for name in moved(first, after):
        old = Side(pair.old_place("regions", name), f"number {[r.name for r in pair.old.regions].index(name)}")
        index = [r.name for r in pair.new.regions].index(names[name])
        yield Found(old, Side(pair.new_place("regions", names[name]), f"number {index}"))


def _is_many(pair: RegionPair) -> tuple[bool, bool]:
    many = Multiplicity.VARIADIC
    return pair.old.constraint.multiplicity is many, pair.new.constraint.multiplicity is many


@on(
    RegionPair,
    "region",
    "made variadic",
    verdicts=levels(source=B, ir=C),
    meaning="""Any number of regions may stand for it now. The function asks for their number, and no longer takes a
    body for it.""",
    advice="Give the number of regions of `{name}` in calls of `{owner}` and fill them afterwards.",
    mirror="made single",
    compares=("Region.constraint", "RegionConstraint.multiplicity"),
    examples=(ops(_ONE, "regions: {body: variadic any}"),),
)
def region_made_variadic(pair: RegionPair) -> Iterator[Found]:
    """One region before, any number now."""
    if _is_many(pair) == (False, True):
        yield Found(old_side(pair), new_side(pair))


@on(
    RegionPair,
    "region",
    "made single",
    verdicts=levels(source=B, ir=B),
    meaning="Exactly one region stands for it now. The function no longer asks for the number and takes a body.",
    advice="Leave the number of regions of `{name}` out of calls of `{owner}`.",
    mirror="made variadic",
    examples=(ops("regions: {body: variadic any}", _ONE),),
)
def region_made_single(pair: RegionPair) -> Iterator[Found]:
    """Any number of regions before, one now."""
    if _is_many(pair) == (True, False):
        yield Found(old_side(pair), new_side(pair))


def _blocks(pair: RegionPair, wanted: Relation) -> Iterator[Found]:
    if relate_regions(pair.old.constraint, pair.new.constraint) is wanted:
        yield Found(old_side(pair), new_side(pair))


@on(
    RegionPair,
    "region blocks",
    "widened",
    verdicts=levels(source=C, ir=C),
    meaning="The region may have more numbers of blocks than before.",
    advice="Nothing to do.",
    mirror="narrowed",
    subjects="",
    compares=("RegionConstraint.blocks", "RegionConstraint.minimum", "RegionConstraint.maximum"),
    examples=(ops("regions: {body: blocks 1}", _ONE),),
)
def region_blocks_widened(pair: RegionPair) -> Iterator[Found]:
    """The new constraint contains the old one."""
    yield from _blocks(pair, Relation.WIDENED)


@on(
    RegionPair,
    "region blocks",
    "narrowed",
    verdicts=levels(source=D, ir=B),
    meaning="The region may have fewer numbers of blocks than before; a builder does not count them.",
    advice="See that `{name}` of `{owner}` has {new}.",
    mirror="widened",
    subjects="",
    examples=(ops(_ONE, "regions: {body: blocks 1}"),),
)
def region_blocks_narrowed(pair: RegionPair) -> Iterator[Found]:
    """The old constraint contains the new one."""
    yield from _blocks(pair, Relation.NARROWED)


@on(
    RegionPair,
    "region blocks",
    "changed",
    verdicts=levels(source=D, ir=B),
    meaning="The region must have another number of blocks than before.",
    advice="See that `{name}` of `{owner}` has {new}.",
    mirror="changed",
    subjects="",
    examples=(ops("regions: {body: blocks 1}", "regions: {body: blocks 2}"),),
)
def region_blocks_changed(pair: RegionPair) -> Iterator[Found]:
    """Neither constraint contains the other."""
    yield from _blocks(pair, Relation.CHANGED)


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
    RegionPair,
    "region terminator",
    "changed",
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
    dialects, operation = pair.within.within, pair.within
    of_old = ("", *_derived(dialects.old, operation.old.mnemonic))
    of_new = ("", *_derived(dialects.new, operation.new.mnemonic))
    if pair.old.terminator != pair.aligned.terminator and not (old in of_old and new in of_new):
        yield Found(Side(old_side(pair).place, old or "none"), Side(new_side(pair).place, new or "none"))
