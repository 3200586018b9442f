"""Rules about how an operation's results come about."""

from __future__ import annotations

from collections.abc import Iterator

from opspec.diff.changes import Side
from opspec.diff.pairs import OperationPair
from opspec.diff.rule import B, C, D, Example, Found, Variant, levels, on, ops
from opspec.diff.sections import OPERAND, RESULT
from opspec.notation import print_trait

_PARTS = "arguments: {from: f64}, results: {done: f64}"
_COPY = f"operations: {{copy: {{class: CopyOp, {_PARTS}}}}}"
_KEYWORD = "operations: {copy: {python: {results: keyword}}}"
_TWO_OPERANDS = "operations: {copy: {class: CopyOp, arguments: {from: any, onto: any}, results: {done: any}}}"
_AS_FROM = "operations: {copy: {python: {results: {done: from}}}}"
_AS_ONTO = "operations: {copy: {python: {results: {done: onto}}}}"


def _reasons(pair: OperationPair, *, is_old: bool) -> str:
    """What makes the results follow from the rest, on one side."""
    changes = [change.old if is_old else change.new for change in pair.inferring]
    texts = [print_trait(trait) for trait in changes if trait is not None]
    texts += ["InferTypeOpInterface"] * pair.inferring_interface
    texts += [f"{result} as {source}" for result, source in (pair.old if is_old else pair.new).result_sources]
    return ", ".join(texts) or "from the declarations"


@on(
    OperationPair,
    "results: inferred",
    verdicts=levels(source=B),
    variants=(
        Variant("by trait", "a trait that ties types together is the reason, and is enforced", levels(source=B, ir=B)),
        Variant("was keyword", "`results` had to be given by keyword before", levels(source=C)),
        Variant("was keyword, by trait", "both of these hold", levels(source=C, ir=B)),
    ),
    meaning="""The result types follow from the other arguments now. They were the first parameters of the function and
    are the optional keyword `results` now, so calls that give them by position fail.""",
    advice="Leave the result types of `{owner}` out, or give them as `results=`.",
    mirror="no longer inferred",
    subjects="",
    examples=(
        ops(f"{_PARTS}", f"interfaces: [InferTypeOpInterface], {_PARTS}"),
        ops(f"{_PARTS}", f"traits: [SameOperandsAndResultType], {_PARTS}", variant="by trait"),
        Example(_TWO_OPERANDS, _TWO_OPERANDS, "", _AS_FROM),
        Example(
            _COPY,
            f"operations: {{copy: {{class: CopyOp, interfaces: [InferTypeOpInterface], {_PARTS}}}}}",
            _KEYWORD,
            _KEYWORD,
            "was keyword",
        ),
        Example(
            _COPY,
            f"operations: {{copy: {{class: CopyOp, traits: [SameOperandsAndResultType], {_PARTS}}}}}",
            _KEYWORD,
            _KEYWORD,
            "was keyword, by trait",
        ),
    ),
)
def results_inferred(pair: OperationPair) -> Iterator[Found]:
    """Operations whose result types had to be given, and need not be any more."""
    if pair.new_results == "inferred" and pair.old_results in ("positional", "keyword") and not pair.contract_decides:
        by_trait = bool(pair.inferring)
        words = ["was keyword"] * (pair.old_results == "keyword") + ["by trait"] * by_trait
        new = Side(pair.new_place("results"), f"inferred: {_reasons(pair, is_old=False)}")
        yield Found(Side(pair.old_place("results"), f"given, {pair.old_results}"), new, ", ".join(words))


@on(
    OperationPair,
    "results: no longer inferred",
    verdicts=levels(source=B),
    variants=(Variant("by trait", "a trait that tied types together is gone", levels(source=B, ir=C)),),
    meaning="""The result types no longer follow from the other arguments and have to be given: a call without them
    fails.""",
    advice="Give the result types in calls of `{owner}`.",
    mirror="inferred",
    subjects="",
    examples=(
        ops(f"interfaces: [InferTypeOpInterface], {_PARTS}", f"{_PARTS}"),
        ops(f"traits: [SameOperandsAndResultType], {_PARTS}", f"{_PARTS}", variant="by trait"),
    ),
)
def results_no_longer_inferred(pair: OperationPair) -> Iterator[Found]:
    """Operations whose result types could be left out, and have to be given now."""
    if pair.old_results == "inferred" and pair.new_results in ("positional", "keyword") and not pair.contract_decides:
        old = Side(pair.old_place("results"), f"inferred: {_reasons(pair, is_old=True)}")
        new = Side(pair.new_place("results"), f"given, {pair.new_results}")
        yield Found(old, new, "by trait" * bool(pair.inferring))


def _sources(pair: OperationPair) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    """The operand whose type each result has by default, on both sides, in the old side's words."""
    results = dict(pair.parts.of(RESULT).renames())
    operands = dict(pair.parts.of(OPERAND).renames())
    new = ((results.get(result, result), operands.get(source, source)) for result, source in pair.new.result_sources)
    return pair.old.result_sources, tuple(new)


@on(
    OperationPair,
    "results: of another operand",
    verdicts=levels(ir=D),
    meaning="""Where no result types are given, they are those of another operand now: the same call may build another
    operation.""",
    advice="Give the result types of `{owner}` as `results=` where they matter.",
    mirror="of another operand",
    subjects="",
    compares=("Operation.result_sources",),
    examples=(Example(_TWO_OPERANDS, _TWO_OPERANDS, _AS_FROM, _AS_ONTO),),
)
def results_of_another_operand(pair: OperationPair) -> Iterator[Found]:
    """Operations whose results have the type of another operand by default."""
    old, new = _sources(pair)
    if old and new and old != new:
        sides = [", ".join(f"{result} as {source}" for result, source in found) for found in (old, new)]
        yield Found(Side(pair.old_place("results"), sides[0]), Side(pair.new_place("results"), sides[1]))


@on(
    OperationPair,
    "results: made keyword",
    verdicts=levels(source=B),
    meaning="""The overlay makes the result types the keyword argument `results`. They were the first parameters, so
    calls that give them by position fail.""",
    advice="Give the result types of `{owner}` as `results=`.",
    mirror="made positional",
    subjects="",
    compares=("Operation.results_by_keyword",),
    examples=(Example(_COPY, _COPY, "", _KEYWORD),),
)
def results_made_keyword(pair: OperationPair) -> Iterator[Found]:
    """Operations whose result types are `results=` now."""
    if (pair.old_results, pair.new_results) == ("positional", "keyword"):
        yield Found(Side(pair.old_place("results"), "positional"), Side(pair.new_place("results"), "keyword"))


@on(
    OperationPair,
    "results: made positional",
    verdicts=levels(source=B),
    meaning="The result types are the first parameters now; `results` is no longer known.",
    advice="Give the result types of `{owner}` first.",
    mirror="made keyword",
    subjects="",
    examples=(Example(_COPY, _COPY, _KEYWORD, ""),),
)
def results_made_positional(pair: OperationPair) -> Iterator[Found]:
    """Operations whose result types were `results=` and are the first parameters now."""
    if (pair.old_results, pair.new_results) == ("keyword", "positional"):
        yield Found(Side(pair.old_place("results"), "keyword"), Side(pair.new_place("results"), "positional"))
