"""Measure what is learnt of dialects: `python -m tests.learning [DIALECT..]` prints tables.

Facts are those of MLIR's .td files and the binary is `mlir-opt`, unless `--facts FOLDER`, of `DIALECT.yaml` files as
`opspec extract` writes them, and `--enzyme FOLDER` name others.
"""

from __future__ import annotations

import argparse
import time
from pathlib import Path

from opspec.diagnostics import Diagnostics
from opspec.model.dialect import Dialect
from opspec.spec.load import load_dialect
from tests.learning.comparison import FORMATS, KINDS, Tally, compare
from tests.learning.measuring import facts_of, learn

DIALECTS = (
    *("arith", "cf", "func", "math", "scf", "memref", "tensor", "vector", "complex", "index", "ub", "affine", "linalg"),
    *("bufferization", "async", "gpu"),
)
_VERDICTS = ("found", "missed", "wrong", "unknown")


def _facts(dialect: str, folder: Path | None) -> Dialect:
    if folder is None:
        return facts_of(dialect)
    found = load_dialect(folder / f"{dialect}.yaml", Diagnostics())
    assert found is not None
    return found


def main() -> None:
    """Print a line for each dialect, a line for each kind of fact, and each fact that was not found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("dialects", nargs="*", default=DIALECTS)
    parser.add_argument("--facts", type=Path)
    parser.add_argument("--enzyme", type=Path)
    chosen = parser.parse_args()
    total = Tally()
    print("| dialect | operations | taken | found | missed | wrong | not in TableGen | formats | seconds |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for dialect in chosen.dialects:
        facts = _facts(dialect, chosen.facts)
        start = time.perf_counter()
        (learnt,) = learn((dialect,), chosen.enzyme)
        seconds = time.perf_counter() - start
        tally = compare(facts, learnt)
        total += tally
        taken = sum(each.is_accepted for each in learnt.operations)
        numbers = " | ".join(str(tally.of(verdict)) for verdict in _VERDICTS)
        formats = f"{tally.of('found', FORMATS)} of {sum(tally.of(verdict, FORMATS) for verdict in _VERDICTS[:3])}"
        row = (dialect, len(facts.operations), taken, numbers, formats, f"{seconds:.0f}")
        print(f"| {' | '.join(map(str, row))} |", flush=True)
    print()
    print("| fact | found | missed | wrong | not in TableGen | found of what can be |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for kind in (*KINDS, "", FORMATS):
        counts = [total.of(verdict, *([kind] if kind else [])) for verdict in _VERDICTS]
        share = 100 * counts[0] / max(sum(counts[:3]), 1)
        print(f"| {kind or 'all'} | {' | '.join(map(str, counts))} | {share:.1f} % |")
    print()
    print("\n".join(total.lines))


if __name__ == "__main__":
    main()
