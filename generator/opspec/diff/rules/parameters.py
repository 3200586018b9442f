"""Rules about the parameters of attribute and type definitions."""

from __future__ import annotations

from collections.abc import Iterator

from opspec.diff.changes import Side
from opspec.diff.matching import moved
from opspec.diff.rule import B, C, D, Example, Found, Variant, levels, on
from opspec.diff.scopes import DefinitionPair, ParameterPair
from opspec.notation import print_parameter
from opspec.notation.literals import print_literal

_SPAN = "attributes: {{span: {{class: SpanAttr, parameters: {{{0}}}, format: '{1}'}}}}"


def _span(parameters: str, text: str = "`<` $first `,` $last `>`") -> str:
    return _SPAN.format(parameters, text)


_TWO = _span("first: int64, last: int64")
_ONE = _span("first: int64", "`<` $first `>`")
_OTHER = "`<` $last `,` $first `>`"


def old_side(pair: ParameterPair) -> Side:
    """The parameter on the old side, with its declaration."""
    return Side(pair.within.old_place("parameters", pair.old.name), print_parameter(pair.old.parameter))


def new_side(pair: ParameterPair) -> Side:
    """The parameter on the new side, with its declaration."""
    return Side(pair.within.new_place("parameters", pair.new.name), print_parameter(pair.new.parameter))


@on(
    DefinitionPair,
    "parameter",
    "added",
    verdicts=levels(source=B, ir=B),
    meaning="The attribute or type has one more parameter: `get` asks for it, and old text lacks it.",
    advice="Give `{name}` ({new}) to `{owner}.get`.",
    mirror="removed",
    compares=("Definition.parameters",),
    examples=(Example(_span("first: int64", "`<` $first `>`"), _span("first: int64, last: int64", "`<` $first `>`")),),
)
def parameter_added(pair: DefinitionPair) -> Iterator[Found]:
    """Parameters that only the new side has."""
    for named in pair.parameters.added:
        written = next(p for p in pair.new.parameters if p.name == named.name)
        yield Found(None, Side(pair.new_place("parameters", named.name), print_parameter(written.parameter)))


@on(
    DefinitionPair,
    "parameter",
    "removed",
    verdicts=levels(source=B, ir=B),
    meaning="The attribute or type no longer has the parameter: `get` refuses it, and its accessor is gone.",
    advice="Leave `{name}` out of calls of `{owner}.get`.",
    mirror="added",
    examples=(Example(_span("first: int64, last: int64", "`<` $first `>`"), _span("first: int64", "`<` $first `>`")),),
)
def parameter_removed(pair: DefinitionPair) -> Iterator[Found]:
    """Parameters that only the old side has."""
    for named in pair.parameters.removed:
        yield Found(Side(pair.old_place("parameters", named.name), print_parameter(named.parameter)), None)


@on(
    ParameterPair,
    "parameter",
    "renamed",
    verdicts=levels(source=B),
    variants=(Variant("same in Python", "both names become the same parameter", levels(docs=C)),),
    meaning="""A parameter is gone and one like it stands in its place: probably the same under another name. Calls of `get`
    by keyword fail, and so does its accessor.""",
    advice="Write `{new_name}` for `{old_name}` of `{owner}`.",
    mirror="renamed",
    compares=("NamedParameter.name",),
    examples=(
        Example(_TWO, _span("start: int64, last: int64", "`<` $start `,` $last `>`")),
        Example(
            _span("argNumber: int64", "`<` $argNumber `>`"),
            _span("arg_number: int64", "`<` $arg_number `>`"),
            variant="same in Python",
        ),
    ),
)
def parameter_renamed(pair: ParameterPair) -> Iterator[Found]:
    """Parameters that are paired by likeness."""
    if pair.candidate is not None:
        dialects = pair.within.within
        same = dialects.old_naming.parameter(pair.old.name) == dialects.new_naming.parameter(pair.new.name)
        sides = (Side(old_side(pair).place, pair.old.name), Side(new_side(pair).place, pair.new.name))
        yield Found(*sides, "same in Python" * same, pair.candidate)


@on(
    DefinitionPair,
    "parameter",
    "moved",
    verdicts=levels(source=B),
    meaning="""The parameter stands elsewhere among the parameters of `get`: calls by position give the values in the old
    order. How the text is written is the format's matter.""",
    advice="Give `{name}` to `{owner}.get` in its new place, or by keyword.",
    mirror="moved",
    examples=(Example(_TWO, _span("last: int64, first: int64")),),
)
def parameter_moved(pair: DefinitionPair) -> Iterator[Found]:
    """The least parameters that have to move."""
    old_names = {found.new.name: found.old.name for found in pair.parameters.pairs}
    names = {old: new for new, old in old_names.items()}
    first = [p.name for p in pair.old.parameters if p.name in names]
    after = [old_names[p.name] for p in pair.new.parameters if p.name in old_names]
    for name in moved(first, after):
        old = Side(pair.old_place("parameters", name), f"number {[p.name for p in pair.old.parameters].index(name)}")
        index = [p.name for p in pair.new.parameters].index(names[name])
        yield Found(old, Side(pair.new_place("parameters", names[name]), f"number {index}"))


@on(
    ParameterPair,
    "parameter kind",
    "changed",
    verdicts=levels(source=B, ir=B, types=B),
    meaning="The parameter takes other values than before.",
    advice="Give {new} for `{name}` of `{owner}`.",
    mirror="changed",
    compares=("NamedParameter.parameter", "Parameter.constraint"),
    examples=(Example(_TWO, _span("first: string, last: int64")),),
)
def parameter_kind_changed(pair: ParameterPair) -> Iterator[Found]:
    """Another constraint."""
    if pair.old.parameter.constraint != pair.aligned.parameter.constraint:
        yield Found(old_side(pair), new_side(pair))


@on(
    ParameterPair,
    "parameter",
    "made optional",
    verdicts=levels(ir=C),
    meaning="IR text may leave the parameter out.",
    advice="Nothing to do.",
    mirror="made required",
    compares=("Parameter.optional",),
    examples=(Example(_TWO, _span("first: int64, last: optional int64")),),
)
def parameter_made_optional(pair: ParameterPair) -> Iterator[Found]:
    """Required before, optional now."""
    if pair.new.parameter.optional and not pair.old.parameter.optional:
        yield Found(old_side(pair), new_side(pair))


@on(
    ParameterPair,
    "parameter",
    "made required",
    verdicts=levels(ir=B),
    meaning="IR text may no longer leave the parameter out.",
    advice="Write `{name}` of `{owner}` in IR text.",
    mirror="made optional",
    examples=(Example(_span("first: int64, last: optional int64"), _TWO),),
)
def parameter_made_required(pair: ParameterPair) -> Iterator[Found]:
    """Optional before, required now."""
    if pair.old.parameter.optional and not pair.new.parameter.optional:
        yield Found(old_side(pair), new_side(pair))


@on(
    ParameterPair,
    "parameter default",
    "changed",
    verdicts=levels(ir=D),
    meaning="IR text that leaves the parameter out means another value than before, or may no longer leave it out.",
    advice="Write `{name}` of `{owner}` in IR text to keep what it meant.",
    mirror="changed",
    compares=("Parameter.default",),
    examples=(Example(_span("first: int64, last: int64 = 1"), _span("first: int64, last: int64 = 2")),),
)
def parameter_default_changed(pair: ParameterPair) -> Iterator[Found]:
    """Another default, one that is new, or one that is gone."""
    old, new, aligned = pair.old.parameter.default, pair.new.parameter.default, pair.aligned.parameter.default
    if old.__class__ is not aligned.__class__ or old != aligned:
        texts = ["none" if value is None else print_literal(value) for value in (old, new)]
        yield Found(Side(old_side(pair).place, texts[0]), Side(new_side(pair).place, texts[1]))
