"""Rules about what a person writes in the overlay: words, samples, the reasons of corrections."""

from __future__ import annotations

from collections.abc import Iterator

from opspec.diff.changes import Side
from opspec.diff.facts import doc_facts, rule_words, sample_facts
from opspec.diff.pairs import DefinitionPair, DialectPair, OperationPair, Pair
from opspec.diff.rule import C, Example, Found, levels, on
from opspec.model.contracts import ContractRule
from opspec.model.dialect import Doc

_COPY = "operations: {copy: {class: CopyOp, arguments: {from: any}}}"
_BOX = "types: {Box: {class: BoxType}}"


def _texts(old: str, new: str) -> Example:
    return Example(_COPY, _COPY, *(f"operations: {{copy: {{{text}}}}}" for text in (old, new)))


def _words(thing: Doc | ContractRule) -> str:
    return rule_words(thing) if isinstance(thing, ContractRule) else doc_facts(thing)


def _sides(pair: object) -> Iterator[tuple[Side, Side]]:
    """Both sides' words, where what a pair is about has words."""
    if not isinstance(pair, (DialectPair, Pair)):
        return
    old, new = (each if isinstance(each, ContractRule) else getattr(each, "doc", None) for each in (pair.old, pair.new))
    if old is not None and new is not None and old != new:
        yield Side(pair.old_place(), _words(old)), Side(pair.new_place(), _words(new))


@on(
    object,
    "documentation: added",
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
    is_seen_in_python=False,
)
def documentation_added(pair: object) -> Iterator[Found]:
    """Words where there were none."""
    for old, new in _sides(pair):
        if new.facts and not old.facts:
            yield Found(None, new)


@on(
    object,
    "documentation: removed",
    verdicts=levels(docs=C),
    meaning="The overlay no longer has words about something.",
    advice="Nothing to do.",
    mirror="added",
    subjects="",
    examples=(_texts("summary: Copies bytes", ""),),
    is_seen_in_python=False,
)
def documentation_removed(pair: object) -> Iterator[Found]:
    """No words where there were some."""
    for old, new in _sides(pair):
        if old.facts and not new.facts:
            yield Found(old, None)


@on(
    object,
    "documentation: changed",
    verdicts=levels(docs=C),
    meaning="The overlay has other words about something.",
    advice="Nothing to do.",
    mirror="changed",
    subjects="",
    examples=(
        _texts("summary: Copies bytes", "summary: Copies memory"),
        _texts("arguments: {from: a}", "arguments: {from: b}"),
    ),
    is_seen_in_python=False,
)
def documentation_changed(pair: object) -> Iterator[Found]:
    """Other words."""
    for old, new in _sides(pair):
        if old.facts and new.facts and old.facts != new.facts:
            yield Found(old, new)


@on(
    OperationPair,
    "sample: changed",
    verdicts=levels(docs=C),
    meaning="""The values of the operation's sample changed, and with them its example in the reference, its snapshot
    and its test.""",
    advice="Nothing to do.",
    mirror="changed",
    compares=("Operation.sample",),
    examples=(_texts("", "sample: {arguments: {from: f64}}"),),
    is_seen_in_python=False,
)
def sample_changed(pair: OperationPair) -> Iterator[Found]:
    """Another sample, one that is new, or one that is gone."""
    if pair.old.sample != pair.in_old_names.sample:
        old = Side(pair.old_place("sample"), sample_facts(pair.old.sample) or "none")
        yield Found(old, Side(pair.new_place("sample"), sample_facts(pair.new.sample) or "none"))


@on(
    object,
    "correction: changed",
    verdicts=levels(docs=C),
    meaning="""The overlay gives another reason for departing from the facts. What it corrects shows in the facts
    themselves, and is reported there.""",
    advice="Nothing to do.",
    mirror="changed",
    compares=("Definition.correction", "Operation.correction"),
    examples=(_texts("amend: {reason: Seen in 0.0.15}", "amend: {reason: Seen in 0.0.16}"),),
    is_seen_in_python=False,
)
def correction_changed(pair: object) -> Iterator[Found]:
    """Another reason for a correction."""
    if isinstance(pair, (OperationPair, DefinitionPair)) and pair.old.correction != pair.new.correction:
        old = Side(pair.old_place("amend"), pair.old.correction or "none")
        yield Found(old, Side(pair.new_place("amend"), pair.new.correction or "none"))
