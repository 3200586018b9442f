"""What a check of derivatives has found, as data and as a table."""

from __future__ import annotations

import enum
import math
from dataclasses import dataclass

__all__ = ["GradientMismatch", "GradientReport", "Row", "Verdict"]

SHOWN = 40
"""How many rows are printed when there are more; what is not right is always printed."""


class Verdict(enum.Enum):
    """What is to be said of a derivative."""

    RIGHT = "ok"
    """It is the slope, within the tolerance."""
    KINK = "ok (kink)"
    """The slopes from the left and from the right differ, and it is between them."""
    EDGE = "ok (one side)"
    """There is a slope from one side only, at the edge of where the function is defined, say, and it is that."""
    UNSURE = "unsure"
    """Differences do not say: they do not settle down to a slope."""
    WRONG = "MISMATCH"
    """It is not the slope."""


@dataclass(frozen=True, slots=True)
class Row:
    """One derivative.

    Example: `Row("x", (2,), "reverse", 0.5, (0.5, 0.5), 1e-12, Verdict.RIGHT)`.
    """

    argument: str
    """The argument, by name."""
    element: tuple[int, ...]
    """Which element of it; empty for a number."""
    mode: str
    """`forward` or `reverse`."""
    derivative: float
    """What Enzyme found."""
    difference: tuple[float, float]
    """The slope by finite differences; two at a kink, the lower one first."""
    doubt: float
    """How far off the finite difference may be."""
    verdict: Verdict
    """What is to be said of it."""

    @property
    def error(self) -> float:
        """How far the derivative is from the difference, or from what is between the two of a kink."""
        low, high = self.difference
        if math.isnan(self.derivative) or math.isnan(low):
            return math.nan
        return max(low - self.derivative, self.derivative - high, 0.0)

    @property
    def cells(self) -> tuple[str, ...]:
        """The row of a table."""
        low, high = self.difference
        where = f"[{', '.join(map(str, self.element))}]" if self.element else ""
        difference = (
            f"{low:.10g}"
            if low == high or math.isnan(low)
            else f"{low:.6g} to {high:.6g}"
        )
        return (
            self.argument,
            where,
            self.mode,
            f"{self.derivative:.10g}",
            difference,
            f"{self.error:.1e}",
            self.verdict.value,
        )


TITLES = (
    "argument",
    "element",
    "mode",
    "derivative",
    "finite difference",
    "error",
    "verdict",
)


@dataclass(frozen=True, slots=True)
class GradientReport:
    """Derivatives of a function beside finite differences of it; `str` of it is a table."""

    function: str
    """What was checked: `@loss`."""
    rows: tuple[Row, ...]
    """A row for each derivative and mode."""
    rtol: float
    """The relative error that a derivative may have."""
    notes: tuple[str, ...] = ()
    """What else is to be known, e.g. that not all elements were looked at."""

    def of(self, *verdicts: Verdict) -> tuple[Row, ...]:
        """The rows with one of these verdicts."""
        return tuple(row for row in self.rows if row.verdict in verdicts)

    @property
    def mismatches(self) -> tuple[Row, ...]:
        """The derivatives that are wrong."""
        return self.of(Verdict.WRONG)

    @property
    def is_right(self) -> bool:
        """Whether no derivative is wrong."""
        return not self.mismatches

    @property
    def worst(self) -> float:
        """The largest error of a derivative that is not at a kink, relative to it where it is above one."""
        errors = [
            row.error / max(1.0, abs(row.difference[0]))
            for row in self.of(Verdict.RIGHT, Verdict.EDGE, Verdict.WRONG)
        ]
        return max((error for error in errors if not math.isnan(error)), default=0.0)

    def __repr__(self) -> str:
        return f"<GradientReport {self._summary()}>"

    def _repr_html_(self) -> str:
        from ..._runtime.highlighting import (
            as_table,  # loaded with the first notebook
        )

        caption = "; ".join((self._summary(), *self.notes))
        return as_table(caption, TITLES, (row.cells for row in self.rows))

    def __str__(self) -> str:
        shown = self.rows
        if len(shown) > SHOWN:
            striking = self.of(
                Verdict.WRONG, Verdict.UNSURE, Verdict.KINK, Verdict.EDGE
            )
            plain = self.of(Verdict.RIGHT)[: max(0, SHOWN - len(striking))]
            kept = {id(row) for row in (*striking, *plain)}
            shown = tuple(row for row in self.rows if id(row) in kept)
        table = [TITLES, *(row.cells for row in shown)]
        widths = [
            max(len(cells[column]) for cells in table) for column in range(len(TITLES))
        ]
        lines = [self._summary()]
        for cells in table:
            padded = [
                cell.rjust(width) if column in (3, 4, 5) else cell.ljust(width)
                for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
            ]
            lines.append("  ".join(padded).rstrip())
        if len(shown) < len(self.rows):
            lines.append(f"and {len(self.rows) - len(shown)} more that are ok")
        return "\n".join([*lines, *self.notes])

    def _summary(self) -> str:
        counts = [
            f"{len(found)} {word}"
            for word, verdict in (
                ("wrong", Verdict.WRONG),
                ("unsure", Verdict.UNSURE),
                ("at kinks", Verdict.KINK),
                ("from one side", Verdict.EDGE),
            )
            if (found := self.of(verdict))
        ]
        counted = f" ({', '.join(counts)})" if counts else ""
        return (
            f"{len(self.rows)} derivatives of {self.function} beside finite differences{counted}; "
            f"rtol {self.rtol:g}, worst error {self.worst:.1e}"
        )


class GradientMismatch(AssertionError):
    """Derivatives are not what finite differences say; the message is the report."""

    def __init__(self, report: GradientReport) -> None:
        super().__init__(str(report))
        self.report = report
        """What was found."""

    def __reduce__(self) -> tuple[type[GradientMismatch], tuple[GradientReport]]:
        """An error comes whole out of another process."""
        return GradientMismatch, (self.report,)
