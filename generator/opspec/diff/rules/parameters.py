"""Rules about the parameters of attribute and type definitions."""

from __future__ import annotations

from collections.abc import Iterator

from opspec.diff.changes import Side
from opspec.diff.matching import moved
from opspec.diff.rule import B, C, D, Example, Found, Variant, levels, on
from opspec.diff.scopes import DefinitionPair, ParameterPair
from opspec.model.definitions import is_opaque
from opspec.model.dialect import NamedParameter
from opspec.notation import print_parameter
from opspec.notation.literals import print_literal

_SPAN = "attributes: {{span: {{class: SpanAttr, parameters: {{{0}}}, format: '{1}'}}}}"


def _span(parameters: str, text: str = "`<` $first `,` $last `>`") -> str:
    return _SPAN.format(parameters, text)


def _closed(old: str, new: str) -> Example:
    """An example with a definition that only C++ writes."""
    return Example(_span(old, "custom"), _span(new, "custom"), variant=CLOSED.name)


_TWO = _span("first: int64, last: int64")
_ONE = _span("first: int64", "`<` $first `>`")
_GROUP = "`<` $first (`,` $last^)? `>`"
_REQUIRED = _span("first: int64, last: int64", _GROUP)
_OPTIONAL = _span("first: int64, last: optional int64", _GROUP)
_DEFAULT = _span("first: int64, last: int64 = 1", _GROUP)

CLOSED = Variant("in C++", "only C++ writes the definition, so its Python class has no parameters", levels(ir=D))
"""Parameters that Python does not see."""


def old_side(pair: ParameterPair) -> Side:
    """The parameter on the old side, with its declaration."""
    return Side(pair.within.old_place("parameters", pair.old.name), print_parameter(pair.old.parameter))


def new_side(pair: ParameterPair) -> Side:
    """The parameter on the new side, with its declaration."""
    return Side(pair.within.new_place("parameters", pair.new.name), print_parameter(pair.new.parameter))


def _closed_in(pair: DefinitionPair) -> str:
    return CLOSED.name * (is_opaque(pair.old) and is_opaque(pair.new))


def is_required(named: NamedParameter) -> bool:
    """Whether `get` takes the parameter by position."""
    return not named.parameter.optional and named.parameter.default is None


@on(
    DefinitionPair,
    "parameter",
    "added",
    verdicts=levels(source=B, ir=B),
    variants=(
        Variant("optional", "it may be left out", levels(source=C, ir=C)),
        CLOSED,
    ),
    meaning="The attribute or type has one more parameter: `get` asks for it, and old text lacks it.",
    advice="Give `{name}` ({new}) to `{owner}.get`.",
    mirror="removed",
    compares=("Definition.parameters",),
    examples=(
        Example(_ONE, _span("first: int64, last: int64", "`<` $first `>`")),
        Example(_ONE, _span("first: int64, last: optional int64", "`<` $first `>`"), variant="optional"),
        _closed("first: int64", "first: int64, last: int64"),
    ),
)
def parameter_added(pair: DefinitionPair) -> Iterator[Found]:
    """Parameters that only the new side has."""
    for named in pair.parameters.added:
        written = next(p for p in pair.new.parameters if p.name == named.name)
        variant = _closed_in(pair) or "optional" * (not is_required(named))
        yield Found(None, Side(pair.new_place("parameters", named.name), print_parameter(written.parameter)), variant)


@on(
    DefinitionPair,
    "parameter",
    "removed",
    verdicts=levels(source=B, ir=B),
    variants=(CLOSED,),
    meaning="The attribute or type no longer has the parameter: `get` refuses it, and its accessor is gone.",
    advice="Leave `{name}` out of calls of `{owner}.get`.",
    mirror="added",
    examples=(
        Example(_span("first: int64, last: int64", "`<` $first `>`"), _ONE),
        _closed("first: int64, last: int64", "first: int64"),
    ),
)
def parameter_removed(pair: DefinitionPair) -> Iterator[Found]:
    """Parameters that only the old side has."""
    for named in pair.parameters.removed:
        side = Side(pair.old_place("parameters", named.name), print_parameter(named.parameter))
        yield Found(side, None, _closed_in(pair))


@on(
    ParameterPair,
    "parameter",
    "renamed",
    verdicts=levels(source=B),
    variants=(
        Variant("same in Python", "both names become the same parameter", levels(docs=C)),
        Variant("in C++", CLOSED.when, levels(docs=C)),
    ),
    meaning="""A parameter is gone and one like it stands in its place: probably the same under another name. Calls of
    `get` by keyword fail, and so does its accessor.""",
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
        _closed("first: int64", "start: int64"),
    ),
)
def parameter_renamed(pair: ParameterPair) -> Iterator[Found]:
    """Parameters that are paired by likeness."""
    if pair.candidate is not None:
        dialects = pair.within.within
        same = dialects.old_naming.parameter(pair.old.name) == dialects.new_naming.parameter(pair.new.name)
        sides = (Side(old_side(pair).place, pair.old.name), Side(new_side(pair).place, pair.new.name))
        yield Found(*sides, _closed_in(pair.within) or "same in Python" * same, pair.candidate)


@on(
    DefinitionPair,
    "parameter",
    "moved",
    verdicts=levels(source=B),
    variants=(
        Variant("keyword", "`get` takes it by keyword", levels(docs=C)),
        Variant("in C++", CLOSED.when, levels(docs=C)),
    ),
    meaning="""The parameter stands elsewhere among the parameters of `get`: calls by position give the values in the
    old order. How the text is written is the format's matter.""",
    advice="Give `{name}` to `{owner}.get` in its new place, or by keyword.",
    mirror="moved",
    examples=(
        Example(_TWO, _span("last: int64, first: int64")),
        Example(_OPTIONAL, _span("last: optional int64, first: int64", _GROUP), variant="keyword"),
        _closed("first: int64, last: int64", "last: int64, first: int64"),
    ),
)
def parameter_moved(pair: DefinitionPair) -> Iterator[Found]:
    """The least parameters that have to move, those by keyword first."""
    old_names = {found.new.name: found.old.name for found in pair.parameters.pairs}
    names = {old: new for new, old in old_names.items()}
    fixed = {f.old.name for f in pair.parameters.pairs if is_required(f.old) and is_required(f.new)}
    first = [p.name for p in pair.old.parameters if p.name in names]
    after = [old_names[p.name] for p in pair.new.parameters if p.name in old_names]
    for name in moved(first, after, lambda each: 1000 if each in fixed else 1):
        old = Side(pair.old_place("parameters", name), f"number {[p.name for p in pair.old.parameters].index(name)}")
        index = [p.name for p in pair.new.parameters].index(names[name])
        new = Side(pair.new_place("parameters", names[name]), f"number {index}")
        yield Found(old, new, _closed_in(pair) or "keyword" * (name not in fixed))


@on(
    ParameterPair,
    "parameter kind",
    "changed",
    verdicts=levels(source=B, ir=B, types=B),
    variants=(CLOSED,),
    meaning="The parameter takes other values than before.",
    advice="Give {new} for `{name}` of `{owner}`.",
    mirror="changed",
    compares=("NamedParameter.parameter", "Parameter.constraint"),
    examples=(Example(_TWO, _span("first: string, last: int64")), _closed("first: int64", "first: string")),
)
def parameter_kind_changed(pair: ParameterPair) -> Iterator[Found]:
    """Another constraint."""
    if pair.old.parameter.constraint != pair.aligned.parameter.constraint:
        yield Found(old_side(pair), new_side(pair), _closed_in(pair.within))


def _state(named: NamedParameter) -> str:
    """`required`, `optional` (unset where it is left out) or `default`."""
    if named.parameter.default is not None:
        return "default"
    return "optional" if named.parameter.optional else "required"


def _states(pair: ParameterPair) -> tuple[str, str]:
    return _state(pair.old), _state(pair.new)


@on(
    ParameterPair,
    "parameter",
    "made optional",
    verdicts=levels(source=B, ir=C, types=C),
    variants=(CLOSED,),
    meaning="""The parameter may be left out, so `get` takes it by keyword: calls that give it by position fail. Text
    stays right.""",
    advice="Give `{name}` by keyword to `{owner}.get`.",
    mirror="made required",
    compares=("Parameter.optional",),
    examples=(Example(_REQUIRED, _OPTIONAL), _closed("first: int64", "first: optional int64")),
)
def parameter_made_optional(pair: ParameterPair) -> Iterator[Found]:
    """Required before, unset by default now."""
    if _states(pair) == ("required", "optional"):
        yield Found(old_side(pair), new_side(pair), _closed_in(pair.within))


@on(
    ParameterPair,
    "parameter",
    "made required",
    verdicts=levels(source=B, ir=B, types=B),
    variants=(CLOSED,),
    meaning="The parameter may no longer be left out, in calls of `get` and in IR text.",
    advice="Give `{name}` to `{owner}.get`, and write it in IR text.",
    mirror="made optional|=parameter-default-added",
    examples=(
        Example(_OPTIONAL, _REQUIRED),
        Example(_DEFAULT, _REQUIRED),
        _closed("first: optional int64", "first: int64"),
    ),
)
def parameter_made_required(pair: ParameterPair) -> Iterator[Found]:
    """Unset or with a default before, required now."""
    old, new = _states(pair)
    if new == "required" and old != "required":
        yield Found(old_side(pair), new_side(pair), _closed_in(pair.within))


def _default(named: NamedParameter) -> str:
    default = named.parameter.default
    return _state(named) if default is None else print_literal(default)


def _default_sides(pair: ParameterPair) -> tuple[Side, Side]:
    return Side(old_side(pair).place, _default(pair.old)), Side(new_side(pair).place, _default(pair.new))


@on(
    ParameterPair,
    "parameter default",
    "added",
    verdicts=levels(source=B, ir=C, types=C),
    variants=(Variant("was optional", "it could be left out before", levels(source=D, ir=D)), CLOSED),
    meaning="""The parameter has a default now, so `get` takes it by keyword: calls that give it by position fail. Where
    it could be left out before, leaving it out means the default now.""",
    advice="Give `{name}` by keyword to `{owner}.get`.",
    mirror="removed|=parameter-made-required",
    compares=("Parameter.default",),
    examples=(
        Example(_REQUIRED, _DEFAULT),
        Example(_OPTIONAL, _DEFAULT, variant="was optional"),
        _closed("first: int64", "first: int64 = 1"),
    ),
)
def parameter_default_added(pair: ParameterPair) -> Iterator[Found]:
    """Without a default before, with one now."""
    old, new = _states(pair)
    if new == "default" and old != "default":
        was_optional = old == "optional"
        sides = _default_sides(pair) if was_optional else (old_side(pair), new_side(pair))
        yield Found(*sides, _closed_in(pair.within) or "was optional" * was_optional)


@on(
    ParameterPair,
    "parameter default",
    "removed",
    verdicts=levels(source=D, ir=D),
    meaning="""Left out, the parameter meant a default before and is unset now. Where it has to be given now, the rule
    `parameter-made-required` says so instead.""",
    advice="Give `{name}={old}` to `{owner}.get` to keep what calls meant.",
    mirror="added",
    examples=(Example(_DEFAULT, _OPTIONAL),),
)
def parameter_default_removed(pair: ParameterPair) -> Iterator[Found]:
    """With a default before, unset now."""
    if _states(pair) == ("default", "optional"):
        yield Found(*_default_sides(pair))


@on(
    ParameterPair,
    "parameter default",
    "changed",
    verdicts=levels(source=D, ir=D),
    meaning="Left out, the parameter means another value than before, in calls of `get` and in IR text.",
    advice="Give `{name}={old}` to `{owner}.get` to keep what calls meant.",
    mirror="changed",
    examples=(Example(_DEFAULT, _span("first: int64, last: int64 = 2", _GROUP)),),
)
def parameter_default_changed(pair: ParameterPair) -> Iterator[Found]:
    """Another default."""
    if _states(pair) == ("default", "default"):
        old, new = pair.old.parameter.default, pair.aligned.parameter.default
        if old.__class__ is not new.__class__ or old != new:
            yield Found(*_default_sides(pair))
