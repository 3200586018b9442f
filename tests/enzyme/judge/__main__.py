"""`python -m tests.enzyme.judge`: random programs are differentiated and held against two references."""

from __future__ import annotations

import argparse
import json
import time
from functools import partial
from pathlib import Path

from .judging import Settings, module_text
from .programs import random_case
from .running import Verdict, run_cases
from .shrinking import judge_all, shrink
from .table import as_data, render


def main() -> None:
    """Read the command line, run, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.enzyme.judge", description=__doc__)
    parser.add_argument("--programs", type=int, default=3000, help="how many (3000)")
    parser.add_argument("--seed", default="1", help="other seeds make other programs (1)")
    parser.add_argument("--jobs", type=int, default=2, help="how many processes (2)")
    parser.add_argument("--enzyme", help="the folder of another Enzyme")
    parser.add_argument(
        "--only", default="", metavar="FEATURE", help="only programs with a feature (a row of the table)"
    )
    parser.add_argument("--unsound", default="", help="what lowering.run does about what it knows to be wrong")
    parser.add_argument("--references", action="store_true", help="only compare the references with each other")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all verdicts")
    parser.add_argument(
        "--show", type=int, default=5, metavar="N", help="print the first N that are wrong or crash (5)"
    )
    parser.add_argument("--shrink", action="store_true", help="shrink what is shown")
    given = parser.parse_args()
    settings = Settings(enzyme=given.enzyme, unsound=given.unsound, only_references=given.references)
    makers = [partial(random_case, f"{given.seed}/{number}", given.only) for number in range(given.programs)]
    started = time.monotonic()
    found: dict[int, Verdict] = dict(run_cases(makers, settings, given.jobs))
    verdicts = [found[position] for position in range(len(makers))]
    seconds = time.monotonic() - started
    print(render(verdicts, seconds))
    if given.json:
        given.json.write_text(json.dumps(as_data(verdicts), indent=1) + "\n", encoding="utf-8")
    bad = [verdict for verdict in verdicts if verdict.outcome.verdict in ("wrong", "crash", "invalid", "undecided")]
    for verdict in bad[: given.show]:
        shown = verdict
        if given.shrink and verdict.case is not None and verdict.outcome.verdict in ("wrong", "crash"):
            shown = shrink(verdict, judge_all(settings, given.jobs))
        print(f"\n{'=' * 100}\n{shown.outcome.verdict}: {shown.outcome.why}\n{shown.outcome.detail}")
        if shown.case is not None:
            print(f"case {shown.case.name}, point {shown.case.point}: {shown.case.mode}\n{module_text(shown.case)}")


if __name__ == "__main__":
    main()
