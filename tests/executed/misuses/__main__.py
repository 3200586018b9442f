"""The child process: a line when a case begins, a line when it has ended."""

from __future__ import annotations

import faulthandler
import sys

from . import CASES, outcome


def main() -> None:
    """Try the cases from the index in the arguments on."""
    faulthandler.disable()
    for index in range(int(sys.argv[1]), len(CASES)):
        print("begin", index, flush=True)
        found = outcome(CASES[index]).replace("\n", " / ")
        print("end", index, found, flush=True)


if __name__ == "__main__":
    main()
