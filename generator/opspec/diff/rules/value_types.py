"""What rules find in the types and effects of operands and results, which are values alike."""

from __future__ import annotations

from collections.abc import Iterator

from opspec.constraints.parts import resolve
from opspec.diff.finds import related
from opspec.diff.pairs import OperandPair
from opspec.diff.relation import Relation, relate
from opspec.diff.rule import B, D, Find, Found, Variant, levels
from opspec.model.constraints import AnyOf, OpaqueConstraint, TypeConstraint, Value
from opspec.model.dialect import Dialect, NamedValue
from opspec.notation import print_type

UNSEEN = Variant("only in C++", "only C++ can check the new constraint", levels(source=D, ir=B))
"""A constraint that builders do not enforce."""


def unseen(constraint: TypeConstraint, dialect: Dialect, wanted: Relation) -> str:
    """The variant of a change to a constraint: whether builders cannot enforce the new one, though it refuses more."""
    if wanted not in (Relation.NARROWED, Relation.CHANGED):
        return ""
    found = resolve(constraint, dialect)
    options = found.options if isinstance(found, AnyOf) else (found,)
    return UNSEEN.name if any(isinstance(option, OpaqueConstraint) for option in options) else ""


def _relation(pair: OperandPair) -> Relation:
    """How the type constraint changed."""
    return relate(pair.old.value.type, pair.in_old_names.value.type, pair.dialects.old, pair.dialects.in_old_names)


def _type(named: NamedValue) -> str:
    return print_type(named.value.type)


def related_types(wanted: Relation) -> Find:
    """Values whose type constraints are in a relation."""
    return related(wanted, _relation, _type, lambda pair: unseen(pair.new.value.type, pair.dialects.new, wanted))


def _effects(value: Value) -> str:
    """The effects in the notation, sorted: their order says nothing."""
    return ", ".join(sorted(effect.value for effect in value.effects)) or "none"


def effects_changed(pair: OperandPair) -> Iterator[Found]:
    """Effects come and gone."""
    old, new = _effects(pair.old.value), _effects(pair.new.value)
    if old != new:
        yield Found(*pair.sides(old, new))
