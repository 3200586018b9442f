"""What moved between two runs, beyond their spread: `python -m benchmarks.compare OLD NEW`."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.page import figure
from benchmarks.rows import Row, Run, read_run

__all__ = ["Move", "moves", "report"]


@dataclass(frozen=True, slots=True)
class Move:
    """A row that moved: the quartiles of the two runs have nothing in common."""

    old: Row
    new: Row

    @property
    def factor(self) -> float:
        """How many times the new median is the old one."""
        return self.new.figure.median / self.old.figure.median if self.old.figure.median else float("inf")


def moves(old: Run, new: Run) -> tuple[Move, ...]:
    """The rows of both runs that moved beyond the spread, what became slower first."""
    known = {row.key: row for row in old.rows}
    pairs = (Move(known[row.key], row) for row in new.rows if row.key in known and known[row.key].unit == row.unit)
    moved = (move for move in pairs if _is_apart(move.old, move.new))
    return tuple(sorted(moved, key=lambda move: -move.factor))


def _is_apart(one: Row, other: Row) -> bool:
    return one.figure.high < other.figure.low or other.figure.high < one.figure.low


def report(old: Run, new: Run) -> str:
    """What moved, what is only in one of the runs, and where the runs differ in machine and versions."""
    lines = []
    before, after = (dict((*run.machine, *run.versions)) for run in (old, new))
    for key in sorted({*before, *after}):
        if before.get(key) != after.get(key):
            lines.append(f"{key}: {before.get(key, 'none')} -> {after.get(key, 'none')}")
    found = moves(old, new)
    for move in found:
        row, word = move.new, "slower" if move.factor > 1 else "faster"
        place = f" on {row.host}" if row.host else ""
        medians = f"{figure(move.old.figure.median)} -> {figure(row.figure.median)} {row.unit}"
        lines.append(f"{word}: {row.group}, {row.name}{place}: {medians} (x {move.factor:.2f})")
    old_keys, new_keys = ({row.key for row in run.rows} for run in (old, new))
    for word, keys in (("gone", old_keys - new_keys), ("new", new_keys - old_keys)):
        lines += [f"{word}: {', '.join(filter(None, key))}" for key in sorted(keys)]
    both = len(old_keys & new_keys)
    lines.append(f"{len(found)} of {both} figures moved beyond the spread")
    return "\n".join(lines)


def main() -> None:
    """Compare the two files that the command line names."""
    if len(sys.argv) != 3:
        sys.exit("usage: python benchmarks/compare.py OLD.json NEW.json")
    try:
        old, new = (read_run(Path(name)) for name in sys.argv[1:])
    except (OSError, ValueError, KeyError) as error:
        sys.exit(f"compare: {error}")
    sys.stdout.write(report(old, new) + "\n")


if __name__ == "__main__":
    main()
