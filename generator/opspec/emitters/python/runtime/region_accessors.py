"""Descriptors through which a generated class gives access to its regions by name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from .accessors import Accessor, rules_for
from .checking import checks_of
from .declarations import RegionRule
from .host import ir
from .places import check_number

__all__ = [
    "OptionalRegionAccessor",
    "RegionAccessor",
    "RegionPart",
    "RegionsAccessor",
]

_T = TypeVar("_T")


class RegionPart(Accessor[_T]):
    """A declared region, by its name."""

    def __init__(self, part: str) -> None:
        self._part = part

    def _prepare(self, owner: type) -> None:
        self._rules = rules_for(owner)
        regions = self._rules.regions
        (self._rule,) = (rule for rule in regions if rule.name == self._part)

    def in_use(self, op: ir.OpView) -> RegionRule | None:
        """The region in the release in use; None where that lacks it."""
        rules = self._rules
        if not rules.varies_in_parts:
            return self._rule
        regions = checks_of(rules).rules.regions
        check_number(rules.name, "regions", regions, len(op.operation.regions))
        return next((rule for rule in regions if rule.name == self._part), None)


class RegionAccessor(RegionPart["ir.Region"]):
    """One region."""

    def _read(self, op: ir.OpView) -> ir.Region:
        return op.operation.regions[self._rule.index]


class OptionalRegionAccessor(RegionPart["ir.Region | None"]):
    """A region that not every release has, or None."""

    def _read(self, op: ir.OpView) -> ir.Region | None:
        rule = self.in_use(op)
        return None if rule is None else op.operation.regions[rule.index]


class RegionsAccessor(RegionPart["Sequence[ir.Region]"]):
    """The regions of a variadic one: all from where it starts."""

    def _read(self, op: ir.OpView) -> Sequence[ir.Region]:
        rule = self.in_use(op)
        return [] if rule is None else list(op.operation.regions)[rule.index :]
