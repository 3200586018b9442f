"""Rewrite the expected facts of the kitchen: `python -m tests.tablegen.rewrite`."""

from __future__ import annotations

from tests.tablegen.sources import EXPECTED, KITCHEN, OPERATIONS, extract

if __name__ == "__main__":
    EXPECTED.write_text(extract(OPERATIONS, "--dialect", "kitchen", cwd=KITCHEN), encoding="utf-8", newline="\n")
