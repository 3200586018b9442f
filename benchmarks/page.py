"""A run as a table in Markdown and as a plot; `docs/performance.md` has both of one run.

`python -m benchmarks.page RUN.json` writes them there; `python -m benchmarks --page` does so after measuring.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.rows import Row, Run, read_run
from benchmarks.timing import ROOT

__all__ = ["plot", "table", "write_page"]

_PAGE = ROOT / "docs" / "performance.md"
_PLOT = ROOT / "docs" / "performance.svg"
_START, _END = "<!-- figures -->", "<!-- end of figures -->"


def figure(value: float) -> str:
    """A number with three digits that count."""
    if value == 0:
        return "0"
    digits = max(0, 2 - math.floor(math.log10(abs(value))))
    return f"{value:.{digits}f}"


def _cell(row: Row | None) -> str:
    """A median with its quartiles, thick where it is more than it shall be."""
    if row is None:
        return ""
    spread = row.figure
    median = figure(spread.median)
    shown = median if row.aim is None or spread.median <= row.aim else f"**{median}**"
    return f"{shown} ({figure(spread.low)} to {figure(spread.high)})"


def _lines(run: Run) -> Iterator[str]:
    yield ", ".join(f"{key}: {value}" for key, value in (*run.machine, *run.versions))
    for group in dict.fromkeys(row.group for row in run.rows):
        rows = [row for row in run.rows if row.group == group]
        hosts = list(dict.fromkeys(row.host for row in rows))
        found = {(row.name, row.host): row for row in rows}
        yield ""
        yield f"### {group.capitalize()}"
        yield ""
        yield f"| what | unit | aim | {' | '.join(host or 'figure' for host in hosts)} |"
        yield f"| --- | --- | --: |{' --- |' * len(hosts)}"
        for name in dict.fromkeys(row.name for row in rows):
            first = next(row for row in rows if row.name == name)
            aim = "" if first.aim is None else f"{first.aim:g}"
            cells = [name, first.unit, aim, *(_cell(found.get((name, host))) for host in hosts)]
            yield f"| {' | '.join(cells)} |"


def table(run: Run) -> str:
    """The machine and the versions, and a table for each group."""
    return "\n".join(_lines(run)) + "\n"


_WIDTH, _HEIGHT, _LEFT, _BOTTOM, _TOP, _RIGHT = 640, 360, 60, 50, 30, 20


def plot(run: Run) -> str:
    """Seconds against operations, as SVG; the dashed line is in proportion to the operations."""
    most_x = max(count for count, _ in run.growth)
    most_y = max(seconds for _, seconds in run.growth) * 1.1

    def at(count: float, seconds: float) -> tuple[float, float]:
        x = _LEFT + (_WIDTH - _LEFT - _RIGHT) * count / most_x
        return round(x, 1), round(_HEIGHT - _BOTTOM - (_HEIGHT - _BOTTOM - _TOP) * seconds / most_y, 1)

    points = [at(count, seconds) for count, seconds in run.growth]
    (low, first), (high, last) = run.growth[0], run.growth[-1]
    slope = (last - first) / (high - low) if high > low else 0.0
    straight = [at(0, max(first - slope * low, 0)), at(high, last)]
    start, end = at(0, 0), at(most_x, 0)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}"',
        ' font-family="sans-serif" font-size="12">',
        f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="white"/>',
        f'<text x="{_LEFT}" y="18">seconds of processor time to generate everything, cold, by operations</text>',
        f'<path d="M{start[0]} {at(0, most_y)[1]} V{start[1]} H{end[0]}" stroke="black" fill="none"/>',
        f'<path d="{_path(straight)}" stroke="gray" stroke-dasharray="4" fill="none"/>',
        f'<path d="{_path(points)}" stroke="#1f5fa8" stroke-width="2" fill="none"/>',
    ]
    for (count, seconds), (x, y) in zip(run.growth, points, strict=True):
        lines.append(f'<circle cx="{x}" cy="{y}" r="3" fill="#1f5fa8"/>')
        lines.append(f'<text x="{x}" y="{y - 8}" text-anchor="end">{seconds:.2f} s</text>')
        lines.append(f'<text x="{x}" y="{start[1] + 18}" text-anchor="end">{count}</text>')
    lines.append("</svg>")
    return "\n".join(lines) + "\n"


def _path(points: list[tuple[float, float]]) -> str:
    return "M" + " L".join(f"{x} {y}" for x, y in points)


def write_page(run: Run) -> None:
    """Put the table and the plot where the documentation has them."""
    text = _PAGE.read_text(encoding="utf-8")
    before, after = text.partition(_START)[0], text.partition(_END)[2]
    _PAGE.write_text(f"{before}{_START}\n{table(run)}{_END}{after}", encoding="utf-8")
    if run.growth:
        _PLOT.write_text(plot(run), encoding="utf-8")


if __name__ == "__main__":
    write_page(read_run(Path(sys.argv[1])))
