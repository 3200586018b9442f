"""Rewrite the expected facts of the kitchen and of the small dialects: `python -m tests.tablegen.rewrite`."""

from __future__ import annotations

from tests.tablegen.sources import DIALECTS, EXPECTED, KITCHEN, OPERATIONS, extract, facts_of

if __name__ == "__main__":
    EXPECTED.write_text(extract(OPERATIONS, "--dialect", "kitchen", cwd=KITCHEN), encoding="utf-8", newline="\n")
    for definition in DIALECTS:
        definition.with_suffix(".yaml").write_text(facts_of(definition), encoding="utf-8", newline="\n")
