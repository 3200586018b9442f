"""What a benchmark found: rows, and the run that they belong to, as JSON."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.timing import quartiles

__all__ = [
    "SCHEMA",
    "Row",
    "Run",
    "Spread",
    "machine",
    "print_rows",
    "read_run",
    "row",
    "rows_of",
    "text_of",
    "versions",
]

SCHEMA = "opspec/bench/1"
_PACKAGES = (
    *("xtc-mlir-python-bindings", "jaxlib", "torch-mlir", "iree-base-compiler", "enzyme-ad"),
    *("numpy", "jinja2", "pyyaml", "click"),
)


@dataclass(frozen=True, slots=True)
class Spread:
    """The quartiles of a figure."""

    low: float
    median: float
    high: float


@dataclass(frozen=True, slots=True)
class Row:
    """A figure: what it is about, in which unit, how it spreads, and the most that it shall be (None: no aim)."""

    group: str
    name: str
    host: str
    unit: str
    figure: Spread
    aim: float | None = None

    @property
    def key(self) -> tuple[str, str, str]:
        """What the row is found by in another run."""
        return self.group, self.name, self.host


@dataclass(frozen=True, slots=True)
class Run:
    """A run of the benchmarks: the machine, the versions, the rows, and the times that the plot shows."""

    machine: tuple[tuple[str, str], ...]
    versions: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]
    growth: tuple[tuple[int, float], ...] = ()


def row(group: str, name: str, values: Iterable[float], *, unit: str, host: str = "", aim: float | None = None) -> Row:
    """The row of measured values."""
    return Row(group=group, name=name, host=host, unit=unit, figure=Spread(*quartiles(values)), aim=aim)


def machine() -> tuple[tuple[str, str], ...]:
    """What the run was on."""
    return (
        ("system", f"{platform.system()} {platform.machine()}"),
        ("processor", _processor()),
        ("cores", str(os.cpu_count())),
        ("python", f"{platform.python_implementation()} {platform.python_version()}"),
    )


def _processor() -> str:
    cpus = Path("/proc/cpuinfo")
    lines = cpus.read_text(encoding="utf-8").splitlines() if cpus.is_file() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or "unknown")


def versions() -> tuple[tuple[str, str], ...]:
    """The versions of what is installed of the packages that count."""
    found = []
    for package in _PACKAGES:
        try:
            found.append((package, version(package)))
        except PackageNotFoundError:
            continue
    return tuple(found)


def text_of(run: Run) -> str:
    """A run as JSON."""
    found = {
        "schema": SCHEMA,
        "machine": dict(run.machine),
        "versions": dict(run.versions),
        "rows": [asdict(each) for each in run.rows],
        "growth": [list(point) for point in run.growth],
    }
    return json.dumps(found, indent=1) + "\n"


def rows_of(found: object) -> tuple[Row, ...]:
    """The rows of a list that JSON holds. Raises `ValueError`."""
    if not isinstance(found, list):
        raise ValueError("rows are no list")
    try:
        return tuple(Row(**{**each, "figure": Spread(**each["figure"])}) for each in found)
    except (TypeError, KeyError) as error:
        raise ValueError(f"not a row of {SCHEMA}: {error}") from error


def read_run(path: Path) -> Run:
    """A run as it was written. Raises `ValueError` where the file is none, and `OSError`."""
    found = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(found, dict) or found.get("schema") != SCHEMA:
        raise ValueError(f"{path}: expected the JSON of benchmarks, `schema` is not {SCHEMA!r}")
    growth = tuple((int(count), float(seconds)) for count, seconds in found["growth"])
    machine, versions = (tuple(found[key].items()) for key in ("machine", "versions"))
    return Run(machine, versions, rows=rows_of(found["rows"]), growth=growth)


def print_rows(rows: Sequence[Row]) -> None:
    """Hand rows to the process that asked for them."""
    sys.stdout.write(json.dumps([asdict(each) for each in rows]))
