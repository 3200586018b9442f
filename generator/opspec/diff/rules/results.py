"""Rules about results."""

from __future__ import annotations

from collections.abc import Iterator

from opspec.diff.changes import Side
from opspec.diff.matching import moved
from opspec.diff.relation import Relation, relate
from opspec.diff.rule import B, C, D, Found, Variant, levels, on, ops
from opspec.diff.rules.operand_types import UNSEEN, effects, unseen
from opspec.diff.scopes import OperationPair, ResultPair
from opspec.model.constraints import Multiplicity
from opspec.model.dialect import NamedValue
from opspec.notation import print_type, print_value

_ONE = "results: {done: i1}"
_TWO = "results: {done: i1, count: i64}"


def old_side(pair: ResultPair) -> Side:
    """The result on the old side, with its declaration."""
    return Side(pair.within.old_place("results", pair.old.name), print_value(pair.old.value))


def new_side(pair: ResultPair) -> Side:
    """The result on the new side, with its declaration."""
    return Side(pair.within.new_place("results", pair.new.name), print_value(pair.new.value))


def _new(pair: OperationPair, result: NamedValue) -> Side:
    written = next(r for r in pair.new.results if r.name == result.name)
    return Side(pair.new_place("results", result.name), print_value(written.value))


@on(
    OperationPair,
    "result",
    "added",
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
def result_added(pair: OperationPair) -> Iterator[Found]:
    """Results that only the new side has."""
    sized = pair.new.has_trait("AttrSizedResultSegments")
    for result in pair.results.added:
        may_be_none = result.value.multiplicity is not Multiplicity.ONE and not sized
        yield Found(None, _new(pair, result), "may be none" * may_be_none)


@on(
    OperationPair,
    "result",
    "removed",
    verdicts=levels(source=B, ir=B, types=B),
    meaning="The operation no longer gives the result. Python programs and modules that use it are wrong.",
    advice="Do without `{name}` of `{owner}`.",
    mirror="added",
    examples=(ops(_TWO, _ONE),),
)
def result_removed(pair: OperationPair) -> Iterator[Found]:
    """Results that only the old side has."""
    for result in pair.results.removed:
        yield Found(Side(pair.old_place("results", result.name), print_value(result.value)), None)


@on(
    ResultPair,
    "result",
    "renamed",
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
)
def result_renamed(pair: ResultPair) -> Iterator[Found]:
    """Results that are paired by likeness."""
    if pair.candidate is None:
        return
    operation, dialects = pair.within, pair.within.within
    old = _names(operation.old.results, pair.old, dialects.old_naming.result_accessor)
    new = _names(operation.new.results, pair.new, dialects.new_naming.result_accessor)
    sides = (Side(old_side(pair).place, pair.old.name), Side(new_side(pair).place, pair.new.name))
    yield Found(*sides, "same in Python" * (old == new), pair.candidate)


def _names(results: tuple[NamedValue, ...], result: NamedValue, accessor: object) -> str:
    assert callable(accessor)
    return str(accessor(result.name, is_only=len(results) == 1))


@on(
    OperationPair,
    "result",
    "moved",
    verdicts=levels(source=B, ir=B),
    meaning="The result stands elsewhere among the results: programs that unpack them take one for the other.",
    advice="Take `{name}` of `{owner}` from its new place, or by its accessor.",
    mirror="moved",
    examples=(ops(_TWO, "results: {count: i64, done: i1}"),),
)
def result_moved(pair: OperationPair) -> Iterator[Found]:
    """The least results that have to move."""
    old_names = {found.new.name: found.old.name for found in pair.results.pairs}
    names = {old: new for new, old in old_names.items()}
    after = [old_names[r.name] for r in pair.new.results if r.name in old_names]
    for name in moved([found.old.name for found in pair.results.pairs], after):
        old = Side(pair.old_place("results", name), _order(pair.old.results, name))
        yield Found(old, Side(pair.new_place("results", names[name]), _order(pair.new.results, names[name])))


def _order(results: tuple[NamedValue, ...], name: str) -> str:
    names = [result.name for result in results]
    index = names.index(name)
    return f"after {names[index - 1]}" if index else "first"


@on(
    ResultPair,
    "result count",
    "widened",
    verdicts=levels(source=B, ir=C, types=B),
    meaning="""The result may be missing or repeated now. The function returns what it returned only for one result, and
    its parameter for the type takes more.""",
    advice="Expect that `{name}` of `{owner}` is {new}.",
    mirror="narrowed",
    examples=(ops(_ONE, "results: {done: variadic i1}"),),
)
def result_count_widened(pair: ResultPair) -> Iterator[Found]:
    """Exactly one before, or one at most; more possibilities now."""
    if _rank(pair.new) > _rank(pair.old):
        yield Found(old_side(pair), new_side(pair))


@on(
    ResultPair,
    "result count",
    "narrowed",
    verdicts=levels(source=B, ir=B, types=B),
    meaning="The result can no longer be missing or repeated. The function returns and takes one where it had a list.",
    advice="Expect that `{name}` of `{owner}` is {new}.",
    mirror="widened",
    examples=(ops("results: {done: variadic i1}", _ONE),),
)
def result_count_narrowed(pair: ResultPair) -> Iterator[Found]:
    """Fewer possibilities than before."""
    if _rank(pair.new) < _rank(pair.old):
        yield Found(old_side(pair), new_side(pair))


_RANKS = (Multiplicity.ONE, Multiplicity.OPTIONAL, Multiplicity.VARIADIC, Multiplicity.NESTED)


def _rank(result: NamedValue) -> int:
    return _RANKS.index(result.value.multiplicity)


def _types(pair: ResultPair, wanted: Relation) -> Iterator[Found]:
    dialects = pair.within.within
    if relate(pair.old.value.type, pair.aligned.value.type, dialects.old, dialects.aligned) is wanted:
        old, new = print_type(pair.old.value.type), print_type(pair.new.value.type)
        narrower = wanted in (Relation.NARROWED, Relation.CHANGED)
        variant = unseen(pair.new.value.type, dialects.new) if narrower else ""
        yield Found(Side(old_side(pair).place, old), Side(new_side(pair).place, new), variant)


@on(
    ResultPair,
    "result type",
    "widened",
    verdicts=levels(source=C, ir=C),
    meaning="The result may have more types than before. Who uses it may meet a type that could not come before.",
    advice="See that what uses `{name}` of `{owner}` takes every type of {new}.",
    mirror="narrowed",
    examples=(ops(_ONE, "results: {done: i1 | i8}"),),
)
def result_type_widened(pair: ResultPair) -> Iterator[Found]:
    """The new constraint contains the old one."""
    yield from _types(pair, Relation.WIDENED)


@on(
    ResultPair,
    "result type",
    "narrowed",
    verdicts=levels(source=B, ir=B),
    variants=(UNSEEN,),
    meaning="The result may have fewer types than before: calls and modules in which it has another are refused.",
    advice="See that `{name}` of `{owner}` is of {new}.",
    mirror="widened",
    examples=(
        ops("results: {done: i1 | i8}", _ONE),
        ops("results: {done: any}", "results: {done: opaque(Odd)}", variant="only in C++"),
    ),
)
def result_type_narrowed(pair: ResultPair) -> Iterator[Found]:
    """The old constraint contains the new one."""
    yield from _types(pair, Relation.NARROWED)


@on(
    ResultPair,
    "result type",
    "changed",
    verdicts=levels(source=B, ir=B),
    variants=(UNSEEN,),
    meaning="The result has other types than before.",
    advice="See that `{name}` of `{owner}` is of {new}.",
    mirror="changed",
    examples=(
        ops(_ONE, "results: {done: f32}"),
        ops(_ONE, "results: {done: opaque(Odd)}", variant="only in C++"),
    ),
)
def result_type_changed(pair: ResultPair) -> Iterator[Found]:
    """Neither constraint contains the other."""
    yield from _types(pair, Relation.CHANGED)


@on(
    ResultPair,
    "result type",
    "respelled",
    verdicts=levels(docs=C),
    meaning="The constraint is written otherwise and accepts the same.",
    advice="Nothing to do.",
    mirror="respelled",
    examples=(ops("results: {done: i1 | i8}", "results: {done: i8 | i1}"),),
)
def result_type_respelled(pair: ResultPair) -> Iterator[Found]:
    """Both constraints contain each other."""
    yield from _types(pair, Relation.RESPELLED)


@on(
    ResultPair,
    "result",
    "regrouped",
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
    if both and pair.old.value.segments != pair.aligned.value.segments:
        yield Found(old_side(pair), new_side(pair))


@on(
    ResultPair,
    "result effects",
    "changed",
    verdicts=levels(ir=D),
    meaning="""The operation is said to allocate, read, write or free the result otherwise than before. Passes may move
    or delete it where they did not.""",
    advice="Nothing to do in Python; look at what passes make of `{owner}`.",
    mirror="changed",
    subjects="",
    examples=(ops("results: {buffer: memref<any>}", 'results: {buffer: "memref<any> [alloc]"}'),),
)
def result_effects_changed(pair: ResultPair) -> Iterator[Found]:
    """Effects come and gone."""
    old, new = effects(pair.old.value), effects(pair.new.value)
    if old != new:
        yield Found(Side(old_side(pair).place, old), Side(new_side(pair).place, new))
