"""`opspec` and `python -m opspec`."""

from __future__ import annotations

import sys

__all__ = ["run"]


def run() -> None:
    """Run the command line; an interruption ends it with 130 and one line, also while it starts."""
    try:
        from opspec.cli import main

        main(prog_name="opspec")
    except KeyboardInterrupt:
        sys.stderr.write("opspec: interrupted\n")
        sys.exit(130)


if __name__ == "__main__":
    run()
