"""What only C++ knows of a dialect, as lines for people."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from opspec.constraints.opaque import OpaquePlace, opaque_constraints, opaque_defaults
from opspec.model.definitions import opaque_definitions
from opspec.model.dialect import Dialect
from opspec.notation.relation_terms import Opaque

__all__ = ["opaque_lines"]


def _label(place: OpaquePlace) -> str:
    """How the list of opaque constraints names one: the constraint, and whether it is opaque as a whole."""
    through = f", through {place.through}" if place.through else ""
    return f"{'partly ' if place.partly else ''}opaque({place.name}){through}"


def opaque_lines(dialect: Dialect) -> Iterator[str]:
    """A line that counts what is opaque, and one for each constraint, default and definition."""
    places = list(opaque_constraints(dialect))
    defaults = list(opaque_defaults(dialect))
    opaque = sum(not place.partly for place in places)
    rules = [rule.claim for operation in dialect.operations for rule in operation.relations]
    counts = f"{opaque} opaque constraints, {len(places) - opaque} in part"
    if rules:
        opaque_rules = sum(isinstance(claim, Opaque) for claim in rules)
        counts += f"; {len(rules)} rules, {opaque_rules} of them opaque"
    if defaults:
        counts += f"; {len(defaults)} opaque defaults"
    yield f"{dialect.name}: {len(dialect.operations)} operations, {counts}"
    for label, found in groupby(sorted(places, key=_label), key=_label):
        where = [place.place for place in found]
        shown = ", ".join(where[:3]) + (f" and {len(where) - 3} more" if len(where) > 3 else "")
        yield f"  {label}: {shown}"
    yield from (f"  default of C++'s own: {place}{f' ({text})' if text else ''}" for place, text in defaults)
    yield from (f"  text only: {place} ({reason})" for place, reason in opaque_definitions(dialect))
