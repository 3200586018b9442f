"""`python -m tests.enzyme.judge`: random programs are differentiated and held against two references."""

from __future__ import annotations

import argparse
import json
import sys
import time
from functools import partial
from pathlib import Path

from .judging import Settings, module_text
from .programs import Case, named_case, random_case
from .running import Verdict, run_cases
from .shrinking import judge_all, shrink
from .table import as_data, render


def main() -> int:
    """Read the command line, run, print; 1 where anything but right derivatives and refusals came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.enzyme.judge", description=__doc__)
    parser.add_argument("--programs", type=int, default=3000, help="how many (3000)")
    parser.add_argument("--seed", default="1", help="other seeds make other programs (1)")
    parser.add_argument("--jobs", type=int, default=2, help="how many processes (2)")
    parser.add_argument("--enzyme", help="the folder of another Enzyme")
    parser.add_argument(
        "--only", default="", metavar="FEATURE", help="only programs with a feature (a row of the table)"
    )
    parser.add_argument("--case", metavar="NAME", help="only the case of a name, 1/588/0")
    parser.add_argument("--unsound", default="", help="what lowering.run does about what it knows to be wrong")
    parser.add_argument("--references", action="store_true", help="only compare the references with each other")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all verdicts")
    parser.add_argument(
        "--show", type=int, default=5, metavar="N", help="print the first N that are neither right nor refused (5)"
    )
    parser.add_argument("--about", default="", metavar="TEXT", help="print those with a text in verdict and reason")
    parser.add_argument("--shrink", action="store_true", help="shrink what is shown")
    given = parser.parse_args()
    settings = Settings(enzyme=given.enzyme, unsound=given.unsound, only_references=given.references)
    makers = [partial(random_case, f"{given.seed}/{number}", given.only) for number in range(given.programs)]
    if given.case:
        makers = [partial(the_case, given.case)]
    started = time.monotonic()
    found: dict[int, Verdict] = dict(run_cases(makers, settings, given.jobs))
    verdicts = [found[position] for position in range(len(makers))]
    seconds = time.monotonic() - started
    print(render(verdicts, seconds))
    if given.json:
        given.json.write_text(json.dumps(as_data(verdicts), indent=1) + "\n", encoding="utf-8")
    shown = [verdict for verdict in verdicts if is_shown(verdict, given.about)]
    for verdict in shown[: given.show]:
        small = verdict
        if given.shrink and verdict.case is not None:
            small = shrink(verdict, judge_all(settings, given.jobs))
        print(f"\n{'=' * 100}\n{small.outcome.verdict}: {small.outcome.why}\n{small.outcome.detail}")
        if small.case is not None:
            print(f"case {small.case.name}, point {small.case.point}: {small.case.mode}\n{module_text(small.case)}")
    return int(any(verdict.outcome.verdict not in ("right", "refused") for verdict in verdicts))


def the_case(name: str) -> Case:
    """The case of a name."""
    case = named_case(name)
    if case is None:
        raise LookupError(f"there is no case {name}")
    return case


def is_shown(verdict: Verdict, about: str) -> bool:
    """Whether people want to see it: what is asked for, or what should not be."""
    return about in verdict.outcome.kind if about else verdict.outcome.verdict not in ("right", "refused")


if __name__ == "__main__":
    sys.exit(main())
