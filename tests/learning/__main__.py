"""Measure what is learnt of dialects of MLIR: `python -m tests.learning [DIALECT..]` prints tables."""

from __future__ import annotations

import sys
import time

from tests.learning.comparison import KINDS, Tally, compare
from tests.learning.measuring import facts_of, learn

DIALECTS = (
    *("arith", "cf", "func", "math", "scf", "memref", "tensor", "vector", "complex", "index", "ub", "affine", "linalg"),
    *("bufferization", "async", "gpu"),
)
_VERDICTS = ("found", "missed", "wrong", "unknown")


def main(dialects: tuple[str, ...]) -> None:
    """Print a line for each dialect, a line for each kind of fact, and each fact that was not found."""
    total = Tally()
    print("| dialect | operations | taken | found | missed | wrong | not in TableGen | seconds |")
    print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    for dialect in dialects:
        facts = facts_of(dialect)
        start = time.perf_counter()
        (learnt,) = learn((dialect,))
        seconds = time.perf_counter() - start
        tally = compare(facts, learnt)
        total += tally
        taken = sum(each.is_accepted for each in learnt.operations)
        numbers = " | ".join(str(tally.of(verdict)) for verdict in _VERDICTS)
        print(f"| {dialect} | {len(facts.operations)} | {taken} | {numbers} | {seconds:.0f} |", flush=True)
    print()
    print("| fact | found | missed | wrong | not in TableGen | found of what can be |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for kind in (*KINDS, ""):
        counts = [total.of(verdict, *([kind] if kind else [])) for verdict in _VERDICTS]
        share = 100 * counts[0] / max(sum(counts[:3]), 1)
        print(f"| {kind or 'all'} | {' | '.join(map(str, counts))} | {share:.1f} % |")
    print()
    print("\n".join(total.lines))


if __name__ == "__main__":
    main(tuple(sys.argv[1:]) or DIALECTS)
