"""Modules come back from the empty pipeline as the host alone has them, on every host."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from enzyme_mlir.hosts import installed

pytestmark = pytest.mark.usefixtures("enzyme_installed")

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("host", installed())
def test_modules_come_back_as_they_went_in(host: str, record_property: pytest.RecordProperty) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.enzyme.exchange.passing"],
        env={**os.environ, "ENZYME_MLIR_HOST": host},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["host"] == host
    rows: dict[str, str] = found["rows"]
    record_property("passing", [host, rows])
    plain = {name: what for name, what in rows.items() if "." not in name}
    assert {name: what for name, what in plain.items() if what != "same"} == {"the family": "completed"}
    samples = {name: what for name, what in rows.items() if "." in name}
    odd = {
        name: what for name, what in samples.items() if not what.startswith(("same", "completed", "EnzymeRefusal: "))
    }
    assert odd == {}
    assert len([what for what in samples.values() if what in ("same", "completed")]) > 100
