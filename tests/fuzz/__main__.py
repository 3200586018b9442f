"""Fuzz everything: `python -m tests.fuzz --count 20000 --seed 1`, or some subjects of it by name."""

from __future__ import annotations

import argparse
import collections
import difflib
import itertools
import sys
import time
import traceback

from hypothesis import HealthCheck, Phase, given, seed, settings

from opspec.progress import progress, show_progress
from opspec.terminal import draw_bar, is_watched
from tests.fuzz.seeds import PROJECTS
from tests.fuzz.subjects import SUBJECTS

_SHARES = {
    "projects": 12,
    "dumps": 4,
    "notations": 2,
    "formats": 2,
    "sides": 4,
    "accepted": 2,
    "modules": 2,
    "defaults": 2,
    "states": 2,
}


def _shown(given_input: object) -> str:
    """The input; of a project only how it differs from what it was made of."""
    if not isinstance(given_input, dict):
        return repr(given_input)
    differences: list[list[str]] = []
    for seed_files in PROJECTS:
        lines: list[str] = []
        for path in given_input:
            old, new = (text.splitlines() for text in (seed_files.get(path, ""), given_input[path]))
            lines += difflib.unified_diff(old, new, path, path, lineterm="", n=0)
        differences.append(lines)
    return "\n".join(min(differences, key=len))


def _fuzz(name: str, count: int, number: int, *, shrink: bool) -> collections.Counter[str]:
    """How often each kind of failure was found; the first of each is printed."""
    strategy, check = SUBJECTS[name]
    failures: collections.Counter[str] = collections.Counter()

    tried = itertools.count(1)

    def run(given_input: object) -> None:
        done(min(next(tried), count))
        try:
            check(given_input)
        except Exception as error:
            if shrink:
                raise
            frames = traceback.extract_tb(error.__traceback__)
            own = [frame for frame in frames if "generator/opspec" in frame.filename]
            where = (own or frames)[-1]
            kind = f"{type(error).__name__} {where.filename.rpartition('opspec/')[2]}:{where.lineno}"
            failures[kind] += 1
            if failures[kind] == 1:
                print(f"== {name}: {kind}: {str(error)[:300]}\n{_shown(given_input)}", flush=True)

    phases = [Phase.generate, Phase.shrink] if shrink else [Phase.generate]
    chosen = settings(
        max_examples=count, deadline=None, database=None, phases=phases, suppress_health_check=list(HealthCheck)
    )
    with progress(name, count) as done:
        seed(number)(chosen(given(strategy)(run)))()
    return failures


def main() -> int:
    """Run; the exit code is 1 where anything failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("subjects", nargs="*", help=f"Some of {', '.join(SUBJECTS)} [all].")
    parser.add_argument("--count", type=int, default=2000, help="How many inputs in all [2000].")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--shrink", action="store_true", help="Stop at the first failure, made as small as can be.")
    options = parser.parse_args()
    chosen = options.subjects or list(SUBJECTS)
    shares = sum(_SHARES[name] for name in chosen)
    failed = 0
    show_progress(draw_bar if is_watched() else None)
    for name in chosen:
        count = max(1, options.count * _SHARES[name] // shares)
        start = time.monotonic()
        failures = _fuzz(name, count, options.seed, shrink=options.shrink)
        print(f"{name}: {count} inputs, {sum(failures.values())} failures of {len(failures)} kinds", end="")
        print(f", {time.monotonic() - start:.0f} s", flush=True)
        for kind, number in failures.most_common():
            print(f"  {number} x {kind}")
        failed += len(failures)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
