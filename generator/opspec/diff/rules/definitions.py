"""Rules about attribute and type definitions."""

from __future__ import annotations

from collections.abc import Iterator

from opspec.diff.changes import Side
from opspec.diff.pairs import DefinitionPair
from opspec.diff.rule import B, D, Example, Found, levels, on
from opspec.diff.witness_definitions import definition_class, definition_get
from opspec.model.definitions import is_opaque

_BOX = "types: {{Box: {{class: {0}, parameters: {{content: type}}, format: '{1}'}}}}"
_PLAIN = _BOX.format("BoxType", "`<` $content `>`")
_OPAQUE = "types: {Box: {class: BoxType, parameters: {content: type}, format: custom}}"


@on(
    DefinitionPair,
    "definition class: renamed",
    verdicts=levels(source=B),
    meaning="""The definition's C++ class, and with it the Python class, has another name. The IR knows it by its
    mnemonic.""",
    advice="Write `{new}` for `{old}`.",
    mirror="renamed",
    subjects="definition classes",
    compares=("Definition.class_name",),
    examples=(Example(_PLAIN, _BOX.format("BoxedType", "`<` $content `>`")),),
    witness=definition_class,
)
def definition_class_renamed(pair: DefinitionPair) -> Iterator[Found]:
    """Definitions whose class has another name."""
    old = pair.within.old_naming.definition_class(pair.old)
    new = pair.within.new_naming.definition_class(pair.new)
    if pair.old.class_name != pair.new.class_name:
        yield Found(Side(pair.old_place("class"), old), Side(pair.new_place("class"), new))


def _sides(pair: DefinitionPair) -> tuple[Side, Side]:
    old = Side(pair.old_place("format"), pair.old.format or "by its mnemonic alone")
    return old, Side(pair.new_place("format"), pair.new.format or "by its mnemonic alone")


@on(
    DefinitionPair,
    "definition format: opened",
    verdicts=levels(ir=D),
    meaning="""The text of the attribute or type is given by a format now, where only C++ knew it. The Python class can
    make one from parameters. Whether the text itself is another is not known.""",
    advice="Nothing to do; `{owner}` has `get` now.",
    mirror="closed",
    compares=("Definition.format",),
    examples=(Example(_OPAQUE, _PLAIN),),
)
def definition_format_opened(pair: DefinitionPair) -> Iterator[Found]:
    """Only in C++ before, a format now."""
    if is_opaque(pair.old) and not is_opaque(pair.new):
        yield Found(*_sides(pair))


@on(
    DefinitionPair,
    "definition format: closed",
    verdicts=levels(source=B, ir=D),
    meaning="""Only C++ knows the text of the attribute or type now. The Python class can no longer make one from
    parameters, nor give them.""",
    advice="Make `{owner}` from text, with `ir.Attribute.parse` or `ir.Type.parse`.",
    mirror="opened",
    examples=(Example(_PLAIN, _OPAQUE),),
    witness=definition_get,
)
def definition_format_closed(pair: DefinitionPair) -> Iterator[Found]:
    """A format before, only in C++ now."""
    if is_opaque(pair.new) and not is_opaque(pair.old):
        yield Found(*_sides(pair))


@on(
    DefinitionPair,
    "definition format: changed",
    verdicts=levels(ir=B),
    meaning="""The attribute or type is written otherwise in the IR: old text is refused, and an old Enzyme refuses what
    the new class writes. Python calls stay as they are.""",
    advice="Write `{owner}` in its new form: {new}",
    mirror="changed",
    examples=(Example(_PLAIN, _BOX.format("BoxType", "`[` $content `]`")),),
)
def definition_format_changed(pair: DefinitionPair) -> Iterator[Found]:
    """Another format, of the same openness."""
    same_openness = is_opaque(pair.old) == is_opaque(pair.new)
    if same_openness and pair.old.format != pair.in_old_names.format:
        yield Found(*_sides(pair))
