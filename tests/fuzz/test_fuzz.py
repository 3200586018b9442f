"""A small share of `make fuzz`, the same inputs each time."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from tests.fuzz.subjects import SUBJECTS

SHARES = {
    "projects": 25,
    "dumps": 25,
    "notations": 40,
    "formats": 40,
    "sides": 10,
    "accepted": 20,
    "modules": 30,
    "defaults": 40,
    "states": 8,
}


@pytest.mark.parametrize("name", SUBJECTS)
def test_damaged_input_is_a_diagnostic_or_a_result(name: str) -> None:
    strategy, check = SUBJECTS[name]
    chosen = settings(
        max_examples=SHARES[name],
        derandomize=True,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    chosen(given(strategy)(check))()
