"""Rewrite the table of drift: `python -m tests.enzyme.rewrite`."""

from __future__ import annotations

from enzyme_mlir import new_context
from tests.enzyme.round_trip import TABLE, all_trips, drift_table

if __name__ == "__main__":
    with new_context():
        TABLE.write_text(drift_table(all_trips()), encoding="utf-8")
