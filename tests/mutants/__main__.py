"""Plant bugs at random in a copy of the project, folder by folder, and print how many of them the tests notice."""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

import yaml

from tests.mutants.changes import Change, sites_of
from tests.mutants.folders import FOLDERS, Folder
from tests.mutants.trying import ROOT, Copy

_KNOWN = Path(__file__).parent / "equivalent.yaml"


def main() -> None:
    """Print the score of each folder and the bugs that survived."""
    given = _read_arguments()
    chosen = [folder for folder in FOLDERS if given.folder in folder.path] if given.folder else FOLDERS
    if not chosen:
        sys.exit(f"no folder has {given.folder!r} in it; there are {', '.join(each.path for each in FOLDERS)}")
    with tempfile.TemporaryDirectory(prefix="mutants-") as place, ThreadPoolExecutor(given.jobs) as pool:
        Path(place).chmod(0o755)  # some tests run as nobody
        copies: SimpleQueue[Copy] = SimpleQueue()
        for number in range(given.jobs):
            copies.put(Copy(Path(place) / str(number)))
        for folder in chosen:
            _report(folder, given.count, given.seed, copies, pool)


def _read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__)
    parser.add_argument("--folder", default="", help="only folders with this in their path")
    parser.add_argument("--count", type=int, default=4, help="how many bugs per folder")
    parser.add_argument("--seed", type=int, default=1, help="which sample")
    parser.add_argument("--jobs", type=int, default=2, help="how many copies of the project")
    return parser.parse_args()


def _report(folder: Folder, size: int, seed: int, copies: SimpleQueue[Copy], pool: ThreadPoolExecutor) -> None:
    changes = list(sample(folder, size, seed))
    first, *others = [copies.get() for _ in range(copies.qsize())]
    seconds, failed = first.measure(folder)
    for copy in others:
        copy.take_measures_of(first)
    for copy in (first, *others):
        copies.put(copy)

    def try_one(change: Change) -> str:
        copy = copies.get()
        try:
            return copy.try_out(folder, change)
        finally:
            copies.put(copy)

    verdicts = list(pool.map(try_one, changes))
    caught, text = (verdicts.count(word) for word in ("caught", "text"))
    notes = f", {failed} tests fail without a bug" if failed else ""
    print(
        f"{folder.path:45} {caught} of {len(changes)} caught, {text} by generated text alone, "
        f"{len(changes) - caught - text} survived ({seconds:.0f} s of tests{notes})"
    )
    for verdict, change in zip(verdicts, changes, strict=True):
        if verdict != "caught":
            print(f"  {verdict:8} {change.file}:{change.line}: {change.old}  ->  {change.new}")
    sys.stdout.flush()


def sample(folder: Folder, size: int, seed: int) -> list[Change]:
    """So many changes at different places of a folder, the same for the same seed, and none of the equivalent ones."""
    known = {(each["file"], each["old"], each["new"]) for each in yaml.safe_load(_KNOWN.read_text(encoding="utf-8"))}
    found = (ROOT / folder.path).rglob("*.py") if folder.deep else (ROOT / folder.path).glob("*.py")
    chance = random.Random(f"{seed} {folder.path}")
    sites = [site for path in sorted(found) for site in sites_of(ROOT, path.relative_to(ROOT).as_posix())]
    chance.shuffle(sites)
    changes: list[Change] = []
    for site in sites:
        if len(changes) == size:
            break
        change = site.pick(chance)
        if (change.file, change.old, change.new) not in known:
            changes.append(change)
    return changes


if __name__ == "__main__":
    main()
