"""Functions without adjoint, expanded: values the same to the last bit, derivatives as exact as arithmetic allows."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
import pytest

from enzyme_mlir.lowering.prepare.mathematics import EXPANDED
from tests.enzyme.installed import RELEASES, folder_of

from .mathematics_cases import CASES, Case, points_of
from .mathematics_running import Array, asks_derivative, asks_value, differentiated, expanded, over_arrays, run_each

pytest.importorskip("mlir", reason="the host `mlir` is not installed (xtc-mlir-python-bindings)")
pytestmark = pytest.mark.usefixtures("enzyme_installed")

MODES = ("reverse", "forward")
COUNTS = {"f64": 100_000 if os.environ.get("OPSPEC_SWEEP") == "all" else 20_000, "f32": 20_000, "f16": 20_000}
"""Points of each function."""
TOLERANCES = {"f64": 1e-13, "f32": 1e-5, "f16": 2e-3}
"""Relative errors of derivatives, where those are normal numbers."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A function at its points."""

    points: list[Array]
    before: Array
    """Its values as it is."""
    value: Array
    """Its values beside its derivative."""
    found: list[Array]
    """Its derivatives by each operand."""


@cache
def _before(kind: str, count: int) -> dict[str, tuple[list[Array], Array]]:
    """All functions at their points."""
    named = [(case.of(kind), f"f{number}") for number, case in enumerate(CASES)]
    functions = [replace(case.function, symbol=symbol) for case, symbol in named]
    points = [points_of(case, count) for case, _ in named]
    parts = [asks_value(function) for function in functions]
    text = "".join(function.text for function in functions) + over_arrays(parts)
    values = run_each(text, parts, points)
    return {case.name: (at, value[0]) for (case, _), at, value in zip(named, points, values, strict=True)}


@cache
def _seen(kind: str, mode: str, release: str | None, count: int) -> dict[str, Seen]:
    """All functions with their derivatives at their points, from one run of Enzyme."""
    functions = [replace(case.of(kind).function, symbol=f"f{number}") for number, case in enumerate(CASES)]
    parts = [asks_derivative(function, mode) for function in functions]
    text = expanded("".join(function.text for function in functions), mode, release) + over_arrays(parts)
    (made,) = differentiated([text], release, None if release is None else folder_of(release))
    before = _before(kind, count)
    outs = run_each(made, parts, [before[case.name][0] for case in CASES])
    return {case.name: Seen(*before[case.name], out[0], out[1:]) for case, out in zip(CASES, outs, strict=True)}


def _check(case: Case, mode: str, release: str | None, count: int) -> None:
    seen = _seen(case.function.kind, mode, release, count)[case.name]
    value, points, found = seen.value, seen.points, seen.found
    bits = f"u{value.dtype.itemsize}"
    np.testing.assert_array_equal(np.isnan(value), np.isnan(seen.before))
    numbers = ~np.isnan(value)
    np.testing.assert_array_equal(value[numbers].view(bits), seen.before[numbers].view(bits))
    with np.errstate(all="ignore"):
        wanted = case.gradient(*(each.astype(np.longdouble) for each in points))
        looked_at = np.broadcast_to(case.where(*points), value.shape)
        for one, other in zip(found, wanted, strict=True):
            reference = np.broadcast_to(np.asarray(other, np.longdouble), value.shape)
            _compare(one[looked_at], reference[looked_at], [each[looked_at] for each in points])


def _compare(found: Array, wanted: Array, points: list[Array]) -> None:
    dtype = found.dtype
    info: Any = np.finfo(dtype)
    rounded = wanted.astype(dtype)
    at_an_end = ~np.isfinite(rounded)
    wrong = at_an_end & ~(np.isnan(found) | (found == rounded) | (np.isnan(rounded) & np.isinf(found)))
    assert not wrong.any(), _shown("a singularity is missed", wrong, found, wanted, points)
    normal = ~at_an_end & (np.abs(wanted) >= info.tiny) & (np.abs(wanted) < 0.5 * info.max)
    error = np.abs(found.astype(np.longdouble) - wanted) / np.abs(wanted)
    tolerance = TOLERANCES[{8: "f64", 4: "f32", 2: "f16"}[dtype.itemsize]]
    wrong = normal & ~(error <= tolerance)
    assert not wrong.any(), _shown("wrong", wrong, found, wanted, points)
    finite = np.logical_and.reduce([np.isfinite(each) for each in points])
    small = finite & ~at_an_end & (np.abs(wanted) < info.tiny)
    wrong = small & ~(np.abs(found) <= 2 * info.tiny)
    assert not wrong.any(), _shown("not small", wrong, found, wanted, points)


def _shown(what: str, where: Array, found: Array, wanted: Array, points: list[Array]) -> str:
    first = int(np.flatnonzero(where)[0])
    at = ", ".join(repr(float(each[first])) for each in points)
    return f"{what} at {where.sum()} points, the first ({at}): {float(found[first])!r} for {float(wanted[first])!r}"


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("kind", COUNTS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_value_and_derivative(case: Case, kind: str, mode: str) -> None:
    _check(case.of(kind), mode, None, COUNTS[kind])


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("release", RELEASES[:-1])
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_value_and_derivative_by_an_earlier_release(case: Case, release: str, mode: str) -> None:
    _check(case, mode, release, 5_000)


def test_every_row_has_a_case() -> None:
    assert {case.function.name for case in CASES} == set(EXPANDED)
