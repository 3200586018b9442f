"""Rules about results."""

from __future__ import annotations

from collections.abc import Iterator

from opspec.diff.finds import added, after, moved, removed, renamed
from opspec.diff.pairs import OperationPair, ResultPair
from opspec.diff.relation import Relation
from opspec.diff.rule import B, C, D, Found, Variant, levels, on, ops, rule
from opspec.diff.rules.value_types import UNSEEN, effects_changed, related_types
from opspec.diff.sections import RESULT
from opspec.diff.witness_operations import moved_result, refused_type, result_count, result_read
from opspec.model.constraints import Multiplicity
from opspec.model.dialect import NamedValue

_ONE = "results: {done: i1}"
_TWO = "results: {done: i1, count: i64}"


def _may_be_none(pair: OperationPair, result: NamedValue) -> str:
    is_one = result.value.multiplicity is Multiplicity.ONE
    return "" if is_one or pair.new.has_trait("AttrSizedResultSegments") else "may be none"


def _renamed_variant(pair: ResultPair) -> str:
    """Whether both names become the same accessor."""
    operation, dialects = pair.within, pair.dialects
    old = dialects.old_naming.result_accessor(pair.old.name, is_only=len(operation.old.results) == 1)
    new = dialects.new_naming.result_accessor(pair.new.name, is_only=len(operation.new.results) == 1)
    return "same in Python" if old == new else ""


result_added = rule(
    OperationPair,
    "result: added",
    find=added(RESULT, variant=_may_be_none),
    verdicts=levels(source=B, ir=B, types=B),
    variants=(
        Variant(
            "may be none",
            "it is optional or variadic, and the operation does not write the number of its results into the IR",
            levels(source=B, ir=C, types=B),
        ),
    ),
    meaning="""The operation gives one more result. The function asks for its type, or returns something else; an
    operation in an old module lacks it.""",
    advice="Take one more result from calls of `{owner}`, and give its type where types are given.",
    mirror="removed",
    compares=("Operation.results",),
    examples=(
        ops(_ONE, _TWO),
        ops(_ONE, "results: {done: i1, extra: variadic any}", variant="may be none"),
    ),
)


result_removed = rule(
    OperationPair,
    "result: removed",
    find=removed(RESULT),
    verdicts=levels(source=B, ir=B, types=B),
    meaning="The operation no longer gives the result. Python programs and modules that use it are wrong.",
    advice="Do without `{name}` of `{owner}`.",
    mirror="added",
    examples=(ops(_TWO, _ONE),),
)


result_renamed = rule(
    RESULT,
    "result: renamed",
    find=renamed(_renamed_variant),
    verdicts=levels(source=B),
    variants=(Variant("same in Python", "both names become the same accessor and parameter", levels(docs=C)),),
    meaning="""A result is gone and one like it stands in its place: probably the same under another name. Its accessor
    and the parameter for its type have another name.""",
    advice="Write `{new_name}` for `{old_name}` of `{owner}`.",
    mirror="renamed",
    examples=(
        ops(_ONE, "results: {ready: i1}"),
        ops("results: {_0: i1}", "results: {result: i1}", variant="same in Python"),
    ),
    witness=result_read,
)


result_moved = rule(
    OperationPair,
    "result: moved",
    find=moved(RESULT, after),
    verdicts=levels(source=B, ir=B),
    meaning="The result stands elsewhere among the results: programs that unpack them take one for the other.",
    advice="Take `{name}` of `{owner}` from its new place, or by its accessor.",
    mirror="moved",
    examples=(ops(_TWO, "results: {count: i64, done: i1}"),),
    witness=moved_result,
)


@on(
    RESULT,
    "result count: widened",
    verdicts=levels(source=B, ir=C, types=B),
    meaning="""The result may be missing or repeated now. The function returns what it returned only for one result, and
    its parameter for the type takes more.""",
    advice="Expect that `{name}` of `{owner}` is {new}.",
    mirror="narrowed",
    examples=(ops(_ONE, "results: {done: variadic i1}"),),
    witness=result_count,
)
def result_count_widened(pair: ResultPair) -> Iterator[Found]:
    """Exactly one before, or one at most; more possibilities now."""
    if _rank(pair.new) > _rank(pair.old):
        yield Found(*pair.declared())


@on(
    RESULT,
    "result count: narrowed",
    verdicts=levels(source=B, ir=B, types=B),
    meaning="The result can no longer be missing or repeated. The function returns and takes one where it had a list.",
    advice="Expect that `{name}` of `{owner}` is {new}.",
    mirror="widened",
    examples=(ops("results: {done: variadic i1}", _ONE),),
    witness=result_count,
)
def result_count_narrowed(pair: ResultPair) -> Iterator[Found]:
    """Fewer possibilities than before."""
    if _rank(pair.new) < _rank(pair.old):
        yield Found(*pair.declared())


_RANKS = (Multiplicity.ONE, Multiplicity.OPTIONAL, Multiplicity.VARIADIC, Multiplicity.NESTED)


def _rank(result: NamedValue) -> int:
    return _RANKS.index(result.value.multiplicity)


result_type_widened = rule(
    RESULT,
    "result type: widened",
    find=related_types(Relation.WIDENED),
    verdicts=levels(source=C, ir=C),
    meaning="The result may have more types than before. Who uses it may meet a type that could not come before.",
    advice="See that what uses `{name}` of `{owner}` takes every type of {new}.",
    mirror="narrowed",
    examples=(ops(_ONE, "results: {done: i1 | i8}"),),
)


result_type_narrowed = rule(
    RESULT,
    "result type: narrowed",
    find=related_types(Relation.NARROWED),
    verdicts=levels(source=B, ir=B),
    variants=(UNSEEN,),
    meaning="The result may have fewer types than before: calls and modules in which it has another are refused.",
    advice="See that `{name}` of `{owner}` is of {new}.",
    mirror="widened",
    examples=(
        ops("results: {done: i1 | i8}", _ONE),
        ops("results: {done: any}", "results: {done: opaque(Odd)}", variant="only in C++"),
    ),
    witness=refused_type,
)


result_type_changed = rule(
    RESULT,
    "result type: changed",
    find=related_types(Relation.CHANGED),
    verdicts=levels(source=B, ir=B),
    variants=(UNSEEN,),
    meaning="The result has other types than before.",
    advice="See that `{name}` of `{owner}` is of {new}.",
    mirror="changed",
    examples=(
        ops(_ONE, "results: {done: f32}"),
        ops(_ONE, "results: {done: opaque(Odd)}", variant="only in C++"),
    ),
    witness=refused_type,
)


result_type_respelled = rule(
    RESULT,
    "result type: respelled",
    find=related_types(Relation.RESPELLED),
    verdicts=levels(docs=C),
    meaning="The constraint is written otherwise and accepts the same.",
    advice="Nothing to do.",
    mirror="respelled",
    examples=(ops("results: {done: i1 | i8}", "results: {done: i8 | i1}"),),
)


@on(
    RESULT,
    "result: regrouped",
    verdicts=levels(ir=B),
    meaning="Another attribute holds the sizes of the result's groups.",
    advice="Nothing to do in Python.",
    mirror="regrouped",
    examples=(
        ops(
            "arguments: {a: attr dense_array<i32>, b: attr dense_array<i32>},"
            " results: {done: variadic_of_variadic(a) any}",
            "arguments: {a: attr dense_array<i32>, b: attr dense_array<i32>},"
            " results: {done: variadic_of_variadic(b) any}",
        ),
    ),
)
def result_regrouped(pair: ResultPair) -> Iterator[Found]:
    """A variadic of variadics with another attribute for its sizes."""
    both = {pair.old.value.multiplicity, pair.new.value.multiplicity} == {Multiplicity.NESTED}
    if both and pair.old.value.segments != pair.in_old_names.value.segments:
        yield Found(*pair.declared())


result_effects_changed = rule(
    RESULT,
    "result effects: changed",
    find=effects_changed,
    verdicts=levels(ir=D),
    meaning="""The operation is said to allocate, read, write or free the result otherwise than before. Passes may move
    or delete it where they did not.""",
    advice="Nothing to do in Python; look at what passes make of `{owner}`.",
    mirror="changed",
    subjects="",
    examples=(ops("results: {buffer: memref<any>}", 'results: {buffer: "memref<any> [alloc]"}'),),
)
