"""Rules about enums and their cases."""

from __future__ import annotations

from collections.abc import Iterator

from opspec.diff.finds import added, removed
from opspec.diff.pairs import CasePair, EnumPair
from opspec.diff.rule import B, C, D, Example, Found, Variant, levels, on, rule
from opspec.diff.sections import CASE
from opspec.diff.witness_names import enum_case, enum_flags, first_case
from opspec.model.dialect import EnumCase

_ENUM = "enums: {{Mode: {{storage: {0}, cases: {{{1}}}}}}}"


def _mode(cases: str, storage: str = "i32") -> str:
    return _ENUM.format(storage, cases)


def _bits(separator: str) -> str:
    return f"enums: {{Mode: {{storage: i32, bits: true, separator: '{separator}', cases: {{fast: 1, safe: 2}}}}}}"


_TWO = _mode("fast: 0, safe: 1")
_THREE = _mode("fast: 0, safe: 1, exact: 2")


def _others_renamed(pair: EnumPair) -> bool:
    """Whether cases that keep their symbol have another name in Python, since they no longer share a prefix."""
    old, new = pair.within.old_naming, pair.within.new_naming
    return any(
        old.enum_case(pair.old, case.old.symbol) != new.enum_case(pair.new, case.new.symbol)
        for case in pair.parts.of(CASE).pairs
        if case.candidate is None
    )


def _renames_others(pair: EnumPair, _: EnumCase) -> str:
    return "renames others" if _others_renamed(pair) and not pair.parts.of(CASE).removed else ""


case_added = rule(
    EnumPair,
    "case: added",
    find=added(CASE, variant=_renames_others),
    verdicts=levels(source=C, ir=C),
    variants=(
        Variant(
            "renames others",
            "the other cases get other Python names, since not all share a prefix now",
            levels(source=B, ir=C),
        ),
    ),
    meaning="The enum has a case that it did not have.",
    advice="Handle `{name}` where programs go through all cases of `{owner}`.",
    mirror="removed",
    compares=("Enum.cases",),
    examples=(
        Example(_TWO, _THREE),
        Example(
            _mode("mode_fast: 0, mode_safe: 1"), _mode("mode_fast: 0, mode_safe: 1, other: 2"), variant="renames others"
        ),
    ),
    witness=first_case,
)


case_removed = rule(
    EnumPair,
    "case: removed",
    find=removed(CASE),
    verdicts=levels(source=B, ir=B),
    meaning="The enum no longer has the case: programs and modules that name it are refused.",
    advice="Use another case than `{name}` of `{owner}`.",
    mirror="added",
    examples=(Example(_THREE, _TWO),),
    witness=enum_case,
)


@on(
    CASE,
    "case: renamed",
    verdicts=levels(source=B, ir=B),
    variants=(
        Variant("same text", "the IR writes it as before", levels(source=B)),
        Variant(
            "same in Python", "both names become the same member, and only the IR writes it otherwise", levels(ir=B)
        ),
        Variant("same in Python and text", "neither Python nor the IR notices", levels(docs=C)),
    ),
    meaning="""A case is gone and one with the same number is new: probably the same under another name. Programs that
    name it fail, and so does IR text where it writes the case.""",
    advice="Write `{new_name}` for `{old_name}`.",
    mirror="renamed",
    compares=("EnumCase.symbol",),
    examples=(
        Example(_TWO, _mode("quick: 0, safe: 1")),
        Example(_TWO, _mode("quick: {value: 0, text: fast}, safe: 1"), variant="same text"),
        Example(_mode("allFast: 0, x_y: 1"), _mode("all_fast: 0, x_y: 1"), variant="same in Python"),
        Example(
            _mode("allFast: 0, x_y: 1"),
            _mode("all_fast: {value: 0, text: allFast}, x_y: 1"),
            variant="same in Python and text",
        ),
    ),
    witness=enum_case,
)
def case_renamed(pair: CasePair) -> Iterator[Found]:
    """Cases that are paired by likeness."""
    if pair.candidate is None:
        return
    old = pair.dialects.old_naming.enum_case(pair.within.old, pair.old.symbol)
    new = pair.dialects.new_naming.enum_case(pair.within.new, pair.new.symbol)
    same = (("in Python", old == new), ("text", pair.old.text == pair.new.text))
    kept = " and ".join(words for words, is_same in same if is_same)
    yield Found(*pair.declared(), f"same {kept}" if kept else "", pair.candidate)


@on(
    CASE,
    "case: renumbered",
    verdicts=levels(source=D, ir=B),
    meaning="""The case has another number. Programs and modules that use the number mean another case now, or none;
    programs that name the case do not notice.""",
    advice="Name `{name}` of `{owner}` instead of writing its number.",
    mirror="renumbered",
    compares=("EnumCase.value",),
    examples=(Example(_TWO, _mode("fast: 0, safe: 4")),),
)
def case_renumbered(pair: CasePair) -> Iterator[Found]:
    """Another number."""
    if pair.old.value != pair.new.value:
        yield Found(*pair.sides(str(pair.old.value), str(pair.new.value)))


@on(
    CASE,
    "case text: changed",
    verdicts=levels(source=B, ir=B),
    meaning="""The IR writes the case otherwise. Old text is refused, and so is the old text where a program gives it as
    a string.""",
    advice="Write `{new}` for `{old}` in IR text; in Python name the case.",
    mirror="changed",
    compares=("EnumCase.text",),
    examples=(Example(_TWO, _mode("fast: {value: 0, text: quick}, safe: 1")),),
    witness=enum_case,
)
def case_text_changed(pair: CasePair) -> Iterator[Found]:
    """Another text; where the case is renamed, that says enough."""
    if pair.candidate is None and pair.old.text != pair.new.text:
        yield Found(*pair.sides(pair.old.text, pair.new.text))


@on(
    EnumPair,
    "enum storage: changed",
    verdicts=levels(source=D, ir=B),
    meaning="""The enum is stored as another integer type: attributes that hold it as a number have another type in the
    IR. Cases given by name do not notice.""",
    advice="Name cases of `{owner}` instead of making integer attributes.",
    mirror="changed",
    compares=("Enum.storage",),
    examples=(Example(_TWO, _mode("fast: 0, safe: 1", "i64")),),
)
def enum_storage_changed(pair: EnumPair) -> Iterator[Found]:
    """Another storage."""
    if pair.old.storage != pair.new.storage:
        yield Found(*pair.sides(pair.old.storage, pair.new.storage))


@on(
    EnumPair,
    "enum: made flags",
    verdicts=levels(source=D, ir=D, types=C),
    meaning="""Cases are bits now and may be combined. The Python class has another base, and a number may mean several
    cases.""",
    advice="Nothing to do where cases are given by name.",
    mirror="made plain",
    compares=("Enum.bits",),
    examples=(
        Example(_mode("fast: 1, safe: 2"), "enums: {Mode: {storage: i32, bits: true, cases: {fast: 1, safe: 2}}}"),
    ),
)
def enum_made_flags(pair: EnumPair) -> Iterator[Found]:
    """Single cases before, bits now."""
    if pair.new.bits and not pair.old.bits:
        yield Found(*pair.sides("one case", "any cases"))


@on(
    EnumPair,
    "enum: made plain",
    verdicts=levels(source=B, ir=B, types=B),
    meaning="Cases can no longer be combined: programs and modules that do so are refused.",
    advice="Give one case of `{owner}`.",
    mirror="made flags",
    examples=(
        Example("enums: {Mode: {storage: i32, bits: true, cases: {fast: 1, safe: 2}}}", _mode("fast: 1, safe: 2")),
    ),
    witness=enum_flags,
)
def enum_made_plain(pair: EnumPair) -> Iterator[Found]:
    """Bits before, single cases now."""
    if pair.old.bits and not pair.new.bits:
        yield Found(*pair.sides("any cases", "one case"))


@on(
    EnumPair,
    "enum separator: changed",
    verdicts=levels(ir=B),
    meaning="IR text joins several cases with other characters. Python calls stay as they are.",
    advice="Write `{new}` between cases of `{owner}` in IR text.",
    mirror="changed",
    compares=("Enum.separator",),
    examples=(Example(_bits("|"), _bits(", ")),),
)
def enum_separator_changed(pair: EnumPair) -> Iterator[Found]:
    """Another separator."""
    if pair.old.bits and pair.new.bits and pair.old.separator != pair.new.separator:
        yield Found(*pair.sides(pair.old.separator, pair.new.separator))


@on(
    EnumPair,
    "enum home: changed",
    verdicts=levels(docs=C),
    meaning="Another dialect defines the enum. Its class stays in the module of this one.",
    advice="Nothing to do.",
    mirror="changed",
    compares=("Enum.dialect",),
    examples=(Example(_TWO, "enums: {Mode: {storage: i32, dialect: arith, cases: {fast: 0, safe: 1}}}"),),
)
def enum_home_changed(pair: EnumPair) -> Iterator[Found]:
    """Another dialect that the enum is from."""
    if pair.old.dialect != pair.new.dialect:
        yield Found(*pair.sides(pair.old.dialect or "this dialect", pair.new.dialect or "this dialect"))
