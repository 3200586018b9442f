"""`python -m tests.enzyme.judge.figures NAME FILE...`: runs of the judge become a file of figures to commit."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from ..verdicts import KINDS
from .summary import FOLDER, save, summarise


def main() -> None:
    """Read what the judge wrote with `--json`, one file for each seed, and write the figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.enzyme.judge.figures", description=__doc__)
    parser.add_argument("name", help="the file to write, without .json: after-0.0.16")
    parser.add_argument("files", nargs="+", type=Path, help="what the judge wrote with --json")
    parser.add_argument("--release", required=True, help="the release of Enzyme")
    parser.add_argument("--code", required=True, help="the commit of the code that was judged")
    given = parser.parse_args()
    runs = [json.loads(file.read_text(encoding="utf-8")) for file in given.files]
    figures = summarise(given.name, given.release, given.code, runs)
    save(figures)
    counts = ", ".join(f"{kind} {figures.count(kind)}" for kind in KINDS)
    print(f"{FOLDER / given.name}.json: {len(figures.programs)} programs: {counts}")


if __name__ == "__main__":
    main()
