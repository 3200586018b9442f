"""Differentiates cases with the real Enzyme, runs them, and says how far off the derivatives are."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from enzyme_mlir import jit, lowering

from .cases import Case, with_forward, with_reverse

MODES = ("reverse", "forward")
STEP = 2.0**-17
DIFFERENCE = 1e-7
"""The relative error that finite differences (central, of second order) may have at `STEP`."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What became of a case in one mode: its worst relative errors, or the message with which it was refused."""

    case: Case
    mode: str
    error: float = 0.0
    """Against the analytic derivative."""
    difference: float | None = None
    """Against finite differences, where those mean something."""
    refusal: str = ""


def relative(found: float, wanted: float) -> float:
    """The relative error; the absolute one where zero is wanted; infinite for what is no number."""
    if math.isnan(found):
        return math.inf
    return abs(found - wanted) / (abs(wanted) if wanted else 1.0)


def differentiated(cases: Sequence[Case]) -> dict[tuple[str, str], lowering.Verdict]:
    """What Enzyme makes of every case in both modes, all at once."""
    found: dict[tuple[str, str], lowering.Verdict] = {}
    for pipeline in sorted({case.pipeline for case in cases}):
        chosen = [case for case in cases if case.pipeline == pipeline]
        for mode, build in zip(MODES, (with_reverse, with_forward), strict=True):
            verdicts = lowering.verdicts([build(case) for case in chosen], pipeline)
            found |= {(case.name, mode): verdict for case, verdict in zip(chosen, verdicts, strict=True)}
    return found


def measure(case: Case, mode: str, verdict: lowering.Verdict) -> Measured:
    """Compile a derivative and compare it at every point."""
    if verdict.text is None:
        return Measured(case, mode, refusal=verdict.message)
    try:
        compiled = jit.compile(verdict.text)
    except jit.JitError as error:
        return Measured(case, mode, refusal=str(error))
    worst = 0.0
    off = 0.0
    for point in case.points:
        wanted = case.gradient(*point)
        found = gradient_of(compiled, mode, point)
        worst = max(worst, *(relative(one, other) for one, other in zip(found, wanted, strict=True)))
        if case.follows_values:
            differences = finite_differences(compiled, mode, point)
            off = max(off, *(relative(one, other) for one, other in zip(found, differences, strict=True)))
    return Measured(case, mode, worst, off if case.follows_values else None)


def gradient_of(compiled: Any, mode: str, point: tuple[float, ...]) -> list[float]:
    """The gradient: all at once, or along one axis after the other."""
    if mode == "reverse":
        return list(compiled(*point)[1:])
    axes = range(len(point))
    return [compiled(*point, *(float(axis == other) for other in axes))[1] for axis in axes]


def finite_differences(compiled: Any, mode: str, point: tuple[float, ...]) -> list[float]:
    """The gradient from values alone, extrapolated from two step sizes."""
    rest = () if mode == "reverse" else (0.0,) * len(point)

    def slope(axis: int, step: float) -> float:
        up, down = list(point), list(point)
        up[axis] += step
        down[axis] -= step
        return float((compiled(*up, *rest)[0] - compiled(*down, *rest)[0]) / (2 * step))

    return [(4 * slope(axis, STEP) - slope(axis, 2 * STEP)) / 3 for axis in range(len(point))]
