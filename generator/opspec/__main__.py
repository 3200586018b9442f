"""`opspec` and `python -m opspec`."""

from __future__ import annotations

import gc
import sys

__all__ = ["run"]


def run() -> None:
    """Run the command line; an interruption ends it with 130 and one line, also while it starts."""
    gc.set_threshold(50_000)  # a command makes much and drops little: looking for garbage often costs a tenth of it
    try:
        from opspec.cli import main

        main(prog_name="opspec")
    except KeyboardInterrupt:
        sys.stderr.write("opspec: interrupted\n")
        sys.exit(130)


if __name__ == "__main__":
    run()
