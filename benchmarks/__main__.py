"""All benchmarks, on every host that is installed: a table, and JSON that `benchmarks/compare.py` reads."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks.page import plot, table, write_page
from benchmarks.rows import Row, Run, machine, rows_of, text_of, versions
from benchmarks.timing import ROOT
from enzyme_mlir.hosts import installed

ON_HOSTS = ("building", "reading", "calling")
GROUPS = (*ON_HOSTS, "commands", "derivatives", "upstream")


def rows_in(group: str, host: str = "", *arguments: str) -> tuple[Row, ...]:
    """The rows of a group, from a process of its own; none, with a line on standard error, where it fails."""
    environment = {**os.environ, "PYTHONHASHSEED": "0"}
    if host:
        environment |= {f"{package}_HOST": host for package in ("ENZYME_MLIR", "PLAIN_ARITH", "LIKE_ARITH")}
    command = [sys.executable, "-m", f"benchmarks.{group}", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        reason = done.stderr.strip().splitlines()[-1:] or ["it ended without a word"]
        sys.stderr.write(f"{group}{f' on {host}' if host else ''}: no figures, {reason[0]}\n")
        return ()
    return rows_of(json.loads(done.stdout))


def measured(groups: tuple[str, ...], hosts: tuple[str, ...]) -> Iterator[Row]:
    """The rows of the groups, but for those of `upstream`."""
    with tempfile.TemporaryDirectory() as folder:
        for group in groups:
            arguments: tuple[str, ...] = ()
            if group == "building":
                from benchmarks.building import generated_arith

                arguments = (str(generated_arith(Path(folder))),)
            for host in hosts if group in ON_HOSTS else ("",):
                yield from rows_in(group, host, *arguments)


def main() -> None:
    """Run them, print the table, write the JSON; with `--page` the documentation too."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--only", help=f"some of {','.join(GROUPS)}")
    parser.add_argument("--hosts", help="the hosts, by their import names, in place of all that are installed")
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "build" / "bench.json", help="where the JSON goes")
    parser.add_argument("--page", action="store_true", help="write the table and the plot of docs/performance.md")
    options = parser.parse_args()
    groups = tuple(options.only.split(",")) if options.only else GROUPS
    hosts = tuple(options.hosts.split(",")) if options.hosts else installed()
    if unknown := sorted({*groups} - {*GROUPS}):
        parser.error(f"there is no group {unknown[0]}; there are {', '.join(GROUPS)}")
    rows = list(measured(tuple(group for group in groups if group != "upstream"), hosts))
    growth: tuple[tuple[int, float], ...] = ()
    if "upstream" in groups:
        from benchmarks.upstream import measured as of_upstream

        more, points = of_upstream()
        rows += more
        growth = tuple(points)
    run = Run(machine(), versions(), tuple(rows), growth)
    options.output.parent.mkdir(parents=True, exist_ok=True)
    options.output.write_text(text_of(run), encoding="utf-8")
    sys.stdout.write(table(run))
    if options.page:
        write_page(run)
    elif growth:
        options.output.with_suffix(".svg").write_text(plot(run), encoding="utf-8")


if __name__ == "__main__":
    main()
