"""Rules about the assembly formats of operations."""

from __future__ import annotations

from collections.abc import Iterator

from opspec.diff.changes import Side
from opspec.diff.pairs import OperationPair
from opspec.diff.rule import B, D, Found, levels, on, ops

_PARTS = "arguments: {from: any}"
_PLAIN = f"{_PARTS}, format: '$from attr-dict `:` type($from)'"


def _sides(pair: OperationPair) -> tuple[Side, Side]:
    old = Side(pair.old_place("format"), pair.old.format or "generic")
    return old, Side(pair.new_place("format"), pair.new.format or "generic")


@on(
    OperationPair,
    "format: added",
    verdicts=levels(ir=D),
    meaning="""The operation has a form of its own in IR text now. The generic form is read as before; what the new
    Enzyme prints, the old one cannot read.""",
    advice="Nothing to do, unless old and new exchange IR as text: then print the generic form.",
    mirror="removed",
    compares=("Operation.format",),
    examples=(ops(_PARTS, _PLAIN),),
)
def format_added(pair: OperationPair) -> Iterator[Found]:
    """The generic form only before, a format now."""
    if pair.old.format is None and pair.new.format is not None:
        yield Found(*_sides(pair))


@on(
    OperationPair,
    "format: removed",
    verdicts=levels(ir=B),
    meaning="The operation has only the generic form in IR text now: text in its own form is refused.",
    advice="Write `{owner}` in the generic form.",
    mirror="added",
    examples=(ops(_PLAIN, _PARTS),),
)
def format_removed(pair: OperationPair) -> Iterator[Found]:
    """A format before, the generic form only now."""
    if pair.old.format is not None and pair.new.format is None:
        yield Found(*_sides(pair))


@on(
    OperationPair,
    "format: changed",
    verdicts=levels(ir=B),
    meaning="""The operation is written otherwise in IR text: text in the old form is refused. The generic form and
    bytecode do not change, and builders do not notice.""",
    advice="Write `{owner}` in its new form: {new}",
    mirror="changed",
    examples=(ops(_PLAIN, _PLAIN.replace("attr-dict", "`,` attr-dict")),),
)
def format_changed(pair: OperationPair) -> Iterator[Found]:
    """Another format."""
    if None not in (pair.old.format, pair.new.format) and pair.old.format != pair.in_old_names.format:
        yield Found(*_sides(pair))
