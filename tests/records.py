"""The record dumps of TableGen that live beside the project, where they are there."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
RECORDS = ROOT.parent / "shared" / "records"
DUMPS = tuple(sorted(RECORDS.glob("*.json")))

needs_records = pytest.mark.skipif(not DUMPS, reason="the record dumps are not beside the project (../shared/records)")


def dialect_of(dump: Path) -> str:
    """The dialect that a dump is about: `enzyme-ae27aa0e.json` is about `enzyme`."""
    return dump.stem.partition("-")[0]
