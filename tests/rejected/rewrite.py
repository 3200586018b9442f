"""Write what `opspec lint` says of every rejected spec: `python -m tests.rejected.rewrite`, then read the diff."""

from __future__ import annotations

from tests.command import opspec
from tests.rejected.cases import CASES, EXPECTED, lint_arguments

if __name__ == "__main__":
    for case in CASES:
        done = opspec(*lint_arguments(case), cwd=case.parent)
        (case / EXPECTED).write_text(done.stderr, encoding="utf-8")
