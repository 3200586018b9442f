"""Generating from the dialects of the MLIR that is installed: how time grows with the operations."""

from __future__ import annotations

import json
import math
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import linear_regression

from benchmarks.rows import Row, row
from benchmarks.timing import processor_time
from opspec.diagnostics import SpecError, ToolError
from opspec.spec.printer import print_dialect
from opspec.tablegen.extract import extract
from opspec.tablegen.run import mlir_includes, run_tblgen

GROUP = "upstream"
ROUNDS = 3
PARTS = 5
"""In how many steps all dialects are reached."""

Spec = tuple[Path, int]


def specs_in(folder: Path) -> Iterator[Spec]:
    """The facts of each dialect, written below `folder`, and how many operations they have; no name twice."""
    seen: set[str] = set()
    found = {path for root in mlir_includes() for path in root.glob("mlir/**/*Ops.td")}
    for definitions in sorted(found):
        try:
            records = run_tblgen(definitions)
            owners = (record.record("opDialect") for record in records.of_class("Op"))
            for name in sorted({owner.text("name") for owner in owners if owner is not None} - seen):
                dialect = extract(records, name)
                seen.add(name)
                path = folder / name / "dialect.yaml"
                path.parent.mkdir()
                path.write_text(print_dialect(dialect), encoding="utf-8")
                yield path, len(dialect.operations)
        except (SpecError, ToolError):
            continue  # a part of a dialect that only another file includes


def cold(specs: Sequence[Path], folder: Path) -> float:
    """Seconds that it takes to generate everything, with nothing made before."""
    options = [option for spec in specs for option in ("--spec", str(spec))]
    return processor_time(["-m", "opspec", "generate", "--no-cache", *options, "-o", str(folder / "generated")])


def exponent(points: Sequence[tuple[int, float]]) -> float:
    """The slope of the straight line through the logarithms."""
    counts, seconds = zip(*points, strict=True)
    return linear_regression(list(map(math.log, counts)), list(map(math.log, seconds))).slope


def measured() -> tuple[list[Row], list[tuple[int, float]]]:
    """The rows, and the points of the plot: operations and seconds beyond those of a run on one small dialect."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        usable = sorted(_usable(list(specs_in(folder)), folder), key=lambda spec: spec[1])
        start = cold([usable[0][0]], folder)
        parts = [usable[PARTS - 1 - part :: PARTS] for part in range(PARTS)]
        points: list[tuple[int, float]] = []
        everything: list[float] = []
        chosen: list[Spec] = []
        for part in parts:
            chosen += part
            paths = [path for path, _ in chosen]
            taken = [cold(paths, folder) for _ in range(ROUNDS if len(chosen) == len(usable) else 1)]
            points.append((sum(count for _, count in chosen), sorted(taken)[len(taken) // 2]))
            everything = taken
    count = points[-1][0]
    title = f"opspec generate, {count:,} operations of {len(usable)} upstream dialects, cold"
    growth = exponent([(operations, seconds - start) for operations, seconds in points])
    return [
        row(GROUP, title, everything, unit="s", aim=5.0),
        row(GROUP, "growth with the operations, without the start", [growth], unit="exponent", aim=1.1),
    ], points


def _usable(specs: list[Spec], folder: Path) -> list[Spec]:
    """The specs that the default convention has a name for everything in."""
    if len(specs) > 1 and not _generates(specs, folder):
        return [spec for spec in specs if _generates([spec], folder)]
    return specs


def _generates(specs: list[Spec], folder: Path) -> bool:
    try:
        cold([path for path, _ in specs], folder)
    except subprocess.CalledProcessError:
        return False
    return True


if __name__ == "__main__":
    json.dump(measured()[1], sys.stdout)
