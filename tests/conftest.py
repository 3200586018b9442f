"""Which tests are sweeps; and what the whole suite prints at its end: how many tests passed on each host."""

from __future__ import annotations

import os
from typing import Any

import pytest

from enzyme_mlir import HOST
from tests.executed.test_hosts import NOT_OF_A_HOST
from tests.sweeps import is_sweep

os.environ["OPSPEC_CACHE"] = "off"  # a test takes nothing over from another run, nor leaves anything to one
_HERE = ("tests/executed/", "generated/tests/")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the sweeps, and begin with them: those that take long are not to be the last."""
    for item in items:
        if is_sweep(item.nodeid):
            item.add_marker(pytest.mark.sweep)
    items.sort(key=lambda item: item.get_closest_marker("sweep") is None)


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print the host matrix, if the tests of the other hosts were among those that ran."""
    rows: dict[str, dict[str, int]] = {}
    own: dict[str, int] = {}
    for outcome in ("passed", "failed", "error", "skipped"):
        for report in terminalreporter.stats.get(outcome, ()):
            if not isinstance(report, pytest.TestReport):
                continue
            rows.update({host: counts for key, (host, counts) in report.user_properties if key == "host"})
            file = report.nodeid.partition("::")[0].rpartition("/")[2]
            if report.nodeid.startswith(_HERE) and file not in NOT_OF_A_HOST:
                own[outcome] = own.get(outcome, 0) + 1
    if not rows:
        return
    terminalreporter.section("tests on each host")
    for host, counts in {HOST: own, **rows}.items():
        terminalreporter.write_line(f"{host:15} " + ", ".join(f"{number} {word}" for word, number in counts.items()))
