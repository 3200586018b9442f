"""Where a declared operand or result stands among all operands or results of an operation."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .._release_table import DISTRIBUTION
from ..releases import release_in_use
from .dataclass import dataclass
from .declarations import ONE, RegionRule, ValueRule, counted
from .errors import refused
from .host import ir

__all__ = ["Place", "check_number", "place_of"]


@dataclass(frozen=True, slots=True)
class Place:
    """The place of one of `count` parts: `variable` are the numbers of those that are no single values.

    `sizes` is the attribute that holds the size of each part; empty where the sizes follow from the number of values.
    """

    index: int
    count: int
    variable: tuple[int, ...]
    sizes: str

    @property
    def follows_variable(self) -> bool:
        """Whether where it begins depends on the operation."""
        return min(self.variable, default=self.count) < self.index

    @property
    def is_rest(self) -> bool:
        """Whether it is all values from there on."""
        is_last = self.index == self.count - 1
        return is_last and not self.sizes and self.variable == (self.index,)

    def bounds(self, op: ir.OpView, total: int) -> tuple[int, int]:
        """Where the part starts among the `total` values, and where it ends.

        Raises `ValueError` where the attribute does not hold the sizes.
        """
        index, variable = self.index, self.variable
        if self.sizes:
            sizes = self._given_sizes(op, total)
            return sum(sizes[:index]), sum(sizes[: index + 1])
        if not variable:
            return index, index + 1
        each = (total - self.count) // len(variable) + 1
        before = index + sum(i < index for i in variable) * (each - 1)
        return before, before + (each if index in variable else 1)

    def _given_sizes(self, op: ir.OpView, total: int) -> list[int]:
        """The sizes of all declared parts."""
        name, attributes = self.sizes, op.operation.attributes
        found: Any = attributes[name] if name in attributes else None  # noqa: SIM401
        sizes = list(found) if isinstance(found, ir.DenseI32ArrayAttr) else []
        if len(sizes) != self.count or sum(sizes) != total or min(sizes) < 0:
            given = "missing" if found is None else str(found)
            accepted = f"the sizes of {self.count} parts, {total} in all"
            raise refused(op.operation.name, name, given, accepted)
        return sizes


def check_number(
    operation: str, what: str, declared: Sequence[ValueRule | RegionRule], total: int
) -> None:
    """Refuse an operation that has not as many operands, results or regions as the release in use wants.

    Which is which, only the release knows for which the operation was made. Raises `ValueError`.
    """
    single = sum(_is_single(rule) for rule in declared)
    if total == single or (total > single and single < len(declared)):
        return
    release = release_in_use()
    names = ", ".join(rule.name for rule in declared) or "none"
    has = f"release {release} of {DISTRIBUTION}" if release else "the spec"
    accepted = f"what {has} has: {names}"
    hint = "name the release that the operation is made for with using_release"
    given = counted(total, "region" if what == "regions" else "value")
    raise refused(operation, what, given, accepted, hint)


def _is_single(rule: ValueRule | RegionRule) -> bool:
    if isinstance(rule, ValueRule):
        return rule.multiplicity == ONE
    return not rule.is_variadic


def place_of(part: str, declared: tuple[ValueRule, ...], sizes: str) -> Place | None:
    """The place of a part by its name; None where it is none of those that are declared."""
    names = [rule.name for rule in declared]
    if part not in names:
        return None
    variable = [i for i, rule in enumerate(declared) if rule.multiplicity != ONE]
    return Place(names.index(part), len(names), tuple(variable), sizes)
