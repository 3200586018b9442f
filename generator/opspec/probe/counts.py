"""How many regions, results, successors and operands an operation has in the binary."""

from __future__ import annotations

from collections.abc import Sequence

from opspec.dataclass import dataclass
from opspec.model.constraints import Multiplicity
from opspec.model.dialect import Operation
from opspec.probe.drafts import Draft
from opspec.probe.driver import Asks, drafted
from opspec.probe.readings import Counted

__all__ = ["PARTS", "Count", "counts_of_spec", "probe_count"]

PARTS = ("regions", "results", "successors", "operands")
"""In the order in which MLIR checks them."""

_MANY = 33


@dataclass(frozen=True, slots=True)
class Count:
    """From `minimum` to `maximum` (None: any number); `message` and `module` are what showed it."""

    minimum: int
    maximum: int | None
    message: str = ""
    module: str = ""

    def __str__(self) -> str:
        if self.maximum is None:
            return f"{self.minimum} or more"
        return str(self.minimum) if self.minimum == self.maximum else f"{self.minimum} to {self.maximum}"

    def holds(self, count: int) -> bool:
        """Whether there can be so many."""
        return self.minimum <= count and (self.maximum is None or count <= self.maximum)

    def nearest(self, count: int) -> int:
        """The number nearest to `count` that there can be."""
        bounded = max(count, self.minimum)
        return bounded if self.maximum is None else min(bounded, self.maximum)


def _sum(multiplicities: Sequence[Multiplicity]) -> Count:
    """What MLIR checks by counting: a minimum, and a maximum only where every part is a single one."""
    singles = sum(multiplicity is Multiplicity.ONE for multiplicity in multiplicities)
    return Count(singles, singles if singles == len(multiplicities) else None)


def counts_of_spec(operation: Operation) -> dict[str, Count]:
    """The counts that a spec declares, for each of `PARTS`."""
    return {
        "regions": _sum([region.constraint.multiplicity for region in operation.regions]),
        "results": _sum([result.value.multiplicity for result in operation.results]),
        "successors": _sum([successor.multiplicity for successor in operation.successors]),
        "operands": _sum([operand.value.multiplicity for operand in operation.operands]),
    }


def probe_count(draft: Draft, part: str) -> Asks[Count]:
    """The count of one part; those that MLIR checks before it have to be right in the draft."""
    none, many = draft.counting(part, 0), draft.counting(part, _MANY)
    low, high = yield drafted(none, many)
    minimum, maximum = 0, None
    message, module = f"taken: {_MANY} {part}", many.render()
    if isinstance(low, Counted) and low.part == part:
        minimum, maximum, message, module = low.minimum, low.maximum, low.message, none.render()
    if isinstance(high, Counted) and high.part == part:
        minimum, maximum, message, module = high.minimum, high.maximum, high.message, many.render()
    return Count(minimum, maximum, message, module)
