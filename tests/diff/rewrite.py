"""Rewrite the expected reports of the history: `python -m tests.diff.rewrite`."""

from __future__ import annotations

import pytest

from tests.diff.test_history import EXPECTED, STEPS, report_text

if __name__ == "__main__":
    EXPECTED.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as monkeypatch:
        for old, new in STEPS:
            text = report_text(old, new, monkeypatch)
            (EXPECTED / f"{old}-{new}.txt").write_text(text, encoding="utf-8", newline="\n")
