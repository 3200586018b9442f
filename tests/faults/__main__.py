"""Kill runs, let two run at once, fill the disk, and print which tree is left; `make faults` runs this."""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.faults.killing import Course, kill_at_random, kill_everywhere
from tests.faults.pairs import race
from tests.faults.trees import NEW, OLD


def main() -> None:
    """Print a line about each kind of fault; an assertion fails where a promise is broken."""
    parser = argparse.ArgumentParser(prog="make faults", description=__doc__)
    parser.add_argument("--kills", type=int, default=300, help="how many runs to kill at random moments")
    parser.add_argument("--pairs", type=int, default=50, help="how many pairs to run at once")
    parser.add_argument("--seed", type=int, default=1, help="which moments")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="faults-") as folder:
        place = Path(folder)
        exchanged, put = (Course(place / f"put-{is_put}", OLD, NEW, is_put) for is_put in (False, True))
        print(f"killed at each call: {_words(kill_everywhere(exchanged))}", flush=True)
        print(f"killed at each call, in the folder itself: {_words(kill_everywhere(put))}", flush=True)
        print(f"killed at random: {_words(kill_at_random(exchanged, given.kills, given.seed))}", flush=True)
        print(f"two at once: {_words(race(place / 'pairs', given.pairs))}", flush=True)
        if shutil.which("unshare") is not None:
            (place / "full").mkdir()
            program = ["unshare", "--mount", "--map-root-user", sys.executable, "-m", "tests.faults.full_disk"]
            subprocess.run([*program, str(place / "full"), "1"], check=True)


def _words(counts: dict[str, int]) -> str:
    return ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items()))


if __name__ == "__main__":
    main()
