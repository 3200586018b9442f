"""Differentiates cases as users do, runs them, and says how far off the derivatives are."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from enzyme_mlir import jit, lowering

from .cases import MODES, Case, with_derivatives

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


@lru_cache(maxsize=4)
def differentiate(case: Case, enzyme: Path | None = None) -> Mapping[str, jit.Function | str]:
    """The compiled derivatives of a case by mode, from `lowering.run` as users call it, or the words of the refusal."""
    try:
        return compiled(case, MODES, enzyme)
    except lowering.EnzymeError:
        return {mode: alone(case, mode, enzyme) for mode in MODES}


def compiled(case: Case, modes: Sequence[str], enzyme: Path | None) -> dict[str, jit.Function | str]:
    """The derivatives that one run of Enzyme makes."""
    module = lowering.run(with_derivatives(case, modes), enzyme=enzyme)
    return {mode: jit.compile(module, mode) for mode in modes}


def alone(case: Case, mode: str, enzyme: Path | None) -> jit.Function | str:
    """One derivative, or why there is none."""
    try:
        return compiled(case, (mode,), enzyme)[mode]
    except lowering.EnzymeError as error:
        return str(error)


def measure(case: Case, mode: str, enzyme: Path | None = None) -> Measured:
    """Differentiate with the Enzyme in use or in a folder, compile, and compare the derivative at every point."""
    derivative = differentiate(case, enzyme)[mode]
    if isinstance(derivative, str):
        return Measured(case, mode, refusal=derivative)
    worst = 0.0
    off = 0.0
    for point in case.points:
        wanted = case.gradient(*point)
        found = gradient_of(derivative, mode, point)
        worst = max(worst, *(relative(one, other) for one, other in zip(found, wanted, strict=True)))
        if case.follows_values:
            differences = finite_differences(derivative, mode, point)
            off = max(off, *(relative(one, other) for one, other in zip(found, differences, strict=True)))
    return Measured(case, mode, worst, off if case.follows_values else None)


def gradient_of(derivative: jit.Function, mode: str, point: tuple[float, ...]) -> list[float]:
    """The gradient: all at once, or along one axis after the other."""
    if mode == "reverse":
        return list(derivative(*point)[1:])
    axes = range(len(point))
    return [derivative(*point, *(float(axis == other) for other in axes))[1] for axis in axes]


def finite_differences(derivative: jit.Function, mode: str, point: tuple[float, ...]) -> list[float]:
    """The gradient from values alone, extrapolated from two step sizes."""
    rest = () if mode == "reverse" else (0.0,) * len(point)

    def slope(axis: int, step: float) -> float:
        up, down = list(point), list(point)
        up[axis] += step
        down[axis] -= step
        return float((derivative(*up, *rest)[0] - derivative(*down, *rest)[0]) / (2 * step))

    return [(4 * slope(axis, STEP) - slope(axis, 2 * STEP)) / 3 for axis in range(len(point))]
