"""Measure dialects of other projects: what is extracted, generated, imported, tested, and taken by C++.

    python -m tests.hosts [--only PROJECT] [--from PROJECT=FOLDER_OR_URL] [--dialect NAME] [--json FILE]
    python -m tests.hosts --page docs/dialects.md --json FILE...

The first form prints a line for each dialect and adds what it found to the file; the second writes the page of it.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

from opspec.tablegen.sources import opened
from tests.hosts.measuring import Measured, measured
from tests.hosts.page import page
from tests.hosts.projects import PROJECTS, Project, dialects_below
from tests.hosts.verdicts import kind_of

BEFORE = Path(__file__).with_name("before.json")
"""How many samples the hosts took before samples followed the names of constraints."""


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.hosts", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--only", action="append", choices=[project.name for project in PROJECTS])
    parser.add_argument("--dialect", action="append")
    parser.add_argument("--from", dest="sources", action="append", default=[], metavar="PROJECT=SOURCE")
    parser.add_argument("--json", type=Path, action="append", default=[])
    parser.add_argument("--page", type=Path)
    return parser.parse_args()


def _line(found: Measured) -> str:
    if found.wrong:
        return f"  {found.name}: not extracted: {found.wrong}"
    parts = [f"  {found.name}: {found.operations} operations"]
    for convention, bound in found.bound:
        state = f"{bound.passed} tests passed, {bound.failed} failed" if bound.passed + bound.failed else "imported"
        if not bound.imported:
            state = f"{'not imported' if bound.generated else 'not generated'}: {bound.wrong}"
        parts.append(f"{convention}: {state}")
    if found.refusals is None:
        parts.append("not in the host")
    else:
        parts.append(f"the host takes {found.operations - len(found.refusals)}")
    return "; ".join(parts)


def _measure(project: Project, source: str, dialects: list[str] | None, file: Path | None) -> None:
    print(f"{project.name}, on {project.host}")
    ref = project.commit or None
    with opened(source, None if Path(source).is_dir() and (Path(source) / ".git").exists() else ref) as checkout:
        names = dialects or dialects_below(checkout.root)
        with tempfile.TemporaryDirectory(prefix="opspec-") as folder:
            everything = list(measured(checkout.root, names, project.host, Path(folder)))
        for found in everything:
            print(_line(found), flush=True)
            for kind, count in Counter(kind_of(words) for _, words in found.refusals or ()).most_common(5):
                print(f"    {count} {kind[:160]}")
            if file is not None:
                with file.open("a", encoding="utf-8") as lines:
                    lines.write(json.dumps({"project": project.name, **asdict(found)}) + "\n")


def _read(files: list[Path]) -> list[dict[str, Any]]:
    return [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]


def main() -> None:
    """Measure, or write the page."""
    given = _arguments()
    if given.page is not None:
        before = json.loads(BEFORE.read_text(encoding="utf-8"))
        given.page.write_text(page(_read(given.json), before), encoding="utf-8", newline="\n")
        return
    sources = dict(each.partition("=")[::2] for each in given.sources)
    for project in PROJECTS:
        if not given.only or project.name in given.only:
            _measure(project, sources.get(project.name, project.source), given.dialect, next(iter(given.json), None))


if __name__ == "__main__":
    main()
