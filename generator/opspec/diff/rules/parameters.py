"""Rules about the parameters of attribute and type definitions."""

from __future__ import annotations

from collections.abc import Iterator

from opspec.diff.finds import (
    added,
    default_added,
    default_changed,
    default_removed,
    made_optional,
    made_required,
    moved,
    number,
    removed,
    renamed,
)
from opspec.diff.pairs import DefinitionPair, ParameterPair
from opspec.diff.rule import B, C, D, Example, Found, Variant, levels, on, rule
from opspec.diff.sections import PARAMETER
from opspec.diff.witness_definitions import get_by_keyword, parameter_accessor
from opspec.model.definitions import is_opaque
from opspec.model.dialect import NamedParameter

_SPAN = "attributes: {{span: {{class: SpanAttr, parameters: {{{0}}}, format: '{1}'}}}}"


def _span(parameters: str, text: str = "`<` $first `,` $last `>`") -> str:
    return _SPAN.format(parameters, text)


def _in_cpp(old: str, new: str) -> Example:
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


def _closed(pair: DefinitionPair) -> str:
    return CLOSED.name if is_opaque(pair.old) and is_opaque(pair.new) else ""


def _closed_around(pair: ParameterPair) -> str:
    return _closed(pair.within)


def is_required(named: NamedParameter) -> bool:
    """Whether `get` takes the parameter by position."""
    return not named.parameter.optional and named.parameter.default is None


def _renamed_variant(pair: ParameterPair) -> str:
    old, new = pair.names
    same = pair.dialects.old_naming.parameter(old) == pair.dialects.new_naming.parameter(new)
    return _closed_around(pair) or ("same in Python" if same else "")


def _is_fixed(pair: DefinitionPair, name: str) -> bool:
    """Whether `get` takes a parameter, by its old name, by position on both sides."""
    found = next(match for match in pair.parts.of(PARAMETER).pairs if match.old.name == name)
    return is_required(found.old) and is_required(found.new)


parameter_added = rule(
    DefinitionPair,
    "parameter: added",
    find=added(PARAMETER, variant=lambda pair, named: _closed(pair) or ("" if is_required(named) else "optional")),
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
        _in_cpp("first: int64", "first: int64, last: int64"),
    ),
)


parameter_removed = rule(
    DefinitionPair,
    "parameter: removed",
    find=removed(PARAMETER, variant=_closed),
    verdicts=levels(source=B, ir=B),
    variants=(CLOSED,),
    meaning="The attribute or type no longer has the parameter: `get` refuses it, and its accessor is gone.",
    advice="Leave `{name}` out of calls of `{owner}.get`.",
    mirror="added",
    examples=(
        Example(_span("first: int64, last: int64", "`<` $first `>`"), _ONE),
        _in_cpp("first: int64, last: int64", "first: int64"),
    ),
    witness=parameter_accessor,
)


parameter_renamed = rule(
    PARAMETER,
    "parameter: renamed",
    find=renamed(_renamed_variant),
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
        _in_cpp("first: int64", "start: int64"),
    ),
    witness=get_by_keyword,
)


parameter_moved = rule(
    DefinitionPair,
    "parameter: moved",
    find=moved(
        PARAMETER,
        number,
        weight=lambda pair, name: 1000 if _is_fixed(pair, name) else 1,
        variant=lambda pair, name: _closed(pair) or ("" if _is_fixed(pair, name) else "keyword"),
    ),
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
        _in_cpp("first: int64, last: int64", "last: int64, first: int64"),
    ),
)


@on(
    PARAMETER,
    "parameter kind: changed",
    verdicts=levels(source=B, ir=B, types=B),
    variants=(CLOSED,),
    meaning="The parameter takes other values than before.",
    advice="Give {new} for `{name}` of `{owner}`.",
    mirror="changed",
    compares=("NamedParameter.parameter", "Parameter.constraint"),
    examples=(Example(_TWO, _span("first: string, last: int64")), _in_cpp("first: int64", "first: string")),
)
def parameter_kind_changed(pair: ParameterPair) -> Iterator[Found]:
    """Another constraint."""
    if pair.old.parameter.constraint != pair.in_old_names.parameter.constraint:
        yield Found(*pair.declared(), _closed_around(pair))


parameter_made_optional = rule(
    PARAMETER,
    "parameter: made optional",
    find=made_optional(_closed_around),
    verdicts=levels(source=B, ir=C, types=C),
    variants=(CLOSED,),
    meaning="""The parameter may be left out, so `get` takes it by keyword: calls that give it by position fail. Text
    stays right.""",
    advice="Give `{name}` by keyword to `{owner}.get`.",
    mirror="made required",
    compares=("Parameter.optional",),
    examples=(Example(_REQUIRED, _OPTIONAL), _in_cpp("first: int64", "first: optional int64")),
)


parameter_made_required = rule(
    PARAMETER,
    "parameter: made required",
    find=made_required(_closed_around),
    verdicts=levels(source=B, ir=B, types=B),
    variants=(CLOSED,),
    meaning="The parameter may no longer be left out, in calls of `get` and in IR text.",
    advice="Give `{name}` to `{owner}.get`, and write it in IR text.",
    mirror="made optional|=parameter-default-added",
    examples=(
        Example(_OPTIONAL, _REQUIRED),
        Example(_DEFAULT, _REQUIRED),
        _in_cpp("first: optional int64", "first: int64"),
    ),
)


parameter_default_added = rule(
    PARAMETER,
    "parameter default: added",
    find=default_added(_closed_around),
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
        _in_cpp("first: int64", "first: int64 = 1"),
    ),
)


parameter_default_removed = rule(
    PARAMETER,
    "parameter default: removed",
    find=default_removed,
    verdicts=levels(source=D, ir=D),
    meaning="""Left out, the parameter meant a default before and is unset now. Where it has to be given now, the rule
    `parameter-made-required` says so instead.""",
    advice="Give {as_before} to `{owner}.get` to keep what calls meant.",
    mirror="added",
    examples=(Example(_DEFAULT, _OPTIONAL),),
)


parameter_default_changed = rule(
    PARAMETER,
    "parameter default: changed",
    find=default_changed,
    verdicts=levels(source=D, ir=D),
    meaning="Left out, the parameter means another value than before, in calls of `get` and in IR text.",
    advice="Give {as_before} to `{owner}.get` to keep what calls meant.",
    mirror="changed",
    examples=(Example(_DEFAULT, _span("first: int64, last: int64 = 2", _GROUP)),),
)
