"""Rules about what a person writes in the overlay: words, samples, the reasons of corrections."""

from __future__ import annotations

from collections.abc import Iterator

from opspec.diff.changes import Place, Side
from opspec.diff.facts import doc_facts, rule_words, sample_facts
from opspec.diff.rule import C, Example, Found, levels, on
from opspec.diff.scopes import (
    AttributePair,
    CasePair,
    ContractPair,
    DefinitionPair,
    DialectPair,
    EnumPair,
    OperandPair,
    OperationPair,
    ParameterPair,
    RegionPair,
    ResultPair,
    SuccessorPair,
)
from opspec.model.dialect import Doc

_COPY = "operations: {copy: {class: CopyOp, arguments: {from: any}}}"
_BOX = "types: {Box: {class: BoxType}}"


def _texts(old: str, new: str) -> Example:
    return Example(_COPY, _COPY, *(f"operations: {{copy: {{{text}}}}}" for text in (old, new)))


def _docs(pair: object) -> Iterator[tuple[Place, Doc, Place, Doc]]:
    """The words about both sides of any pair, with their places."""
    match pair:
        case DialectPair():
            yield pair.old_place(), pair.old.doc, pair.new_place(), pair.new.doc
        case EnumPair() | OperationPair() | DefinitionPair():
            yield pair.old_place(), pair.old.doc, pair.new_place(), pair.new.doc
        case CasePair():
            old, new = pair.within.old_place("cases", pair.old.symbol), pair.within.new_place("cases", pair.new.symbol)
            yield old, pair.old.doc, new, pair.new.doc
        case OperandPair() | AttributePair():
            yield from _part(pair, "arguments")
        case ResultPair():
            yield from _part(pair, "results")
        case RegionPair():
            yield from _part(pair, "regions")
        case SuccessorPair():
            yield from _part(pair, "successors")
        case ParameterPair():
            yield from _part(pair, "parameters")
        case _:
            pass


def _words_of_contracts(pair: object) -> Iterator[tuple[Side, Side]]:
    """The words of a rule for contracts."""
    if isinstance(pair, ContractPair):
        old = pair.within.old_place("contracts", pair.old.name)
        new = pair.within.new_place("contracts", pair.new.name)
        yield Side(old, rule_words(pair.old)), Side(new, rule_words(pair.new))


def _part(
    pair: OperandPair | AttributePair | ResultPair | RegionPair | SuccessorPair | ParameterPair, section: str
) -> Iterator[tuple[Place, Doc, Place, Doc]]:
    old, new = pair.within.old_place(section, pair.old.name), pair.within.new_place(section, pair.new.name)
    yield old, pair.old.doc, new, pair.new.doc


def _sides(pair: object) -> Iterator[tuple[Side, Side]]:
    """Both sides' words where they differ, which is seldom."""
    old_thing, new_thing = getattr(pair, "old", None), getattr(pair, "new", None)
    if getattr(old_thing, "doc", None) == getattr(new_thing, "doc", None) and not isinstance(pair, ContractPair):
        return
    for old_place, old, new_place, new in _docs(pair):
        yield Side(old_place, doc_facts(old)), Side(new_place, doc_facts(new))
    yield from _words_of_contracts(pair)


@on(
    object,
    "documentation",
    "added",
    verdicts=levels(docs=C),
    meaning="The overlay has words about something that had none.",
    advice="Nothing to do.",
    mirror="removed",
    subjects="",
    compares=(
        *("Dialect.doc", "Enum.doc", "EnumCase.doc", "Definition.doc", "NamedParameter.doc", "Operation.doc"),
        *(
            "ContractRule.summary",
            "Role.summary",
            "NamedValue.doc",
            "NamedAttribute.doc",
            "Region.doc",
            "Successor.doc",
            "Doc.summary",
            "Doc.description",
        ),
    ),
    examples=(_texts("", "summary: Copies bytes"), Example(_BOX, _BOX, "", "types: {Box: {summary: Holds a value}}")),
)
def documentation_added(pair: object) -> Iterator[Found]:
    """Words where there were none."""
    for old, new in _sides(pair):
        if new.facts and not old.facts:
            yield Found(None, new)


@on(
    object,
    "documentation",
    "removed",
    verdicts=levels(docs=C),
    meaning="The overlay no longer has words about something.",
    advice="Nothing to do.",
    mirror="added",
    subjects="",
    examples=(_texts("summary: Copies bytes", ""),),
)
def documentation_removed(pair: object) -> Iterator[Found]:
    """No words where there were some."""
    for old, new in _sides(pair):
        if old.facts and not new.facts:
            yield Found(old, None)


@on(
    object,
    "documentation",
    "changed",
    verdicts=levels(docs=C),
    meaning="The overlay has other words about something.",
    advice="Nothing to do.",
    mirror="changed",
    subjects="",
    examples=(
        _texts("summary: Copies bytes", "summary: Copies memory"),
        _texts("arguments: {from: a}", "arguments: {from: b}"),
    ),
)
def documentation_changed(pair: object) -> Iterator[Found]:
    """Other words."""
    for old, new in _sides(pair):
        if old.facts and new.facts and old.facts != new.facts:
            yield Found(old, new)


@on(
    OperationPair,
    "sample",
    "changed",
    verdicts=levels(docs=C),
    meaning="""The values of the operation's sample changed, and with them its example in the reference, its snapshot
    and its test.""",
    advice="Nothing to do.",
    mirror="changed",
    compares=("Operation.sample",),
    examples=(_texts("", "sample: {arguments: {from: f64}}"),),
)
def sample_changed(pair: OperationPair) -> Iterator[Found]:
    """Another sample, one that is new, or one that is gone."""
    if pair.old.sample != pair.aligned.sample:
        old = Side(pair.old_place("sample"), sample_facts(pair.old.sample) or "none")
        yield Found(old, Side(pair.new_place("sample"), sample_facts(pair.new.sample) or "none"))


@on(
    object,
    "correction",
    "changed",
    verdicts=levels(docs=C),
    meaning="""The overlay gives another reason for departing from the facts. What it corrects shows in the facts
    themselves, and is reported there.""",
    advice="Nothing to do.",
    mirror="changed",
    compares=("Definition.correction", "Operation.correction"),
    examples=(_texts("amend: {reason: Seen in 0.0.15}", "amend: {reason: Seen in 0.0.16}"),),
)
def correction_changed(pair: object) -> Iterator[Found]:
    """Another reason for a correction."""
    if isinstance(pair, (OperationPair, DefinitionPair)) and pair.old.correction != pair.new.correction:
        old = Side(pair.old_place("amend"), pair.old.correction or "none")
        yield Found(old, Side(pair.new_place("amend"), pair.new.correction or "none"))
