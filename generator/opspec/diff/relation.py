"""Does a constraint accept more than another, or less?

The answer is on the safe side: what cannot be shown to be contained counts as not contained.
"""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum
from typing import TypeAlias

from opspec.model.constraints import (
    AnyConstraint,
    AnyOf,
    ArrayOf,
    AttributeConstraint,
    AttributeKind,
    Builtin,
    Confined,
    ConstraintReference,
    IntegerOf,
    Modifier,
    Refinement,
    RegionConstraint,
    Shaped,
    TypeConstraint,
    TypeOf,
)
from opspec.model.dialect import Dialect, NamedConstraint
from opspec.notation.types import TYPE_WORDS

__all__ = ["Relation", "contains", "relate", "relate_regions", "resolved"]

_Constraint: TypeAlias = "TypeConstraint | AttributeConstraint"

_FLOATS = frozenset(word for word in TYPE_WORDS if word[0] in "fbt" and any(c.isdigit() for c in word))
_INTEGERS = {"signless_integer": ("i",), "signed_integer": ("si",), "unsigned_integer": ("ui",), "integer": ()}
_TENSORS = frozenset({"tensor", "ranked_tensor", "unranked_tensor"})
_MEMREFS = frozenset({"memref", "unranked_memref", "ranked_or_unranked_memref"})
_VECTORS = frozenset({"vector", "fixed_vector", "scalable_vector"})
_VALUES = _TENSORS | _VECTORS
_HOLDS = {
    "shaped": _VALUES | _MEMREFS | {"value_semantics"},
    "tensor": _TENSORS,
    "ranked_or_unranked_memref": _MEMREFS,
    "vector": _VECTORS,
    "value_semantics": _VALUES,
}


class Relation(Enum):
    """How a constraint changed."""

    SAME = "same"
    RESPELLED = "respelled"
    """Written otherwise, accepting the same."""
    WIDENED = "widened"
    NARROWED = "narrowed"
    CHANGED = "changed"
    """Neither contains the other, as far as can be shown."""


def _named(constraints: Iterable[NamedConstraint], name: str) -> TypeConstraint | None:
    return next((named.constraint for named in constraints if named.name == name), None)


def resolved(constraint: _Constraint, dialect: Dialect) -> _Constraint:
    """The constraint with the dialect's named constraints in place of their names."""
    match constraint:
        case ConstraintReference(name):
            found = _named(dialect.constraints, name)
            return resolved(found, dialect) if found is not None else constraint
        case AnyOf(options):
            return AnyOf(tuple(resolved(option, dialect) for option in options))
        case Shaped(container, element, modifiers):
            return Shaped(container, resolved(element, dialect), modifiers)  # type: ignore[arg-type]
        case ArrayOf(element):
            return ArrayOf(resolved(element, dialect))  # type: ignore[arg-type]
        case TypeOf(held):
            return TypeOf(resolved(held, dialect))  # type: ignore[arg-type]
        case Confined(base, refinements):
            return Confined(resolved(base, dialect), refinements)  # type: ignore[arg-type]
        case _:
            return constraint


def contains(wide: _Constraint, narrow: _Constraint) -> bool:
    """Whether everything that `narrow` accepts can be shown to be accepted by `wide`. Both are resolved."""
    if wide == narrow or isinstance(wide, AnyConstraint):
        return True
    if isinstance(narrow, AnyOf):
        return all(contains(wide, option) for option in narrow.options)
    if isinstance(wide, AnyOf):
        return any(contains(option, narrow) for option in wide.options)
    match wide, narrow:
        case Confined(base, conditions), Confined(other, given):
            return contains(base, other) and all(any(_implies(g, c) for g in given) for c in conditions)
        case _, Confined(other, _):
            return contains(wide, other)
        case Shaped(), Shaped():
            return _contains_shaped(wide, narrow)
        case Shaped("like", element, modifiers), _:
            return not modifiers and contains(element, narrow)
        case Builtin(word), IntegerOf(prefix, _) if word in _INTEGERS:
            return not _INTEGERS[word] or prefix in _INTEGERS[word]
        case Builtin("integer"), Builtin(word):
            return word in _INTEGERS
        case Builtin("float"), Builtin(word):
            return word in _FLOATS
        case Builtin("complex" | "tuple" as word), Shaped(container, _, _):
            return word == container
        case IntegerOf("int", width), IntegerOf(_, other_width):
            return width == other_width
        case AttributeKind.INTEGER, IntegerOf():
            return True
        case AttributeKind.FLOAT, Builtin(word):
            return word in _FLOATS
        case (AttributeKind.ARRAY, ArrayOf()) | (AttributeKind.TYPE, TypeOf()):
            return True
        case AttributeKind.SYMBOL_REF, AttributeKind.FLAT_SYMBOL_REF:
            return True
        case AttributeKind.STRING, AttributeKind.SYMBOL_NAME:
            return True
        case ArrayOf(element), ArrayOf(other):
            return contains(element, other)
        case TypeOf(held), TypeOf(other):
            return contains(held, other)
        case _:
            return False


def _contains_shaped(wide: Shaped, narrow: Shaped) -> bool:
    if not all(any(_restricts(given, wanted) for given in narrow.modifiers) for wanted in wide.modifiers):
        return False
    if not contains(wide.element, narrow.element):
        return False
    if wide.container == "like":
        return narrow.container == "like" or narrow.container in _VALUES
    return wide.container == narrow.container or narrow.container in _HOLDS.get(wide.container, frozenset())


def _restricts(given: Modifier, wanted: Modifier) -> bool:
    """Whether what meets one modifier meets the other; `values` are alternatives."""
    if given.word != wanted.word or wanted.word == "opaque":
        return given == wanted
    return not wanted.values or (bool(given.values) and set(given.values) <= set(wanted.values))


def _implies(given: Refinement, wanted: Refinement) -> bool:
    """Whether a value that meets one condition meets the other."""
    if given == wanted:
        return True
    bound = given.values[0] if given.values else 0
    limit = wanted.values[0] if wanted.values else 0
    match given.word, wanted.word:
        case (("positive" | "power_of_two"), ("positive" | "non_negative" | "non_zero")):
            return True
        case (("positive" | "power_of_two"), "min"):
            return limit <= 1
        case "non_negative", "min":
            return limit <= 0
        case "min", "min":
            return bound >= limit
        case "min", ("positive" | "non_zero"):
            return bound >= 1
        case "min", "non_negative":
            return bound >= 0
        case "max", "max":
            return bound <= limit
        case "count", "min_count":
            return bound >= limit
        case "count", "max_count":
            return bound <= limit
        case "min_count", "min_count":
            return bound >= limit
        case "max_count", "max_count":
            return bound <= limit
        case _:
            return False


def _relation(*, grew: bool, shrank: bool) -> Relation:
    """`grew`: the new accepts all of the old; `shrank`: the old accepts all of the new."""
    if grew and shrank:
        return Relation.RESPELLED
    if grew:
        return Relation.WIDENED
    return Relation.NARROWED if shrank else Relation.CHANGED


def relate(old: _Constraint, new: _Constraint, old_dialect: Dialect, new_dialect: Dialect) -> Relation:
    """How a constraint changed. A name that stays is the same constraint, whatever became of what it stands for."""
    if old == new:
        return Relation.SAME
    first, second = resolved(old, old_dialect), resolved(new, new_dialect)
    return _relation(grew=contains(second, first), shrank=contains(first, second))


def _counts(region: RegionConstraint) -> tuple[int, float]:
    """The least and the greatest number of blocks."""
    if region.blocks is None:
        return 0, float("inf")
    if region.minimum:
        return region.blocks, float("inf")
    return (0, region.blocks) if region.maximum else (region.blocks, region.blocks)


def relate_regions(old: RegionConstraint, new: RegionConstraint) -> Relation:
    """How the number of blocks changed."""
    if (old.blocks, old.minimum, old.maximum) == (new.blocks, new.minimum, new.maximum):
        return Relation.SAME
    (old_least, old_most), (new_least, new_most) = _counts(old), _counts(new)
    grew = new_least <= old_least and new_most >= old_most
    shrank = new_least >= old_least and new_most <= old_most
    return _relation(grew=grew, shrank=shrank)
