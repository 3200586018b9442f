"""How a constraint changed: does it accept more than before, or less?"""

from __future__ import annotations

from enum import Enum

from opspec.constraints.contains import contains
from opspec.constraints.parts import resolve
from opspec.model.constraints import AttributeConstraint, RegionConstraint, TypeConstraint
from opspec.model.dialect import Dialect

__all__ = ["Relation", "relate", "relate_regions"]


class Relation(Enum):
    """How a constraint changed."""

    SAME = "same"
    RESPELLED = "respelled"
    """Written otherwise, accepting the same."""
    WIDENED = "widened"
    NARROWED = "narrowed"
    CHANGED = "changed"
    """Neither contains the other, as far as can be shown."""


def _relation(*, grew: bool, shrank: bool) -> Relation:
    """`grew`: the new accepts all of the old; `shrank`: the old accepts all of the new."""
    if grew and shrank:
        return Relation.RESPELLED
    if grew:
        return Relation.WIDENED
    return Relation.NARROWED if shrank else Relation.CHANGED


def relate(
    old: TypeConstraint | AttributeConstraint,
    new: TypeConstraint | AttributeConstraint,
    old_dialect: Dialect,
    new_dialect: Dialect,
) -> Relation:
    """How a constraint changed. A name that stays is the same constraint, whatever became of what it stands for."""
    if old == new:
        return Relation.SAME
    first, second = resolve(old, old_dialect), resolve(new, new_dialect)
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
